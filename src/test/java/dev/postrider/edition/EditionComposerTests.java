package dev.postrider.edition;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import dev.postrider.edition.Edition.Pick;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.story.Score;
import dev.postrider.story.Stories;
import dev.postrider.story.Story;
import dev.postrider.story.StoryKind;
import dev.postrider.testing.PostriderTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The newsletter of these tests carries four stories.
 */
@PostriderTest
class EditionComposerTests {

	@Autowired
	private Editions editions;

	@Autowired
	private EditionComposer composer;

	@Autowired
	private Newsletters newsletters;

	@Autowired
	private Stories stories;

	@Autowired
	private JdbcClient jdbc;

	private SampleNewsroom newsroom;

	@BeforeEach
	void newsroom() {
		this.newsroom = new SampleNewsroom(this.jdbc, this.newsletters);
	}

	@Test
	void fillsUpWithTheNewestAndTwiceGivesTheSame() {
		long[] ids = this.newsroom.stories(6);
		Edition composed = compose(open(1));
		assertThat(storyIds(composed)).containsExactly(ids[0], ids[1], ids[2], ids[3]);
		assertThat(composed.picks()).extracting(Pick::position).containsExactly(1, 2, 3, 4);
		assertThat(composed.picks()).allSatisfy((pick) -> assertThat(pick.reason()).isNotBlank());
		assertThat(compose(composed)).isEqualTo(composed);
	}

	@Test
	void subjectTellsTheLeadAndPreheaderTheSecond() {
		this.newsroom.story("Harbour reopens after the storm, but a third of the fleet is still missing its moorings");
		this.newsroom.story("Council keeps the night buses");
		Edition composed = compose(open(1));
		assertThat(composed.subject()).isEqualTo("Harbour reopens after the storm, but a third of the fleet is still…");
		assertThat(composed.preheader()).isEqualTo("Council keeps the night buses");
	}

	@Test
	void thePreheaderIsNeverTheSubjectAgain() {
		this.newsroom.story("Storm");
		Edition edition = compose(open(1));
		// Nobody but an editor puts two of one event into an edition.
		long second = this.newsroom.story("Storm", "The wind turned at noon.", null, StoryKind.NEWS);
		assertThat(this.composer.add(edition.id(), second).preheader()).isEqualTo("The wind turned at noon.");
	}

	@Test
	void anEditorsSubjectStaysAndTheOtherWordsFollowTheStories() {
		long[] ids = this.newsroom.stories(5);
		Edition edition = compose(open(1));
		this.composer.describe(edition.id(), "Written by hand", edition.preheader(), " Good morning.\n\nRead on. ");
		Edition dropped = this.composer.drop(edition.id(), ids[1]);
		assertThat(dropped.subject()).isEqualTo("Written by hand");
		assertThat(dropped.preheader()).isEqualTo(SampleNewsroom.headline(3));
		assertThat(dropped.intro()).isEqualTo("Good morning.\n\nRead on.");
		assertThat(compose(dropped).subject()).isEqualTo("Written by hand");
	}

	@Test
	void droppingTheLeadMakesTheNextOneTheSubject() {
		long[] ids = this.newsroom.stories(3);
		Edition edition = compose(open(1));
		assertThat(this.composer.drop(edition.id(), ids[0]).subject()).isEqualTo(SampleNewsroom.headline(2));
	}

	@Test
	void wordsMustBeOneLineEach() {
		Edition edition = open(1);
		assertThatExceptionOfType(EditionException.class)
			.isThrownBy(() -> this.composer.describe(edition.id(), " \r\n", "", null))
			.withMessageContaining("subject is blank");
		assertThatExceptionOfType(EditionException.class)
			.isThrownBy(() -> this.composer.describe(edition.id(), "x".repeat(251), "", null))
			.withMessageContaining("251 characters");
		assertThat(this.composer.describe(edition.id(), "Storm\r\nBcc: x@y.example", "", null).subject())
			.isEqualTo("Storm Bcc: x@y.example");
	}

