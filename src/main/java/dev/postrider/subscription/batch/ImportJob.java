package dev.postrider.subscription.batch;

import java.io.IOException;
import java.util.List;

import dev.postrider.subscription.batch.ImportWork.ImportPass;

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

	private static final int PORTION = 1000;

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
			throws IOException, ImportException {
		Open open = (Open) step.getAttribute(OPEN);
		if (open == null) {
			open = new Open(work.open(parameter(step, IDENTITY), (int) parameter(step, PASS)));
			step.setAttribute(OPEN, open);
		}
		List<ImportRow> rows = open.pass.rows().next(PORTION);
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
		return RepeatStatus.CONTINUABLE;
	}

	/**
	 * A deadlock with a reader who is just signing up is tried again, and so is a portion
	 * with an address that somebody signed up with after it was found unknown.
	 */
	private static int take(ImportWork work, Open open, List<ImportRow> rows) {
		for (int attempt = 1;; attempt++) {
			try {
				int rejected = work.take(open.pass, open.doneLine, rows);
				open.doneLine = rows.get(rows.size() - 1).line();
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

	/** What a run keeps from portion to portion. */
	private static final class Open {

		private final ImportPass pass;

		private int doneLine;

		private Open(ImportPass pass) {
			this.pass = pass;
			this.doneLine = pass.file().doneLine();
		}

	}

}
