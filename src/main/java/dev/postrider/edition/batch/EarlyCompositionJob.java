package dev.postrider.edition.batch;

import java.time.LocalDate;
import java.util.Objects;

import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The job that composes an edition hours before it is due, so that its editors learn in
 * time if there is little news. A run is identified by {@code newsletter} and
 * {@code date}: once a slot.
 */
@Configuration(proxyBeanMethods = false)
class EarlyCompositionJob {

	static final String NAME = "early-composition";

	@Bean(NAME)
	Job earlyCompositionJob(JobRepository jobRepository, EarlyCompositions compositions) {
		Step compose = new StepBuilder("compose", jobRepository).tasklet((contribution, context) -> {
			JobParameters parameters = context.getStepContext().getStepExecution().getJobExecution().getJobParameters();
			compositions.compose(Objects.requireNonNull(parameters.getString("newsletter")),
					LocalDate.parse(Objects.requireNonNull(parameters.getString("date"))));
			return RepeatStatus.FINISHED;
		}, new ResourcelessTransactionManager()).build();
		return new JobBuilder(NAME, jobRepository).start(compose).build();
	}

}