	@Test
	void droppedStoriesDoNotReturnUnlessAddedAgain() {
		long[] ids = this.newsroom.stories(6);
		Edition edition = compose(open(1));
		this.composer.drop(edition.id(), ids[1]);
		assertThat(storyIds(compose(edition))).containsExactly(ids[0], ids[2], ids[3], ids[4]);
		this.composer.drop(edition.id(), ids[1]);
		Edition added = this.composer.add(edition.id(), ids[1]);
		assertThat(storyIds(added)).containsExactly(ids[0], ids[2], ids[3], ids[4], ids[1]);
		assertThat(storyIds(compose(added))).contains(ids[1]).hasSize(4);
	}

	@Test
	void bannedStoriesGoEvenWhenPinned() {
		long[] ids = this.newsroom.stories(6);
		Edition edition = compose(open(1));
		this.composer.pin(edition.id(), ids[0], true);
		this.stories.ban(this.newsroom.newsletter().id(), ids[0], "ada@news.example");
		assertThat(storyIds(compose(edition))).containsExactly(ids[1], ids[2], ids[3], ids[4]);
		assertThatExceptionOfType(EditionException.class).isThrownBy(() -> this.composer.add(edition.id(), ids[0]))
			.withMessageContaining("banned");
	}

	@Test
	void pinnedAndRewrittenStoriesKeepTheirPlacesWhenNewsComesIn() {
		long[] ids = this.newsroom.stories(4);
		Edition edition = compose(open(1));
		this.composer.pin(edition.id(), ids[0], true);
		this.composer.rewrite(edition.id(), ids[2], "In our words", null);
		long breaking = this.newsroom.story("Breaking");
		this.newsroom.set(breaking, "published_at", this.newsroom.due().minus(Duration.ofMinutes(1)));
		Edition composed = compose(edition);
		assertThat(storyIds(composed)).containsExactly(ids[0], breaking, ids[2], ids[1]);
		assertThat(composed.picks().get(2).headline()).isEqualTo("In our words");
		assertThat(composed.preheader()).isEqualTo("Breaking");
		assertThat(compose(composed)).isEqualTo(composed);
	}

	@Test
	void morePinnedThanTheNewsletterCarriesAllStay() {
		long[] ids = this.newsroom.stories(6);
		Edition edition = open(1);
		for (long id : ids) {
			this.composer.add(edition.id(), id);
		}
		assertThat(storyIds(compose(edition))).containsExactly(box(ids));
	}

	@Test
	void anEditorsOrderIsKeptAndNewStoriesComeLast() {
		long[] ids = this.newsroom.stories(4);
		Edition edition = compose(open(1));
		Edition ordered = this.composer.reorder(edition.id(), List.of(ids[3], ids[1], ids[0], ids[2]));
		assertThat(ordered.subject()).isEqualTo(SampleNewsroom.headline(4));
		assertThat(compose(ordered)).isEqualTo(ordered);
		this.newsroom.set(ids[1], "withdrawn_at", this.newsroom.due());
		long late = this.newsroom.story("Late");
		assertThat(storyIds(compose(ordered))).containsExactly(ids[3], ids[0], ids[2], late);
	}

	@Test
	void anOrderMustNameTheEditionsStories() {
		long[] ids = this.newsroom.stories(3);
		Edition edition = compose(open(1));
		for (List<Long> wrong : List.of(List.of(ids[0]), List.of(ids[0], ids[0], ids[1]),
				List.of(ids[0], ids[1], ids[2], 77L))) {
			assertThatExceptionOfType(EditionException.class)
				.isThrownBy(() -> this.composer.reorder(edition.id(), wrong))
				.withMessageContaining("load it again");
		}
	}

	@Test
	void whatAnEarlierEditionCarriedIsNotPickedAgain() {
		long[] ids = this.newsroom.stories(9);
		compose(open(1));
		Edition second = compose(open(2));
		assertThat(storyIds(second)).containsExactly(ids[4], ids[5], ids[6], ids[7]);
		// An editor may: it is pinned then.
		this.composer.add(second.id(), ids[0]);
		assertThat(storyIds(compose(second))).contains(ids[0]);
	}

	@Test
	void editionsThatNeverWentOutCarriedNothing() {
		long[] ids = this.newsroom.stories(4);
		int number = 0;
		for (EditionStatus status : List.of(EditionStatus.CANCELLED, EditionStatus.SKIPPED, EditionStatus.MISSED)) {
			Edition edition = compose(open(++number));
			assertThat(storyIds(edition)).containsExactly(box(ids));
			this.editions.changeStatus(edition.id(), status, "test");
		}
	}

