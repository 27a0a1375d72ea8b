package dev.postrider.desk.web;

import java.time.Duration;
import java.util.Map;

import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionComposer;
import dev.postrider.edition.SampleNewsroom;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.newsletter.PickingRules;
import dev.postrider.newsletter.SlowNews;
import dev.postrider.testing.Browser;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/**
 * What the desk says the day before an edition for which there is little news.
 */
@PostriderTest
class SlowNewsBrowserTests extends DeskBrowser {

	private static final String WORDS = "Tomorrow\u2019s edition would have 2 of at least 3 stories: it would be skipped,"
			+ " unless you add stories or approve it as it is.";

	@Autowired
	private Newsletters newsletters;

	@Autowired
	private EditionComposer composer;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private TestClock clock;

	@AfterEach
	void resetClock() {
		this.clock.reset();
	}

	@Test
	void saysWhatWouldBecomeOfItUntilAnEditorApproves() {
		SampleNewsroom harbour = new SampleNewsroom(this.jdbc, this.newsletters);
		PickingRules rules = PickingRules.DEFAULT;
		this.newsletters.changeRules(harbour.newsletter().id(),
				new PickingRules(rules.weights(), rules.halfLife(), Map.of(), Map.of(), Map.of(), 3, SlowNews.SKIP));
		harbour.stories(2);
		// The evening before, in Berlin.
		this.clock.set(harbour.due().minus(Duration.ofHours(8)));
		Edition edition = this.editions.open(harbour.newsletter(), harbour.date(), 1, harbour.due());
		this.composer.compose(edition.id(), harbour.newsletter());

		open("/desk?newsletter=" + harbour.newsletter().slug());
		assertThat(this.page.locator(".needs")).containsText(WORDS);
		Browser.screenshots(this.page, "slow-desk");
		this.page.getByText("Add stories").click();
		assertThat(this.page.locator(".notice")).hasText(WORDS);
		assertThat(this.page.locator(".standing")).not().containsText("it goes out");
		Browser.screenshots(this.page, "slow-edition");
		this.page.getByText("Approve", new com.microsoft.playwright.Page.GetByTextOptions().setExact(true)).click();
		assertThat(this.page.getByText("would have")).hasCount(0);
	}

}
