package dev.postrider.edition;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.newsletter.PickingRules;
import dev.postrider.newsletter.PublicationCalendar;
import dev.postrider.newsletter.SlowNews;
import dev.postrider.run.Run;
import dev.postrider.run.RunHistory;
import dev.postrider.run.RunLauncher;
import dev.postrider.story.StoryKind;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What becomes of an edition on a day with little news. The newsletter of these tests
 * carries four stories and wants three.
 */
@PostriderTest
class SlowNewsTests {

	@Autowired
	private Editions editions;

	@Autowired
	private EditionComposer composer;

	@Autowired
	private SlowDays slowDays;

	@Autowired
	private TopicVariants variants;

	@Autowired
	private Newsletters newsletters;

	@Autowired
	private RunLauncher runs;

	@Autowired
	private RunHistory history;

	@Autowired
	private TestClock clock;

	@Autowired
	private JdbcClient jdbc;

	private SampleNewsroom newsroom;

	@BeforeEach
	void newsroom() {
		this.newsroom = new SampleNewsroom(this.jdbc, this.newsletters);
		this.clock.set(this.newsroom.due());
	}

	@AfterEach
	void resetClock() {
		this.clock.reset();
	}

	@Test
	void skipDoesNotSendAndSaysWhy() {
		rule(SlowNews.SKIP);
		this.newsroom.stories(2);
		Edition edition = digest(this.newsroom.date());
		assertThat(edition.status()).isEqualTo(EditionStatus.SKIPPED);
		assertThat(edition.statusReason())
			.isEqualTo("Only 2 of at least 3 stories: by the newsletter's rule it is not sent then");
	}

	@Test
	void enoughNewsIsSentWhateverTheRule() {
		for (SlowNews rule : SlowNews.values()) {
			newsroom();
			rule(rule);
			this.newsroom.stories(3);
			Edition edition = digest(this.newsroom.date());
			assertThat(edition.status()).as(rule.name()).isEqualTo(EditionStatus.SENT);
			assertThat(edition.picks()).hasSize(3);
			assertThat(this.slowDays.stored(edition.id())).isEmpty();
		}
	}

	@Test
	void whatAnEditorApprovedIsSentHoweverShortItIs() {
		rule(SlowNews.SKIP);
		this.newsroom.stories(2);
		Edition edition = compose(this.newsroom.date());
		assertThat(this.slowDays.of(edition)).get()
			.extracting(SlowDay::words)
			.isEqualTo("would have 2 of at least 3 stories: it would be skipped");
		assertThat(this.slowDays.of(this.editions.approve(edition.id(), "ada@news.example"))).isEmpty();
		assertThat(digest(this.newsroom.date()).status()).isEqualTo(EditionStatus.SENT);
	}

	@Test
	void aStoryAddedByHandEndsTheShortage() {
		rule(SlowNews.SKIP);
		this.newsroom.stories(2);
		Edition edition = compose(this.newsroom.date());
		long old = this.newsroom.story("Older than the window");
		this.newsroom.set(old, "published_at", this.newsroom.due().minus(Duration.ofDays(30)));
		assertThat(this.slowDays.of(this.composer.add(edition.id(), old))).isEmpty();
		assertThat(digest(this.newsroom.date()).status()).isEqualTo(EditionStatus.SENT);
	}

	@Test
	void mergeSkipsAndTheNextEditionReachesBackToTheLastThatWasSent() {
		rule(SlowNews.MERGE);
		LocalDate monday = this.newsroom.date();
		long sent = this.newsroom.stories(3)[0];
		assertThat(digest(monday).status()).isEqualTo(EditionStatus.SENT);
		// After Monday's edition, and out of Friday's window.
		long[] merged = this.newsroom.stories(2);
		publishAll(merged, this.newsroom.due().plus(Duration.ofHours(30)));
		this.clock.set(this.newsroom.due().plus(Duration.ofDays(2)));
		Edition wednesday = digest(monday.plusDays(2));
		assertThat(wednesday.status()).isEqualTo(EditionStatus.SKIPPED);
		assertThat(wednesday.statusReason()).isEqualTo("Only 2 of at least 3 stories: they go into the next edition");

		long late = this.newsroom.story("Fresh on Friday");
		publishAll(new long[] { late }, this.newsroom.due().plus(Duration.ofHours(95)));
		this.clock.set(this.newsroom.due().plus(Duration.ofDays(4)));
		Edition friday = digest(monday.plusDays(4));
		assertThat(friday.status()).isEqualTo(EditionStatus.SENT);
		assertThat(ids(friday)).containsExactlyInAnyOrder(merged[0], merged[1], late).doesNotContain(sent);
	}

	@Test
	void widenReachesBackInStepsUntilThereAreEnough() {
		rule(SlowNews.WIDEN);
		Duration window = this.newsroom.newsletter().storyWindow();
		long[] fresh = this.newsroom.stories(2);
		long older = this.newsroom.story("Just out of the window");
		publishAll(new long[] { older }, this.newsroom.due().minus(window).minus(Duration.ofHours(5)));
		long oldest = this.newsroom.story("A step further");
		publishAll(new long[] { oldest }, this.newsroom.due().minus(window.multipliedBy(2)).minus(Duration.ofHours(5)));
		Edition edition = compose(this.newsroom.date());
		assertThat(ids(edition)).containsExactlyInAnyOrder(fresh[0], fresh[1], older);
		SlowDay day = this.slowDays.of(edition).orElseThrow();
		assertThat(day.found()).isEqualTo(2);
		assertThat(day.reach()).isEqualTo(window.multipliedBy(2));
		assertThat(day.words()).startsWith("would have 2 of at least 3 stories: reaching back ").endsWith(" it has 3");
		assertThat(digest(this.newsroom.date()).status()).isEqualTo(EditionStatus.SENT);
	}

