package dev.postrider.delivery.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * The one writer of outcomes: it takes all that are waiting into one commit, so that a
 * commit's cost is shared by the lanes. A lane hands in one outcome and goes on to its
 * next message; before it hands in another the first must be written. So each lane has at
 * most one message in flight and one outcome unwritten.
 */
@Component
class AckWriter implements DisposableBean {

	private static final Logger logger = LoggerFactory.getLogger(AckWriter.class);

	private static final int MOST_AT_ONCE = 500;

	/** So long a commit waits for company, unless half of the lanes are there. */
	private static final long GATHERING = TimeUnit.MILLISECONDS.toNanos(3);

	private static final long LOOK = TimeUnit.MICROSECONDS.toNanos(500);

	private static final long DATABASE_PAUSE_SECONDS = 2;

	private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();

	private final Ledger ledger;

	private final Progress progress;

	private final LivingLanes lanes;

	private final Thread thread = new Thread(this::run, "ledger-writer");

	AckWriter(Ledger ledger, Progress progress, LivingLanes lanes) {
		this.ledger = ledger;
		this.progress = progress;
		this.lanes = lanes;
		this.thread.setDaemon(true);
		this.thread.start();
	}

	/**
	 * Hands in an outcome.
	 * @param outcome what came of a delivery
	 * @return completed once it is committed
	 */
	CompletableFuture<Void> submit(Outcome outcome) {
		Waiting waiting = new Waiting(outcome, new CompletableFuture<>());
		this.queue.add(waiting);
		return waiting.written();
	}

	@Override
	public void destroy() {
		this.thread.interrupt();
	}

	private void run() {
		List<Waiting> group = new ArrayList<>();
		while (!Thread.currentThread().isInterrupted()) {
			try {
				group.clear();
				group.add(this.queue.take());
				gather();
				this.queue.drainTo(group, MOST_AT_ONCE - 1);
				write(group);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			catch (RuntimeException | Error ex) {
				// Without this writer every lane would wait for ever.
				logger.error("Outcomes of {} deliveries could not be written", group.size(), ex);
				group.forEach((waiting) -> waiting.written().completeExceptionally(ex));
			}
		}
		this.queue.drainTo(group);
		group.forEach((waiting) -> waiting.written().cancel(false));
	}

	/**
	 * Lanes go on with their next message meanwhile, so waiting costs nobody anything; a
	 * commit for each would cost the database more than the messages.
	 */
	private void gather() {
		int enough = this.lanes.count() / 2;
		long from = System.nanoTime();
		while (this.queue.size() + 1 < enough && System.nanoTime() - from < GATHERING) {
			LockSupport.parkNanos(LOOK);
		}
	}

	private void write(List<Waiting> group) throws InterruptedException {
		List<Outcome> outcomes = group.stream().map(Waiting::outcome).toList();
		while (true) {
			try {
				this.ledger.write(outcomes);
				group.forEach((waiting) -> waiting.written().complete(null));
				count(outcomes);
				return;
			}
			catch (DataIntegrityViolationException | BadSqlGrammarException ex) {
				// Our own mistake about one of them: it must not take the others with it.
				if (group.size() == 1) {
					throw ex;
				}
				for (Waiting waiting : group) {
					writeAlone(waiting);
				}
				return;
			}
			catch (DataAccessException | TransactionException ex) {
				// The database is away, full, or read-only for a while. Nothing more is
				// sent
				// meanwhile: the lanes wait for their outcome.
				logger.warn("The ledger could not be written, trying again: {}", ex.getMessage());
				TimeUnit.SECONDS.sleep(DATABASE_PAUSE_SECONDS);
			}
		}
	}

	private void writeAlone(Waiting waiting) throws InterruptedException {
		try {
			write(List.of(waiting));
		}
		catch (DataIntegrityViolationException | BadSqlGrammarException ex) {
			logger.error("The outcome of delivery {} of edition {} cannot be written", waiting.outcome().seq(),
					waiting.outcome().editionId(), ex);
			waiting.written().completeExceptionally(ex);
		}
	}

	/** Counting must never fail what is committed. */
	private void count(List<Outcome> outcomes) {
		try {
			this.progress.written(outcomes);
		}
		catch (RuntimeException ex) {
			logger.warn("Outcomes were written but not counted", ex);
		}
	}

	private record Waiting(Outcome outcome, CompletableFuture<Void> written) {
	}

}
