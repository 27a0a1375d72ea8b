package dev.postrider.subscription.list;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

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
		Map<Link, Entry> evident = new LinkedHashMap<>();
		for (int i = 0; i < links.size(); i++) {
			if (!entries.get(i).evidence().isEmpty()) {
				evident.put(links.get(i), entries.get(i));
			}
		}
		if (!evident.isEmpty()) {
			Map<Link, Long> ids = ids(evident.keySet());
			this.batches.batchUpdate("""
					INSERT INTO consent_evidence (consent_id, ip, user_agent, page, expires_at) VALUES (?, ?, ?, ?, ?)
					""", evident.entrySet(), BATCH, (statement, each) -> {
				Evidence evidence = each.getValue().evidence();
				statement.setLong(1, Objects.requireNonNull(ids.get(each.getKey())));
				statement.setString(2, evidence.ip());
				statement.setString(3, evidence.userAgent());
				statement.setString(4, evidence.page());
				statement.setObject(5, each.getValue().at().plus(this.settings.evidenceKeptFor()));
			});
		}
	}

	/**
	 * The keys of rows just appended, which are next to each other in their chains; index
	 * consent_link.
	 */
	private Map<Link, Long> ids(Collection<Link> links) {
		Map<Integer, LongSummaryStatistics> chains = links.stream()
			.collect(Collectors.groupingBy(Link::chain, Collectors.summarizingLong(Link::link)));
		List<Object> bounds = new ArrayList<>();
		chains.forEach((chain, range) -> bounds.addAll(List.of(chain, range.getMin(), range.getMax())));
		Map<Link, Long> ids = new HashMap<>();
		this.jdbc
			.sql("SELECT id, chain, link FROM consent WHERE "
					+ String.join(" OR ", Collections.nCopies(chains.size(), "chain = ? AND link BETWEEN ? AND ?")))
			.params(bounds)
			.query((row) -> {
				ids.put(new Link(row.getInt("chain"), row.getLong("link")), row.getLong("id"));
			});
		return ids;
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
