package dev.postrider.story;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.newsletter.PickingRules;
import dev.postrider.story.ingest.IncomingStory;
import dev.postrider.story.ingest.StoryWriter;
import dev.postrider.testing.PostriderTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Picking and finding stories, in a year that no other test knows; each test in a week of
 * its own.
 */
@PostriderTest
class StoryPickerTests {

	private static int week;

	@Autowired
	private StoryPicker picker;

	@Autowired
	private Stories stories;

	@Autowired
	private StoryWriter writer;

	@Autowired
	private Newsletters newsletters;

	@Autowired
	private Clock clock;

	@Autowired
	private JdbcClient jdbc;

	private final String id = UUID.randomUUID().toString();

	private Newsletter newsletter;

	private Instant now;

	@BeforeEach
	void anotherWeek() {
		this.newsletter = this.newsletters.find("highlights").orElseThrow();
		this.now = Instant.parse("2031-01-06T06:00:00Z").plus(Duration.ofDays(7L * week++));
	}

	@Test
	void newestFirstWithinTheWindowAndNotFromTheFuture() {
		story("old", StoryKind.NEWS, Duration.ofHours(73));
		story("third", StoryKind.NEWS, Duration.ofHours(71));
		story("first", StoryKind.NEWS, Duration.ZERO);
		story("second", StoryKind.NEWS, Duration.ofHours(3));
		story("future", StoryKind.NEWS, Duration.ofHours(-1));
		assertThat(pick(7)).containsExactly("first", "second", "third");
		assertThat(pick(2)).containsExactly("first", "second");
		assertThat(pick(0)).isEmpty();
	}

	@Test
	void saysWhy() {
		story("now", StoryKind.NEWS, Duration.ofSeconds(20));
		story("minutes", StoryKind.OPINION, Duration.ofMinutes(1));
		story("hours", StoryKind.NEWS, Duration.ofHours(3));
		story("days", StoryKind.PODCAST, Duration.ofHours(49));
		assertThat(this.picker.pick(request(7, Set.of())).picks()).extracting(StoryPicker.Pick::reason)
			.containsExactly("Just published, in Business", "Opinion piece, 1 minute old, in Business",
					"3 hours old, in Business", "Podcast, 2 days old, in Business");
	}

	@Test
	void noneThatIsUnderEmbargoWithdrawnBannedOrExcluded() {
		Instant at = this.now.minusSeconds(60);
		write(incoming("embargoed", StoryKind.NEWS, at, this.now.plusSeconds(1), false));
		write(incoming("released", StoryKind.NEWS, at, this.now, false));
		write(incoming("withdrawn", StoryKind.NEWS, at, null, true));
		story("banned", StoryKind.NEWS, Duration.ofHours(1));
		story("excluded", StoryKind.NEWS, Duration.ofHours(2));
		story("good", StoryKind.NEWS, Duration.ofHours(3));
		long banned = found("banned").id();
		this.stories.ban(this.newsletter.id(), banned, "ann@news.example");
		this.stories.ban(this.newsletter.id(), banned, "bob@news.example");
		assertThat(headlines(this.picker.pick(request(7, Set.of(found("excluded").id(), -1L))).picks()))
			.containsExactly("released", "good");
		this.stories.unban(this.newsletter.id(), banned);
		assertThat(pick(7)).containsExactly("released", "banned", "excluded", "good");
	}

	@Test
	void oneFeatureAndOnePodcastUnlessTheRulesSayOtherwise() {
		for (int i = 0; i < 3; i++) {
			story("podcast " + i, StoryKind.PODCAST, Duration.ofHours(i));
			story("feature " + i, StoryKind.FEATURE, Duration.ofHours(i).plusMinutes(1));
			story("news " + i, StoryKind.NEWS, Duration.ofHours(i).plusMinutes(2));
		}
		assertThat(pick(5)).containsExactly("podcast 0", "feature 0", "news 0", "news 1", "news 2");
		StoryPicker.Picking six = this.picker.pick(request(6, Set.of()));
		assertThat(six.picks()).hasSize(5);
		assertThat(six.shortage()).hasValueSatisfying((words) -> assertThat(words)
			.isEqualTo("Only 5 of 6 stories could be picked; left out: 4 over the limit of a kind."));
		// The one that was excluded does not use up the place.
		assertThat(headlines(this.picker.pick(request(2, Set.of(found("podcast 0").id()))).picks()))
			.containsExactly("feature 0", "podcast 1");
	}

