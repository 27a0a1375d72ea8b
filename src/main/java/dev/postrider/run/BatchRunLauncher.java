package dev.postrider.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.configuration.JobRegistry;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

@Component
class BatchRunLauncher implements RunLauncher {

	private static final Logger logger = LoggerFactory.getLogger(BatchRunLauncher.class);

	private static final String LOCK = "postrider.launch";

	private static final String RECOVERY = "recovery";

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final JobOperator operator;

	private final JobRepository repository;

	private final JobRegistry jobs;

	private final RunOwners owners;

	private final NamedLock lock;

	private final ActiveRuns active;

	private final ObjectProvider<RunHolds> holds;

	private volatile boolean draining;

	BatchRunLauncher(JobOperator operator, JobRepository repository, JobRegistry jobs, RunOwners owners, NamedLock lock,
			ActiveRuns active, ObjectProvider<RunHolds> holds) {
		this.operator = operator;
		this.repository = repository;
		this.jobs = jobs;
		this.owners = owners;
		this.lock = lock;
		this.active = active;
		this.holds = holds;
	}

	@Override
	public long start(String job, Map<String, String> identity, String trigger) {
		JobParameters parameters = Identity.parameters(identity, trigger);
		return locked(() -> {
			JobInstance instance = this.repository.getJobInstance(job, parameters);
			if (instance == null) {
				return begin(job, parameters, trigger);
			}
			JobExecution last = last(instance);
			if (last == null) {
				// A process died between Spring Batch's two transactions of a start.
				logger.warn("Job instance {} of {} has no run; it is removed and started anew", instance.getId(), job);
				this.repository.deleteJobInstance(instance);
				return begin(job, parameters, trigger);
			}
			return resume(last, trigger);
		});
	}

	@Override
	public long restart(long runId, String trigger) {
		return locked(() -> {
			JobExecution execution = find(runId);
			JobExecution last = Objects.requireNonNull(last(execution.getJobInstance()));
			if (last.getId() != runId) {
				throw new RunRefusedException("Run " + runId + " was continued by run " + last.getId() + ", which is "
						+ last.getStatus() + "; restart that one");
			}
			logger.info("Run {} is restarted by {}", runId, trigger);
			return resume(last, trigger);
		});
	}

	@Override
	public void stop(long runId) {
		locked(() -> {
			JobExecution execution = find(runId);
			if (!execution.getStatus().isRunning() && execution.getStatus() != BatchStatus.STARTING) {
				throw new RunRefusedException(
						"Run " + runId + " is " + execution.getStatus() + ", so there is nothing to stop");
			}
			requestStop(runId);
			return runId;
		});
	}

	@Override
	public boolean isKnown(String job, Map<String, String> identity) {
		JobInstance instance = this.repository.getJobInstance(job, Identity.parameters(identity, ""));
		return instance != null && last(instance) != null;
	}

	@Override
	public boolean isRunning(String job, Map<String, String> identity) {
		return running(job, identity).isPresent();
	}

	@Override
	public Optional<Long> running(String job, Map<String, String> identity) {
		JobInstance instance = this.repository.getJobInstance(job, Identity.parameters(identity, ""));
		JobExecution last = (instance != null) ? last(instance) : null;
		return (last != null && last.getStatus().isRunning()) ? Optional.of(last.getId()) : Optional.empty();
	}

	/** Refuses whatever would begin from now on: the process is about to end. */
	void drain() {
		this.draining = true;
	}

	/** Marks this process' run as stopped by a shutdown and asks it to stop. */
	void drain(long runId) {
		lockedEvenWhenDraining(() -> {
			if (requestStop(runId)) {
				this.owners.markToBeContinued(runId);
			}
			return runId;
		});
	}

	/**
	 * Takes over what nobody executes any more: runs of dead processes, runs a shutdown
	 * stopped, and runs of this process that the database's absence ended.
	 */
	void recover() {
		if (this.draining) {
			return;
		}
		if (!this.owners.orphans().isEmpty() || !this.owners.drained().isEmpty() || !abandoned().isEmpty()) {
			locked(this::recoverAll);
		}
	}