	@Test
	void whatALaterNumberHasAlreadySentIsNotPickedAgain() {
		long[] ids = this.newsroom.stories(8);
		Edition first = open(1);
		Edition extra = compose(open(2));
		this.editions.approve(extra.id(), "ada@news.example");
		this.editions.changeStatus(extra.id(), EditionStatus.SENDING, null);
		assertThat(storyIds(compose(first))).containsExactly(ids[4], ids[5], ids[6], ids[7]);
	}

	@Test
	void withdrawnAndEmbargoedStoriesAreNeverMailed() {
		long[] ids = this.newsroom.stories(6);
		Edition edition = compose(open(1));
		this.composer.pin(edition.id(), ids[0], true);
		this.newsroom.set(ids[0], "withdrawn_at", this.newsroom.due());
		this.newsroom.set(ids[1], "embargo_until", this.newsroom.due().plusSeconds(1));
		assertThat(storyIds(compose(edition))).containsExactly(ids[2], ids[3], ids[4], ids[5]);
		assertThatExceptionOfType(EditionException.class).isThrownBy(() -> this.composer.add(edition.id(), ids[0]))
			.withMessageContaining("withdrawn");
		assertThatExceptionOfType(EditionException.class).isThrownBy(() -> this.composer.add(edition.id(), ids[1]))
			.withMessageContaining("embargo");
	}

	@Test
	void whatWasApprovedIsWhatGoesOut() {
		long[] ids = this.newsroom.stories(4);
		Edition edition = compose(open(1));
		this.editions.approve(edition.id(), "ada@news.example");
		long breaking = this.newsroom.story("Breaking");
		this.newsroom.set(breaking, "published_at", this.newsroom.due().minus(Duration.ofMinutes(1)));
		this.newsroom.set(ids[2], "withdrawn_at", this.newsroom.due());
		assertThat(storyIds(compose(edition))).containsExactly(ids[0], ids[1], ids[3]);
	}

	@Test
	void rewritingWithTheStorysOwnWordsTakesTheRewritingBack() {
		long[] ids = this.newsroom.stories(1);
		Edition edition = compose(open(1));
		Edition rewritten = this.composer.rewrite(edition.id(), ids[0], "Ours", "Our summary");
		assertThat(rewritten.picks().get(0).summary()).isEqualTo("Our summary");
		assertThat(rewritten.subject()).isEqualTo("Ours");
		Edition back = this.composer.rewrite(edition.id(), ids[0], SampleNewsroom.headline(1), " ");
		assertThat(back.picks().get(0).rewrittenHeadline()).isNull();
		assertThat(back.picks().get(0).rewrittenSummary()).isNull();
	}

	@Test
	void everyChangeRaisesTheVersionAndNoChangeDoesNot() {
		long[] ids = this.newsroom.stories(2);
		Edition edition = compose(open(1));
		assertThat(edition.version()).isEqualTo(1);
		assertThat(this.composer.pin(edition.id(), ids[0], true).version()).isEqualTo(2);
		assertThat(this.composer.pin(edition.id(), ids[0], true).version()).isEqualTo(2);
		assertThat(this.composer.describe(edition.id(), "Ours", "", null).version()).isEqualTo(3);
	}

	@Test
	void whatIsBeingSentIsNotChanged() {
		long[] ids = this.newsroom.stories(2);
		Edition edition = compose(open(1));
		this.editions.approve(edition.id(), "schedule");
		this.editions.changeStatus(edition.id(), EditionStatus.SENDING, null);
		assertThatExceptionOfType(EditionException.class).isThrownBy(() -> this.composer.drop(edition.id(), ids[0]))
			.withMessageContaining(edition.label() + " is SENDING");
	}

