package dev.postrider.story;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import dev.postrider.SqlTime;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.story.feed.FeedServer;
import dev.postrider.story.ingest.IncomingStory;
import dev.postrider.story.ingest.StoryWriter;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What is kept of a story beside its present state. All dates are far from other tests'
 * editions.
 */
@PostriderTest
class StoryTrailTests {

	private static final Instant PUBLISHED = Instant.parse("2018-03-05T10:00:00Z");

	private static final String FLOOD = """
			Hundreds left their homes when the river rose on Sunday night. Trains stand still between the harbour towns.""";

	private final String url = "https://news.example/trail/" + UUID.randomUUID();

	@Autowired
	private Stories stories;

	@Autowired
	private Sources sources;

	@Autowired
	private StoryWriter writer;

	@Autowired
	private Newsletters newsletters;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private TestClock clock;

	/** What is news again is so in a year that no other test knows. */
	@BeforeEach
	void longAgo() {
		this.clock.set(PUBLISHED.plus(Duration.ofHours(1)));
	}

	@AfterEach
	void resetClock() {
		this.clock.reset();
	}

	@Test
	void everyChangeKeepsWhatWasBefore() {
		Instant first = write("Storm brings floods", FLOOD, List.of(), false);
		Instant second = write("Storm brings heavy floods", FLOOD, List.of(), false);
		Instant third = write("Storm brings heavy floods", FLOOD, List.of(), true);
		write("Storm brings heavy floods", FLOOD, List.of(), true);

		Story story = story();
		assertThat(story.firstSeenAt()).isEqualTo(first);
		assertThat(story.changedAt()).isEqualTo(third);
		assertThat(story.withdrawnAt()).isEqualTo(third);
		assertThat(this.stories.trail(story.id()).changes()).containsExactly(
				new StoryTrail.Change(third, "Storm brings heavy floods", FLOOD, List.of("withdrawn"), false),
				new StoryTrail.Change(second, "Storm brings floods", FLOOD, List.of("headline"), false));
		assertThat(substantiallyChangedAt()).isNull();
	}

	@Test
	void manySmallChangesAddUpToASubstantialOne() {
		String[] texts = { "Hundreds left their homes when the river rose on Sunday night",
				"Hundreds left their homes when a dam broke on Sunday night",
				"Hundreds left their homes when a dam broke near Ashford, killing nine",
				"Soldiers searched the valley after a dam broke near Ashford, killing nine" };
		write("Floods", texts[0], List.of(), false);
		write("Floods", texts[1], List.of(), false);
		write("Floods", texts[2], List.of(), false);
		assertThat(substantiallyChangedAt()).isEqualTo(this.clock.instant());
		Instant turned = this.clock.instant();
		write("Floods", texts[3], List.of(), false);
		assertThat(substantiallyChangedAt()).isEqualTo(turned);
		write("Minister resigns over broken dam", "Opposition parties call for new elections before Christmas.",
				List.of(), false);
		assertThat(substantiallyChangedAt()).isEqualTo(this.clock.instant());
		assertThat(this.stories.trail(story().id()).changes()).extracting(StoryTrail.Change::substantial)
			.containsExactly(true, false, true, false);
	}

	@Test
	void linksBesideAStoryAreKeptInOrderAndReplaced() {
		Story.Link map = new Story.Link("https://news.example/map", "Where it is wet");
		Story.Link live = new Story.Link("https://news.example/live", "Live: the storm");
		write("Floods", FLOOD, List.of(map, live, new Story.Link("javascript:alert(1)", "Bad")), false);
		assertThat(story().related()).containsExactly(map, live);
		write("Floods", FLOOD, List.of(live), false);
		assertThat(story().related()).containsExactly(live);
		assertThat(this.stories.trail(story().id()).changes()).extracting(StoryTrail.Change::fields)
			.containsExactly(List.of("related links"));
		write("Floods", FLOOD, List.of(), false);
		assertThat(story().related()).isEmpty();
	}

