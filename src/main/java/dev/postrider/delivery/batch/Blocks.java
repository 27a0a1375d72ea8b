package dev.postrider.delivery.batch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Blocks of the ledger and who has claimed them. Leases run by the database's clock,
 * which all processes share; a block with deferred readers rests until one is due.
 */
@Repository
class Blocks {

	private final JdbcClient jdbc;

	private final JdbcTemplate batch;

	private final LivingLanes living;

	Blocks(JdbcClient jdbc, JdbcTemplate batch, LivingLanes living) {
		this.jdbc = jdbc;
		this.batch = batch;
		this.living = living;
	}

	/**
	 * Divides a ledger that was just written, whose rows are numbered from 1.
	 * @param readers how many rows it has
	 * @param size rows a block; the last may have fewer
	 */
	void create(long editionId, int readers, int size) {
		List<Object[]> blocks = new ArrayList<>();
		for (int from = 1; from <= readers; from += size) {
			blocks.add(new Object[] { editionId, blocks.size(), from, Math.min(from + size - 1, readers) });
		}
		this.batch.batchUpdate("INSERT INTO delivery_block (edition_id, block, from_seq, to_seq) VALUES (?, ?, ?, ?)",
				blocks);
	}

	/**
	 * Claims a free block, if there is one: first those nobody has looked at, then those
	 * that wait for readers, the longest due first. Index delivery_block_open, in its
	 * order, for what is sorted would be locked; rows others are claiming are passed
	 * over. A living lane of our own process gives its block back itself: by the clock
	 * alone, which may jump, none is taken from it. One that has ended has no more claim.
	 */
	@Transactional
	Optional<Claim> claim(long editionId, String owner, Duration lease, Instant now) {
		Set<String> living = new HashSet<>(this.living.owners());
		living.add(owner);
		Optional<Claim> claim = this.jdbc.sql("""
				SELECT block, from_seq, to_seq, fence FROM delivery_block FORCE INDEX (delivery_block_open)
				WHERE edition_id = :edition AND done = FALSE AND (next_at IS NULL OR next_at <= :now)
				AND (lease_until IS NULL
				  OR IF(owner LIKE :own, owner NOT IN (:living), lease_until < UTC_TIMESTAMP(6)))
				ORDER BY next_at, block LIMIT 1 FOR UPDATE SKIP LOCKED
				""")
			.param("edition", editionId)
			.param("now", now)
			.param("own", owner.substring(0, owner.indexOf('.') + 1) + "%")
			.param("living", living)
			.query((row, index) -> new Claim(editionId, row.getInt("block"), row.getInt("from_seq"),
					row.getInt("to_seq"), row.getInt("fence") + 1))
			.optional();
		claim.ifPresent((taken) -> this.jdbc.sql("""
				UPDATE delivery_block SET owner = ?, fence = ?, lease_until = UTC_TIMESTAMP(6) + INTERVAL ? SECOND
				WHERE edition_id = ? AND block = ?
				""").params(owner, taken.fence(), lease.toSeconds(), editionId, taken.block()).update());
		return claim;
	}

	/** Makes a claim last longer; false when somebody else has the block by now. */
	boolean renew(Claim claim, Duration lease) {
		return this.jdbc.sql("""
				UPDATE delivery_block SET lease_until = UTC_TIMESTAMP(6) + INTERVAL ? SECOND
				WHERE edition_id = ? AND block = ? AND fence = ?
				""").params(lease.toSeconds(), claim.editionId(), claim.block(), claim.fence()).update() == 1;
	}

	/**
	 * Gives a block back.
	 * @param claim the claim; one that was lost changes nothing
	 * @param nextAt when it is worth claiming again; {@code null} at once
	 * @param done whether nothing is left to do in it
	 */
	void release(Claim claim, @Nullable Instant nextAt, boolean done) {
		this.jdbc.sql("""
				UPDATE delivery_block SET owner = NULL, lease_until = NULL, next_at = :next, done = :done
				WHERE edition_id = :edition AND block = :block AND fence = :fence
				""")
			.param("next", nextAt)
			.param("done", done)
			.param("edition", claim.editionId())
			.param("block", claim.block())
			.param("fence", claim.fence())
			.update();
	}

	/**
	 * Frees what processes held whose lanes are gone, and fences off one that is not
	 * quite.
	 */
	void releaseOf(long editionId, List<String> deadProcesses) {
		for (String process : deadProcesses) {
			this.jdbc.sql("""
					UPDATE delivery_block SET owner = NULL, lease_until = NULL, fence = fence + 1
					WHERE edition_id = ? AND NOT done AND owner LIKE CONCAT(?, '.%')
					""").params(editionId, process).update();
		}
	}

	/**
	 * Opens again what a killed process closed though readers in it are open. By the
	 * primary keys of blocks and ledger, once a run.
	 */
	void openUnfinished(long editionId) {
		this.jdbc.sql("""
				UPDATE delivery_block SET done = FALSE, next_at = NULL
				WHERE edition_id = :edition AND done AND EXISTS (
				  SELECT 1 FROM delivery d WHERE d.edition_id = :edition
				  AND d.seq BETWEEN delivery_block.from_seq AND delivery_block.to_seq
				  AND d.status IN ('PENDING', 'DEFERRED'))
				""").param("edition", editionId).update();
	}

	/** Whether every block is done. */
	boolean allDone(long editionId) {
		return this.jdbc.sql("SELECT COUNT(*) FROM delivery_block WHERE edition_id = ? AND NOT done")
			.param(editionId)
			.query(Integer.class)
			.single() == 0;
	}

	/**
	 * A block in one lane's hands.
	 *
	 * @param editionId whose
	 * @param block its number
	 * @param fromSeq its first row
	 * @param toSeq its last row
	 * @param fence which claim of the block this is
	 */
	record Claim(long editionId, int block, int fromSeq, int toSeq, int fence) {
	}

}
