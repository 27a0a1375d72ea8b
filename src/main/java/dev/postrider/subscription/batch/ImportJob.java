package dev.postrider.subscription.batch;

import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.PessimisticLockingFailureException;

/**
 * The job {@code import}: works off the rows of one file. A row and the note that it is
 * done are one transaction, so that a stopped or killed run goes on where it was.
 */
@Configuration(proxyBeanMethods = false)
class ImportJob {

	static final String NAME = "import";

	/** The job's one parameter: the id of the stored file. */
	static final String IDENTITY = "import";

	private static final int TRIES = 3;

	@Bean(NAME)
	Job importJob(JobRepository repository, ImportWork work) {
		// The work commits for itself; the step holds no transaction around it.
		return new JobBuilder(NAME, repository)
			.start(new StepBuilder("subscribe", repository).tasklet((contribution, context) -> {
				String id = context.getStepContext().getStepExecution().getJobParameters().getString(IDENTITY);
				return RepeatStatus.continueIf(next(work, Long.parseLong(String.valueOf(id)), contribution));
			}, new ResourcelessTransactionManager()).build())
			.build();
	}

	/** One portion; a deadlock with a reader who is just signing up is tried again. */
	private static boolean next(ImportWork work, long id, StepContribution contribution) {
		for (int attempt = 1;; attempt++) {
			try {
				ImportWork.Portion done = work.next(id);
				for (int i = 0; i < done.rows(); i++) {
					contribution.incrementReadCount();
				}
				contribution.incrementWriteCount(done.rows() - done.rejected());
				contribution.incrementProcessSkipCount(done.rejected());
				return done.rows() > 0;
			}
			catch (PessimisticLockingFailureException ex) {
				if (attempt == TRIES) {
					throw ex;
				}
			}
		}
	}

}
