package dev.postrider.delivery.batch;

import java.time.Instant;
import java.time.LocalDate;

import dev.postrider.delivery.AudienceRule;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who gets an edition, frozen at one moment. One statement looks at every subscriber of
 * the newsletter and says why or why not; what goes into the ledger and what is counted
 * as an exclusion both come from its answer, so the numbers must add up.
 */
@Repository
class Audience {

	private static final Logger logger = LoggerFactory.getLogger(Audience.class);

	private final JdbcClient jdbc;

	Audience(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Writes the ledger of an edition and its blocks, all or nothing; does nothing when
	 * that was done before.
	 * @param edition which
	 * @param blockSize ledger rows a block
	 * @param now the audience's moment
	 */
	@Transactional
	void freeze(Frozen edition, int blockSize, Instant now) {
		boolean frozen = this.jdbc.sql("SELECT frozen_at IS NOT NULL FROM edition WHERE id = ? FOR UPDATE")
			.param(edition.id())
			.query(Boolean.class)
			.single();
		if (frozen) {
			return;
		}
		this.jdbc.sql("DROP TEMPORARY TABLE IF EXISTS candidate").update();
		int candidates = this.jdbc.sql("""
				CREATE TEMPORARY TABLE candidate (subscriber_id BIGINT NOT NULL PRIMARY KEY, reason VARCHAR(40)) AS
				SELECT u.subscriber_id,
				""" + AudienceRule.REASON + " AS reason " + AudienceRule.CANDIDATES)
			.param("newsletter", edition.newsletterId())
			.param("date", edition.date())
			.param("day", AudienceRule.bit(edition.date()))
			.update();
		int deliveries = this.jdbc.sql("""
				INSERT INTO delivery (edition_id, seq, subscriber_id, variant)
				SELECT ?, ROW_NUMBER() OVER (ORDER BY subscriber_id), subscriber_id, 1
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

	/**
	 * What freezing needs to know of an edition.
	 *
	 * @param id its key
	 * @param newsletterId whose
	 * @param date its date
	 */
	record Frozen(long id, long newsletterId, LocalDate date) {
	}

}