	@Test
	void whatIsStoredOfAStoryCounts() {
		story("plain", StoryKind.NEWS, Duration.ofHours(2));
		story("read", StoryKind.NEWS, Duration.ofHours(3));
		story("pushed", StoryKind.NEWS, Duration.ofHours(4));
		this.jdbc
			.sql("INSERT INTO story_boost (newsletter_id, story_id, boost, set_by, set_at) VALUES (?, ?, 5, 'ann', ?)")
			.params(this.newsletter.id(), found("pushed").id(), this.now.minusSeconds(60))
			.update();
		for (String headline : List.of("read", "plain")) {
			this.jdbc.sql(
					"INSERT INTO story_engagement (story_id, views, comments, shares, updated_at) VALUES (?, ?, 40, 2, ?)")
				.params(found(headline).id(), headline.equals("read") ? 9000 : 10, this.now.minusSeconds(60))
				.update();
		}
		StoryPicker.Picking picking = this.picker.pick(request(7, Set.of()));
		assertThat(headlines(picking.picks())).containsExactly("pushed", "read", "plain");
		assertThat(picking.picks()).extracting(StoryPicker.Pick::reason)
			.containsExactly("4 hours old, pushed up by an editor", "3 hours old, most read in Business",
					"2 hours old, in Business");
	}

	@Test
	void placesInFeedsCountUntilTheStoryHasLeft() {
		long home = source("The Courier", null);
		long coast = source("The Coast", "Coast");
		IncomingStory first = incoming("first", StoryKind.NEWS, this.now.minusSeconds(7200), null, false, 1);
		IncomingStory second = incoming("second", StoryKind.NEWS, this.now.minusSeconds(7200), null, false, 2);
		this.writer.write(List.of(first, second), home);
		this.writer.write(List.of(incoming("second", StoryKind.NEWS, this.now.minusSeconds(7200), null, false, 5)),
				coast);
		assertThat(this.picker.pick(request(7, Set.of())).picks()).extracting(StoryPicker.Pick::reason)
			.containsExactly("2nd on the front page, 2 hours old, in 2 sources", "1st on the front page, 2 hours old");
		this.writer.write(List.of(first), home);
		assertThat(this.picker.pick(request(7, Set.of())).picks()).extracting(StoryPicker.Pick::reason)
			.containsExactly("1st on the front page, 2 hours old", "5th in the Coast feed, 2 hours old, in 2 sources");
		this.writer.write(List.of(first, second), home);
		assertThat(this.picker.pick(request(7, Set.of())).picks()).extracting(StoryPicker.Pick::reason)
			.contains("2nd on the front page, 2 hours old, in 2 sources");
	}

	@Test
	void aReplayKnowsOnlyWhatWasKnownThen() {
		story("known", StoryKind.NEWS, Duration.ofHours(3));
		story("late", StoryKind.NEWS, Duration.ofHours(2));
		story("banned since", StoryKind.NEWS, Duration.ofHours(4));
		story("withdrawn since", StoryKind.NEWS, Duration.ofHours(5));
		long known = found("known").id();
		long late = found("late").id();
		long banned = found("banned since").id();
		long withdrawn = found("withdrawn since").id();
		Instant since = this.now.plusSeconds(3600);
		this.jdbc.sql("UPDATE story SET first_seen_at = ? WHERE id = ?").params(since, late).update();
		this.jdbc.sql("UPDATE story SET withdrawn_at = ? WHERE id = ?").params(since, withdrawn).update();
		this.jdbc.sql("INSERT INTO story_ban (newsletter_id, story_id, banned_by, banned_at) VALUES (?, ?, 'ann', ?)")
			.params(this.newsletter.id(), banned, since)
			.update();
		this.jdbc
			.sql("INSERT INTO story_boost (newsletter_id, story_id, boost, set_by, set_at) VALUES (?, ?, 9, 'ann', ?)")
			.params(this.newsletter.id(), withdrawn, since)
			.update();
		this.jdbc.sql("""
				INSERT INTO story_history (story_id, at, headline, summary, changed, substantial)
				VALUES (?, ?, 'as it was', 'then', 'headline', FALSE)
				""").params(known, since).update();
		assertThat(headlines(this.picker.pick(request(7, Set.of())).picks())).containsExactly("late", "known");
		assertThat(headlines(this.picker.replay(request(7, Set.of())).picks())).containsExactly("as it was",
				"banned since", "withdrawn since");
	}

