package dev.postrider.schedule;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionStatus;
import dev.postrider.edition.Editions;
import dev.postrider.edition.SampleNewsroom;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.newsletter.PickingRules;
import dev.postrider.newsletter.PublicationCalendar;
import dev.postrider.newsletter.SlowNews;
import dev.postrider.run.Run;
import dev.postrider.run.RunHistory;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestClock;
import dev.postrider.testing.TestRelay;
import dev.postrider.testing.TestStaff;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SimpleTrigger;
import org.quartz.TriggerKey;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Hours before an edition is due its editors learn whether there is enough news.
 */
@PostriderTest
class EarlyCompositionTests {

	private static final Duration LEAD = Duration.ofHours(4);

	@LocalServerPort
	private int port;

	@Autowired
	private DueEarlyCompositions compositions;

	@Autowired
	private ScheduleReconciler reconciler;

	@Autowired
	private Scheduler scheduler;

	@Autowired
	private RunHistory runs;

	@Autowired
	private Editions editions;

	@Autowired
	private Newsletters newsletters;

	@Autowired
	private TestStaff staff;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private TestClock clock;

	private SampleNewsroom newsroom;

	private Newsletter newsletter;

	private TestStaff.Member editor;

	@BeforeEach
	void newsroom() {
		this.newsroom = new SampleNewsroom(this.jdbc, this.newsletters);
		this.newsletter = this.newsroom.newsletter();
		this.editor = this.staff.editor();
		PickingRules rules = PickingRules.DEFAULT;
		this.newsletters.changeRules(this.newsletter.id(),
				new PickingRules(rules.weights(), rules.halfLife(), Map.of(), Map.of(), Map.of(), 3, SlowNews.SKIP));
	}

	@AfterEach
	void settle() {
		await().until(() -> started().stream().noneMatch(Run::isRunning));
		this.clock.reset();
	}

	@Test
	void isStartedHoursBeforeTheSlotAndOnce() {
		this.clock.set(this.newsroom.due().minus(LEAD).minusSeconds(1));
		this.compositions.start(this.newsletter);
		assertThat(started()).isEmpty();
		this.clock.set(this.newsroom.due().minus(LEAD));
		this.compositions.start(this.newsletter);
		this.compositions.start(this.newsletter);
		assertThat(started()).singleElement()
			.satisfies((run) -> assertThat(run.identity()).containsEntry("date", this.newsroom.date().toString()));
	}

	@Test
	void afterAPauseItIsStartedLateAndNotOnceTheSlotIsDue() {
		this.clock.set(this.newsroom.due());
		this.compositions.start(this.newsletter);
		assertThat(started()).isEmpty();
		this.clock.set(this.newsroom.due().minus(Duration.ofMinutes(3)));
		this.compositions.start(this.newsletter);
		assertThat(started()).hasSize(1);
	}

	@Test
	void editorsGetOneMailAndTheDeskSaysIt() throws Exception {
		this.newsroom.stories(2);
		TestStaff.Member admin = this.staff.admin();
		Edition edition = compose();
		assertThat(edition.status()).isEqualTo(EditionStatus.DRAFT);
		assertThat(edition.picks()).hasSize(2);
		MimeMessage mail = TestRelay.get().awaitTo(this.editor.email());
		assertThat(mail.getSubject()).contains("would have 2 of at least 3 stories");
		assertThat(text(mail)).contains("would have 2 of at least 3 stories: it would be skipped")
			.contains(SampleNewsroom.headline(1))
			.contains("/desk/editions/" + edition.id());
		TestRelay.get().awaitTo(admin.email());

		TestStaff.Session desk = this.staff.login(this.port, this.editor);
		String words = "edition would have 2 of at least 3 stories: it would be skipped, unless you add stories";
		assertThat(desk.get("/desk?newsletter=" + this.newsletter.slug()).body()).contains("Today\u2019s " + words);
		assertThat(desk.get("/desk/editions/" + edition.id()).body()).contains("Today\u2019s " + words);

		this.compositions.start(this.newsletter);
		await().until(() -> pendingMails() == 0);
		assertThat(TestRelay.get().to(this.editor.email())).hasSize(1);
	}

	@Test
	void enoughNewsIsNothingToWriteAbout() {
		this.newsroom.stories(4);
		Edition edition = compose();
		assertThat(edition.picks()).hasSize(4);
		assertThat(mailsTo(this.editor)).isZero();
		assertThat(this.staff.login(this.port, this.editor).get("/desk/editions/" + edition.id()).body())
			.doesNotContain("of at least");
	}

	@Test
	void anApprovedEditionIsLeftAsItIs() {
		this.newsroom.stories(2);
		Edition open = this.editions.open(this.newsletter, this.newsroom.date(), 1, this.newsroom.due());
		this.jdbc.sql("UPDATE edition SET status = 'APPROVED' WHERE id = ?").param(open.id()).update();
		assertThat(compose().picks()).isEmpty();
		assertThat(mailsTo(this.editor)).isZero();
	}

	@Test
	void quartzLooksForThemEveryFewMinutes() throws Exception {
		this.reconciler.reconcile();
		SimpleTrigger trigger = (SimpleTrigger) this.scheduler.getTrigger(new TriggerKey("early-compositions"));
		assertThat(Duration.ofMillis(trigger.getRepeatInterval())).isEqualTo(Duration.ofMinutes(5));
		// An hour at which the newsletters of other tests are not near: each would write
		// to all staff.
		this.jdbc.sql("UPDATE newsletter SET send_time = '23:30:00' WHERE id = ?").param(this.newsletter.id()).update();
		Newsletter late = this.newsletters.find(this.newsletter.id()).orElseThrow();
		this.clock.set(PublicationCalendar.slot(late, this.newsroom.date()).dueAt().minus(LEAD));
		this.scheduler.start();
		try {
			this.scheduler.triggerJob(new JobKey("early-compositions"));
			await().until(() -> started().size() == 1);
		}
		finally {
			this.scheduler.standby();
		}
	}

	private Edition compose() {
		this.clock.set(this.newsroom.due().minus(LEAD));
		this.compositions.start(this.newsletter);
		await().atMost(Duration.ofSeconds(30)).until(() -> started().stream().noneMatch(Run::isRunning));
		assertThat(started()).singleElement().extracting(Run::status).isEqualTo("COMPLETED");
		return this.editions.find(this.newsletter.id(), this.newsroom.date(), 1).orElseThrow();
	}

	private List<Run> started() {
		return this.runs.list(DueEarlyCompositions.JOB, null, 200)
			.stream()
			.filter((run) -> this.newsletter.slug().equals(run.identity().get("newsletter")))
			.toList();
	}

	private int mailsTo(TestStaff.Member member) {
		return this.jdbc.sql("SELECT COUNT(*) FROM outbox WHERE recipient = ? AND purpose = 'slow-news'")
			.param(member.email())
			.query(Integer.class)
			.single();
	}

	private int pendingMails() {
		return this.jdbc.sql("SELECT COUNT(*) FROM outbox WHERE recipient = ? AND status = 'PENDING'")
			.param(this.editor.email())
			.query(Integer.class)
			.single();
	}

	private static String text(MimeMessage mail) throws MessagingException, IOException {
		return (String) ((Multipart) mail.getContent()).getBodyPart(0).getContent();
	}

}
