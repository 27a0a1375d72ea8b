package dev.postrider.schedule;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;

import dev.postrider.run.RunLauncher;
import dev.postrider.run.RunRefusedException;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.JobExecutionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.quartz.QuartzJobBean;

/**
 * Starts the job that polls the sources.
 */
@DisallowConcurrentExecution
class PollTrigger extends QuartzJobBean {

	private static final Logger logger = LoggerFactory.getLogger(PollTrigger.class);

	static final String JOB = "poll-sources";

	private final RunLauncher runs;

	private final Clock clock;

	PollTrigger(RunLauncher runs, Clock clock) {
		this.runs = runs;
		this.clock = clock;
	}

	@Override
	protected void executeInternal(JobExecutionContext context) {
		Instant slot = this.clock.instant();
		try {
			this.runs.start(JOB, Map.of("slot", slot.toString()), "schedule");
		}
		catch (RunRefusedException ex) {
			logger.info("Sources are not polled this time: {}", ex.getMessage());
		}
	}

}
