package dev.postrider.subscription.batch;

import java.io.IOException;
import java.time.Duration;

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

	/** Between the moments at which a run can be stopped. */
	private static final Duration ROUND = Duration.ofSeconds(2);

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
			if (work.isThrough(parameter(step, IDENTITY), (int) parameter(step, PASS))) {
				return RepeatStatus.FINISHED;
			}
			ImportPass pass = work.open(parameter(step, IDENTITY), (int) parameter(step, PASS));
			open = new Open(pass, new Portions(work, pass));
			step.setAttribute(OPEN, open);
		}
		boolean more = open.portions().take(ROUND, (rows, rejected) -> {
			for (int i = 0; i < rows; i++) {
				contribution.incrementReadCount();
			}
			contribution.incrementWriteCount(rows - rejected);
			contribution.incrementProcessSkipCount(rejected);
		});
		if (!more) {
			work.finish(open.pass());
		}
		return RepeatStatus.continueIf(more);
	}

	private static long parameter(StepContext step, String name) {
		return Long.parseLong(String.valueOf(step.getStepExecution().getJobParameters().getString(name)));
	}

	/** What a run keeps from round to round. */
	private record Open(ImportPass pass, Portions portions) {
	}

}