	@Test
	void readersOfTopicsGetStoriesFromAsFarBack() {
		rule(SlowNews.WIDEN);
		Duration window = this.newsroom.newsletter().storyWindow();
		this.newsroom.stories(2);
		long sport = this.newsroom.story("Rowers win twice", "At the lake.", "Sport", StoryKind.NEWS);
		publishAll(new long[] { sport }, this.newsroom.due().minus(window).minus(Duration.ofHours(5)));
		Edition edition = digest(this.newsroom.date());
		assertThat(ids(edition)).contains(sport);
		int variant = this.variants.choose(edition.id(), List.of(Topics.of("Sport"))).get(Topics.of("Sport"));
		assertThat(this.variants.groups(edition)).filteredOn((group) -> group.variant() == variant)
			.singleElement()
			.satisfies((group) -> assertThat(group.picks()).extracting((pick) -> pick.story().id())
				.containsExactly(sport));
	}

	@Test
	void widenEndsAtItsLimitAndSendsWhatThereIs() {
		rule(SlowNews.WIDEN);
		long story = this.newsroom.stories(1)[0];
		long tooOld = this.newsroom.story("Eleven days old");
		publishAll(new long[] { tooOld }, this.newsroom.due().minus(Duration.ofDays(11)));
		Edition edition = digest(this.newsroom.date());
		assertThat(edition.status()).isEqualTo(EditionStatus.SENT);
		assertThat(ids(edition)).containsExactly(story);
		assertThat(this.slowDays.stored(edition.id()).orElseThrow().words())
			.isEqualTo("would have 1 of at least 3 stories: reaching back 10 days it has 1 and goes out with these");
	}

	@Test
	void evergreenFillsUpToTheMinimumWithWhatReadersHaveNotHad() {
		rule(SlowNews.EVERGREEN);
		long[] fresh = this.newsroom.stories(2);
		long evergreen = evergreen("How the tide tables are made", 400);
		long another = evergreen("Why gulls stand on one leg", 300);
		Edition edition = digest(this.newsroom.date());
		assertThat(edition.status()).isEqualTo(EditionStatus.SENT);
		assertThat(ids(edition)).contains(fresh[0], fresh[1]).hasSize(3);
		assertThat(edition.picks().get(2).reason()).contains("little news");
		assertThat(ids(edition).get(2)).isEqualTo(another);

		this.clock.set(this.newsroom.due().plus(Duration.ofDays(2)));
		Edition next = digest(this.newsroom.date().plusDays(2));
		assertThat(ids(next)).contains(evergreen).doesNotContain(another);
	}

	@Test
	void extraEditionsAreAsShortAsTheirEditorWants() {
		rule(SlowNews.SKIP);
		this.newsroom.stories(1);
		Newsletter newsletter = this.newsroom.newsletter();
		Edition extra = this.editions.open(newsletter, this.newsroom.date(), 2, this.newsroom.due());
		assertThat(this.slowDays.of(this.composer.compose(extra.id(), newsletter))).isEmpty();
	}

	private void rule(SlowNews rule) {
		PickingRules rules = PickingRules.DEFAULT;
		this.newsletters.changeRules(this.newsroom.newsletter().id(),
				new PickingRules(rules.weights(), rules.halfLife(), Map.of(), Map.of(), Map.of(), 3, rule));
	}

	private long evergreen(String headline, int days) {
		long id = this.newsroom.story(headline);
		this.newsroom.set(id, "tags", "birds,Evergreen");
		publishAll(new long[] { id }, this.newsroom.due().minus(Duration.ofDays(days)));
		return id;
	}

	private void publishAll(long[] ids, Instant at) {
		for (long id : ids) {
			this.newsroom.set(id, "published_at", at);
		}
	}

	private Edition compose(LocalDate date) {
		Newsletter newsletter = this.newsroom.newsletter();
		Instant due = PublicationCalendar.slot(newsletter, date).dueAt();
		return this.composer.compose(this.editions.open(newsletter, date, 1, due).id(), newsletter);
	}

	/** Runs the digest job as the schedule does. */
	private Edition digest(LocalDate date) {
		String slug = this.newsroom.newsletter().slug();
		long id = this.runs.start("digest", Map.of("newsletter", slug, "date", date.toString(), "number", "1"),
				"schedule");
		await().atMost(Duration.ofSeconds(30))
			.until(() -> this.history.find(id).filter((run) -> !run.isRunning()).isPresent());
		assertThat(this.history.find(id)).get().extracting(Run::status).hasToString("COMPLETED");
		return this.editions.find(this.newsroom.newsletter().id(), date, 1).orElseThrow();
	}

	private static List<Long> ids(Edition edition) {
		return edition.picks().stream().map((pick) -> pick.story().id()).toList();
	}

}
