package dev.postrider.subscription.list;

import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

import dev.postrider.SqlTime;
import dev.postrider.subscription.ConsentWording;
import dev.postrider.subscription.SubscriberStatus;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Moves a reader to another address. Nothing changes before the owner of the new one has
 * pressed the button behind a link mailed there; then the old one is told.
 * <p>
 * Two subscribers are never made one: where the new address is a subscriber's already,
 * whoever asked gets the same answer as ever, that address is told how to reach its own
 * preferences, and nothing moves. Days, topics and consents of two histories have no
 * right way to be merged, and whoever owns both can leave with one.
 */
@Component
public class AddressChanges {

	static final ConsentWording WORDING = new ConsentWording("address-1",
			"Moved the subscription to another address, verified by a mail to it.");

	private final JdbcClient jdbc;

	private final ReaderTokens tokens;

	private final Subscribers subscribers;

	private final Subscriptions subscriptions;

	private final SuppressionList suppressions;

	private final Consents consents;

	private final ReaderNotices notices;

	private final SubscriptionSettings settings;

	private final Clock clock;

	AddressChanges(JdbcClient jdbc, ReaderTokens tokens, Subscribers subscribers, Subscriptions subscriptions,
			SuppressionList suppressions, Consents consents, ReaderNotices notices, SubscriptionSettings settings,
			Clock clock) {
		this.jdbc = jdbc;
		this.tokens = tokens;
		this.subscribers = subscribers;
		this.subscriptions = subscriptions;
		this.suppressions = suppressions;
		this.consents = consents;
		this.notices = notices;
		this.settings = settings;
		this.clock = clock;
	}

	/**
	 * Whether a subscriber may move: not before the present address was verified, and not
	 * away from a complaint.
	 */
	public boolean isOpenTo(Subscriber subscriber) {
		return subscriber.email() != null && subscriber.status() != SubscriberStatus.PENDING
				&& !this.suppressions.isFinal(new EmailAddress(subscriber.email()));
	}

	/**
	 * Mails the new address, where it may be mailed. A later wish replaces an earlier
	 * one.
	 * @param subscriberId who wants to move
	 * @param wanted where to
	 */
	@Transactional
	public void ask(long subscriberId, EmailAddress wanted) {
		Subscriber subscriber = this.subscribers.lock(subscriberId).filter(this::isOpenTo).orElse(null);
		if (subscriber == null) {
			return;
		}
		this.jdbc.sql("DELETE FROM address_change WHERE subscriber_id = ?").param(subscriberId).update();
		this.jdbc.sql("INSERT INTO address_change (subscriber_id, email, requested_at) VALUES (?, ?, ?)")
			.params(subscriberId, wanted.value(), this.clock.instant())
			.update();
		long id = this.jdbc.sql("SELECT id FROM address_change WHERE subscriber_id = ?")
			.param(subscriberId)
			.query(Long.class)
			.single();
		if (!this.suppressions.allowsConfirmation(wanted)) {
			return;
		}
		this.subscribers.find(wanted)
			.filter((other) -> other.id() != subscriberId)
			.ifPresentOrElse(this.notices::taken, () -> this.notices.move(subscriber, wanted, id));
	}

	/**
	 * What a link would do; changes nothing.
	 * @return empty when the token is not ours, or a later wish has replaced it
	 */
	public Optional<Change> look(String token) {
		return this.tokens.readAddress(token)
			.flatMap(this::find)
			.flatMap((row) -> this.subscribers.find(row.subscriberId()).map((subscriber) -> judge(row, subscriber)));
	}

