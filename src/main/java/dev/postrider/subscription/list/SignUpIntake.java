package dev.postrider.subscription.list;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import dev.postrider.Masked;
import dev.postrider.subscription.list.SignUps.SignUpOrder;
import jakarta.annotation.PreDestroy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.TaskExecutor;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes sign-ups down, one row each, and works them off behind the answer: what is looked
 * up, written and mailed differs from address to address, and nobody who asks can measure
 * it. A row is deleted with what came of it in one transaction, so that a process that
 * dies loses none. Many go together, as what each costs alone is mostly the way to the
 * database and back. Several processes share the work.
 */
@Component
public class SignUpIntake {

	private static final Logger logger = LoggerFactory.getLogger(SignUpIntake.class);

	private static final int BATCH = 100;

	private static final Duration PAUSE = Duration.ofMillis(50);

	private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);

	private final SignUpQueue queue;

	private final TransactionTemplate transaction;

	private final SignUps signUps;

	private final SubscriptionSettings settings;

	private final Clock clock;

	private final TaskExecutor executor = new SimpleAsyncTaskExecutor("sign-ups-");

	/** How often work was asked for since the last look; one thread at a time does it. */
	private final AtomicInteger asked = new AtomicInteger();

	private final Semaphore working = new Semaphore(1);

	private volatile boolean stopped;

	SignUpIntake(SignUpQueue queue, TransactionTemplate transaction, SignUps signUps, SubscriptionSettings settings,
			Clock clock) {
		this.queue = queue;
		this.transaction = transaction;
		this.signUps = signUps;
		this.settings = settings;
		this.clock = clock;
	}

	/**
	 * Takes a sign-up down; it cannot be lost from then on.
	 * @param order what was asked for
	 */
	public void submit(SignUpOrder order) {
		this.queue.add(order);
		workOff();
	}

	/** What other processes left behind, and what has to be tried again. */
	@Scheduled(fixedDelay = 5000)
	void workOff() {
		if (this.asked.getAndIncrement() == 0) {
			boolean begun = false;
			try {
				this.executor.execute(this::work);
				begun = true;
			}
			finally {
				if (!begun) {
					this.asked.set(0);
				}
			}
		}
	}

	private void work() {
		this.working.acquireUninterruptibly();
		try {
			int seen;
			do {
				seen = this.asked.get();
				workWhileThereIsSome();
			}
			while (!this.asked.compareAndSet(seen, 0));
		}
		catch (Throwable ex) {
			// Whatever it is, it ends this thread only: the next one begins anew.
			this.asked.set(0);
			logger.error("Sign-ups wait for the next look in some seconds", ex);
		}
		finally {
			this.working.release();
		}
	}

	private void workWhileThereIsSome() throws InterruptedException {
		while (!this.stopped && workOffSome()) {
			// Many cost little more than one, and nobody waits for a mail so hard.
			Thread.sleep(PAUSE.toMillis());
		}
	}

	/** All that are due together, or each alone if they cannot go together. */
	private boolean workOffSome() {
		try {
			return Boolean.TRUE.equals(this.transaction.execute((status) -> {
				List<SignUpQueue.Row> rows = this.queue.take(this.clock.instant(), BATCH);
				accept(rows);
				return !rows.isEmpty();
			}));
		}
		catch (RuntimeException | Error ex) {
			log(Level.WARN, "Sign-ups could not be worked off together, so each is alone", ex);
			boolean some = false;
			for (long id : this.queue.due(this.clock.instant(), BATCH)) {
				some |= !this.stopped && workOff(id);
			}
			return some;
		}
	}

	/** Works one off, or puts it off; not so when another process does or has. */
	private boolean workOff(long id) {
		AtomicReference<SignUpQueue.@Nullable Row> taken = new AtomicReference<>();
		try {
			this.transaction
				.executeWithoutResult((status) -> this.queue.lock(id, this.clock.instant()).ifPresent((row) -> {
					taken.set(row);
					accept(List.of(row));
				}));
		}
		catch (RuntimeException | Error ex) {
			SignUpQueue.Row failed = taken.get();
			if (failed == null) {
				throw ex;
			}
			putOff(failed, ex);
		}
		return taken.get() != null;
	}

	/** Those whose mail has to wait stay, and are looked at again then. */
	private void accept(List<SignUpQueue.Row> rows) {
		Map<Long, SignUpOrder> orders = this.queue.orders(rows);
		Map<SignUpOrder, Instant> later = this.signUps.accept(orders.values());
		List<Long> done = new ArrayList<>();
		for (SignUpQueue.Row row : rows) {
			Instant until = later.get(orders.get(row.id()));
			if (until != null) {
				this.queue.keep(row.id(), until);
			}
			else {
				done.add(row.id());
			}
		}
		this.queue.delete(done);
	}

	/** 10 seconds, 20, 40 … 21 minutes. */
	private void putOff(SignUpQueue.Row row, Throwable cause) {
		Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(row.attempts(), 7));
		log(Level.ERROR, "Sign-up " + row.id() + " could not be worked off and is tried again in " + pause, cause);
		this.queue.putOff(row.id(), this.clock.instant().plus(pause));
	}

	/** What a database says may name the address; where it was said is of no use. */
	private static void log(Level level, String what, Throwable cause) {
		if (cause instanceof DataAccessException) {
			logger.atLevel(level).log("{}: {}", what, Masked.in(cause.toString()));
		}
		else {
			logger.atLevel(level).setCause(cause).log(what);
		}
	}

	/** What could not be worked off in all that time, its reader does not wait for. */
	@Scheduled(initialDelay = 10, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
	void forget() {
		int forgotten = this.queue.deleteOlderThan(this.clock.instant().minus(this.settings.unconfirmedKeptFor()));
		if (forgotten > 0) {
			logger.error("{} sign-ups could never be worked off and are deleted", forgotten);
		}
	}

	/** Ends with what is in work; the rest waits for the next start. */
	@PreDestroy
	void stop() throws InterruptedException {
		this.stopped = true;
		if (this.working.tryAcquire(10, TimeUnit.SECONDS)) {
			// Whoever comes now sees that nothing is to be done.
			this.working.release();
		}
		else {
			logger.warn("A sign-up takes longer than the stop waits; it is worked off by the next start");
		}
	}

}
