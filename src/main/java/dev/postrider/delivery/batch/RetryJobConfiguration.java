package dev.postrider.delivery.batch;

import java.util.function.Consumer;

import dev.postrider.delivery.RetryRuns;

import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The retry job: take-up → deliver → close. It delivers by the digest's own step, so it
 * is resumed, stopped and taken over as a digest is.
 */
@Configuration(proxyBeanMethods = false)
class RetryJobConfiguration {

	private final JobRepository repository;

	RetryJobConfiguration(JobRepository repository) {
		this.repository = repository;
	}

	@Bean
	Job retryJob(RetrySteps steps, DigestListener listener, @Qualifier("deliverStep") Step deliver) {
		return new JobBuilder(RetryRuns.JOB, this.repository).listener(listener)
			.start(step("take-up", steps::takeUp))
			.next(deliver)
			.next(step("close", steps::close))
			.build();
	}

	private Step step(String name, Consumer<JobExecution> work) {
		return new StepBuilder(name, this.repository).tasklet((contribution, context) -> {
			work.accept(context.getStepContext().getStepExecution().getJobExecution());
			return RepeatStatus.FINISHED;
		}, new ResourcelessTransactionManager()).build();
	}

}