	/**
	 * Moves the reader, if the link still may.
	 * @param evidence where the click came from
	 * @return how it stands then, empty as in {@link #look}
	 */
	@Transactional
	public Optional<Change> confirm(String token, Evidence evidence) {
		Row row = this.tokens.readAddress(token).flatMap(this::find).orElse(null);
		Subscriber subscriber = (row != null) ? this.subscribers.lock(row.subscriberId()).orElse(null) : null;
		// Once more, now that nobody else is at it.
		Row locked = (row != null) ? find(row.id()).orElse(null) : null;
		if (subscriber == null || locked == null) {
			return Optional.empty();
		}
		Change change = judge(locked, subscriber);
		if (change.state() != State.OPEN) {
			return Optional.of(change);
		}
		EmailAddress old = new EmailAddress(Objects.requireNonNull(subscriber.email()));
		boolean left = !old.key().equals(locked.email().key());
		Instant now = this.clock.instant();
		this.jdbc.sql("UPDATE address_change SET done_at = ? WHERE id = ?").params(now, locked.id()).update();
		this.suppressions.lift(locked.email());
		this.subscribers.move(subscriber.id(), locked.email(), now);
		if (left) {
			leaveBehind(old, subscriber, locked.email(), now);
		}
		if (subscriber.status() == SubscriberStatus.SUPPRESSED) {
			this.subscribers.setStatus(subscriber.id(), this.subscriptions.hasLive(subscriber.id())
					? SubscriberStatus.ACTIVE : SubscriberStatus.UNSUBSCRIBED, null, Cause.of(evidence.channel()), now);
		}
		this.subscriptions.of(subscriber.id())
			.stream()
			.filter(Subscription::isLive)
			.forEach((it) -> this.consents.record(subscriber.id(), it.newsletterId(), Consents.Action.CHANGED, WORDING,
					evidence, now));
		return Optional.of(change.done(left ? subscriber.moves() + 1 : subscriber.moves()));
	}

	/** No file brings the old address back; its owner can sign up with it again. */
	private void leaveBehind(EmailAddress old, Subscriber subscriber, EmailAddress present, Instant now) {
		if (this.suppressions.find(old).isEmpty()) {
			this.notices.moved(old, subscriber, present);
		}
		this.suppressions.movedAway(old, now);
	}

	private Change judge(Row row, Subscriber subscriber) {
		boolean expired = row.requestedAt().plus(this.settings.confirmWithin()).isBefore(this.clock.instant());
		boolean taken = this.subscribers.find(row.email()).filter((it) -> it.id() != subscriber.id()).isPresent();
		State state = (row.doneAt() != null) ? State.DONE
				: expired ? State.EXPIRED : (taken || !isOpenTo(subscriber) || this.suppressions.isFinal(row.email()))
						? State.IMPOSSIBLE : State.OPEN;
		return new Change(state, subscriber.id(), subscriber.moves(), subscriber.masked(), row.email().masked());
	}

	private Optional<Row> find(long id) {
		return this.jdbc.sql("SELECT id, subscriber_id, email, requested_at, done_at FROM address_change WHERE id = ?")
			.param(id)
			.query((row, index) -> new Row(row.getLong("id"), row.getLong("subscriber_id"),
					new EmailAddress(row.getString("email")), SqlTime.at(row, "requested_at"),
					SqlTime.orNull(row, "done_at")))
			.optional();
	}

	/** How a link to a new address stands. */
	public enum State {

		/** A click would move the reader. */
		OPEN,

		/** It has. */
		DONE,

		/** Too old; the reader may ask again. */
		EXPIRED,

		/** The new address is a subscriber's by now, or either may not be used. */
		IMPOSSIBLE

	}

	/**
	 * A link to a new address and what it is about.
	 *
	 * @param state how it stands
	 * @param subscriberId who moves
	 * @param moves how often the reader has moved by now
	 * @param from the present address, masked
	 * @param to the new one, masked
	 */
	public record Change(State state, long subscriberId, int moves, String from, String to) {

		Change done(int moves) {
			return new Change(State.DONE, this.subscriberId, moves, this.from, this.to);
		}

	}

	private record Row(long id, long subscriberId, EmailAddress email, Instant requestedAt, @Nullable Instant doneAt) {
	}

}
