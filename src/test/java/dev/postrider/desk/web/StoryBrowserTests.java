package dev.postrider.desk.web;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

import dev.postrider.delivery.DigestRuns;
import dev.postrider.run.RunHistory;
import dev.postrider.story.Source;
import dev.postrider.story.Sources;
import dev.postrider.story.Stories;
import dev.postrider.story.Story;
import dev.postrider.story.StoryKind;
import dev.postrider.story.ingest.EngagementWriter;
import dev.postrider.story.ingest.IncomingStory;
import dev.postrider.story.ingest.StoryWriter;
import dev.postrider.testing.Browser;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestClock;
import dev.postrider.testing.TestRelay;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The page of one story, as an editor reads it.
 */
@PostriderTest
class StoryBrowserTests extends DeskBrowser {

	private static final Instant PUBLISHED = Instant.parse("2018-04-02T08:00:00Z");

	private final String url = "https://news.example/desk/" + UUID.randomUUID();

	@Autowired
	private StoryWriter writer;

	@Autowired
	private EngagementWriter engagement;

	@Autowired
	private Stories stories;

	@Autowired
	private Sources sources;

	@Autowired
	private DigestRuns digests;

	@Autowired
	private RunHistory runs;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private TestClock clock;

	@AfterEach
	void resetClock() {
		this.clock.reset();
	}

	@Test
	void allThatIsKnownOfAStory() {
		// News again, but in a year that no other test knows.
		this.clock.set(PUBLISHED.plus(Duration.ofHours(1)));
		Source source = this.sources.add("http://127.0.0.1:1/" + UUID.randomUUID() + ".xml", null);
		IncomingStory first = story("Storm <b>brings</b> floods to the coast",
				"Hundreds left their homes when the river rose on Sunday night.", 2);
		this.writer.write(List.of(first), source.id());
		this.clock.advance(Duration.ofHours(3));
		this.writer.write(List.of(story("Nine dead in coastal floods, army called in",
				"Rescue teams found five more bodies on Monday morning as soldiers began to evacuate the old town.",
				1)), source.id());
		this.engagement.write(List.of(new EngagementWriter.Counts(this.url, 48_210L, 1L, 12L)));
		open("/desk/stories/" + this.stories.findByUrl(this.url).orElseThrow().id());
		assertThat(this.page.locator("h1")).hasText("Nine dead in coastal floods, army called in");
		assertThat(this.page.locator("section:has(#seen-title)")).containsText("number 1");
		assertThat(this.page.locator("section:has(#readers-title)"))
			.containsText("48,210 views, 1 comment and 12 shares");
		assertThat(this.page.locator("section:has(#changes-title) h3"))
			.hasText("Storm <b>brings</b> floods to the coast");
		assertThat(this.page.locator("section:has(#changes-title)")).containsText("News again");
		assertThat(this.page.getByText("Map of the evacuated streets")).hasAttribute("href",
				"https://news.example/map");
		Browser.screenshots(this.page, "desk-story");
		assertAccessible();
		this.sources.remove(source.id());
		this.page.reload();
		assertThat(this.page.locator("section:has(#seen-title)")).containsText("In no feed that is a source now");
	}

	@Test
	void pushedBannedAndBack() {
		long story = this.newsroom.story("Pilots fly again over the frozen lakes of the north", "Air", "NEWS");
		long newsletter = this.newsletter.id();
		open("/desk/stories/" + story);
		this.page.locator("#push-" + this.newsletter.slug()).selectOption("3");
		this.page.getByLabel("Push it in the ranking of " + this.newsletter.name()).click();
		assertThat(this.page.locator(".notice.good")).containsText("is pushed up in the ranking of");
		assertThat(this.page.locator("#push-" + this.newsletter.slug())).hasValue("3");
		org.assertj.core.api.Assertions.assertThat(this.stories.boost(newsletter, story)).isEqualTo(3);
		this.page.getByLabel("Ban it from " + this.newsletter.name()).click();
		assertThat(this.page.locator(".notice.good")).containsText("no edition of " + this.newsletter.name());
		org.assertj.core.api.Assertions.assertThat(this.stories.bannedBy(newsletter, story)).isPresent();
		Browser.screenshots(this.page, "desk-story-banned");
		assertAccessible();
		this.page.getByLabel("Take the ban from " + this.newsletter.name() + " back").click();
		assertThat(this.page.locator(".notice.good")).containsText("again");
		org.assertj.core.api.Assertions.assertThat(this.stories.bannedBy(newsletter, story)).isEmpty();
		org.assertj.core.api.Assertions
			.assertThat(this.jdbc.sql("SELECT action FROM audit WHERE subject = ? ORDER BY id")
				.param("story " + story)
				.query(String.class)
				.list())
			.containsExactly("story.boost", "story.ban", "story.unban");
	}

	@Test
	void whatReadersOfTopicsGet() throws Exception {
		this.newsroom.story("Ferry line to the islands returns after nine years", "Harbour", "NEWS");
		this.newsroom.story("Pilots fly again over the frozen lakes of the north", "Air", "NEWS");
		this.newsroom.story("Why bakers search for the lost rye", "Food", "NEWS");
		String all = this.newsroom.reader(this.newsletter);
		String air = this.newsroom.reader(this.newsletter);
		this.jdbc.sql("""
				UPDATE subscription SET topics = 'Air,Space'
				WHERE subscriber_id = (SELECT id FROM subscriber WHERE email = ?)
				""").param(air).update();
		long run = this.digests.send(this.newsletter.slug(), LocalDate.of(2026, 11, 25), 1, "test");
		await().until(() -> !this.runs.find(run).orElseThrow().isRunning());
		org.assertj.core.api.Assertions.assertThat(TestRelay.get().to(all)).hasSize(1);
		open("/desk/editions/" + this.editions.find(this.newsletter.id(), "2026-11-25").orElseThrow().id());
		this.page.getByText("What readers get, by their choice").click();
		assertThat(this.page.locator("section[id^=stories-] h3")).hasText(new String[] { "Air, space" });
		assertThat(this.page.locator("section[id^=stories-]")).containsText("1 reader");
		assertThat(this.page.locator(".headlines li").first()).containsText("Pilots fly again");
		Browser.screenshots(this.page, "desk-topics");
		assertAccessible();
	}

	private IncomingStory story(String headline, String summary, int position) {
		return new IncomingStory(this.url, headline, summary, "", "Weather", List.of("Storm", "Coast"), "Ines Maartens",
				StoryKind.NEWS, "en",
				new Story.Image("https://news.example/1.jpg", "Water", "Tomas Vell", 800, 450, true), null,
				List.of(new Story.Link("https://news.example/map", "Map of the evacuated streets")), PUBLISHED, null,
				false, position);
	}

}
