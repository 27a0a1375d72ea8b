package dev.postrider.schedule;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;

import dev.postrider.run.RunLauncher;
import dev.postrider.run.RunRefusedException;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.JobExecutionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.quartz.QuartzJobBean;

/**
 * Starts the job that keeps only counts of old editions' deliveries, once a day.
 */
@DisallowConcurrentExecution
class RetentionTrigger extends QuartzJobBean {

	private static final Logger logger = LoggerFactory.getLogger(RetentionTrigger.class);

	static final String JOB = "retention";

	private final RunLauncher runs;

	private final Clock clock;

	RetentionTrigger(RunLauncher runs, Clock clock) {
		this.runs = runs;
		this.clock = clock;
	}

	@Override
	protected void executeInternal(JobExecutionContext context) {
		LocalDate day = LocalDate.ofInstant(this.clock.instant(), ZoneOffset.UTC);
		try {
			this.runs.start(JOB, Map.of("day", day.toString()), "schedule");
		}
		catch (RunRefusedException ex) {
			logger.info("Old ledgers are not looked at this time: {}", ex.getMessage());
		}
	}

}
