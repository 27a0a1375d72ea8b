package dev.postrider.delivery.batch;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.postrider.Retries;
import dev.postrider.SqlTime;
import dev.postrider.delivery.DeliveryStatus;
import dev.postrider.delivery.DeliveryTransitions;
import dev.postrider.delivery.DeliveryTransitions.Cause;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The rows of {@code delivery}. Their status changes here and in {@link OutcomeUpdates},
 * and nowhere else, along the table of {@link DeliveryTransitions}.
 */
@Repository
class Ledger {

	private final JdbcClient jdbc;

	private final OutcomeUpdates updates;

	/** Of their own, for a cancellation is told of when another has just committed. */
	private final Retries transactions;

	Ledger(JdbcClient jdbc, OutcomeUpdates updates, PlatformTransactionManager transactions) {
		this.jdbc = jdbc;
		this.updates = updates;
		this.transactions = new Retries(new TransactionTemplate(transactions,
				new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_REQUIRES_NEW)));
	}

	/**
	 * The next rows to send, each with its reader as of now: who has left since the
	 * freeze is in it with the reason to skip. A range of the primary key.
	 */
	List<LedgerRow> page(Blocks.Claim claim, long newsletterId, LocalDate date, int afterSeq, Instant now, int limit) {
		return this.jdbc.sql("""
				SELECT d.seq, d.subscriber_id, d.variant, d.attempts, d.unclear, s.moves, s.name, u.topics, s.email,
				  CASE
				    WHEN s.status = 'ERASED' OR s.email IS NULL THEN 'Erased since the edition was started'
				    WHEN s.status = 'SUPPRESSED' THEN 'Suppressed since the edition was started'
				    WHEN s.status <> 'ACTIVE' OR u.left_at IS NOT NULL OR u.confirmed_at IS NULL
				      THEN 'Unsubscribed since the edition was started'
				    WHEN u.paused_until > :date THEN 'Paused since the edition was started'
				  END AS skip
				FROM delivery d
				JOIN subscriber s ON s.id = d.subscriber_id
				LEFT JOIN subscription u ON u.newsletter_id = :newsletter AND u.subscriber_id = d.subscriber_id
				WHERE d.edition_id = :edition AND d.seq > :after AND d.seq BETWEEN :from AND :to
				AND d.status IN ('PENDING', 'DEFERRED') AND (d.next_attempt_at IS NULL OR d.next_attempt_at <= :now)
				ORDER BY d.seq LIMIT :limit
				""")
			.param("date", date)
			.param("newsletter", newsletterId)
			.param("edition", claim.editionId())
			.param("after", afterSeq)
			.param("from", claim.fromSeq())
			.param("to", claim.toSeq())
			.param("now", now)
			.param("limit", limit)
			.query((row, index) -> new LedgerRow(row.getInt("seq"), row.getLong("subscriber_id"), row.getInt("variant"),
					row.getInt("attempts"), row.getBoolean("unclear"), row.getInt("moves"), row.getString("name"),
					row.getString("topics"), Map.of(), row.getString("email"), row.getString("skip")))
			.list();
	}

	/** Writes outcomes in one commit, see {@link OutcomeUpdates}. */
	void write(Collection<Outcome> outcomes) {
		this.updates.write(outcomes);
	}

	/**
	 * Takes up again what failed in a range of the primary key. A row waits as
	 * {@code DEFERRED}: given up again, it ends as {@code FAILED} with its last answer.
	 * @return how many
	 */
	int reopen(long editionId, int fromSeq, int toSeq, boolean withUnclear) {
		return this.jdbc.sql("""
				UPDATE delivery SET status = 'DEFERRED', attempts = 0, next_attempt_at = NULL
				WHERE edition_id = :edition AND seq BETWEEN :from AND :to AND %s AND (NOT unclear OR :unclear)
				""".formatted(DeliveryTransitions.condition(Cause.RETRY, DeliveryStatus.DEFERRED)))
			.param("edition", editionId)
			.param("from", fromSeq)
			.param("to", toSeq)
			.param("unclear", withUnclear)
			.update();
	}

	/**
	 * Takes rows up again whose readers' addresses a relay wrongly called bad, and opens
	 * their blocks. Each begins anew.
	 * @return how many
	 */
	int recall(long editionId, Collection<Integer> rows) {
		if (rows.isEmpty()) {
			return 0;
		}
		return this.transactions.of(() -> {
			int recalled = this.jdbc.sql("""
					UPDATE delivery SET status = 'DEFERRED', attempts = 0, next_attempt_at = NULL
					WHERE edition_id = :edition AND seq IN (:rows) AND %s
					""".formatted(DeliveryTransitions.condition(Cause.RECALL, DeliveryStatus.DEFERRED)))
				.param("edition", editionId)
				.param("rows", rows)
				.update();
			this.jdbc.sql("""
					UPDATE delivery_block SET done = FALSE, next_at = NULL
					WHERE edition_id = :edition AND done = TRUE AND EXISTS (
					  SELECT 1 FROM delivery d WHERE d.edition_id = :edition AND d.seq IN (:rows)
					  AND d.seq BETWEEN delivery_block.from_seq AND delivery_block.to_seq AND d.status = 'DEFERRED')
					""").param("edition", editionId).param("rows", rows).update();
			return recalled;
		});
	}

	/**
	 * When an open row of a block is next due; empty when none is open.
	 * @param held what became due before the claim and is open still was passed over:
	 * when it may go; {@code null} where nothing was
	 */
	Optional<Instant> nextAttempt(Blocks.Claim claim, Instant claimedAt, @Nullable Instant held, Instant now) {
		return this.jdbc
			.sql("""
					SELECT MIN(CASE WHEN next_attempt_at > :claimed THEN next_attempt_at ELSE :held END) AS next FROM delivery
					WHERE edition_id = :edition AND seq BETWEEN :from AND :to AND status IN ('PENDING', 'DEFERRED')
					""")
			.param("claimed", claimedAt)
			.param("held", (held != null) ? held : now)
			.param("edition", claim.editionId())
			.param("from", claim.fromSeq())
			.param("to", claim.toSeq())
			.query((row, index) -> Optional.ofNullable(SqlTime.orNull(row, "next")))
			.single();
	}

	/** Ends what is open in a block: the edition is too late, or cancelled. */
	int giveUp(Blocks.Claim claim, Instant now, String reason) {
		int skipped = this.jdbc.sql("""
				UPDATE delivery SET status = 'SKIPPED', at = :now, reply = :reason
				WHERE edition_id = :edition AND seq BETWEEN :from AND :to AND status = 'PENDING'
				""")
			.param("now", now)
			.param("reason", reason)
			.param("edition", claim.editionId())
			.param("from", claim.fromSeq())
			.param("to", claim.toSeq())
			.update();
		return skipped + this.jdbc.sql("""
				UPDATE delivery SET status = 'FAILED', at = :now, next_attempt_at = NULL,
				  reply = LEFT(CONCAT(:reason, '. Last answer: ', COALESCE(reply, 'none')), 300)
				WHERE edition_id = :edition AND seq BETWEEN :from AND :to AND status = 'DEFERRED'
				""")
			.param("now", now)
			.param("reason", reason)
			.param("edition", claim.editionId())
			.param("from", claim.fromSeq())
			.param("to", claim.toSeq())
			.update();
	}

	/**
	 * Ends all that is open of a cancelled edition, block by block: each in a transaction
	 * of its own, so that no lane waits for long and nothing is done twice after a crash.
	 */
	void cancel(long editionId, Instant now) {
		List<Blocks.Claim> blocks = this.jdbc.sql("""
				SELECT block, from_seq, to_seq, fence FROM delivery_block WHERE edition_id = ? ORDER BY block
				""")
			.param(editionId)
			.query((row, index) -> new Blocks.Claim(editionId, row.getInt("block"), row.getInt("from_seq"),
					row.getInt("to_seq"), row.getInt("fence")))
			.list();
		blocks.forEach((block) -> this.transactions.of(() -> cancel(block, now)));
	}

	private int cancel(Blocks.Claim block, Instant now) {
		int ended = this.jdbc
			.sql("""
					UPDATE delivery SET status = 'SKIPPED', at = ?, next_attempt_at = NULL, reply = 'The edition was cancelled'
					WHERE edition_id = ? AND seq BETWEEN ? AND ? AND status IN ('PENDING', 'DEFERRED')
					""")
			.params(now, block.editionId(), block.fromSeq(), block.toSeq())
			.update();
		this.jdbc.sql("UPDATE delivery_block SET done = TRUE WHERE edition_id = ? AND block = ?")
			.params(block.editionId(), block.block())
			.update();
		return ended;
	}

	/** Cancelled editions that a process died over: blocks of them are open. */
	List<Long> halfCancelled() {
		return this.jdbc.sql("""
				SELECT e.id FROM edition e WHERE e.status = 'CANCELLED' AND EXISTS (
				  SELECT 1 FROM delivery_block b WHERE b.edition_id = e.id AND b.done = FALSE)
				""").query(Long.class).list();
	}

	/** Rows of an edition that have no final status. */
	int open(long editionId) {
		return this.jdbc.sql("SELECT COUNT(*) FROM delivery WHERE edition_id = ? AND status IN ('PENDING', 'DEFERRED')")
			.param(editionId)
			.query(Integer.class)
			.single();
	}

}
