package dev.postrider.delivery.batch;

import java.time.Clock;
import java.time.Instant;

import dev.postrider.delivery.RetentionRuns;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The retention job: makes counts of old ledgers. A run is identified by its {@code day}.
 * Each call of its step does one transaction's worth, so that it can be stopped at any
 * time; the next run goes on.
 */
@Configuration(proxyBeanMethods = false)
class RetentionJobConfiguration {

	private static final Logger logger = LoggerFactory.getLogger(RetentionJobConfiguration.class);

	@Bean
	Job retentionJob(JobRepository repository, Compaction compaction, DeliveryProperties properties, Clock clock) {
		Step compact = new StepBuilder("compact", repository).tasklet((contribution, context) -> {
			Instant before = clock.instant().minus(properties.keepLedger());
			return compact(compaction, before, contribution) ? RepeatStatus.CONTINUABLE : RepeatStatus.FINISHED;
		}, new ResourcelessTransactionManager()).build();
		return new JobBuilder(RetentionRuns.JOB, repository).start(compact).build();
	}

	/** Whether there was anything to do; the monitor shows the rows as written. */
	private static boolean compact(Compaction compaction, Instant before, StepContribution contribution) {
		for (long edition : compaction.due(before)) {
			int moved = compaction.next(edition);
			if (moved > 0) {
				contribution.incrementWriteCount(moved);
				logger.debug("Edition {}: {} deliveries are kept as counts from now on", edition, moved);
				return true;
			}
		}
		return false;
	}

}
