package dev.postrider.desk.web;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.postrider.edition.Edition;
import dev.postrider.testing.Browser;
import dev.postrider.testing.PostriderTest;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/**
 * Why stories are picked, and changing that, in a real browser.
 */
@PostriderTest
class TuningBrowserTests extends DeskBrowser {

	@Test
	void explainTuneReplay() {
		Edition edition = this.newsroom.edition(this.newsletter, "Ferry line to the islands returns after nine years");
		String section = "Culture " + this.newsletter.slug();
		String headline = "Opera house shows its new curtain to " + section;
		this.newsroom.story(headline, section, "FEATURE");
		this.newsroom.story("Choir of dockers records <b>an album</b> for " + section, section, "NEWS");
		open("/desk/editions/" + edition.id());
		this.page.getByText("Why these stories").press("Enter");
		assertThat(this.page.locator("h1")).hasText("Why these stories");
		this.page.getByLabel("Section").selectOption(section);
		this.page.getByText("Show", new Page.GetByTextOptions().setExact(true)).press("Enter");
		assertThat(this.page.locator(".ranking > li")).hasCount(2);
		this.page.getByLabel("Push “" + headline + "” up").press("Enter");
		assertThat(this.page.locator(".notice.good")).containsText("its push is now 1.00");
		this.page.locator(".score summary").first().press("Enter");
		assertThat(this.page.locator(".score table").first()).isVisible();
		Browser.screenshots(this.page, "desk-why");
		assertAccessible();

		open("/desk/newsletters/" + this.newsletter.slug() + "/picking");
		this.page.getByLabel("Stories in an edition").fill("none");
		this.page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Save")).press("Enter");
		assertThat(this.page.locator("#error-stories")).containsText("Write a whole number from 1 to 50");
		Browser.screenshot(this.page, "desk-picking-error");
		this.page.getByLabel("Stories in an edition").fill("4");
		this.page.getByText("What would change?").press("Enter");
		assertThat(this.page.locator("#preview")).isVisible();
		Browser.screenshots(this.page, "desk-picking");
		assertAccessible();

		open("/desk/newsletters/" + this.newsletter.slug() + "/replay");
		this.page.getByText("Try it", new Page.GetByTextOptions().setExact(true)).press("Enter");
		assertThat(this.page.locator(".replayed").first()).isVisible();
		Browser.screenshots(this.page, "desk-replay");
		assertAccessible();
	}

}
