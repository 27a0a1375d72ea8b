package dev.postrider.subscription.list;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.postrider.SqlTime;
import dev.postrider.mail.TokenSigner;
import dev.postrider.subscription.SubscriberStatus;
import dev.postrider.subscription.SubscriptionEnded;
import dev.postrider.subscription.Suppressions;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The list by keyed hash. Who complained, or whom the staff put on it, is never mailed
 * again; who bounced, had everything erased, or moved away may verify the address anew.
 */
@Component
public class SuppressionList implements Suppressions {

	private static final String PURPOSE = "suppression";

	private final JdbcClient jdbc;

	private final TokenSigner signer;

	private final Subscribers subscribers;

	private final Subscriptions subscriptions;

	private final Consents consents;

	private final ApplicationEventPublisher events;

	private final SubscriptionSettings settings;

	private final Clock clock;

	SuppressionList(JdbcClient jdbc, TokenSigner signer, Subscribers subscribers, Subscriptions subscriptions,
			Consents consents, ApplicationEventPublisher events, SubscriptionSettings settings, Clock clock) {
		this.jdbc = jdbc;
		this.signer = signer;
		this.subscribers = subscribers;
		this.subscriptions = subscriptions;
		this.consents = consents;
		this.events = events;
		this.settings = settings;
		this.clock = clock;
	}

	@Override
	@Transactional
	public void suppress(long subscriberId, Reason reason, String detail) {
		this.subscribers.lock(subscriberId).ifPresent((subscriber) -> suppress(subscriber, reason, detail));
	}

	@Override
	@Transactional
	public void bounced(long subscriberId, int moves, String reply) {
		this.subscribers.lock(subscriberId)
			.filter((subscriber) -> subscriber.moves() == moves)
			.ifPresent((subscriber) -> suppress(subscriber, Reason.HARD_BOUNCE, reply));
	}

	private void suppress(Subscriber subscriber, Reason reason, String detail) {
		if (subscriber.email() == null) {
			return;
		}
		long subscriberId = subscriber.id();
		Instant now = this.clock.instant();
		boolean raised = add(new EmailAddress(subscriber.email()), reason, detail, now);
		if (subscriber.status() == SubscriberStatus.SUPPRESSED && !raised) {
			return;
		}
		this.subscribers.setStatus(subscriberId, SubscriberStatus.SUPPRESSED, reason.name(),
				new Cause(channel(reason), detail), now);
		Evidence evidence = Evidence.none(channel(reason));
		this.subscriptions.of(subscriberId).forEach((it) -> {
			this.consents.record(subscriberId, it.newsletterId(), Consents.Action.SUPPRESSED, null, evidence, now);
			this.events.publishEvent(new SubscriptionEnded(subscriberId, it.newsletterId()));
		});
	}

	/** Whether the address is on the list, and why. */
	public Optional<Entry> find(EmailAddress address) {
		return this.jdbc.sql("""
				SELECT reason, created_at FROM suppression WHERE email_hash IN (:hashes)
				ORDER BY reason = 'COMPLAINT' DESC, reason = 'MANUAL' DESC LIMIT 1
				""")
			.param("hashes", hashes(address))
			.query((row, index) -> new Entry(Reason.valueOf(row.getString("reason")), SqlTime.at(row, "created_at")))
			.optional();
	}

	/** Whether the address stays on the list even if its owner verifies it anew. */
	boolean isFinal(EmailAddress address) {
		return find(address).filter(Entry::isFinal).isPresent();
	}

	/**
	 * Those of some addresses that are on the list; by primary key. Whoever is putting
	 * one of them on it, or taking one off, is waited for: who is added as unknown must
	 * not be listed a moment later.
	 * @param keys addresses in lower case
	 */
	Set<String> listed(Collection<String> keys) {
		Map<ByteBuffer, String> hashes = new HashMap<>();
		keys.forEach(
				(key) -> this.signer.digests(PURPOSE, key).forEach((hash) -> hashes.put(ByteBuffer.wrap(hash), key)));
		Set<String> listed = new HashSet<>();
		if (!hashes.isEmpty()) {
			this.jdbc.sql("SELECT email_hash FROM suppression WHERE email_hash IN (:hashes) LOCK IN SHARE MODE")
				.param("hashes", hashes.keySet().stream().map(ByteBuffer::array).toList())
				.query((row) -> {
					String key = hashes.get(ByteBuffer.wrap(row.getBytes(1)));
					if (key != null) {
						listed.add(key);
					}
				});
		}
		return listed;
	}

