package dev.postrider.subscription.web;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.sun.net.httpserver.HttpServer;
import dev.postrider.subscription.ReaderLinks;
import dev.postrider.testing.Browser;
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

	private Page page;

	@BeforeEach
	void open() {
		this.site = new ReaderSite(this.port);
		this.page = Browser.newPage(Browser.Look.LIGHT);
	}

	@AfterEach
	void close() {
		this.page.context().close();
		this.clock.reset();
	}

	@Test
	void signsUpConfirmsChangesAndLeaves() {
		String email = ReaderSite.someAddress();
		go("/");
		look("sign-up");
		press("Sign up");
		assertThat(this.page.getByText("Enter your email address.")).isVisible();
		look("sign-up-errors");
		this.page.getByLabel("Email address").fill(email);
		this.page.getByLabel("Wednesday").uncheck();
		this.page.getByLabel("Please send me").check();
		press("Sign up");
		heading("Check your mail");
		look("sign-up-sent");

		var mail = ReaderSite.awaitMail(email, 1);
		lookAtMail(ReaderSite.html(mail), "mail-confirm");
		go(ReaderSite.link(mail));
		heading("Confirm your address");
		look("confirm");
		press("Confirm");
		heading("You are subscribed");
		look("confirmed");

		this.page.setDefaultTimeout(10_000);
		go(java.net.URI.create(this.links.preferences(id(email), 0)).getPath());
		assertThat(this.page.getByLabel("Friday")).isChecked();
		assertThat(this.page.getByLabel("Wednesday")).not().isChecked();
		look("preferences");
		this.page.getByLabel("Monday").uncheck();
		press("Save days");
		assertThat(this.page.getByRole(AriaRole.STATUS)).hasText("Saved. You will get News highlights on Friday.");
		this.page.getByLabel("Pause until").fill("2026-12-24");
		press("Pause");
		look("preferences-paused");

		go(unsubscribe(email));
		heading("Unsubscribe");
		look("unsubscribe");
		press("Unsubscribe");
		heading("You are unsubscribed");
		look("unsubscribed");
		press("Undo: subscribe me again");
		heading("You are subscribed again");
	}

	@Test
	@DisplayName("S1: a browser that opens every link of a mail changes nothing")
	void opensLinksWithoutHarm() {
		String email = ReaderSite.someAddress();
		String link = this.site.signUp(email);
		go(link);
		this.page.reload();
		assertThat(status(email)).isEqualTo("PENDING");
		this.site.post(link);
		go(unsubscribe(email));
		this.page.reload();
		assertThat(status(email)).isEqualTo("ACTIVE");
	}

	@Test
	void tellsWhatToDoWithLinksThatDoNotWork() {
		String email = ReaderSite.someAddress();
		String link = this.site.signUp(email);
		this.clock.advance(Duration.ofHours(73));
		go(link);
		heading("This link has expired");
		look("confirm-expired");
		press("Send a new link");
		heading("A new link is on its way");
		// Awaited here, since a mail from the future would not leave once the clock is
		// set back.
		ReaderSite.awaitMail(email, 2);
		go("/confirm/nonsense");
		heading("This link does not work");
		look("link-unknown");
	}

	@Test
	void erasesOnlyWhenSure() {
		String email = ReaderSite.someAddress();
		go(this.site.subscribe(email));
		this.page.getByText("Erase my data").click();
		look("preferences-erase");
		press("Erase");
		assertThat(this.page.getByText("Tick the box if you want everything erased.")).isVisible();
		this.page.getByLabel("Yes, erase everything about me").check();
		press("Erase");
		heading("Your data is erased");
	}

	@Test
	void worksByKeyboardAndWithoutScript() {
		String email = ReaderSite.someAddress();
		go("/");
		this.page.getByLabel("Email address").focus();
		this.page.keyboard().type(email);
		for (int i = 0; i < 5; i++) {
			this.page.keyboard().press("Tab");
		}
		this.page.keyboard().press("Space");
		this.page.keyboard().press("Enter");
		heading("Check your mail");
		ReaderSite.awaitMail(email, 1);
	}

	@Test
	void embedsInAnotherSite() throws IOException {
		go("/embed/highlights");
		look("embed");
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

	private void look(String name) {
		Browser.assertAccessible(this.page);
		Browser.screenshots(this.page, "reader-" + name);
	}

	private void lookAtMail(String html, String name) {
		Page mail = Browser.newPage(Browser.Look.LIGHT);
		mail.setContent(html);
		Browser.screenshots(mail, "reader-" + name);
		Browser.assertAccessible(mail);
		mail.context().close();
	}

	private void go(String path) {
		this.page.navigate(this.site.url(path));
	}

	private void press(String button) {
		this.page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button).setExact(true)).click();
	}

	private void heading(String text) {
		assertThat(this.page.locator("h1")).hasText(text);
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
