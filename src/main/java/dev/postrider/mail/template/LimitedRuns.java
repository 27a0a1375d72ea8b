package dev.postrider.mail.template;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.sun.management.ThreadMXBean;
import dev.postrider.mail.TemplateException;
import dev.postrider.mail.template.LetterProperties.Limits;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs templates on threads of their own and waits no longer than the limits allow. A
 * template that is stopped looks up in every loop, at every sum and at every write. One
 * that still does not end is left behind, and is not started again.
 */
final class LimitedRuns implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(LimitedRuns.class);

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	/** A busy machine may let a stopped thread wait for its turn. */
	private static final long GRACE_MILLIS = 10_000;

	/** What a busy machine may make of a second of work. */
	private static final int BUSY = 20;

	private final ExecutorService threads = Executors.newCachedThreadPool((work) -> {
		Thread thread = new Thread(work, "letter");
		thread.setDaemon(true);
		return thread;
	});

	private final Limits limits;

	private final Map<String, String> leftBehind = new ConcurrentHashMap<>();

	LimitedRuns(Limits limits) {
		this.limits = limits;
	}

	/**
	 * Runs something to its end, or to a limit.
	 * @param name of the template
	 * @param place where it lies
	 * @param work what to run
	 * @return its result
	 * @throws TemplateException when it takes too much
	 * @throws ExecutionException when it fails
	 */
	<T> T of(String name, String place, Work<T> work) throws ExecutionException {
		String before = this.leftBehind.get(name);
		if (before != null) {
			throw new TemplateException(before + " It could not be stopped and is not tried again before a restart.",
					null);
		}
		Running running = new Running(place);
		FutureTask<T> task = new FutureTask<>(() -> {
			running.begin();
			try {
				return work.run(running);
			}
			finally {
				running.ended.countDown();
			}
		});
		this.threads.execute(task);
		return await(name, running, task);
	}

	private <T> T await(String name, Running running, FutureTask<T> task) throws ExecutionException {
		long from = System.nanoTime();
		while (true) {
			try {
				return task.get(1, TimeUnit.MILLISECONDS);
			}
			catch (TimeoutException ex) {
				running.look();
				String tooMuch = tooMuch(running, System.nanoTime() - from);
				if (tooMuch != null) {
					throw stop(name, running, task, tooMuch);
				}
			}
			catch (ExecutionException ex) {
				if (ex.getCause() instanceof StackOverflowError) {
					throw running.blame("macros or functions that use themselves without end, or nest too deeply", ex);
				}
				if (ex.getCause() instanceof OutOfMemoryError) {
					throw running.blame("it takes more memory than there is", ex);
				}
				throw ex;
			}
			catch (InterruptedException ex) {
				task.cancel(true);
				Thread.currentThread().interrupt();
				throw running.blame("interrupted", ex);
			}
		}
	}

	private @Nullable String tooMuch(Running running, long nanos) {
		long time = this.limits.time().toNanos();
		// Its own work counts, not what the machine does meanwhile.
		if (running.worked() > time || nanos > BUSY * time) {
			return "it ran for longer than " + this.limits.time().toMillis()
					+ " ms, the most that postrider.mail.render-time allows. A loop or recursion that never ends?";
		}
		if (running.allocated() > this.limits.memory()) {
			return "it took more than " + this.limits.memory() / 1_000_000
					+ " MB of memory, the most that postrider.mail.render-memory allows. A loop that never ends, or a text that doubles in one?";
		}
		return null;
	}

	private TemplateException stop(String name, Running running, FutureTask<?> task, String why) {
		TemplateException stopped = running.blame(why, null);
		task.cancel(true);
		try {
			if (!running.ended.await(GRACE_MILLIS, TimeUnit.MILLISECONDS)) {
				this.leftBehind.put(name, String.valueOf(stopped.getMessage()));
				logger.error("The mail template {} cannot be stopped; mend it and restart. {}", name,
						stopped.getMessage());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return stopped;
	}

	@Override
	public void close() {
		this.threads.shutdownNow();
	}

	/**
	 * What runs within limits.
	 *
	 * @param <T> its result
	 */
	@FunctionalInterface
	interface Work<T> {

		/**
		 * Runs, saying where it is.
		 */
		T run(Running running) throws Exception;

	}

	/**
	 * One that runs, as its own thread and the one that waits for it know it.
	 */
	static final class Running {

		private final CountDownLatch ended = new CountDownLatch(1);

		private final Spots spots;

		private volatile long thread = -1;

		private volatile long allocatedBefore;

		private volatile long workedBefore;

		private Running(String place) {
			this.spots = new Spots(place);
		}

		private void begin() {
			this.allocatedBefore = THREADS.getCurrentThreadAllocatedBytes();
			this.workedBefore = THREADS.getCurrentThreadCpuTime();
			this.thread = Thread.currentThread().getId();
		}

		Spots spots() {
			return this.spots;
		}

		private void look() {
			this.spots.look();
		}

		private long allocated() {
			return (this.thread < 0) ? 0 : THREADS.getThreadAllocatedBytes(this.thread) - this.allocatedBefore;
		}

		private long worked() {
			return (this.thread < 0) ? 0 : THREADS.getThreadCpuTime(this.thread) - this.workedBefore;
		}

		private TemplateException blame(String why, @Nullable Throwable cause) {
			return new TemplateException(this.spots.file(), this.spots.line(), why, cause);
		}

	}

}
