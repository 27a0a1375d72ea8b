package dev.postrider.story.batch;

import dev.postrider.story.Sources;

import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The job that polls the sources that are due. A run is identified by its {@code slot},
 * the moment it was fired for. Sources that fail do not fail it: they have a record of
 * their own.
 */
@Configuration(proxyBeanMethods = false)
class PollSourcesJob {

	static final String NAME = "poll-sources";

	@Bean(NAME)
	Job pollSources(JobRepository jobRepository, PlatformTransactionManager transactionManager, Sources sources) {
		Step poll = new StepBuilder("poll", jobRepository).tasklet((contribution, context) -> {
			count(sources.poll(false), contribution);
			return RepeatStatus.FINISHED;
		}, transactionManager).build();
		return new JobBuilder(NAME, jobRepository).start(poll).build();
	}

	/**
	 * The monitor shows these: read is sources, skipped is broken ones, written is
	 * stories.
	 */
	private static void count(Sources.Poll poll, StepContribution contribution) {
		for (int i = 0; i < poll.polled(); i++) {
			contribution.incrementReadCount();
		}
		contribution.incrementReadSkipCount(poll.failed());
		contribution.incrementWriteCount(poll.added() + poll.changed());
	}

}