	private int recoverAll() {
		this.owners.orphans().forEach((runId) -> giveUp(runId, "Its process died"));
		abandoned().forEach((runId) -> giveUp(runId, "The database went away"));
		List<Long> left = this.owners.drained();
		for (long runId : left) {
			try {
				JobExecution run = find(runId);
				String hold = hold(run);
				if (hold != null) {
					this.owners.leaveToAPerson(runId);
					logger.warn("Run {} is not continued by itself: {}", runId, hold);
				}
				else {
					resume(run, RECOVERY);
					logger.info("Run {} is continued", runId);
				}
			}
			catch (RunRefusedException ex) {
				// One that cannot be continued must not keep the others waiting.
				logger.warn("Run {} cannot be continued now: {}", runId, ex.getMessage());
			}
		}
		return left.size();
	}

	private @Nullable String hold(JobExecution run) {
		for (RunHolds hold : this.holds) {
			String reason = hold.against(run.getJobInstance().getJobName(), Identity.of(run.getJobParameters()));
			if (reason != null) {
				return reason;
			}
		}
		return null;
	}

	/**
	 * First its continuation is written down, so that a death right here loses nothing.
	 */
	private void giveUp(long runId, String reason) {
		boolean wasStopping = find(runId).getStatus() == BatchStatus.STOPPING;
		logger.warn("Run {}: {}. It is {}", runId, reason,
				wasStopping ? "not continued, since it was being stopped" : "to be continued");
		if (!wasStopping) {
			this.owners.markToBeContinued(runId);
		}
		this.owners.fail(runId, reason);
		this.active.forget(runId);
	}

	private List<Long> abandoned() {
		List<Long> abandoned = new ArrayList<>(this.active.failedByDatabase());
		this.owners.mine().stream().filter((runId) -> !this.active.isExecuting(runId)).forEach(abandoned::add);
		return abandoned.stream().distinct().toList();
	}

	private long begin(String name, JobParameters parameters, String trigger) {
		Job job = this.jobs.getJob(name);
		if (job == null) {
			throw new RunRefusedException("There is no job named " + name + "; there are " + this.jobs.getJobNames());
		}
		try {
			return owned(this.operator.start(job, parameters), trigger);
		}
		catch (JobExecutionException ex) {
			throw new RunRefusedException("Job " + name + " could not be started: " + ex.getMessage());
		}
	}

	private long resume(JobExecution last, String trigger) {
		String what = last.getJobInstance().getJobName() + " " + Identity.of(last.getJobParameters());
		BatchStatus status = last.getStatus();
		if (status == BatchStatus.COMPLETED) {
			throw new RunRefusedException(what + " was completed by run " + last.getId() + "; it does not run twice");
		}
		if (status != BatchStatus.FAILED && status != BatchStatus.STOPPED) {
			throw new RunRefusedException(what + " is " + status + " in run " + last.getId());
		}
		try {
			return owned(this.operator.restart(last), trigger);
		}
		catch (JobExecutionException ex) {
			throw new RunRefusedException(what + " could not be continued: " + ex.getMessage());
		}
	}

	private long owned(JobExecution execution, String trigger) {
		this.active.launched(execution.getId());
		this.owners.own(execution.getId(), trigger);
		return execution.getId();
	}

	/**
	 * Only the job's row: stopping by the operator breaks steps under way (spring-batch
	 * issue 5484).
	 */
	private boolean requestStop(long runId) {
		boolean asked = this.owners.requestStop(runId);
		logger.info(asked ? "Run {} is asked to stop" : "Run {} has ended already", runId);
		return asked;
	}

	private JobExecution find(long runId) {
		JobExecution execution = this.repository.getJobExecution(runId);
		if (execution == null) {
			throw new RunRefusedException("There is no run " + runId);
		}
		return execution;
	}

	private @Nullable JobExecution last(JobInstance instance) {
		return this.repository.getLastJobExecution(instance);
	}

	private long locked(Supplier<? extends Number> work) {
		if (this.draining) {
			throw new RunRefusedException("Postrider is shutting down; runs begin again with its next start");
		}
		return lockedEvenWhenDraining(work);
	}

	private long lockedEvenWhenDraining(Supplier<? extends Number> work) {
		return this.lock.holding(LOCK, PATIENCE, work).longValue();
	}

}
