package dev.postrider.schedule;

import org.quartz.DisallowConcurrentExecution;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;

import org.springframework.scheduling.quartz.QuartzJobBean;

/**
 * Looks every few minutes which slots are near enough to be composed ahead.
 */
@DisallowConcurrentExecution
class EarlyCompositionTrigger extends QuartzJobBean {

	static final String JOB = "early-compositions";

	private final DueEarlyCompositions compositions;

	EarlyCompositionTrigger(DueEarlyCompositions compositions) {
		this.compositions = compositions;
	}

	@Override
	protected void executeInternal(JobExecutionContext context) throws JobExecutionException {
		try {
			this.compositions.start();
		}
		catch (RuntimeException ex) {
			// The next look tries again.
			throw new JobExecutionException("Starting compositions failed: " + ex.getMessage(), ex, false);
		}
	}

}
