package dev.postrider.desk.web;

import com.microsoft.playwright.Locator;
import dev.postrider.desk.web.MailedToTopics.Mailed;
import dev.postrider.testing.Browser;
import dev.postrider.testing.PostriderTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/**
 * What readers of topics got, in a real browser.
 */
@PostriderTest
class TopicsBrowserTests extends DeskBrowser {

	@Autowired
	private MailedToTopics mails;

	@Test
	void aStoryThatOnlyReadersOfATopicHadIsCorrected() {
		Mailed mailed = this.mails.edition(this.newsletter);
		open("/desk/editions/" + mailed.editionId());
		this.page.getByText("Correct a story that only readers of topics had").click();
		Locator story = this.page.locator("#story-" + mailed.story());
		story.getByText("Correct…").click();
		story.locator("textarea").fill("They are small because of the frost, not because of the warm water.");
		Browser.screenshots(this.page, "desk-topics");
		assertAccessible();
		story.getByText("Say so in the archive").click();
		assertThat(story.locator(".correction")).containsText("because of the frost");
		assertThat(this.page.locator(".notice.good")).containsText("The archive now says");
	}

}