	/**
	 * Whether a confirmation may be sent to an address that may be on the list.
	 */
	boolean allowsConfirmation(EmailAddress address) {
		return find(address).map((entry) -> switch (entry.reason()) {
			case COMPLAINT, MANUAL -> false;
			case ERASED, MOVED -> true;
			case HARD_BOUNCE -> entry.createdAt().plus(this.settings.bounceQuietTime()).isBefore(this.clock.instant());
		}).orElse(true);
	}

	/**
	 * Adds an address. A stronger reason replaces a weaker one; otherwise what stands
	 * there stays.
	 * @return whether the list changed
	 */
	boolean add(EmailAddress address, Reason reason, String detail, Instant now) {
		Optional<Entry> present = find(address);
		if (present.isPresent() && new Entry(reason, now).strength() <= present.get().strength()) {
			return false;
		}
		this.jdbc
			.sql("""
					INSERT INTO suppression (email_hash, reason, detail, created_at) VALUES (:hash, :reason, :detail, :now)
					ON DUPLICATE KEY UPDATE reason = VALUES(reason), detail = VALUES(detail), created_at = VALUES(created_at)
					""")
			.param("hash", hashes(address).get(0))
			.param("reason", reason.name())
			.param("detail", (detail.length() > 300) ? detail.substring(0, 300) : detail)
			.param("now", now)
			.update();
		return true;
	}

	/**
	 * Keeps an erased reader's address from being brought back. Whatever reason stood
	 * there stands on, without the words about it: they may be about a person.
	 */
	void erased(EmailAddress address, Instant now) {
		add(address, Reason.ERASED, "Erased at the reader's wish", now);
		this.jdbc.sql("UPDATE suppression SET detail = NULL WHERE email_hash IN (:hashes) AND reason <> 'ERASED'")
			.param("hashes", hashes(address))
			.update();
	}

	/**
	 * Keeps an address that its reader has left behind from being brought back, or made a
	 * second reader. Whatever stood there stands on.
	 */
	void movedAway(EmailAddress address, Instant now) {
		add(address, Reason.MOVED, "The reader gets mail at another address now", now);
	}

	/** Takes an address off: its owner has just verified it. */
	void lift(EmailAddress address) {
		this.jdbc.sql("""
				DELETE FROM suppression WHERE email_hash IN (:hashes) AND reason IN ('HARD_BOUNCE', 'ERASED', 'MOVED')
				""").param("hashes", hashes(address)).update();
	}

	/** Takes off what the staff put on. */
	void liftManual(EmailAddress address) {
		this.jdbc.sql("DELETE FROM suppression WHERE email_hash IN (:hashes) AND reason = 'MANUAL'")
			.param("hashes", hashes(address))
			.update();
	}

	/**
	 * Under every secret there was: a list that forgets with a new secret protects
	 * nobody.
	 */
	private List<byte[]> hashes(EmailAddress address) {
		return this.signer.digests(PURPOSE, address.key());
	}

	private static Evidence.Channel channel(Reason reason) {
		return switch (reason) {
			case HARD_BOUNCE -> Evidence.Channel.BOUNCE;
			case COMPLAINT -> Evidence.Channel.COMPLAINT;
			case MANUAL -> Evidence.Channel.STAFF;
			case ERASED, MOVED -> Evidence.Channel.PAGE;
		};
	}

	/**
	 * One address on the list.
	 *
	 * @param reason why
	 * @param createdAt since when
	 */
	public record Entry(Reason reason, Instant createdAt) {

		/** Whether verifying anew does not lift it. */
		boolean isFinal() {
			return strength() > 0;
		}

		/** What the staff can lift is weaker than what it cannot. */
		int strength() {
			return switch (this.reason) {
				case HARD_BOUNCE, ERASED, MOVED -> 0;
				case MANUAL -> 1;
				case COMPLAINT -> 2;
			};
		}

	}

}