	@Test
	void everySourceThatCarriesAStoryIsRecorded() {
		try (FeedServer server = new FeedServer()) {
			String item = FeedServer.item("Floods", this.url, "Mon, 05 Mar 2018 10:00:00 GMT");
			String other = FeedServer.item("Other", this.url + "/other", "Mon, 05 Mar 2018 11:00:00 GMT");
			server.serve("/front", FeedServer.rss("Front page", item, other));
			server.serve("/local",
					FeedServer.rss("Local", other, item.replace(this.url, this.url + "?utm_source=rss")));
			Source front = this.sources.add(server.url("/front"), null);
			this.sources.poll(true);
			Instant first = this.clock.instant();
			this.clock.advance(Duration.ofHours(1));
			Source local = this.sources.add(server.url("/local"), null);
			this.sources.poll(true);
			assertThat(story().sourceId()).isEqualTo(front.id());
			assertThat(this.stories.trail(story().id()).sightings()).containsExactly(
					new StoryTrail.Sighting(front.id(), "Front page", 1, first),
					new StoryTrail.Sighting(local.id(), "Local", 2, this.clock.instant()));

			server.serve("/local", FeedServer.rss("Local", item));
			this.clock.advance(Duration.ofHours(1));
			this.sources.poll(true);
			assertThat(this.stories.trail(story().id()).sightings()).extracting(StoryTrail.Sighting::position)
				.containsExactly(1, 1);
			server.serve("/local", FeedServer.rss("Local", other));
			this.clock.advance(Duration.ofHours(1));
			this.sources.poll(true);
			assertThat(this.stories.trail(story().id()).sightings()).as("no longer there")
				.extracting(StoryTrail.Sighting::position)
				.containsExactly(1, null);
			this.sources.remove(local.id());
			assertThat(this.stories.trail(story().id()).sightings()).singleElement();
			this.sources.remove(front.id());
			assertThat(this.stories.trail(story().id()).sightings()).isEmpty();
		}
	}

	@Test
	void aSourceSaysHowManyStoriesItBringsADay() {
		this.clock.set(Instant.parse("2018-03-09T12:00:00Z"));
		try (FeedServer server = new FeedServer()) {
			String[] items = new String[12];
			for (int i = 0; i < items.length; i++) {
				items[i] = FeedServer.item("Story " + i, this.url + "/" + i,
						"Thu, 0%d Mar 2018 1%d:00:00 GMT".formatted(5 + i / 3, 2 + i % 3));
			}
			server.serve("/feed", FeedServer.rss("Daily", items)).serve("/empty", FeedServer.rss("Silent"));
			Source daily = this.sources.add(server.url("/feed"), null);
			Source silent = this.sources.add(server.url("/empty"), null);
			this.sources.poll(true);
			assertThat(this.sources.find(daily.id()).orElseThrow().storiesPerDay()).isEqualTo(3);
			assertThat(this.sources.find(daily.id()).orElseThrow().lastStoryAt()).isEqualTo(this.clock.instant());
			assertThat(this.sources.find(silent.id()).orElseThrow().storiesPerDay()).isZero();
			assertThat(this.sources.find(silent.id()).orElseThrow().lastStoryAt()).isNull();
			this.sources.remove(daily.id());
			this.sources.remove(silent.id());
		}
	}

	@Test
	void aBoostIsOfOneNewsletterAndCanBeTakenBack() {
		write("Floods", FLOOD, List.of(), false);
		long newsletter = this.newsletters.find("highlights").orElseThrow().id();
		long story = story().id();
		assertThat(this.stories.boost(newsletter, story)).isZero();
		this.stories.boost(newsletter, story, 2.5, "ann@news.example");
		this.stories.boost(newsletter, story, -1, "bob@news.example");
		assertThat(this.stories.boost(newsletter, story)).isEqualTo(-1);
		assertThat(this.stories.boost(newsletter + 1000, story)).isZero();
		assertThatIllegalArgumentException().isThrownBy(() -> this.stories.boost(newsletter, story, Double.NaN, "x"));
		assertThatIllegalArgumentException().isThrownBy(() -> this.stories.boost(newsletter, story, 11, "x"))
			.withMessageContaining("between -10.0 and 10.0");
		this.stories.boost(newsletter, story, 0, "bob@news.example");
		assertThat(this.stories.boost(newsletter, story)).isZero();
	}

	/** An hour after the one before; answers when. */
	private Instant write(String headline, String summary, List<Story.Link> related, boolean withdrawn) {
		this.clock.advance(Duration.ofHours(1));
		this.writer.write(List.of(new IncomingStory(this.url, headline, summary, "", "Weather", List.of(), null,
				StoryKind.NEWS, "en", null, null, related, PUBLISHED, null, withdrawn, null)), null);
		return this.clock.instant();
	}

	private Story story() {
		return this.stories.findByUrl(this.url + "?utm_source=test").orElseThrow();
	}

	private Instant substantiallyChangedAt() {
		return this.jdbc.sql("SELECT substantially_changed_at FROM story WHERE id = :id")
			.param("id", story().id())
			.query((row, number) -> java.util.Optional.ofNullable(SqlTime.orNull(row, "substantially_changed_at")))
			.single()
			.orElse(null);
	}

}
