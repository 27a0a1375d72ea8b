package dev.postrider.desk.web;

import java.util.ArrayList;
import java.util.List;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import dev.postrider.edition.Editions;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.testing.Browser;
import dev.postrider.testing.TestStaff;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An editor in a real browser, whose console must stay silent.
 */
abstract class DeskBrowser {

	@LocalServerPort
	int port;

	@Autowired
	TestStaff staff;

	@Autowired
	Newsroom newsroom;

	@Autowired
	Editions editions;

	Newsletter newsletter;

	Page page;

	private final List<String> complaints = new ArrayList<>();

	@BeforeEach
	void login() {
		PlaywrightAssertions.setDefaultAssertionTimeout(20_000);
		this.newsletter = this.newsroom.newsletter();
		this.page = Browser.newPage(Browser.Look.LIGHT);
		this.page.onConsoleMessage((message) -> {
			if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
				this.complaints.add(message.text());
			}
		});
		this.page.onPageError(this.complaints::add);
		this.staff.login(this.port, this.staff.editor()).into(this.page.context());
	}

	@AfterEach
	void close() {
		this.page.context().close();
		assertThat(this.complaints).as("the browser's console").isEmpty();
	}

	void open(String path) {
		this.page.navigate("http://localhost:" + this.port + path);
	}

	/** Without the mail's frame: axe cannot run where scripts may not. */
	void assertAccessible() {
		this.page.evaluate("document.querySelectorAll('iframe').forEach((frame) => frame.remove())");
		Browser.assertAccessible(this.page);
	}

}
