package dev.postrider.delivery.batch;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
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

	/** No reason to leave a reader out. */
	private static final String NEW_CHOICE = "NEW_CHOICE";

	private final JdbcClient jdbc;

	private final TopicVariants selections;

	private final AudienceVariants variants;

	private final Blocks blocks;

	private final Retries transactions;

	Audience(JdbcClient jdbc, TopicVariants selections, AudienceVariants variants, Blocks blocks,
			TransactionOperations transactions) {
		this.jdbc = jdbc;
		this.selections = selections;
		this.variants = variants;
		this.blocks = blocks;
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

	/** Not so when somebody chose meanwhile what nothing was settled for. */
	private boolean isWritten(Frozen edition, IntUnaryOperator blockSize, Instant now) {
		AudienceVariants.Choices choices = this.variants.chosen(edition);
		Map<Topics, Integer> selections = this.selections.choose(edition.id(), choices.topics());
		try {
			return this.transactions.of(() -> {
				write(edition, choices, selections, blockSize, now);
				return true;
			});
		}
		catch (NewChoiceException ex) {
			return false;
		}
	}

	private void write(Frozen edition, AudienceVariants.Choices choices, Map<Topics, Integer> selections,
			IntUnaryOperator blockSize, Instant now) {
		boolean frozen = this.jdbc.sql("SELECT frozen_at IS NOT NULL FROM edition WHERE id = ? FOR UPDATE")
			.param(edition.id())
			.query(Boolean.class)
			.single();
		if (frozen) {
			return;
		}
		Integer plain = this.variants.settle(edition, choices, selections);
		Counts counts;
		try {
			counts = write(edition, plain);
		}
		finally {
			this.jdbc.sql("DROP TEMPORARY TABLE IF EXISTS candidate").update();
			this.jdbc.sql("SET SESSION max_heap_table_size = DEFAULT, join_buffer_size = DEFAULT").update();
		}
		if (counts.candidates() != counts.deliveries() + counts.excluded()) {
			throw new IllegalStateException("The audience of edition " + edition.id() + " does not add up: "
					+ counts.candidates() + " candidates, but " + counts.deliveries() + " deliveries and "
					+ counts.excluded() + " exclusions");
		}
		this.blocks.create(edition.id(), counts.deliveries(), blockSize.applyAsInt(counts.deliveries()));
		this.jdbc.sql("UPDATE edition SET frozen_at = ?, candidates = ? WHERE id = ?")
			.params(now, counts.candidates(), edition.id())
			.update();
		logger.info("Edition {}: {} readers of {} subscribers, {} left out", edition.id(), counts.deliveries(),
				counts.candidates(), counts.excluded());
	}

	private Counts write(Frozen edition, @Nullable Integer plain) {
		this.jdbc.sql("DROP TEMPORARY TABLE IF EXISTS candidate").update();
		// In memory it costs half; some 40 bytes a reader.
		this.jdbc.sql("SET SESSION max_heap_table_size = 2147483648, join_buffer_size = 67108864").update();
		int candidates = edition.bind(this.jdbc
			.sql("""
					CREATE TEMPORARY TABLE candidate (subscriber_id BIGINT NOT NULL, variant INT,
					  reason VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin) ENGINE=MEMORY AS
					SELECT\s""" + AudienceRule.AT_ONCE + "u.subscriber_id, " + AudienceVariants.VARIANT
					+ " AS variant, " + AudienceRule.REASON + " AS reason " + AudienceRule.ALL_CANDIDATES)
			.param("plain", plain)).update();
		int excluded = exclude(edition);
		// Readers of one variant lie together, so that a lane seldom has to fetch
		// another.
		int deliveries = this.jdbc.sql("""
				INSERT INTO delivery (edition_id, seq, subscriber_id, variant)
				SELECT ?, ROW_NUMBER() OVER (ORDER BY variant, subscriber_id), subscriber_id, variant
				FROM candidate WHERE reason IS NULL AND variant <> ?
				""").params(edition.id(), TopicVariants.NOTHING).update();
		return new Counts(candidates, deliveries, excluded);
	}

	/** Counts who is left out, by reason. */
	private int exclude(Frozen edition) {
		Map<String, Integer> excluded = new HashMap<>();
		this.jdbc.sql("""
				SELECT COALESCE(reason, CASE WHEN variant = ? THEN 'NOTHING_IN_TOPICS' ELSE ? END) AS why, COUNT(*)
				FROM candidate WHERE reason IS NOT NULL OR variant IS NULL OR variant = ? GROUP BY why
				""").params(TopicVariants.NOTHING, NEW_CHOICE, TopicVariants.NOTHING).query((row) -> {
			excluded.put(row.getString(1), row.getInt(2));
		});
		if (excluded.containsKey(NEW_CHOICE)) {
			throw new NewChoiceException();
		}
		excluded.forEach((reason, readers) -> this.jdbc
			.sql("INSERT INTO delivery_exclusion (edition_id, reason, readers) VALUES (?, ?, ?)")
			.params(edition.id(), reason, readers)
			.update());
		return excluded.values().stream().mapToInt(Integer::intValue).sum();
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

	/** Rolls back: picking takes its time, and nothing is to be locked meanwhile. */
	@SuppressWarnings("serial")
	private static final class NewChoiceException extends RuntimeException {

	}

}
