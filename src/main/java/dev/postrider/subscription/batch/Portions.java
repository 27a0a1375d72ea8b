package dev.postrider.subscription.batch;

import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.postrider.Masked;
import dev.postrider.subscription.batch.ImportWork.ImportPass;
import dev.postrider.subscription.batch.RowCheck.Checked;
import dev.postrider.subscription.list.EmailAddress;

import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.PessimisticLockingFailureException;

/**
 * The rows of a pass in portions, of which three are at work at once: while one writes
 * down its consents, the readers of the next are added, and the one after is read and
 * checked. They are committed in the file's order.
 */
final class Portions {

	/** Rows of a transaction: others wait for it where they write consents. */
	private static final int SIZE = 2000;

	private static final int TRIES = 5;

	/** Nothing that waits for what it holds itself is to do so for long. */
	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private static final Portion NOTHING = new Portion(List.of(), Set.of(), CompletableFuture.completedFuture(0));

	private final ImportWork work;

	private final ImportPass pass;

	private final SimpleAsyncTaskExecutor threads = new SimpleAsyncTaskExecutor("import-");

	private int doneLine;

	private Future<List<Checked>> ahead;

	Portions(ImportWork work, ImportPass pass) {
		this.work = work;
		this.pass = pass;
		this.doneLine = pass.file().doneLine();
		this.ahead = read();
	}

	/**
	 * Takes portions in for a while. Nothing is at work when it returns, however, but for
	 * the reading of rows.
	 * @param taken is told how many rows a portion had, and how many of them were
	 * rejected
	 * @return whether there may be more
	 */
	boolean take(Duration time, Taken taken) throws IOException, ImportException, InterruptedException {
		long end = System.nanoTime() + time.toNanos();
		Portion last = NOTHING;
		Portion next = NOTHING;
		try {
			do {
				List<Checked> rows = rows();
				if (rows.isEmpty()) {
					count(last, taken);
					return false;
				}
				next = begin(rows, last);
				count(last, taken);
				last = next;
			}
			while (System.nanoTime() < end);
			count(last, taken);
			return true;
		}
		finally {
			last.awaitEnd();
			next.awaitEnd();
		}
	}

	private static void count(Portion portion, Taken taken) {
		if (!portion.rows().isEmpty()) {
			taken.rows(portion.rows().size(), portion.rejected());
		}
	}

	/** Who is in both is first done with in the one before. */
	private Portion begin(List<Checked> rows, Portion before) {
		Set<String> readers = readers(rows);
		if (!Collections.disjoint(before.readers(), readers)) {
			before.awaitEnd();
		}
		int from = this.doneLine;
		this.doneLine = rows.get(rows.size() - 1).row().line();
		return new Portion(rows, readers, CompletableFuture.supplyAsync(() -> take(from, rows, before), this.threads));
	}

	/**
	 * A deadlock with a reader who is just signing up is tried again, and so is a portion
	 * with an address that somebody signed up with after it was found unknown.
	 */
	private int take(int from, List<Checked> rows, Portion before) {
		for (int attempt = 1;; attempt++) {
			try {
				if (attempt > 1) {
					before.rejected();
				}
				return this.work.take(this.pass, from, rows, before::awaitTurn);
			}
			catch (PessimisticLockingFailureException | DuplicateKeyException ex) {
				if (attempt == TRIES) {
					// What the database says may name an address, and would stay with the
					// run.
					throw new IllegalStateException("The rows after line " + from + " could not be taken in, tried "
							+ TRIES + " times: " + Masked.in(ex.toString()));
				}
			}
		}
	}

	private Future<List<Checked>> read() {
		return this.threads.submit(() -> this.work.next(this.pass, SIZE));
	}

	/** The next rows; none at the end. */
	private List<Checked> rows() throws IOException, ImportException, InterruptedException {
		try {
			List<Checked> rows = this.ahead.get();
			if (!rows.isEmpty()) {
				this.ahead = read();
			}
			return rows;
		}
		catch (ExecutionException ex) {
			Throwable cause = ex.getCause();
			if (cause instanceof IOException io) {
				throw io;
			}
			if (cause instanceof ImportException wrong) {
				throw wrong;
			}
			throw unchecked(ex);
		}
	}

	private static Set<String> readers(List<Checked> rows) {
		Set<String> readers = new HashSet<>();
		for (Checked row : rows) {
			EmailAddress address = row.address();
			if (address != null) {
				readers.add(address.key());
			}
		}
		return readers;
	}

	private static RuntimeException unchecked(Exception ex) {
		return (ex.getCause() instanceof RuntimeException cause) ? cause : new IllegalStateException(ex);
	}

	/** Is told of each portion that is done. */
	@FunctionalInterface
	interface Taken {

		void rows(int count, int rejected);

	}

	/**
	 * Rows at work.
	 *
	 * @param rows they
	 * @param readers whom they are about
	 * @param result how many of them were rejected, in the end
	 */
	private record Portion(List<Checked> rows, Set<String> readers, CompletableFuture<Integer> result) {

		int rejected() {
			try {
				return this.result.join();
			}
			catch (CompletionException ex) {
				throw unchecked(ex);
			}
		}

		void awaitEnd() {
			this.result.handle((rejected, failure) -> 0).join();
		}

		/** For the portion after this one, which holds locks meanwhile. */
		void awaitTurn() {
			try {
				this.result.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
			}
			catch (TimeoutException ex) {
				throw new CannotAcquireLockException("The rows before these are not done yet", ex);
			}
			catch (ExecutionException ex) {
				throw unchecked(ex);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new IllegalStateException("Interrupted", ex);
			}
		}

	}

}
