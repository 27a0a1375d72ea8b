package dev.postrider.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TimeZone;

import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.run.Run;
import dev.postrider.run.RunHistory;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestClock;
import dev.postrider.testing.TestNewsroom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quartz.CronTrigger;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.TriggerKey;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * From a newsletter's calendar to a run.
 */
@PostriderTest
class ScheduleTests {

	@Autowired
	private DueSlots slots;

	@Autowired
	private ScheduleReconciler reconciler;

	@Autowired
	private Scheduler scheduler;

	@Autowired
	private RunHistory runs;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private Newsletters newsletters;

	@Autowired
	private TestClock clock;

	private Newsletter newsletter;

	@BeforeEach
	void newsletterSinceSunday() {
		this.clock.set(Instant.parse("2026-11-22T12:00:00Z"));
		TestNewsroom newsroom = new TestNewsroom(this.jdbc, this.newsletters, this.clock);
		this.newsletter = newsroom.newsletter();
		newsroom.reader(this.newsletter, TestNewsroom.address("reader"));
		this.clock.reset();
	}

	@AfterEach
	void settle() {
		await().until(() -> started().stream().noneMatch(Run::isRunning));
		this.clock.reset();
	}

	@Test
	void aSlotIsStartedWhenItIsDueAndOnlyOnce() {
		this.clock.set(TestClock.START.minusSeconds(1));
		this.slots.start(this.newsletter.slug());
		assertThat(started()).isEmpty();
		this.clock.reset();
		this.slots.start(this.newsletter.slug());
		this.slots.start(this.newsletter.slug());
		assertThat(started()).singleElement().satisfies((run) -> {
			assertThat(run.identity()).containsEntry("date", "2026-11-23").containsEntry("number", "1");
			assertThat(run.trigger()).isEqualTo("schedule");
		});
	}

	@Test
	void slotsMissedWhileNothingRanAreRunIfStillNewsAndElseRecordedAsMissed() {
		// Monday's is 49 hours old, Wednesday's one hour.
		this.clock.set(TestClock.START.plus(Duration.ofHours(49)));
		this.slots.start(this.newsletter.slug());
		await().until(() -> started().size() == 2 && started().stream().noneMatch(Run::isRunning));
		List<String> editions = this.jdbc
			.sql("SELECT CONCAT(edition_date, ' ', status) FROM edition WHERE newsletter_id = ? ORDER BY edition_date")
			.param(this.newsletter.id())
			.query(String.class)
			.list();
		assertThat(editions.get(0)).isEqualTo("2026-11-23 MISSED");
		assertThat(editions.get(1)).startsWith("2026-11-25 ").doesNotContain("MISSED");
	}

	@Test
	void quartzHasATriggerInTheNewslettersZoneAndFiringItStartsTheRun() throws Exception {
		this.reconciler.reconcile();
		CronTrigger trigger = (CronTrigger) this.scheduler.getTrigger(new TriggerKey(this.newsletter.slug(), "digest"));
		assertThat(trigger.getCronExpression()).isEqualTo("0 0 7 ? * MON,WED,FRI");
		assertThat(trigger.getTimeZone()).isEqualTo(TimeZone.getTimeZone("Europe/Berlin"));

		this.scheduler.start();
		try {
			this.scheduler.triggerJob(new JobKey(this.newsletter.slug(), "digest"));
			await().until(() -> started().size() == 1);
		}
		finally {
			this.scheduler.standby();
		}
	}

	@Test
	void oldLedgersAreLookedAtOnceADay() throws Exception {
		this.reconciler.reconcile();
		CronTrigger trigger = (CronTrigger) this.scheduler.getTrigger(new TriggerKey("retention"));
		assertThat(trigger.getCronExpression()).isEqualTo("0 40 1 ? * *");
		this.scheduler.start();
		try {
			this.scheduler.triggerJob(new JobKey("retention"));
			await().until(() -> this.runs.list("retention", null, 200)
				.stream()
				.anyMatch((run) -> LocalDate.ofInstant(this.clock.instant(), ZoneOffset.UTC)
					.toString()
					.equals(run.identity().get("day")) && run.status().equals("COMPLETED")));
		}
		finally {
			this.scheduler.standby();
		}
	}

	@Test
	void aChangedTimeReplacesTheTriggerAndAnUnchangedOneIsLeftAlone() throws Exception {
		TriggerKey key = new TriggerKey(this.newsletter.slug(), "digest");
		this.reconciler.reconcile();
		Instant begun = this.scheduler.getTrigger(key).getStartTime().toInstant();
		this.reconciler.reconcile();
		assertThat(this.scheduler.getTrigger(key).getStartTime().toInstant()).isEqualTo(begun);
		this.jdbc.sql("UPDATE newsletter SET send_time = '06:15:00' WHERE id = ?").param(this.newsletter.id()).update();
		this.reconciler.reconcile();
		assertThat(((CronTrigger) this.scheduler.getTrigger(key)).getCronExpression())
			.isEqualTo("0 15 6 ? * MON,WED,FRI");
	}

	private List<Run> started() {
		return this.runs.list(DueSlots.DIGEST, null, 200)
			.stream()
			.filter((run) -> this.newsletter.slug().equals(run.identity().get("newsletter")))
			.toList();
	}

}
