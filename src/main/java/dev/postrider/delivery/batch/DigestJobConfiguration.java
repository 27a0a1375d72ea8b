package dev.postrider.delivery.batch;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

import dev.postrider.delivery.DigestRuns;

import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.core.partition.support.TaskExecutorPartitionHandler;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.core.step.builder.TaskletStepBuilder;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The digest job: collect → pick → compose → check → freeze → render → deliver → close.
 */
@Configuration(proxyBeanMethods = false)
class DigestJobConfiguration {

	private final JobRepository repository;

	/**
	 * No step holds a transaction: each piece of work commits for itself, so that a step
	 * can be repeated, and none is open while a relay talks.
	 */
	private final PlatformTransactionManager noTransaction = new ResourcelessTransactionManager();

	DigestJobConfiguration(JobRepository repository) {
		this.repository = repository;
	}

	@Bean
	Job digestJob(DigestSteps steps, DigestListener listener, @Qualifier("deliverStep") Step deliver) {
		return new JobBuilder(DigestRuns.JOB, this.repository).listener(listener)
			.start(step("collect", steps::collect))
			.next(step("pick", steps::pick))
			.next(step("compose", steps::compose))
			.next(repeated("check", steps::check))
			.next(repeated("freeze", steps::freeze))
			.next(step("render", steps::render))
			.next(deliver)
			.next(step("close", steps::close))
			.build();
	}

	private Step step(String name, Consumer<JobExecution> work) {
		return tasklet(name, work).build();
	}

	/**
	 * One that a resumed run does again: an edition the gate held may have been taken up,
	 * changed and approved meanwhile. An audience that is frozen stays as it is.
	 */
	private Step repeated(String name, Consumer<JobExecution> work) {
		return tasklet(name, work).allowStartIfComplete(true).build();
	}

	private TaskletStepBuilder tasklet(String name, Consumer<JobExecution> work) {
		return new StepBuilder(name, this.repository).tasklet((contribution, context) -> {
			work.accept(context.getStepContext().getStepExecution().getJobExecution());
			return RepeatStatus.FINISHED;
		}, this.noTransaction);
	}

	/** Sends what is open in an edition's ledger, whichever job asks. */
	@Bean
	Step deliverStep(Sending sending, LaneTasklet tasklet, DeliveryProperties properties) {
		Step lane = new StepBuilder("lane", this.repository).tasklet(tasklet, this.noTransaction)
			// A lane that had finished helps with the blocks of one that had not.
			.allowStartIfComplete(true)
			.listener((org.springframework.batch.core.listener.StepExecutionListener) tasklet)
			.build();
		TaskExecutorPartitionHandler lanes = new TaskExecutorPartitionHandler();
		lanes.setStep(lane);
		lanes.setTaskExecutor(new SimpleAsyncTaskExecutor("lane-"));
		lanes.setGridSize(properties.lanes());
		return new StepBuilder("deliver", this.repository).listener(sending)
			.partitioner("lane", numbered())
			.partitionHandler(lanes)
			.build();
	}

	/**
	 * Lanes have no share of their own: they claim blocks, so nobody needs equal shares.
	 */
	private static Partitioner numbered() {
		return (gridSize) -> {
			Map<String, ExecutionContext> lanes = new HashMap<>();
			for (int i = 1; i <= gridSize; i++) {
				lanes.put(String.format("%02d", i), new ExecutionContext());
			}
			return lanes;
		};
	}

}
