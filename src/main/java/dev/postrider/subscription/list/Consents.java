package dev.postrider.subscription.list;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import dev.postrider.SqlTime;
import dev.postrider.subscription.ConsentWording;
import dev.postrider.subscription.consent.ConsentChains;
import dev.postrider.subscription.consent.ConsentChains.Link;
import dev.postrider.subscription.consent.ConsentRow;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Writes the record of what readers agreed to and withdrew (GDPR article 7); it is only
 * ever appended to. What a transaction records is written at its end, all at once: the
 * heads of the chains are locked after every subscriber, and only till the commit.
 */
@Repository
class Consents {

	private static final int BATCH = 1000;

	private final JdbcClient jdbc;

	private final JdbcOperations batches;

	private final ConsentChains chains;

	private final SubscriptionSettings settings;

	Consents(JdbcClient jdbc, JdbcOperations batches, ConsentChains chains, SubscriptionSettings settings) {
		this.jdbc = jdbc;
		this.batches = batches;
		this.chains = chains;
		this.settings = settings;
	}

	/** What happened. */
	enum Action {

		SIGNED_UP, CONFIRMED, CHANGED, UNSUBSCRIBED, SUPPRESSED, ERASED, LIFTED

	}

	/** Records one, inside a transaction. */
	void record(long subscriberId, long newsletterId, Action action, @Nullable ConsentWording wording,
			Evidence evidence, Instant now) {
		record(new Entry(subscriberId, newsletterId, action, wording, null, evidence, now));
	}

	/** Records one, inside a transaction. */
	void record(Entry entry) {
		recordAll(List.of(entry));
	}

	/**
	 * Records any number, inside a transaction: one lock and one insert for all of a
	 * chain.
	 */
	void recordAll(Collection<Entry> entries) {
		if (!TransactionSynchronizationManager.isActualTransactionActive()) {
			throw new IllegalStateException("A consent is recorded in the transaction of what it is about");
		}
		pending().addAll(entries);
	}

	/** The words that a reader last signed up with; index consent_subscriber. */
	Optional<ConsentWording> lastSignUp(long subscriberId, long newsletterId) {
		return this.jdbc.sql("""
				SELECT wording_version, wording, privacy_version, privacy_url FROM consent
				WHERE subscriber_id = ? AND newsletter_id = ? AND action = 'SIGNED_UP' AND wording IS NOT NULL
				ORDER BY id DESC LIMIT 1
				""")
			.params(subscriberId, newsletterId)
			.query((row, index) -> new ConsentWording(row.getString("wording_version"), row.getString("wording"),
					row.getString("privacy_version"), row.getString("privacy_url")))
			.optional();
	}

	/**
	 * When a reader last confirmed or changed anything here, rather than by a file or the
	 * staff; index consent_subscriber.
	 */
	Optional<Instant> lastOwn(long subscriberId) {
		return lastOwn(subscriberId, null);
	}

	/** The same of one newsletter. */
	Optional<Instant> lastOwn(long subscriberId, @Nullable Long newsletterId) {
		return this.jdbc.sql("""
				SELECT at FROM consent
				WHERE subscriber_id = :subscriber AND newsletter_id = COALESCE(:newsletter, newsletter_id)
				AND action IN ('CONFIRMED', 'CHANGED') AND channel NOT IN ('IMPORT', 'STAFF')
				ORDER BY id DESC LIMIT 1
				""")
			.param("subscriber", subscriberId)
			.param("newsletter", newsletterId)
			.query((row, index) -> SqlTime.at(row, "at"))
			.optional();
	}

	private Pending pending() {
		return TransactionSynchronizationManager.getSynchronizations()
			.stream()
			.filter((it) -> it instanceof Pending pending && pending.isOf(this))
			.map(Pending.class::cast)
			.findFirst()
			.orElseGet(() -> {
				Pending pending = new Pending();
				TransactionSynchronizationManager.registerSynchronization(pending);
				return pending;
			});
	}

	private void write(List<Entry> entries) {
		List<Link> links = this.chains.append(entries.stream().map(Entry::row).toList());
		List<@Nullable Object[]> evidence = new ArrayList<>();
		for (int i = 0; i < links.size(); i++) {
			Evidence each = entries.get(i).evidence();
			if (!each.isEmpty()) {
				evidence.add(new @Nullable Object[] { each.ip(), each.userAgent(), each.page(),
						entries.get(i).at().plus(this.settings.evidenceKeptFor()), links.get(i).chain(),
						links.get(i).link() });
			}
		}
		for (int from = 0; from < evidence.size(); from += BATCH) {
			// Index consent_link.
			this.batches.batchUpdate("""
					INSERT INTO consent_evidence (consent_id, ip, user_agent, page, expires_at)
					SELECT id, ?, ?, ?, ? FROM consent WHERE chain = ? AND link = ?
					""", evidence.subList(from, Math.min(from + BATCH, evidence.size())));
		}
	}

	/**
	 * One to be recorded.
	 *
	 * @param subscriberId who
	 * @param newsletterId which newsletter
	 * @param action what happened
	 * @param wording on which words, if on any
	 * @param tokenId SHA-256 of the confirmation link's token, where one was clicked
	 * @param evidence where it came from
	 * @param at when
	 */
	record Entry(long subscriberId, long newsletterId, Action action, @Nullable ConsentWording wording,
			byte @Nullable [] tokenId, Evidence evidence, Instant at) {

		ConsentRow row() {
			ConsentWording words = this.wording;
			return new ConsentRow(this.subscriberId, this.newsletterId, this.action.name(),
					this.evidence.channel().name(), (words != null) ? words.version() : null,
					(words != null) ? words.text() : null, (words != null) ? words.privacyVersion() : null,
					(words != null) ? words.privacyUrl() : null, this.tokenId, this.at);
		}

	}

	/**
	 * What the transaction under way has recorded. It writes last of all that comes
	 * before the commit.
	 */
	private final class Pending implements TransactionSynchronization {

		private @Nullable List<Entry> entries = new ArrayList<>();

		boolean isOf(Consents consents) {
			return Consents.this == consents;
		}

		void addAll(Collection<Entry> added) {
			List<Entry> waiting = this.entries;
			if (waiting != null) {
				waiting.addAll(added);
			}
			else {
				write(List.copyOf(added));
			}
		}

		@Override
		public void beforeCommit(boolean readOnly) {
			List<Entry> waiting = this.entries;
			this.entries = null;
			if (waiting != null) {
				write(waiting);
			}
		}

	}

}
