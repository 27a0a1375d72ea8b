package dev.postrider.subscription.batch;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

import dev.postrider.subscription.batch.ImportWork.ImportPass;
import dev.postrider.subscription.batch.RowCheck.Checked;

import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.scope.context.StepContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.PessimisticLockingFailureException;

/**
 * The job {@code import}: works off the rows of one file. A portion of them and the note
 * that it is done are one transaction, so that a stopped or killed run goes on where it
 * was.
 */
@Configuration(proxyBeanMethods = false)
class ImportJob {

	static final String NAME = "import";

	/** The id of the stored file. */
	static final String IDENTITY = "import";

	/** Which pass over it. */
	static final String PASS = "pass";

	/** Rows of a transaction: others wait for it where they write consents. */
	private static final int PORTION = 2000;

	/** Between the moments at which a run can be stopped. */
	private static final Duration ROUND = Duration.ofMillis(500);

	private static final int TRIES = 5;

	private static final String OPEN = "open";

	@Bean(NAME)
	Job importJob(JobRepository repository, ImportWork work) {
		// The work commits for itself; the step holds no transaction around it.
		return new JobBuilder(NAME, repository).start(
				new StepBuilder("subscribe", repository)
					.tasklet((contribution, context) -> next(work, context.getStepContext(), contribution),
							new ResourcelessTransactionManager())
					.build())
			.build();
	}

	private static RepeatStatus next(ImportWork work, StepContext step, StepContribution contribution)
			throws IOException, ImportException, InterruptedException {
		Open open = (Open) step.getAttribute(OPEN);
		if (open == null) {
			open = new Open(work, work.open(parameter(step, IDENTITY), (int) parameter(step, PASS)));
			step.setAttribute(OPEN, open);
		}
		long end = System.nanoTime() + ROUND.toNanos();
		do {
			List<Checked> rows = open.rows();
			if (rows.isEmpty()) {
				work.finish(open.pass);
				return RepeatStatus.FINISHED;
			}
			int rejected = take(work, open, rows);
			for (int i = 0; i < rows.size(); i++) {
				contribution.incrementReadCount();
			}
			contribution.incrementWriteCount(rows.size() - rejected);
			contribution.incrementProcessSkipCount(rejected);
		}
		while (System.nanoTime() < end);
		return RepeatStatus.CONTINUABLE;
	}

	/**
	 * A deadlock with a reader who is just signing up is tried again, and so is a portion
	 * with an address that somebody signed up with after it was found unknown.
	 */
	private static int take(ImportWork work, Open open, List<Checked> rows) {
		for (int attempt = 1;; attempt++) {
			try {
				int rejected = work.take(open.pass, open.doneLine, rows);
				open.doneLine = rows.get(rows.size() - 1).row().line();
				return rejected;
			}
			catch (PessimisticLockingFailureException | DuplicateKeyException ex) {
				if (attempt == TRIES) {
					throw ex;
				}
			}
		}
	}

	private static long parameter(StepContext step, String name) {
		return Long.parseLong(String.valueOf(step.getStepExecution().getJobParameters().getString(name)));
	}

	/**
	 * What a run keeps from portion to portion. One thread reads and checks a portion
	 * while the database takes in the one before.
	 */
	private static final class Open {

		private final ImportWork work;

		private final ImportPass pass;

		private final SimpleAsyncTaskExecutor reader = new SimpleAsyncTaskExecutor("import-reader-");

		private int doneLine;

		private Future<List<Checked>> ahead;

		private Open(ImportWork work, ImportPass pass) {
			this.work = work;
			this.pass = pass;
			this.doneLine = pass.file().doneLine();
			this.ahead = read();
		}

		private Future<List<Checked>> read() {
			return this.reader.submit(() -> this.work.next(this.pass, PORTION));
		}

		/** The next portion; none at the end. */
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
				throw (cause instanceof RuntimeException failure) ? failure : new IllegalStateException(cause);
			}
		}

	}

}
