package dev.postrider.monitor.web;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.postrider.delivery.DigestRuns;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.run.RunHistory;
import dev.postrider.run.RunLauncher;
import dev.postrider.testing.Browser;
import dev.postrider.testing.Browser.Look;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestClock;
import dev.postrider.testing.TestJobs;
import dev.postrider.testing.TestNewsroom;
import dev.postrider.testing.TestStaff;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;

@PostriderTest
class MonitorBrowserTests {

	@LocalServerPort
	private int port;

	@Autowired
	private TestStaff staff;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private Newsletters newsletters;

	@Autowired
	private TestClock clock;

	@Autowired
	private DigestRuns digests;

	@Autowired
	private RunLauncher launcher;

	@Autowired
	private RunHistory runs;

	private Page page;

	private TestNewsroom newsroom;

	private Newsletter newsletter;

	@BeforeEach
	void open() {
		this.clock.reset();
		this.page = Browser.newPage(Look.LIGHT);
		this.staff.login(this.port, this.staff.admin()).into(this.page.context());
		this.newsroom = new TestNewsroom(this.jdbc, this.newsletters, this.clock);
		this.newsletter = this.newsroom.newsletter();
	}

	@AfterEach
	void close() {
		if (this.page != null) {
			this.page.context().close();
		}
		this.jdbc.sql("UPDATE edition SET status = 'CANCELLED' WHERE newsletter_id = ? AND status <> 'SENT'")
			.param(this.newsletter.id())
			.update();
	}

	@Test
	void showsAnEditionThatWentOut() {
		this.newsroom.story("Harbour bridge opens");
		for (int i = 0; i < 12; i++) {
			this.newsroom.reader(this.newsletter, TestNewsroom.address((i % 6 == 0) ? "unknown" : "reader"));
		}
		long run = this.digests.send(this.newsletter.slug(), LocalDate.of(2026, 11, 23), 1, "schedule");
		await().atMost(Duration.ofMinutes(1)).until(() -> !this.runs.find(run).orElseThrow().isRunning());
		go("/monitor/runs/" + run);
		assertThat(this.page.getByText("Not delivered")).isVisible();
		look("run");
		go("/monitor/runs");
		look("runs");
		go("/monitor/audit");
		look("audit");
	}

	@Test
	void renewsTheStateOfASendingEdition() {
		long edition = sending(120, 360);
		problem();
		go("/monitor");
		assertThat(this.page.getByText("120 of 480 sent")).isVisible();
		look("home");
		this.jdbc.sql("UPDATE delivery SET status = 'SENT' WHERE edition_id = ? AND seq <= 300")
			.param(edition)
			.update();
		assertThat(this.page.getByText("300 of 480 sent"))
			.isVisible(new com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions().setTimeout(15_000));
		this.jdbc.sql("DELETE FROM problem WHERE open_key = 'test:browser'").update();
	}

	@Test
	void stopsARunAfterAsking() {
		String name = UUID.randomUUID().toString();
		long run = this.launcher.start(TestJobs.JOB, Map.of("do", "go-on", "name", name), "test");
		go("/monitor/runs/" + run);
		this.page.onceDialog((dialog) -> dialog.dismiss());
		this.page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Stop")).click();
		assertThat(this.page.getByText("Running").first()).isVisible();
		look("run-running");
		this.page.onceDialog((dialog) -> dialog.accept());
		this.page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Stop")).click();
		assertThat(this.page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Restart")))
			.isVisible(new com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions().setTimeout(15_000));
		TestJobs.mend(name);
		this.page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Restart")).click();
		assertThat(this.page.getByText("Done").first())
			.isVisible(new com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions().setTimeout(15_000));
	}

	private long sending(int sent, int pending) {
		this.jdbc.sql("""
				INSERT INTO edition (newsletter_id, edition_date, number, status, due_at, useless_after, started_at,
				  created_at, changed_at)
				VALUES (:newsletter, '2026-11-23', 1, 'SENDING', :now, :now, :started, :now, :now)
				""")
			.param("newsletter", this.newsletter.id())
			.param("now", this.clock.instant())
			.param("started", this.clock.instant().minus(Duration.ofMinutes(4)))
			.update();
		long edition = this.jdbc.sql("SELECT id FROM edition WHERE newsletter_id = ?")
			.param(this.newsletter.id())
			.query(Long.class)
			.single();
		for (int seq = 1; seq <= sent + pending; seq++) {
			this.jdbc
				.sql("INSERT INTO delivery (edition_id, seq, subscriber_id, variant, status) VALUES (?, ?, ?, 1, ?)")
				.params(edition, seq, 8_000_000_000L + seq, (seq <= sent) ? "SENT" : "PENDING")
				.update();
		}
		return edition;
	}

	private void problem() {
		this.jdbc
			.sql("""
					INSERT INTO problem (kind, subject, open_key, message, remedy, first_seen_at, last_seen_at, mailed_at)
					VALUES ('SOURCE_DEAD', 'City desk feed', 'test:browser',
					  'The source City desk feed has failed 5 times in a row. It says: the server answered 404',
					  'Open its address in a browser. If it has moved, add the new one on the desk under Sources and remove this one.',
					  :now, :now, :now)
					""")
			.param("now", this.clock.instant())
			.update();
	}

	private void go(String path) {
		this.page.navigate("http://localhost:" + this.port + path);
	}

	private void look(String name) {
		Browser.assertAccessible(this.page);
		Browser.screenshots(this.page, "monitor-" + name);
	}

}
