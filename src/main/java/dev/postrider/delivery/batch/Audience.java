package dev.postrider.delivery.batch;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntUnaryOperator;

import dev.postrider.Retries;
import dev.postrider.delivery.AudienceRule;
import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionVariants;
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

	/** Stands for readers who chose neither topics nor language nor design. */
	private static final String NO_CHOICE = "";

	private final JdbcClient jdbc;

	private final JdbcTemplate batch;

	private final TopicVariants variants;

	private final EditionVariants settled;

	private final Retries transactions;

	Audience(JdbcClient jdbc, JdbcTemplate batch, TopicVariants variants, EditionVariants settled,
			TransactionOperations transactions) {
		this.jdbc = jdbc;
		this.batch = batch;
		this.variants = variants;
		this.settled = settled;
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
		this.jdbc.sql("DROP TEMPORARY TABLE IF EXISTS candidate").update();
		int candidates = edition.bind(this.jdbc.sql("""
				CREATE TEMPORARY TABLE candidate (subscriber_id BIGINT NOT NULL PRIMARY KEY, reason VARCHAR(40),
				  topics VARCHAR(1000) COLLATE utf8mb4_bin, choice BINARY(32), language VARCHAR(16), design VARCHAR(60),
				  variant INT) AS
				SELECT u.subscriber_id, u.topics, u.language, u.design, CAST(NULL AS SIGNED) AS variant,
				  CASE WHEN u.topics IS NOT NULL OR u.language IS NOT NULL OR u.design IS NOT NULL
				    THEN UNHEX(SHA2(CONCAT_WS(';', COALESCE(u.language, ''), COALESCE(u.design, ''), u.topics), 256))
				  END AS choice,
				""" + AudienceRule.REASON + " AS reason " + AudienceRule.CANDIDATES)).update();
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
				""").param("edition", edition.id()).param("size", blockSize.applyAsInt(deliveries)).update();
		this.jdbc.sql("UPDATE edition SET frozen_at = ?, candidates = ? WHERE id = ?")
			.params(now, candidates, edition.id())
			.update();
		logger.info("Edition {}: {} readers of {} subscribers, {} left out", edition.id(), deliveries, candidates,
				excluded);
	}

	/**
	 * Readers get the variant of their choice, or are left out if it has no story. Those
	 * who chose nothing, mostly by far the most, are not looked at one by one.
	 */
	private void assignVariants(long editionId) {
		Map<String, ReadersChoice> chosen = chosen();
		Map<Topics, Integer> selections = this.variants.known(editionId);
		if (!chosen.values().stream().allMatch((choice) -> selections.containsKey(choice.topics()))) {
			throw new NewChoiceException();
		}
		Map<String, EditionVariants.Choice> choices = new HashMap<>();
		chosen.forEach((key, choice) -> choices.put(key, new EditionVariants.Choice(
				Objects.requireNonNull(selections.get(choice.topics())), choice.language(), choice.design())));
		Map<EditionVariants.Choice, Integer> variants = this.settled.settle(editionId, choices.values());
		EditionVariants.Choice none = choices.remove(NO_CHOICE);
		if (none != null) {
			this.jdbc.sql("UPDATE candidate SET variant = ? WHERE reason IS NULL AND choice IS NULL")
				.param(variants.get(none))
				.update();
		}
		if (choices.isEmpty()) {
			return;
		}
		this.jdbc.sql("DROP TEMPORARY TABLE IF EXISTS chosen_variant").update();
		this.jdbc
			.sql("CREATE TEMPORARY TABLE chosen_variant (choice BINARY(32) NOT NULL PRIMARY KEY, variant INT NOT NULL)")
			.update();
		this.batch.batchUpdate("INSERT INTO chosen_variant (choice, variant) VALUES (UNHEX(?), ?)", choices.entrySet(),
				1000, (statement, entry) -> {
					statement.setString(1, entry.getKey());
					statement.setInt(2, Objects.requireNonNull(variants.get(entry.getValue())));
				});
		this.jdbc.sql("""
				UPDATE candidate JOIN chosen_variant ON chosen_variant.choice = candidate.choice
				SET candidate.variant = chosen_variant.variant,
				  candidate.reason = CASE WHEN chosen_variant.variant = :nothing THEN 'NOTHING_IN_TOPICS' END
				WHERE candidate.reason IS NULL
				""").param("nothing", TopicVariants.NOTHING).update();
		this.jdbc.sql("DROP TEMPORARY TABLE chosen_variant").update();
	}

	/** What the candidates chose, each choice once. */
	private Map<String, ReadersChoice> chosen() {
		Map<String, ReadersChoice> chosen = new HashMap<>();
		this.jdbc.sql("""
				SELECT COALESCE(HEX(choice), :none), MIN(topics), MIN(language), MIN(design) FROM candidate
				WHERE reason IS NULL GROUP BY choice
				""").param("none", NO_CHOICE).query((row) -> {
			chosen.put(row.getString(1),
					new ReadersChoice(Topics.of(row.getString(2)), row.getString(3), row.getString(4)));
		});
		return chosen;
	}

	private record ReadersChoice(Topics topics, @Nullable String language, @Nullable String design) {
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
