package dev.postrider.delivery.batch;

import dev.postrider.delivery.Rehearsals;

import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The rehearsal job. A run is identified by its edition and a number of its own.
 */
@Configuration(proxyBeanMethods = false)
class RehearsalJobConfiguration {

	@Bean
	Job rehearsalJob(JobRepository repository, RehearsalTasklet tasklet) {
		Step rehearse = new StepBuilder("rehearse", repository).tasklet(tasklet, new ResourcelessTransactionManager())
			.listener((StepExecutionListener) tasklet)
			.build();
		return new JobBuilder(Rehearsals.JOB, repository).start(rehearse).build();
	}

}