	@Test
	void keepsWhyAStoryWasPickedAndWhatElseTellsOfIt() {
		String summary = "Divers look for cracks, the town expects weeks of detours for lorries and trams.";
		long lead = this.newsroom.story("Harbour bridge closed after freighter hits pier", summary, null,
				StoryKind.NEWS);
		long other = this.newsroom.story("Closed harbour bridge: freighter hits pier after", summary, null,
				StoryKind.NEWS);
		Edition edition = compose(open(1));
		Pick pick = edition.picks().get(0);
		assertThat(pick.story().id()).isEqualTo(lead);
		assertThat(pick.also()).extracting(Story::id).containsExactly(other);
		assertThat(pick.score().parts()).extracting(Score.Part::name).contains("position", "recency", "engagement");
		assertThat(pick.score().total()).isPositive();
		assertThat(compose(edition)).isEqualTo(edition);
		// What may not be mailed is not mailed beside another either.
		this.newsroom.set(other, "withdrawn_at", this.newsroom.due());
		this.composer.pin(edition.id(), lead, true);
		assertThat(compose(edition).picks().get(0).also()).isEmpty();
	}

	@Test
	void aStoryAddedByHandIsNoOthersAlso() {
		String summary = "Divers look for cracks, the town expects weeks of detours for lorries and trams.";
		this.newsroom.story("Harbour bridge closed after freighter hits pier", summary, null, StoryKind.NEWS);
		long other = this.newsroom.story("Closed harbour bridge: freighter hits pier after", summary, null,
				StoryKind.NEWS);
		Edition added = this.composer.add(compose(open(1)).id(), other);
		assertThat(storyIds(added)).hasSize(2).contains(other);
		assertThat(added.picks()).allSatisfy((pick) -> assertThat(pick.also()).isEmpty());
	}

	@Test
	void whatWasMailedComesAgainOnlyWhenSubstantiallyUpdatedSince() {
		long[] ids = this.newsroom.stories(2);
		Edition first = compose(open(1));
		this.editions.approve(first.id(), "ada@news.example");
		Instant begun = this.editions.changeStatus(first.id(), EditionStatus.SENDING, null).startedAt();
		assertThat(compose(open(2)).picks()).isEmpty();
		this.newsroom.set(ids[1], "substantially_changed_at", begun.plusMillis(1));
		Edition second = compose(open(2));
		assertThat(storyIds(second)).containsExactly(ids[1]);
		assertThat(second.picks().get(0).reason()).contains("changed since it was mailed on");
	}

	/** Whatever editors do, in whatever order: pins stay, bans and drops are kept. */
	@Test
	void pinsBansAndDropsAreHonouredAlways() {
		Random random = new Random(11);
		long[] ids = this.newsroom.stories(14);
		Edition edition = compose(open(1));
		Set<Long> pinned = new HashSet<>();
		Set<Long> out = new HashSet<>();
		for (int i = 0; i < 40; i++) {
			long id = ids[random.nextInt(ids.length)];
			switch (random.nextInt(4)) {
				case 0 -> {
					if (!out.contains(id)) {
						this.composer.add(edition.id(), id);
						pinned.add(id);
					}
				}
				case 1 -> {
					if (out.size() < 6 && storyIds(edition).contains(id)) {
						this.composer.drop(edition.id(), id);
						pinned.remove(id);
						out.add(id);
					}
				}
				case 2 -> {
					if (out.size() < 6) {
						this.stories.ban(this.newsroom.newsletter().id(), id, "ada@news.example");
						pinned.remove(id);
						out.add(id);
					}
				}
				default -> {
					if (pinned.size() > 3) {
						long one = pinned.iterator().next();
						this.composer.pin(edition.id(), one, false);
						pinned.remove(one);
					}
				}
			}
			edition = compose(edition);
			assertThat(storyIds(edition)).containsAll(pinned)
				.doesNotContainAnyElementsOf(out.isEmpty() ? List.of(-1L) : out)
				.doesNotHaveDuplicates()
				.hasSize(Math.max(4, pinned.size()));
		}
		assertThat(out).hasSize(6);
	}

	private Edition open(int number) {
		return this.editions.open(this.newsroom.newsletter(), this.newsroom.date(), number, this.newsroom.due());
	}

	private Edition compose(Edition edition) {
		return this.composer.compose(edition.id(), this.newsroom.newsletter());
	}

	private static List<Long> storyIds(Edition edition) {
		return edition.picks().stream().map((pick) -> pick.story().id()).toList();
	}

	private static Long[] box(long[] ids) {
		return java.util.Arrays.stream(ids).boxed().toArray(Long[]::new);
	}

}