	@Test
	void sameMomentSameOrder() {
		List<IncomingStory> all = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			all.add(incoming("story " + i, StoryKind.NEWS, this.now.minusSeconds(60), null, false));
		}
		this.writer.write(all, null);
		List<String> once = pick(10);
		assertThat(once).hasSize(10);
		for (int i = 0; i < 5; i++) {
			assertThat(pick(10)).isEqualTo(once);
		}
	}

	@Test
	void searchFindsWordsAndTakesThemAsTheyAre() {
		story("100% of it_all " + this.id, StoryKind.NEWS, Duration.ofHours(1));
		story("1000 of itsall " + this.id, StoryKind.NEWS, Duration.ofHours(2));
		assertThat(this.stories.search(this.newsletter, "100% it_all " + this.id, 10)).hasSize(1);
		assertThat(this.stories.search(this.newsletter, this.id, 10)).hasSize(2);
		assertThat(this.stories.search(this.newsletter, this.id, 1)).extracting(Story::headline)
			.containsExactly("100% of it_all " + this.id);
		assertThat(this.stories.search(this.newsletter, " ", 3)).hasSize(3);
	}

	@Test
	void severalInTheOrderAskedFor() {
		story("one", StoryKind.NEWS, Duration.ofHours(1));
		story("two", StoryKind.NEWS, Duration.ofHours(2));
		long one = found("one").id();
		long two = found("two").id();
		assertThat(this.stories.findAll(List.of(two, -5L, one))).extracting(Story::id).containsExactly(two, one);
		assertThat(this.stories.findAll(List.of())).isEmpty();
		assertThat(this.stories.find(-5)).isEmpty();
	}

	private void story(String headline, StoryKind kind, Duration age) {
		write(incoming(headline, kind, this.now.minus(age), null, false));
	}

	private void write(IncomingStory story) {
		this.writer.write(List.of(story), null);
	}

	private long source(String name, String section) {
		String url = "https://feeds.example/" + UUID.randomUUID();
		this.jdbc.sql("""
				INSERT INTO source (url, url_hash, name, section, next_poll_at, created_at)
				VALUES (:url, UNHEX(SHA2(:url, 256)), :name, :section, '2199-01-01', :now)
				""")
			.param("url", url)
			.param("name", name)
			.param("section", section)
			.param("now", this.clock.instant())
			.update();
		return this.jdbc.sql("SELECT id FROM source WHERE url = ?").param(url).query(Long.class).single();
	}

	private IncomingStory incoming(String headline, StoryKind kind, Instant published, Instant embargo,
			boolean withdrawn) {
		return incoming(headline, kind, published, embargo, withdrawn, null);
	}

	private IncomingStory incoming(String headline, StoryKind kind, Instant published, Instant embargo,
			boolean withdrawn, Integer position) {
		return new IncomingStory("https://news.example/" + this.id + "/" + headline.hashCode(), headline, "", "",
				"Business", List.of(), null, kind, "en", null, null, List.of(), published, embargo, withdrawn,
				position);
	}

	private Story found(String headline) {
		return this.picker.pick(request(50, Set.of()))
			.picks()
			.stream()
			.map(StoryPicker.Pick::story)
			.filter((story) -> story.headline().equals(headline))
			.findFirst()
			.orElseThrow();
	}

	private List<String> pick(int count) {
		return headlines(this.picker.pick(request(count, Set.of())).picks());
	}

	private static List<String> headlines(List<StoryPicker.Pick> picks) {
		return picks.stream().map((pick) -> pick.story().headline()).toList();
	}

	private StoryPicker.Request request(int count, Set<Long> without) {
		return new StoryPicker.Request(this.newsletter, PickingRules.DEFAULT, this.now, count, without, List.of(),
				Set.of());
	}

}
