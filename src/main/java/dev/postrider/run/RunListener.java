package dev.postrider.run;

import dev.postrider.Masked;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.listener.JobExecutionListener;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Logs and publishes the end of every run.
 */
@Component
class RunListener implements JobExecutionListener {

	private static final Logger logger = LoggerFactory.getLogger(RunListener.class);

	private final ApplicationEventPublisher events;

	private final ActiveRuns active;

	RunListener(ApplicationEventPublisher events, ActiveRuns active) {
		this.events = events;
		this.active = active;
	}

	@Override
	public void beforeJob(JobExecution execution) {
		logger.info("Run {} of {} {} begins", execution.getId(), execution.getJobInstance().getJobName(),
				Identity.of(execution.getJobParameters()));
	}

	@Override
	public void afterJob(JobExecution execution) {
		String job = execution.getJobInstance().getJobName();
		this.active.ending(execution.getId(), execution.getAllFailureExceptions());
		String message = execution.getAllFailureExceptions()
			.stream()
			.map(RunListener::describe)
			.findFirst()
			.orElse(null);
		if (execution.getStatus() == BatchStatus.FAILED || execution.getStatus() == BatchStatus.UNKNOWN) {
			logger.error("Run {} of {} ended {}: {}", execution.getId(), job, execution.getStatus(), message);
		}
		else {
			logger.info("Run {} of {} ended {}", execution.getId(), job, execution.getStatus());
		}
		this.events.publishEvent(new RunEnded(execution.getId(), job, Identity.of(execution.getJobParameters()),
				execution.getStatus().name(), message));
	}

	/**
	 * The innermost message says most: the outer ones are wrappers. It may quote what it
	 * stumbled over, so addresses are hidden.
	 */
	private static String describe(Throwable failure) {
		Throwable cause = failure;
		while (cause.getCause() != null) {
			cause = cause.getCause();
		}
		return (cause.getMessage() != null) ? Masked.in(cause.getMessage()) : cause.getClass().getSimpleName();
	}

}
