package dev.postrider.delivery.batch;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.postrider.Retries;
import dev.postrider.delivery.AudienceRule;
import dev.postrider.edition.Edition;
import dev.postrider.edition.TopicVariants;
import dev.postrider.edition.Topics;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Who gets an edition, frozen at one moment. One statement looks at every subscriber of
 * the newsletter and says why or why not; what goes into the ledger and what is counted
 * as an exclusion both come from its answer, so the numbers must add up.
 */
@Repository
class Audience {

	private static final Logger logger = LoggerFactory.getLogger(Audience.class);

	private static final int ROUNDS = 10;

	private final JdbcClient jdbc;

	private final JdbcTemplate batch;

	private final TopicVariants variants;

	private final Retries transactions;

	Audience(JdbcClient jdbc, JdbcTemplate batch, TopicVariants variants, TransactionOperations transactions) {
		this.jdbc = jdbc;
		this.batch = batch;
		this.variants = variants;
		this.transactions = new Retries(transactions);
	}

	/**
	 * Writes the ledger of an edition and its blocks, all or nothing; does nothing when
	 * that was done before. Readers who chose topics are picked for first, which may take
	 * a while: what is left to do with the edition locked is little.
	 * @param edition which
	 * @param blockSize ledger rows a block
	 * @param now the audience's moment
	 */
	void freeze(Frozen edition, int blockSize, Instant now) {
		boolean frozen = this.jdbc.sql("SELECT frozen_at IS NOT NULL FROM edition WHERE id = ?")
			.param(edition.id())
			.query(Boolean.class)
			.single();
		if (!frozen) {
			for (int round = 1; !isWritten(edition, blockSize, now); round++) {
				if (round == ROUNDS) {
					throw new IllegalStateException("Readers chose new topics faster than stories for edition "
							+ edition.id() + " could be picked; restart the run");
				}
			}
		}
	}

	/** Not so when somebody chose topics meanwhile that nothing was picked for. */
	private boolean isWritten(Frozen edition, int blockSize, Instant now) {
		this.variants.choose(edition.id(), choices(edition));
		try {
			return this.transactions.of(() -> {
				write(edition, blockSize, now);
				return true;
			});
		}
		catch (NewChoiceException ex) {
			return false;
		}
	}

	/** What this edition's readers chose, as it stands. */
	private List<Topics> choices(Frozen edition) {
		return this.jdbc
			.sql("SELECT MIN(u.topics) " + AudienceRule.CANDIDATES + " AND u.topics IS NOT NULL AND ("
					+ AudienceRule.REASON + ") IS NULL GROUP BY u.topics COLLATE utf8mb4_bin")
			.param("newsletter", edition.newsletterId())
			.param("date", edition.date())
			.param("day", AudienceRule.bit(edition.date()))
			.param("corrects", edition.corrects())
			.query((row, number) -> Topics.of(row.getString(1)))
			.list();
	}

