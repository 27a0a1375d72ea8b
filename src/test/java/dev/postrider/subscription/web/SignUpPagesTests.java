package dev.postrider.subscription.web;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.sun.net.httpserver.HttpServer;
import dev.postrider.testing.Browser;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestClock;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The sign-up form in a real browser: its questions, its work, and in other sites'
 * frames.
 */
@PostriderTest
class SignUpPagesTests {

	@LocalServerPort
	private int port;

	@Autowired
	private SignUpSurge surge;

	@Autowired
	private SignUpSettings settings;

	@Autowired
	private TestClock clock;

	private Page page;

	@BeforeEach
	void open() {
		this.page = Browser.newPage(Browser.Look.LIGHT);
	}

	@AfterEach
	void close() {
		this.page.context().close();
		if (this.surge.since().isPresent()) {
			this.clock.advance(Duration.ofMinutes(30));
			assertThat(this.surge.since()).isEmpty();
			this.clock.reset();
		}
	}

	@Test
	void asksAboutASlip() {
		String name = "slip-" + System.nanoTime();
		go("/");
		this.page.getByLabel("Email address").fill(name + "@gmial.com");
		this.page.getByLabel("Please send me").check();
		press("Sign up");
		assertThat(this.page.getByRole(AriaRole.ALERT)).containsText("Did you mean " + name + "@gmail.com?");
		look("sign-up-slip");
		press("Yes, use " + name + "@gmail.com");
		assertThat(this.page.locator("h1")).hasText("Check your mail");
		ReaderSite.awaitMail(name + "@gmail.com", 1);
	}

	@Test
	void whoCorrectsASlipAndPressesEnterHasTheCorrection() {
		String right = "slip-" + System.nanoTime() + "@gmx.net";
		go("/");
		this.page.getByLabel("Email address").fill("slip@gmial.com");
		this.page.getByLabel("Please send me").check();
		press("Sign up");
		assertThat(this.page.getByRole(AriaRole.ALERT)).containsText("Did you mean");
		this.page.getByLabel("Email address").fill(right);
		this.page.getByLabel("Email address").press("Enter");
		assertThat(this.page.locator("h1")).hasText("Check your mail");
		ReaderSite.awaitMail(right, 1);
	}

	@Test
	@DisplayName("S3: a browser does the work it is asked for by itself")
	void worksForASignUp() {
		surge();
		String email = ReaderSite.someAddress();
		go("/");
		assertThat(this.page.getByText("unusually many sign-ups")).isVisible();
		assertThat(this.page.getByText("switched off here")).not().isVisible();
		look("sign-up-surge");
		this.page.getByLabel("Email address").fill(email);
		press("Sign up");
		assertThat(this.page.getByText("Tick the box")).isVisible();
		this.page.getByLabel("Please send me").check();
		press("Sign up");
		assertThat(this.page.locator("h1")).hasText("Check your mail");
		ReaderSite.awaitMail(email, 1);
	}

	@Test
	void saysWhatToDoWithoutScript() {
		surge();
		Page plain = this.page.context()
			.browser()
			.newContext(new com.microsoft.playwright.Browser.NewContextOptions().setJavaScriptEnabled(false))
			.newPage();
		plain.navigate(url("/"));
		assertThat(plain.getByText("switched off here")).isVisible();
		Browser.screenshot(plain, "reader-sign-up-surge-no-script");
		plain.context().close();
	}

	@Test
	void aFrameIsAsHighAsItsForm() throws IOException {
		try (NewsSite news = new NewsSite(this.port)) {
			this.page.navigate(news.url("127.0.0.1"));
			Locator frame = this.page.locator("iframe");
			var form = this.page.frameLocator("iframe");
			assertThat(form.getByLabel("Email address")).isVisible();
			await(() -> height(frame) > 300 && height(frame) == inner(form));
			int before = height(frame);
			form.getByRole(AriaRole.BUTTON).click();
			assertThat(form.getByText("Enter your email address.")).isVisible();
			await(() -> height(frame) > before && height(frame) == inner(form));
			Browser.screenshots(this.page, "reader-embed-on-a-site");
			String email = ReaderSite.someAddress();
			form.getByLabel("Email address").fill(email);
			form.getByLabel("Please send me").check();
			form.getByRole(AriaRole.BUTTON).click();
			assertThat(form.getByText("Check your mail")).isVisible();
			await(() -> height(frame) < before && height(frame) == inner(form));
			ReaderSite.awaitMail(email, 1);
		}
	}

	@Test
	void aSiteThatIsNotNamedCannotShowTheForm() throws IOException {
		try (NewsSite news = new NewsSite(this.port)) {
			this.page.navigate(news.url("localhost"));
			this.page.waitForLoadState();
			assertThat(this.page.frameLocator("iframe").getByLabel("Email address")).hasCount(0);
		}
	}

	private void surge() {
		for (int i = 0; i <= this.settings.surge(); i++) {
			this.surge.count();
		}
	}

	private void await(java.util.concurrent.Callable<Boolean> condition) {
		Awaitility.await().pollInSameThread().until(condition);
	}

	private static int height(Locator frame) {
		return ((Number) frame.evaluate("(it) => it.clientHeight")).intValue();
	}

	private static int inner(com.microsoft.playwright.FrameLocator form) {
		return ((Number) form.locator("html").evaluate("(it) => Math.ceil(it.getBoundingClientRect().height)"))
			.intValue();
	}

	private void look(String name) {
		Browser.assertAccessible(this.page);
		Browser.screenshots(this.page, "reader-" + name);
	}

	private void press(String button) {
		this.page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button).setExact(true)).click();
	}

	private void go(String path) {
		this.page.navigate(url(path));
	}

	private String url(String path) {
		return "http://localhost:" + this.port + path;
	}

	/** A site with the form in a frame, as the desk gives it out. */
	private static final class NewsSite implements AutoCloseable {

		private final HttpServer server;

		NewsSite(int postrider) throws IOException {
			this.server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
			// By another name than the site's, so that it is another origin.
			String origin = "http://localhost:" + postrider;
			byte[] page = ("<!DOCTYPE html><html lang=en><meta name=viewport content='width=device-width'><title>Paper</title><h1>Paper</h1>"
					+ "<iframe src='" + origin + "/embed/highlights' title='Sign up' width='100%' height='200' "
					+ "style='border:0'></iframe><script src='" + origin + "/embed.js' async></script>")
				.getBytes(StandardCharsets.UTF_8);
			this.server.createContext("/", (exchange) -> {
				exchange.getResponseHeaders().set("Content-Type", "text/html");
				exchange.sendResponseHeaders(200, page.length);
				exchange.getResponseBody().write(page);
				exchange.close();
			});
			this.server.start();
		}

		String url(String host) {
			return "http://" + host + ":" + this.server.getAddress().getPort() + "/";
		}

		@Override
		public void close() {
			this.server.stop(0);
		}

	}

}
