package dev.postrider.schedule;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.TimeZone;
import java.util.stream.Collectors;

import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import org.quartz.CronScheduleBuilder;
import org.quartz.CronTrigger;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.SimpleTrigger;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.impl.matchers.GroupMatcher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Keeps Quartz' triggers in step with the newsletters: a trigger that says the same is
 * left alone, since replacing it would forget a fire it missed (quartz issue 799). Every
 * minute it also looks at the calendar itself, so that a slot is never lost to a trigger.
 */
@Component
class ScheduleReconciler {

	private static final Logger logger = LoggerFactory.getLogger(ScheduleReconciler.class);

	private static final String DIGESTS = "digest";

	/** How often it is looked for editions to compose ahead. */
	private static final Duration EARLY_COMPOSITIONS = Duration.ofMinutes(5);

	private final Scheduler scheduler;

	private final Newsletters newsletters;

	private final DueSlots slots;

	private final ScheduleProperties properties;

	private volatile boolean ready;

	ScheduleReconciler(Scheduler scheduler, Newsletters newsletters, DueSlots slots, ScheduleProperties properties) {
		this.scheduler = scheduler;
		this.newsletters = newsletters;
		this.slots = slots;
		this.properties = properties;
	}

	@EventListener(ApplicationReadyEvent.class)
	void reconcile() throws SchedulerException {
		if (!this.properties.enabled()) {
			return;
		}
		Set<JobKey> wanted = new HashSet<>();
		for (Newsletter newsletter : this.newsletters.all()) {
			JobKey job = new JobKey(newsletter.slug(), DIGESTS);
			wanted.add(job);
			keep(job, DigestTrigger.class, cron(newsletter, new TriggerKey(newsletter.slug(), DIGESTS)));
		}
		keep(new JobKey(PollTrigger.JOB), PollTrigger.class, every(this.properties.pollSources(), PollTrigger.JOB));
		keep(new JobKey(EarlyCompositionTrigger.JOB), EarlyCompositionTrigger.class,
				every(EARLY_COMPOSITIONS, EarlyCompositionTrigger.JOB));
		keep(new JobKey(RetentionTrigger.JOB), RetentionTrigger.class, nightly(RetentionTrigger.JOB));
		for (JobKey job : this.scheduler.getJobKeys(GroupMatcher.jobGroupEquals(DIGESTS))) {
			if (!wanted.contains(job)) {
				this.scheduler.deleteJob(job);
			}
		}
		this.ready = true;
	}

	@Scheduled(fixedDelay = 60_000, initialDelay = 5_000)
	void lookAtTheCalendar() throws SchedulerException {
		if (this.ready && this.scheduler.isStarted() && !this.scheduler.isInStandbyMode()) {
			this.newsletters.all().forEach((newsletter) -> this.slots.start(newsletter.slug()));
		}
	}

	private void keep(JobKey key, Class<? extends Job> type, Trigger trigger) throws SchedulerException {
		if (!this.scheduler.checkExists(key)) {
			this.scheduler.addJob(JobBuilder.newJob(type)
				.withIdentity(key)
				.usingJobData(DigestTrigger.NEWSLETTER, key.getName())
				.storeDurably()
				.requestRecovery()
				.build(), false);
		}
		Trigger stored = this.scheduler.getTrigger(trigger.getKey());
		if (stored == null) {
			this.scheduler.scheduleJob(trigger);
			logger.info("{} is scheduled, next at {}", key.getName(), trigger.getNextFireTime());
		}
		else if (!says(stored).equals(says(trigger))) {
			Date next = this.scheduler.rescheduleJob(trigger.getKey(), trigger);
			logger.info("{} is scheduled anew, next at {}", key.getName(), next);
		}
	}

	private static String says(Trigger trigger) {
		if (trigger instanceof CronTrigger cron) {
			return cron.getCronExpression() + " " + cron.getTimeZone().getID();
		}
		return (trigger instanceof SimpleTrigger simple) ? String.valueOf(simple.getRepeatInterval())
				: Objects.toString(trigger);
	}

	private static Trigger cron(Newsletter newsletter, TriggerKey key) {
		String days = newsletter.days()
			.stream()
			.sorted()
			.map(DayOfWeek::name)
			.map((name) -> name.substring(0, 3))
			.collect(Collectors.joining(","));
		String expression = "%d %d %d ? * %s".formatted(newsletter.sendTime().getSecond(),
				newsletter.sendTime().getMinute(), newsletter.sendTime().getHour(), days);
		return TriggerBuilder.newTrigger()
			.withIdentity(key)
			.forJob(key.getName(), key.getGroup())
			.withSchedule(CronScheduleBuilder.cronSchedule(expression)
				.inTimeZone(TimeZone.getTimeZone(newsletter.zone()))
				.withMisfireHandlingInstructionFireAndProceed())
			.build();
	}

	/**
	 * At an hour when no newsroom sends; later on the same day where nothing ran then.
	 */
	private static Trigger nightly(String job) {
		return TriggerBuilder.newTrigger()
			.withIdentity(job)
			.forJob(job)
			.withSchedule(CronScheduleBuilder.dailyAtHourAndMinute(1, 40)
				.inTimeZone(TimeZone.getTimeZone(ZoneOffset.UTC))
				.withMisfireHandlingInstructionFireAndProceed())
			.build();
	}

	private static Trigger every(Duration interval, String job) {
		return TriggerBuilder.newTrigger()
			.withIdentity(job)
			.forJob(job)
			.startAt(new Date(System.currentTimeMillis() + interval.toMillis()))
			.withSchedule(SimpleScheduleBuilder.simpleSchedule()
				.withIntervalInMilliseconds(interval.toMillis())
				.repeatForever()
				.withMisfireHandlingInstructionNextWithRemainingCount())
			.build();
	}

}