	private void write(Frozen edition, int blockSize, Instant now) {
		boolean frozen = this.jdbc.sql("SELECT frozen_at IS NOT NULL FROM edition WHERE id = ? FOR UPDATE")
			.param(edition.id())
			.query(Boolean.class)
			.single();
		if (frozen) {
			return;
		}
		this.jdbc.sql("DROP TEMPORARY TABLE IF EXISTS candidate").update();
		int candidates = this.jdbc.sql("""
				CREATE TEMPORARY TABLE candidate (subscriber_id BIGINT NOT NULL PRIMARY KEY, reason VARCHAR(40),
				  topics VARCHAR(1000) COLLATE utf8mb4_bin, topics_key BINARY(32), variant INT) AS
				SELECT u.subscriber_id, u.topics, UNHEX(SHA2(u.topics, 256)) AS topics_key,
				  CASE WHEN u.topics IS NULL THEN 1 END AS variant,
				""" + AudienceRule.REASON + " AS reason " + AudienceRule.CANDIDATES)
			.param("newsletter", edition.newsletterId())
			.param("date", edition.date())
			.param("day", AudienceRule.bit(edition.date()))
			.param("corrects", edition.corrects())
			.update();
		assignVariants(edition.id());
		// Readers of one variant lie together, so that a lane seldom has to fetch
		// another.
		int deliveries = this.jdbc.sql("""
				INSERT INTO delivery (edition_id, seq, subscriber_id, variant)
				SELECT ?, ROW_NUMBER() OVER (ORDER BY variant, subscriber_id), subscriber_id, variant
				FROM candidate WHERE reason IS NULL
				""").param(edition.id()).update();
		this.jdbc.sql("""
				INSERT INTO delivery_exclusion (edition_id, reason, readers)
				SELECT ?, reason, COUNT(*) FROM candidate WHERE reason IS NOT NULL GROUP BY reason
				""").param(edition.id()).update();
		int excluded = this.jdbc.sql("SELECT COALESCE(SUM(readers), 0) FROM delivery_exclusion WHERE edition_id = ?")
			.param(edition.id())
			.query(Integer.class)
			.single();
		this.jdbc.sql("DROP TEMPORARY TABLE candidate").update();
		if (candidates != deliveries + excluded) {
			throw new IllegalStateException("The audience of edition " + edition.id() + " does not add up: "
					+ candidates + " candidates, but " + deliveries + " deliveries and " + excluded + " exclusions");
		}
		this.jdbc.sql("""
				INSERT INTO delivery_block (edition_id, block, from_seq, to_seq)
				SELECT edition_id, (seq - 1) DIV :size, MIN(seq), MAX(seq) FROM delivery
				WHERE edition_id = :edition GROUP BY edition_id, (seq - 1) DIV :size
				""").param("edition", edition.id()).param("size", blockSize).update();
		this.jdbc.sql("UPDATE edition SET frozen_at = ?, candidates = ? WHERE id = ?")
			.params(now, candidates, edition.id())
			.update();
		logger.info("Edition {}: {} readers of {} subscribers, {} left out", edition.id(), deliveries, candidates,
				excluded);
	}

	/** Readers who chose topics get their variant, or are left out if it has no story. */
	private void assignVariants(long editionId) {
		Map<String, Topics> chosen = new HashMap<>();
		this.jdbc.sql("""
				SELECT HEX(topics_key), MIN(topics) FROM candidate
				WHERE reason IS NULL AND variant IS NULL GROUP BY topics_key
				""").query((row) -> {
			chosen.put(row.getString(1), Topics.of(row.getString(2)));
		});
		if (chosen.isEmpty()) {
			return;
		}
		Map<Topics, Integer> variants = this.variants.known(editionId);
		if (!variants.keySet().containsAll(chosen.values())) {
			throw new NewChoiceException();
		}
		this.jdbc.sql("DROP TEMPORARY TABLE IF EXISTS chosen_variant").update();
		this.jdbc.sql(
				"CREATE TEMPORARY TABLE chosen_variant (topics_key BINARY(32) NOT NULL PRIMARY KEY, variant INT NOT NULL)")
			.update();
		this.batch.batchUpdate("INSERT INTO chosen_variant (topics_key, variant) VALUES (UNHEX(?), ?)",
				chosen.entrySet(), 1000, (statement, entry) -> {
					statement.setString(1, entry.getKey());
					statement.setInt(2, Objects.requireNonNull(variants.get(entry.getValue())));
				});
		this.jdbc.sql("""
				UPDATE candidate JOIN chosen_variant ON chosen_variant.topics_key = candidate.topics_key
				SET candidate.variant = chosen_variant.variant,
				  candidate.reason = CASE WHEN chosen_variant.variant = :nothing THEN 'NOTHING_IN_TOPICS' END
				WHERE candidate.reason IS NULL AND candidate.variant IS NULL
				""").param("nothing", TopicVariants.NOTHING).update();
		this.jdbc.sql("DROP TEMPORARY TABLE chosen_variant").update();
	}

	/** Rolls back: picking takes its time, and nothing is to be locked meanwhile. */
	@SuppressWarnings("serial")
	private static final class NewChoiceException extends RuntimeException {

	}

	/**
	 * What freezing needs to know of an edition.
	 *
	 * @param id its key
	 * @param newsletterId whose
	 * @param date its date
	 * @param corrects the edition it corrects, if it is a correction
	 */
	record Frozen(long id, long newsletterId, LocalDate date, @Nullable Long corrects) {

		static Frozen of(Edition edition) {
			return new Frozen(edition.id(), edition.newsletterId(), edition.date(), edition.corrects());
		}

	}

}
