package dev.postrider.delivery.batch;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

import dev.postrider.Retries;
import dev.postrider.edition.Edition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.batch.core.job.JobExecution;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * What the retry job does besides delivering. Each block of the ledger is taken up in a
 * transaction of its own, so a step that is done again goes on where it was.
 */
@Component
class RetrySteps {

	private static final Logger logger = LoggerFactory.getLogger(RetrySteps.class);

	private final DigestEdition digest;

	private final DigestSteps steps;

	private final Ledger ledger;

	private final JdbcClient jdbc;

	private final Retries transactions;

	private final Clock clock;

	RetrySteps(DigestEdition digest, DigestSteps steps, Ledger ledger, JdbcClient jdbc,
			TransactionOperations transactions, Clock clock) {
		this.digest = digest;
		this.steps = steps;
		this.ledger = ledger;
		this.jdbc = jdbc;
		this.transactions = new Retries(transactions);
		this.clock = clock;
	}

	/** Takes up what failed; what the relay said then is kept beside. */
	void takeUp(JobExecution run) {
		Edition edition = this.digest.edition(run);
		if (!DigestSteps.isToBeSent(edition)) {
			// It was stopped for good before the run began.
			return;
		}
		int number = number(run);
		boolean withUnclear = this.jdbc.sql("SELECT with_unclear FROM edition_retry WHERE edition_id = ? AND retry = ?")
			.params(edition.id(), number)
			.query(Boolean.class)
			.single();
		int readers = 0;
		for (BlockRange block : blocks(edition.id())) {
			readers += this.transactions.of(() -> takeUp(edition.id(), block, number, withUnclear));
		}
		logger.info("Edition {}: {} failed deliveries are tried again", edition.id(), readers);
	}

	/** Ranges of the ledger's primary key. */
	private int takeUp(long editionId, BlockRange block, int number, boolean withUnclear) {
		this.jdbc.sql("""
				INSERT INTO delivery_failure (edition_id, seq, retry, attempts, at, relay, reply)
				SELECT edition_id, seq, :retry, attempts, at, relay, reply FROM delivery
				WHERE edition_id = :edition AND seq BETWEEN :from AND :to AND status = 'FAILED'
				AND (NOT unclear OR :unclear)
				""")
			.param("retry", number)
			.param("edition", editionId)
			.param("from", block.fromSeq())
			.param("to", block.toSeq())
			.param("unclear", withUnclear)
			.update();
		int taken = this.ledger.reopen(editionId, block.fromSeq(), block.toSeq(), withUnclear);
		if (taken > 0) {
			this.jdbc.sql("""
					UPDATE delivery_block
					SET done = FALSE, next_at = NULL, owner = NULL, lease_until = NULL, fence = fence + 1
					WHERE edition_id = ? AND block = ?
					""").params(editionId, block.block()).update();
		}
		return taken;
	}

	private List<BlockRange> blocks(long editionId) {
		return this.jdbc.sql("SELECT block, from_seq, to_seq FROM delivery_block WHERE edition_id = ? ORDER BY block")
			.param(editionId)
			.query((row, index) -> new BlockRange(row.getInt(1), row.getInt(2), row.getInt(3)))
			.list();
	}

	/** The edition is sent again, and the retry over. */
	void close(JobExecution run) {
		this.steps.close(run);
		Instant now = this.clock.instant();
		this.jdbc.sql("""
				UPDATE edition_retry SET ended_at = COALESCE(ended_at, ?) WHERE edition_id = ? AND retry = ?
				""").params(now, this.digest.edition(run).id(), number(run)).update();
	}

	private static int number(JobExecution run) {
		return Integer.parseInt(Objects.requireNonNull(run.getJobParameters().getString("retry")));
	}

	/**
	 * A block's rows.
	 */
	private record BlockRange(int block, int fromSeq, int toSeq) {
	}

}
