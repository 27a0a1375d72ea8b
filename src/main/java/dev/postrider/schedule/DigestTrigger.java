package dev.postrider.schedule;

import org.quartz.DisallowConcurrentExecution;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;

import org.springframework.scheduling.quartz.QuartzJobBean;

/**
 * Fires at a newsletter's send time and starts what is due.
 */
@DisallowConcurrentExecution
class DigestTrigger extends QuartzJobBean {

	static final String NEWSLETTER = "newsletter";

	private final DueSlots slots;

	DigestTrigger(DueSlots slots) {
		this.slots = slots;
	}

	@Override
	protected void executeInternal(JobExecutionContext context) throws JobExecutionException {
		try {
			this.slots.start(context.getMergedJobDataMap().getString(NEWSLETTER));
		}
		catch (RuntimeException ex) {
			// The minute's look at the calendar tries again.
			throw new JobExecutionException("Starting the digest failed: " + ex.getMessage(), ex, false);
		}
	}

}
