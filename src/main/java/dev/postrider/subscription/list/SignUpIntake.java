package dev.postrider.subscription.list;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.subscription.ConsentWording;
import dev.postrider.subscription.list.SignUps.SignUpOrder;
import jakarta.annotation.PreDestroy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.TaskExecutor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes sign-ups down, one row each, and works them off behind the answer: what is looked
 * up, written and mailed differs from address to address, and nobody who asks can measure
 * it. A row is deleted with what came of it in one transaction, so that a process that
 * dies loses none. Several processes share the work.
 */
@Component
public class SignUpIntake {

	private static final Logger logger = LoggerFactory.getLogger(SignUpIntake.class);

	private static final int BATCH = 100;

	private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	private final SignUps signUps;

	private final Newsletters newsletters;

	private final JsonMapper json;

	private final SubscriptionSettings settings;

	private final Clock clock;

	private final TaskExecutor executor = new SimpleAsyncTaskExecutor("sign-ups-");

	/** How often work was asked for since the last look; one thread at a time does it. */
	private final AtomicInteger asked = new AtomicInteger();

	private final Semaphore working = new Semaphore(1);

	private volatile boolean stopped;

	SignUpIntake(JdbcClient jdbc, TransactionTemplate transaction, SignUps signUps, Newsletters newsletters,
			JsonMapper json, SubscriptionSettings settings, Clock clock) {
		this.jdbc = jdbc;
		this.transaction = transaction;
		this.signUps = signUps;
		this.newsletters = newsletters;
		this.json = json;
		this.settings = settings;
		this.clock = clock;
	}

	/**
	 * Takes a sign-up down; it cannot be lost from then on.
	 * @param order what was asked for
	 */
	public void submit(SignUpOrder order) {
		Instant now = this.clock.instant();
		this.jdbc.sql("""
				INSERT INTO sign_up (newsletter_id, content, attempts, next_attempt_at, created_at)
				VALUES (:newsletter, :content, 0, :now, :now)
				""")
			.param("newsletter", order.newsletter().id())
			.param("content", this.json.writeValueAsString(Content.of(order)))
			.param("now", now)
			.update();
		workOff();
	}

	/** What other processes left behind, and what has to be tried again. */
	@Scheduled(fixedDelay = 5000)
	void workOff() {
		if (this.asked.getAndIncrement() == 0) {
			this.executor.execute(this::work);
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
		finally {
			this.working.release();
		}
	}

	private void workWhileThereIsSome() {
		try {
			// What another process has in hand is due, and not for us.
			boolean more = true;
			while (more) {
				more = false;
				for (long id : due()) {
					if (this.stopped) {
						return;
					}
					more |= workOff(id);
				}
			}
		}
		catch (RuntimeException ex) {
			logger.error("Sign-ups wait, because the database does not answer", ex);
		}
	}

	/**
	 * Index sign_up_due, whose equals are in the order of their keys. Many at once: each
	 * look passes over the entries of those that are deleted and not yet cleared away.
	 */
	private List<Long> due() {
		return this.jdbc.sql("SELECT id FROM sign_up WHERE next_attempt_at <= ? ORDER BY next_attempt_at, id LIMIT ?")
			.params(this.clock.instant(), BATCH)
			.query(Long.class)
			.list();
	}

	/** Works one off, or puts it off; not so when another process does or has. */
	private boolean workOff(long id) {
		AtomicReference<@Nullable Row> taken = new AtomicReference<>();
		try {
			this.transaction.executeWithoutResult((status) -> lock(id).ifPresent((row) -> {
				taken.set(row);
				accept(row);
				this.jdbc.sql("DELETE FROM sign_up WHERE id = ?").param(id).update();
			}));
		}
		catch (RuntimeException ex) {
			Row failed = taken.get();
			if (failed == null) {
				throw ex;
			}
			putOff(failed, ex);
		}
		return taken.get() != null;
	}

	/** Primary key. */
	private Optional<Row> lock(long id) {
		return this.jdbc.sql("""
				SELECT id, newsletter_id, content, attempts FROM sign_up
				WHERE id = ? AND next_attempt_at <= ? FOR UPDATE SKIP LOCKED
				""")
			.params(id, this.clock.instant())
			.query((row, index) -> new Row(row.getLong("id"), row.getLong("newsletter_id"), row.getString("content"),
					row.getInt("attempts")))
			.optional();
	}

	private void accept(Row row) {
		Content content = this.json.readValue(row.content(), Content.class);
		// A newsletter that is gone cannot be signed up for any more.
		this.newsletters.find(row.newsletterId())
			.ifPresent((newsletter) -> this.signUps.accept(content.order(newsletter)));
	}

	/** 10 seconds, 20, 40 … 21 minutes. */
	private void putOff(Row row, RuntimeException cause) {
		Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(row.attempts(), 7));
		logger.error("Sign-up {} could not be worked off and is tried again in {}", row.id(), pause, cause);
		this.jdbc.sql("UPDATE sign_up SET attempts = attempts + 1, next_attempt_at = ? WHERE id = ?")
			.params(this.clock.instant().plus(pause), row.id())
			.update();
	}

	private record Row(long id, long newsletterId, String content, int attempts) {
	}

	/** All of an order but the newsletter, which may have changed. */
	private record Content(EmailAddress address, @Nullable String name, Choice choice, ConsentWording wording,
			Evidence evidence) {

		static Content of(SignUpOrder order) {
			return new Content(order.address(), order.name(), order.choice(), order.wording(), order.evidence());
		}

		SignUpOrder order(Newsletter newsletter) {
			return new SignUpOrder(newsletter, this.address, this.name, this.choice, this.wording, this.evidence);
		}

	}

}
