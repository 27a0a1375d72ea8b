package dev.postrider.schedule;

import org.quartz.DisallowConcurrentExecution;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;

import org.springframework.scheduling.quartz.QuartzJobBean;

/**
 * Looks every few minutes which slots are near enough to be rehearsed.
 */
@DisallowConcurrentExecution
class RehearsalTrigger extends QuartzJobBean {

	static final String JOB = "rehearsals";

	private final DueRehearsals rehearsals;

	RehearsalTrigger(DueRehearsals rehearsals) {
		this.rehearsals = rehearsals;
	}

	@Override
	protected void executeInternal(JobExecutionContext context) throws JobExecutionException {
		try {
			this.rehearsals.start();
		}
		catch (RuntimeException ex) {
			// The next look tries again.
			throw new JobExecutionException("Starting rehearsals failed: " + ex.getMessage(), ex, false);
		}
	}

}
