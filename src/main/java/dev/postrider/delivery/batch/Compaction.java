package dev.postrider.delivery.batch;

import java.time.Clock;
import java.time.Instant;
import java.util.List;

import dev.postrider.Retries;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Makes counts of the ledgers of old editions, a few thousand rows a transaction: a row
 * leaves {@code delivery} in the same moment as it is counted in {@code delivery_total},
 * so both together say the same at any time, also when this breaks off.
 */
@Component
class Compaction {

	private static final int ROWS = 5000;

	private final JdbcClient jdbc;

	private final Retries transactions;

	private final Clock clock;

	Compaction(JdbcClient jdbc, TransactionOperations transactions, Clock clock) {
		this.jdbc = jdbc;
		this.transactions = new Retries(transactions);
		this.clock = clock;
	}

	/**
	 * Editions that were over before a moment and whose ledger is still there, wholly or
	 * in part; index edition_due, then one row of each ledger.
	 */
	List<Long> due(Instant before) {
		return this.jdbc.sql("""
				SELECT e.id FROM edition e
				WHERE e.status IN ('SENT', 'CANCELLED') AND e.due_at < :before
				AND COALESCE(e.closed_at, e.changed_at) < :before
				AND (EXISTS (SELECT 1 FROM delivery d WHERE d.edition_id = e.id)
				  OR EXISTS (SELECT 1 FROM welcome_delivery w WHERE w.edition_id = e.id))
				ORDER BY e.id
				""").param("before", before).query(Long.class).list();
	}

	/**
	 * Counts and forgets the next rows of an edition's ledger.
	 * @return how many; 0 when there is nothing left, or the edition is not over after
	 * all
	 */
	int next(long editionId) {
		return this.transactions.of(() -> isOver(editionId) ? move(editionId) : 0);
	}

	/**
	 * Looked at under a lock in each transaction: nobody may have begun to send it again,
	 * and nothing of it may be open. A correction of it wants to know who had it. Once
	 * the first rows have gone, neither can come about any more.
	 */
	private boolean isOver(long editionId) {
		Boolean begun = this.jdbc.sql("""
				SELECT compacted_at IS NOT NULL FROM edition WHERE id = ? AND status IN ('SENT', 'CANCELLED') FOR UPDATE
				""").param(editionId).query(Boolean.class).optional().orElse(null);
		if (begun == null || begun) {
			return begun != null;
		}
		// Index edition_corrects; then a range of the ledger's primary key, once.
		return !this.jdbc.sql("""
				SELECT EXISTS (SELECT 1 FROM edition c WHERE c.corrects_id = :edition
				    AND c.status IN ('DRAFT', 'APPROVED', 'SENDING', 'HELD', 'FAILED'))
				  OR EXISTS (SELECT 1 FROM delivery d WHERE d.edition_id = :edition
				    AND d.status IN ('PENDING', 'DEFERRED'))
				""").param("edition", editionId).query(Boolean.class).single();
	}

	private int move(long editionId) {
		// New readers' copies are no part of the counts; primary key.
		this.jdbc.sql("DELETE FROM welcome_delivery WHERE edition_id = ?").param(editionId).update();
		Integer first = this.jdbc.sql("SELECT seq FROM delivery WHERE edition_id = ? ORDER BY seq LIMIT 1")
			.param(editionId)
			.query(Integer.class)
			.optional()
			.orElse(null);
		if (first == null) {
			return 0;
		}
		this.jdbc.sql("UPDATE edition SET compacted_at = ? WHERE id = ? AND compacted_at IS NULL")
			.params(this.clock.instant(), editionId)
			.update();
		int last = first + ROWS - 1;
		this.jdbc.sql("""
				INSERT INTO delivery_total (edition_id, variant, status, readers)
				SELECT edition_id, variant, status, COUNT(*) AS counted FROM delivery
				WHERE edition_id = :edition AND seq BETWEEN :first AND :last GROUP BY edition_id, variant, status
				ON DUPLICATE KEY UPDATE readers = readers + VALUES(readers)
				""").param("edition", editionId).param("first", first).param("last", last).update();
		int moved = deleteRange("delivery", editionId, last);
		deleteRange("delivery_failure", editionId, last);
		this.jdbc.sql("DELETE FROM delivery_block WHERE edition_id = ? AND to_seq <= ?")
			.params(editionId, last)
			.update();
		return moved;
	}

	private int deleteRange(String table, long editionId, int last) {
		return this.jdbc.sql("DELETE FROM " + table + " WHERE edition_id = ? AND seq <= ?")
			.params(editionId, last)
			.update();
	}

}
