package dev.postrider.delivery.batch;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.IntUnaryOperator;

import dev.postrider.Retries;
import dev.postrider.delivery.AudienceRule;
import dev.postrider.edition.Edition;
import dev.postrider.edition.TopicVariants;
import dev.postrider.edition.Topics;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

	private final TopicVariants selections;

	private final AudienceVariants variants;

	private final Retries transactions;

	Audience(JdbcClient jdbc, TopicVariants selections, AudienceVariants variants, TransactionOperations transactions) {
		this.jdbc = jdbc;
		this.selections = selections;
		this.variants = variants;
		this.transactions = new Retries(transactions);
	}

	/**
	 * Writes the ledger of an edition and its blocks, all or nothing; does nothing when
	 * that was done before. Readers who chose topics are picked for first, which may take
	 * a while: what is left to do with the edition locked is little.
	 * @param edition which
	 * @param blockSize ledger rows a block, by the number of readers
	 * @param now the audience's moment
	 */
	void freeze(Frozen edition, IntUnaryOperator blockSize, Instant now) {
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

	/** The same with blocks of one size. */
	void freeze(Frozen edition, int blockSize, Instant now) {
		freeze(edition, (readers) -> blockSize, now);
	}

	/** Not so when somebody chose topics meanwhile that nothing was picked for. */
	private boolean isWritten(Frozen edition, IntUnaryOperator blockSize, Instant now) {
		this.selections.choose(edition.id(), choices(edition));
		try {
			return this.transactions.of(() -> {
				write(edition, blockSize, now);
				return true;
			});
		}
		catch (AudienceVariants.NewChoiceException ex) {
			return false;
		}
	}

	/** What this edition's readers chose, as it stands. */
	private List<Topics> choices(Frozen edition) {
		return edition
			.bind(this.jdbc.sql("SELECT MIN(u.topics) " + AudienceRule.CANDIDATES + " AND u.topics IS NOT NULL AND ("
					+ AudienceRule.REASON + ") IS NULL GROUP BY u.topics COLLATE utf8mb4_bin"))
			.query((row, number) -> Topics.of(row.getString(1)))
			.list();
	}

	private void write(Frozen edition, IntUnaryOperator blockSize, Instant now) {
		boolean frozen = this.jdbc.sql("SELECT frozen_at IS NOT NULL FROM edition WHERE id = ? FOR UPDATE")
			.param(edition.id())
			.query(Boolean.class)
			.single();
		if (frozen) {
			return;
		}
		Integer plain = this.variants.settle(edition);
		Counts counts;
		try {
			counts = write(edition, plain);
		}
		finally {
			this.jdbc.sql("DROP TEMPORARY TABLE IF EXISTS candidate").update();
		}
		if (counts.candidates() != counts.deliveries() + counts.excluded()) {
			throw new IllegalStateException("The audience of edition " + edition.id() + " does not add up: "
					+ counts.candidates() + " candidates, but " + counts.deliveries() + " deliveries and "
					+ counts.excluded() + " exclusions");
		}
		this.jdbc.sql("""
				INSERT INTO delivery_block (edition_id, block, from_seq, to_seq)
				SELECT edition_id, (seq - 1) DIV :size, MIN(seq), MAX(seq) FROM delivery
				WHERE edition_id = :edition GROUP BY edition_id, (seq - 1) DIV :size
				""").param("edition", edition.id()).param("size", blockSize.applyAsInt(counts.deliveries())).update();
		this.jdbc.sql("UPDATE edition SET frozen_at = ?, candidates = ? WHERE id = ?")
			.params(now, counts.candidates(), edition.id())
			.update();
		logger.info("Edition {}: {} readers of {} subscribers, {} left out", edition.id(), counts.deliveries(),
				counts.candidates(), counts.excluded());
	}

	private Counts write(Frozen edition, @Nullable Integer plain) {
		this.jdbc.sql("DROP TEMPORARY TABLE IF EXISTS candidate").update();
		// In memory it costs half; some 60 bytes a reader. The limit is this session's.
		this.jdbc.sql("SET SESSION max_heap_table_size = 2147483648").update();
		int candidates = edition
			.bind(this.jdbc.sql("""
					CREATE TEMPORARY TABLE candidate (subscriber_id BIGINT NOT NULL, variant INT,
					  reason VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin) ENGINE=MEMORY AS
					SELECT u.subscriber_id, """ + " " + AudienceVariants.VARIANT + " AS variant, " + AudienceRule.REASON
					+ " AS reason " + AudienceRule.CANDIDATES)
				.param("plain", plain))
			.update();
		int unsettled = this.jdbc.sql("SELECT COUNT(*) FROM candidate WHERE reason IS NULL AND variant IS NULL")
			.query(Integer.class)
			.single();
		if (unsettled > 0) {
			throw new AudienceVariants.NewChoiceException();
		}
		// Readers of one variant lie together, so that a lane seldom has to fetch
		// another.
		int deliveries = this.jdbc.sql("""
				INSERT INTO delivery (edition_id, seq, subscriber_id, variant)
				SELECT ?, ROW_NUMBER() OVER (ORDER BY variant, subscriber_id), subscriber_id, variant
				FROM candidate WHERE reason IS NULL AND variant <> ?
				""").params(edition.id(), TopicVariants.NOTHING).update();
		this.jdbc.sql("""
				INSERT INTO delivery_exclusion (edition_id, reason, readers)
				SELECT :edition, why, COUNT(*) FROM (SELECT COALESCE(reason, 'NOTHING_IN_TOPICS') AS why FROM candidate
				  WHERE reason IS NOT NULL OR variant = :nothing) excluded GROUP BY why
				""").param("edition", edition.id()).param("nothing", TopicVariants.NOTHING).update();
		int excluded = this.jdbc.sql("SELECT COALESCE(SUM(readers), 0) FROM delivery_exclusion WHERE edition_id = ?")
			.param(edition.id())
			.query(Integer.class)
			.single();
		return new Counts(candidates, deliveries, excluded);
	}

	private record Counts(int candidates, int deliveries, int excluded) {
	}

	/**
	 * What freezing needs to know of an edition.
	 *
	 * @param id its key
	 * @param newsletterId whose
	 * @param date its date
	 * @param corrects what it corrects, if it is a correction
	 */
	record Frozen(long id, long newsletterId, LocalDate date, Edition.@Nullable Corrected corrects) {

		JdbcClient.StatementSpec bind(JdbcClient.StatementSpec statement) {
			return AudienceRule.bind(statement, this.newsletterId, this.date, this.corrects);
		}

		static Frozen of(Edition edition) {
			return new Frozen(edition.id(), edition.newsletterId(), edition.date(), edition.corrects());
		}

	}

}
