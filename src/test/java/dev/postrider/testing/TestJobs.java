package dev.postrider.testing;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * A job that does what its identity {@code do} says: ends, fails until told otherwise, or
 * goes on until it is stopped. It counts how often it really ran.
 */
@TestConfiguration(proxyBeanMethods = false)
public class TestJobs {

	public static final String JOB = "test-job";

	private static final AtomicInteger EXECUTIONS = new AtomicInteger();

	private static final Set<String> MENDED = ConcurrentHashMap.newKeySet();

	/** How often a step of the job began, over all tests. */
	public static int executions() {
		return EXECUTIONS.get();
	}

	/** From now on a failing job of this name succeeds. */
	public static void mend(String name) {
		MENDED.add(name);
	}

	@Bean
	Job testJob(JobRepository repository) {
		return new JobBuilder(JOB, repository).start(new StepBuilder("work", repository).tasklet((step, context) -> {
			if (step.getStepExecution().getCommitCount() == 0) {
				EXECUTIONS.incrementAndGet();
			}
			String name = String.valueOf(context.getStepContext().getJobParameters().get("name"));
			return switch (String.valueOf(context.getStepContext().getJobParameters().get("do"))) {
				case "fail" -> {
					if (!MENDED.contains(name)) {
						throw new IllegalStateException("Told to fail: " + name);
					}
					yield RepeatStatus.FINISHED;
				}
				case "go-on" -> MENDED.contains(name) ? RepeatStatus.FINISHED : RepeatStatus.CONTINUABLE;
				default -> RepeatStatus.FINISHED;
			};
		}, new ResourcelessTransactionManager()).build()).build();
	}

}
