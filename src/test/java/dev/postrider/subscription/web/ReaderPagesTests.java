package dev.postrider.subscription.web;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.sun.net.httpserver.HttpServer;
import dev.postrider.subscription.ReaderLinks;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A reader's way in and out in a real browser, with pictures of each page.
 */
@PostriderTest
class ReaderPagesTests {

	@LocalServerPort
	private int port;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private ReaderLinks links;

	@Autowired
	private TestClock clock;

	private ReaderSite site;

	private ReaderBrowser browser;

	private Page page;

	@BeforeEach
	void open() {
		this.site = new ReaderSite(this.port);
		this.browser = new ReaderBrowser(this.site);
		this.page = this.browser.page();
	}

	@AfterEach
	void close() {
		this.browser.close();
		this.clock.reset();
	}

	@Test
	void signsUpConfirmsChangesAndLeaves() {
		String email = ReaderSite.someAddress();
		this.browser.go("/");
		this.browser.look("sign-up");
		this.browser.press("Sign up");
		assertThat(this.page.getByText("Enter your email address.")).isVisible();
		this.browser.look("sign-up-errors");
		this.page.getByLabel("Email address").fill(email);
		this.page.getByLabel("Wednesday").uncheck();
		this.page.getByLabel("Please send me").check();
		this.browser.press("Sign up");
		this.browser.heading("Check your mail");
		this.browser.look("sign-up-sent");

		var mail = ReaderSite.awaitMail(email, 1);
		this.browser.lookAtMail(ReaderSite.html(mail), "mail-confirm");
		this.browser.go(ReaderSite.link(mail));
		this.browser.heading("Confirm your address");
		this.browser.look("confirm");
		this.browser.press("Confirm");
		this.browser.heading("You are subscribed");
		this.browser.look("confirmed");

		this.page.setDefaultTimeout(10_000);
		this.browser.go(java.net.URI.create(this.links.preferences(id(email), 0)).getPath());
		assertThat(this.page.getByLabel("Friday")).isChecked();
		assertThat(this.page.getByLabel("Wednesday")).not().isChecked();
		this.browser.look("preferences");
		this.page.getByLabel("Monday").uncheck();
		this.browser.press("Save days");
		assertThat(this.page.getByRole(AriaRole.STATUS)).hasText("Saved. You will get News highlights on Friday.");
		this.page.getByLabel("Pause until").fill("2026-12-24");
		this.browser.press("Pause");
		this.browser.look("preferences-paused");

		this.browser.go(unsubscribe(email));
		this.browser.heading("Unsubscribe");
		this.browser.look("unsubscribe");
		this.browser.press("Unsubscribe");
		this.browser.heading("You are unsubscribed");
		this.browser.look("unsubscribed");
		this.browser.press("Undo: subscribe me again");
		this.browser.heading("You are subscribed again");
	}

	@Test
	@DisplayName("S1: a browser that opens every link of a mail changes nothing")
	void opensLinksWithoutHarm() {
		String email = ReaderSite.someAddress();
		String link = this.site.signUp(email);
		this.browser.go(link);
		this.page.reload();
		assertThat(status(email)).isEqualTo("PENDING");
		this.site.post(link);
		this.browser.go(unsubscribe(email));
		this.page.reload();
		assertThat(status(email)).isEqualTo("ACTIVE");
	}

	@Test
	void tellsWhatToDoWithLinksThatDoNotWork() {
		String email = ReaderSite.someAddress();
		String link = this.site.signUp(email);
		this.clock.advance(Duration.ofHours(73));
		this.browser.go(link);
		this.browser.heading("This link has expired");
		this.browser.look("confirm-expired");
		this.browser.press("Send a new link");
		this.browser.heading("A new link is on its way");
		// Awaited here, since a mail from the future would not leave once the clock is
		// set back.
		ReaderSite.awaitMail(email, 2);
		this.browser.go("/confirm/nonsense");
		this.browser.heading("This link does not work");
		this.browser.look("link-unknown");
	}

	@Test
	void erasesOnlyWhenSure() {
		String email = ReaderSite.someAddress();
		this.browser.go(this.site.subscribe(email));
		this.page.getByText("Erase my data").click();
		this.browser.look("preferences-erase");
		this.browser.press("Erase");
		assertThat(this.page.getByText("Tick the box if you want everything erased.")).isVisible();
		this.page.getByLabel("Yes, erase everything about me").check();
		this.browser.press("Erase");
		this.browser.heading("Your data is erased");
	}

	@Test
	void worksByKeyboardAndWithoutScript() {
		String email = ReaderSite.someAddress();
		this.browser.go("/");
		this.page.getByLabel("Email address").focus();
		this.page.keyboard().type(email);
		for (int i = 0; i < 5; i++) {
			this.page.keyboard().press("Tab");
		}
		this.page.keyboard().press("Space");
		this.page.keyboard().press("Enter");
		this.browser.heading("Check your mail");
		ReaderSite.awaitMail(email, 1);
	}

	@Test
	void embedsInAnotherSite() throws IOException {
		this.browser.go("/embed/highlights");
		this.browser.look("embed");
		String email = ReaderSite.someAddress();
		HttpServer news = newsSite();
		this.page.navigate("http://127.0.0.1:" + news.getAddress().getPort() + "/");
		var form = this.page.frameLocator("iframe >> nth=0");
		form.getByLabel("Email address").fill(email);
		form.getByLabel("Please send me").check();
		form.getByRole(AriaRole.BUTTON).click();
		assertThat(form.getByText("Check your mail")).isVisible();
		assertThat(this.page.frameLocator("iframe >> nth=1").getByLabel("Email address")).hasCount(0);
		ReaderSite.awaitMail(email, 1);
		news.stop(0);
	}

	/** A site on another host, with the form and the sign-up page in frames. */
	private HttpServer newsSite() throws IOException {
		HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
		byte[] page = ("<iframe src='" + this.site.url("/embed/highlights")
				+ "' width=600 height=700></iframe><iframe src='" + this.site.url("/") + "'></iframe>")
			.getBytes(StandardCharsets.UTF_8);
		server.createContext("/", (exchange) -> {
			exchange.getResponseHeaders().set("Content-Type", "text/html");
			exchange.sendResponseHeaders(200, page.length);
			exchange.getResponseBody().write(page);
			exchange.close();
		});
		server.start();
		return server;
	}

	private String unsubscribe(String email) {
		long newsletter = this.jdbc.sql("SELECT id FROM newsletter WHERE slug = 'highlights'")
			.query(Long.class)
			.single();
		return java.net.URI.create(this.links.unsubscribe(id(email), newsletter)).getPath();
	}

	private long id(String email) {
		return this.jdbc.sql("SELECT id FROM subscriber WHERE email_key = ?").param(email).query(Long.class).single();
	}

	private String status(String email) {
		return this.jdbc.sql("SELECT status FROM subscriber WHERE email_key = ?")
			.param(email)
			.query(String.class)
			.single();
	}

}
