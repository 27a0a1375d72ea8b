package dev.postrider.desk.web;

import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionComposer;
import dev.postrider.testing.Browser;
import dev.postrider.testing.PostriderTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Findings and the mail as readers get it, in a real browser.
 */
@PostriderTest
class LookBrowserTests extends DeskBrowser {

	@Autowired
	private EditionComposer composer;

	@Autowired
	private JdbcClient jdbc;

	@Test
	void findingsFollowTheWordsAndTheMailIsLookedAt() {
		Edition edition = this.newsroom.edition(this.newsletter, "Ferry line to the islands returns after nine years",
				"Council votes on the harbour tunnel on Thursday", "What the tide tables do not tell you");
		this.jdbc.sql("UPDATE story SET url = CONCAT('http://plain.example/', id) WHERE id = ?")
			.param(edition.picks().get(1).story().id())
			.update();
		this.composer.describe(edition.id(), "FERRIES ARE BACK AT LAST", "And the tunnel", null);
		open("/desk/editions/" + edition.id());
		Locator findings = this.page.locator("#gate li");
		assertThat(findings.first()).containsText("Stops it");
		assertThat(this.page.locator("#gate")).containsText("reads as shouting");
		Browser.screenshots(this.page, "desk-findings");
		this.page.locator("#subject").fill("Ferries are back at last");
		assertThat(this.page.locator("#saved")).containsText("Saved");
		assertThat(this.page.locator("#gate")).not().containsText("reads as shouting");

		open("/desk/editions/" + edition.id() + "/look");
		FrameLocator mail = this.page.frameLocator("iframe.mail");
		assertThat(mail.locator("h1")).isVisible();
		String light = colour(mail);
		Browser.screenshots(this.page, "desk-look");
		this.page.getByText("Dark").check();
		assertThat(this.page.locator("iframe.mail.dark")).isVisible();
		assertThat(mail.locator("h1")).isVisible();
		assertThat(colour(mail)).isNotEqualTo(light);
		this.page.getByText("375 px").check();
		assertThat(this.page.locator("iframe.mail.w375")).isVisible();
		Browser.screenshot(this.page, "desk-look-dark-375");
		this.page.getByText("Headers").click();
		assertThat(this.page.locator("pre.mail")).containsText("Subject: Ferries are back at last");
		Browser.screenshot(this.page, "desk-look-headers");
		assertAccessible();
	}

	private static String colour(FrameLocator mail) {
		return String.valueOf(mail.locator("h1").evaluate("(h1) => getComputedStyle(h1).color"));
	}

}
