package dev.postrider.monitor.web;

import java.time.LocalDate;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.postrider.delivery.DigestRuns;
import dev.postrider.delivery.Rehearsals;
import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionComposer;
import dev.postrider.edition.Editions;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.newsletter.PublicationCalendar;
import dev.postrider.run.RunHistory;
import dev.postrider.testing.Browser;
import dev.postrider.testing.Browser.Look;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestClock;
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

/**
 * The pages of an edition's sending, as they look and for who cannot see them.
 */
@PostriderTest
class EditionRunsBrowserTests {

	private static final LocalDate MONDAY = LocalDate.of(2026, 11, 23);

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
	private Rehearsals rehearsals;

	@Autowired
	private RunHistory runs;

	@Autowired
	private Editions editions;

	@Autowired
	private EditionComposer composer;

	private Page page;

	private Newsletter newsletter;

	@BeforeEach
	void open() {
		this.clock.reset();
		this.page = Browser.newPage(Look.LIGHT);
		this.staff.login(this.port, this.staff.admin()).into(this.page.context());
		TestNewsroom newsroom = new TestNewsroom(this.jdbc, this.newsletters, this.clock);
		this.newsletter = newsroom.newsletter();
		newsroom.story("Harbour bridge opens");
		for (int i = 0; i < 12; i++) {
			newsroom.reader(this.newsletter, TestNewsroom.address((i % 6 == 0) ? "full" : "reader"));
		}
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
	void sendsAgainAfterAsking() {
		finish(this.digests.send(this.newsletter.slug(), MONDAY, 1, "schedule"));
		Edition edition = this.editions.find(this.newsletter.id(), MONDAY, 1).orElseThrow();
		this.jdbc.sql("UPDATE delivery SET unclear = TRUE WHERE edition_id = ? AND status = 'FAILED' LIMIT 1")
			.param(edition.id())
			.update();
		go("/monitor/editions/" + edition.id());
		assertThat(this.page.getByText("Send again what failed")).isVisible();
		look("edition");
		this.page.onceDialog((dialog) -> dialog.dismiss());
		this.page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Send again")).click();
		assertThat(this.page.getByText("Send again what failed")).isVisible();
		this.page.onceDialog((dialog) -> dialog.accept());
		this.page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Send again")).click();
		assertThat(this.page.getByText("Sending again has begun")).isVisible();
		await().until(
				() -> this.jdbc.sql("SELECT COUNT(*) FROM edition_retry WHERE edition_id = ? AND ended_at IS NOT NULL")
					.param(edition.id())
					.query(Integer.class)
					.single() == 1);
		go("/monitor/editions/" + edition.id());
		look("edition-sent-again");
		go("/monitor/relays");
		look("relays");
	}

	@Test
	void showsAPauseARehearsalAndTheWindow() {
		Edition draft = this.editions.open(this.newsletter, MONDAY, 1,
				PublicationCalendar.slot(this.newsletter, MONDAY).dueAt());
		this.composer.compose(draft.id(), this.newsletter);
		go("/desk/editions/" + draft.id() + "/rehearsal");
		look("rehearsal-none");
		finish(this.rehearsals.start(this.editions.find(draft.id()).orElseThrow(), "ann@news.example"));
		go("/desk/editions/" + draft.id() + "/rehearsal");
		assertThat(this.page.getByText("12 readers would get it")).isVisible();
		look("rehearsal");
		go("/desk/newsletters/" + this.newsletter.slug() + "/sending");
		look("sending");
		this.jdbc.sql("UPDATE edition SET status = 'HELD', status_reason = 'Paused by ann@news.example.' WHERE id = ?")
			.param(draft.id())
			.update();
		this.jdbc.sql("INSERT INTO edition_pause (edition_id, paused_by, paused_at) VALUES (?, 'ann@news.example', ?)")
			.params(draft.id(), this.clock.instant())
			.update();
		go("/monitor/editions/" + draft.id());
		assertThat(this.page.getByText("Paused by ann@news.example")).isVisible();
		look("edition-paused");
	}

	private void finish(long run) {
		await().until(() -> !this.runs.find(run).orElseThrow().isRunning());
	}

	private void go(String path) {
		this.page.navigate("http://localhost:" + this.port + path);
	}

	private void look(String name) {
		Browser.assertAccessible(this.page);
		Browser.screenshots(this.page, "monitor-" + name);
	}

}
