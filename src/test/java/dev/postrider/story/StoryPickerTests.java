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

	private IncomingStory incoming(String headline, StoryKind kind, Instant published, Instant embargo,
			boolean withdrawn) {
		return new IncomingStory("https://news.example/" + this.id + "/" + headline.hashCode(), headline, "", "",
				"Business", List.of(), null, kind, "en", null, null, List.of(), published, embargo, withdrawn, null);
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
