package dev.postrider.desk.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpServer;
import dev.postrider.testing.Browser;
import dev.postrider.testing.PostriderTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/**
 * Sources from first test to removal, against a real feed.
 */
@PostriderTest
class SourcesBrowserTests extends DeskBrowser {

	private static final String FEED = """
			<?xml version="1.0" encoding="UTF-8"?>
			<rss version="2.0"><channel><title>The Harbour Times</title><link>https://harbour.example/</link>
			<description>News</description>
			<item><title>Old ferry sold to a museum</title><link>https://harbour.example/ferry</link>
			<pubDate>Mon, 06 Jan 2020 08:00:00 GMT</pubDate></item>
			<item><title>&lt;img src=x onerror=alert(1)&gt; Crane repaired</title><link>https://harbour.example/crane</link>
			<pubDate>Mon, 06 Jan 2020 07:00:00 GMT</pubDate></item>
			</channel></rss>
			""";

	private HttpServer site;

	private volatile int status = 200;

	@BeforeEach
	void serve() throws IOException {
		this.site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.site.createContext("/feed.xml", (exchange) -> {
			byte[] body = FEED.getBytes(StandardCharsets.UTF_8);
			exchange.getResponseHeaders().add("Content-Type", "application/rss+xml");
			exchange.sendResponseHeaders(this.status, body.length);
			exchange.getResponseBody().write(body);
			exchange.close();
		});
		this.site.start();
	}

	@AfterEach
	void stop() {
		this.site.stop(0);
	}

	@Test
	void testAddFailRemove() {
		String url = "http://127.0.0.1:" + this.site.getAddress().getPort() + "/feed.xml";
		open("/desk/sources");
		this.page.getByLabel("Address of a feed").fill(url);
		this.page.getByLabel("Section").fill("Harbour");
		this.page.getByText("Test it").click();
		assertThat(this.page.locator(".tested h3")).hasText("The Harbour Times gives 2 stories");
		assertThat(this.page.locator(".tested li")).hasCount(2);
		Browser.screenshots(this.page, "desk-sources-tested");
		assertAccessible();
		this.page.getByText("Add this source").click();
		assertThat(this.page.locator(".notice.good")).hasText("Added The Harbour Times.");
		Locator source = this.page.locator(".sources li", new Page.LocatorOptions().setHasText(url));
		assertThat(source.locator(".state")).hasText("Good");

		this.status = 503;
		this.page.getByText("Read all now").click();
		assertThat(this.page.locator("[role=alert]")).containsText("could not be read");
		assertThat(source.locator(".state")).hasText("Failing");
		assertThat(source.locator(".error")).containsText("503");
		Browser.screenshots(this.page, "desk-sources");
		assertAccessible();

		this.page.onDialog((dialog) -> dialog.accept());
		source.getByLabel("Remove The Harbour Times").click();
		assertThat(this.page.locator(".notice.good")).containsText("Removed The Harbour Times");
		assertThat(source).hasCount(0);
	}

	@Test
	void feedThatCannotBeReadIsSaidBesideTheField() {
		open("/desk/sources");
		this.page.getByLabel("Address of a feed").fill("https://127.0.0.1:1/feed.xml");
		this.page.getByText("Test it").click();
		assertThat(this.page.locator("#url-error")).isVisible();
		assertThat(this.page.getByLabel("Address of a feed")).hasValue("https://127.0.0.1:1/feed.xml");
		Browser.screenshots(this.page, "desk-sources-error");
		assertAccessible();
	}

}
