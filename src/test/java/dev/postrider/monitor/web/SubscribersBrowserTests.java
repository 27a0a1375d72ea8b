package dev.postrider.monitor.web;

import java.time.LocalDate;
import java.util.UUID;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.subscription.Suppressions;
import dev.postrider.testing.Browser;
import dev.postrider.testing.Browser.Look;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestClock;
import dev.postrider.testing.TestNewsroom;
import dev.postrider.testing.TestRelay;
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
class SubscribersBrowserTests {

	@LocalServerPort
	private int port;

	@Autowired
	private TestStaff staff;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private Newsletters newsletters;

	@Autowired
	private Suppressions suppressions;

	@Autowired
	private TestClock clock;

	private final String own = "ada" + UUID.randomUUID().toString().substring(0, 6);

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
		this.page.context().close();
	}

	@Test
	void findsAReaderAndSuppressesHimForAReason() {
		String email = this.own + ".lovelace@readers.example";
		this.newsroom.reader(this.newsletter, this.own + ".byron@readers.example", "PENDING", false);
		this.newsroom.reader(this.newsletter, this.own + ".king@readers.example", "UNSUBSCRIBED", true);
		long bounced = this.newsroom.reader(this.newsletter, this.own + ".noel@readers.example", "ACTIVE", true);
		this.suppressions.suppress(bounced, Suppressions.Reason.HARD_BOUNCE, "550 5.1.1 user unknown");
		long id = signUp(email);
		delivered(id);

		go("/monitor/subscribers");
		this.page.getByLabel("Address, or how it begins").fill(this.own);
		this.page.getByLabel("Address, or how it begins").press("Enter");
		assertThat(this.page.getByRole(AriaRole.ROW)).hasCount(5);
		look("subscribers");

		this.page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(email)).click();
		assertThat(this.page.getByText("Signed up")).isVisible();
		this.page.getByText("Suppress", new Page.GetByTextOptions().setExact(true)).click();
		this.page.getByLabel("Why")
			.and(this.page.locator("#suppress-reason"))
			.fill("Asked by telephone for no more mail");
		look("subscriber");
		this.page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Suppress this reader")).click();
		assertThat(this.page.getByText("Asked by telephone for no more mail")).isVisible();
		assertThat(this.page.getByText("Lift the suppression")).isVisible();
		look("subscriber-suppressed");

		go("/monitor/subscribers?email=nobody-at-all");
		assertThat(this.page.getByText("Nobody found")).isVisible();
		look("subscribers-none");
	}

	private long signUp(String email) {
		this.staff.anonymous(this.port)
			.post(null, "/subscribe", "email", email, "name", "Ada Lovelace", "consent", "true", "days", "MON");
		await().until(() -> !TestRelay.get().to(email).isEmpty());
		return this.jdbc.sql("SELECT id FROM subscriber WHERE email_key = ?").param(email).query(Long.class).single();
	}

	private void delivered(long reader) {
		this.jdbc.sql("""
				INSERT INTO edition (newsletter_id, edition_date, number, status, due_at, useless_after, started_at,
				  created_at, changed_at)
				VALUES (:newsletter, :date, 1, 'SENT', :now, :now, :now, :now, :now)
				""")
			.param("newsletter", this.newsletter.id())
			.param("date", LocalDate.of(2026, 11, 23))
			.param("now", this.clock.instant())
			.update();
		this.jdbc.sql("""
				INSERT INTO delivery (edition_id, seq, subscriber_id, variant, status, attempts, at, relay, reply)
				SELECT id, 1, :reader, 1, 'SENT', 1, :now, 'default', '250 2.0.0 Ok: queued as 4F1C2'
				FROM edition WHERE newsletter_id = :newsletter
				""")
			.param("reader", reader)
			.param("now", this.clock.instant())
			.param("newsletter", this.newsletter.id())
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
