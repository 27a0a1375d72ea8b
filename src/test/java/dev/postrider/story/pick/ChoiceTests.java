package dev.postrider.story.pick;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.postrider.newsletter.PickingRules;
import dev.postrider.newsletter.Quota;
import dev.postrider.newsletter.SlowNews;
import dev.postrider.story.Story;
import dev.postrider.story.StoryKind;
import dev.postrider.story.StoryPicker.Candidate;
import dev.postrider.story.StoryPicker.Pick;
import dev.postrider.story.StoryPicker.Picking;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who is picked, and what is said of the others.
 */
class ChoiceTests {

	private static final String BRIDGE = "Harbour bridge closed after freighter hits pier";

	private static final String DIVERS = "Divers look for cracks, the town expects weeks of detours for lorries and trams.";

	@Test
	void saysOfEachThatMayNotBePickedWhy() {
		Picking picking = Choice.of(facts(Known.story(1).withdrawn(), Known.story(2).banned("ann@news.example"),
				Known.story(3).mailed(Duration.ofDays(3)), Known.story(4).embargo(Known.AT.plusSeconds(3600)),
				Known.story(5).old(Duration.ofMinutes(-30)), Known.story(6).old(Duration.ofHours(80)), Known.story(7),
				Known.story(8).section("Sport"), Known.story(9).section("City"), Known.story(10)),
				Requests.of(PickingRules.DEFAULT, 3, Set.of(7L), List.of(Known.story(10).facts().story()),
						Set.of("city")));
		assertThat(verdicts(picking)).containsEntry(1L, "Withdrawn by its newsroom")
			.containsEntry(2L, "Banned by ann@news.example")
			.containsEntry(3L, "Mailed on 2026-11-20")
			.containsEntry(4L, "Under embargo until 2026-11-23 08:00")
			.containsEntry(5L, "Not published before 2026-11-23 07:30")
			.containsEntry(6L, "Too old: 80 hours, wanted are 72 at most")
			.containsEntry(7L, "Dropped from this edition, or in another one")
			.containsEntry(8L, "Not of the topics wanted")
			.containsEntry(9L, "Picked 1st")
			.containsEntry(10L, "In the edition already");
		assertThat(ids(picking)).containsExactly(9L);
		assertThat(picking.shortage()).contains(
				"Only 1 of 3 stories could be picked; left out: 1 banned, 1 in the edition already, 1 left out of this edition, 1 mailed before, 1 not yet published, 1 of other topics, 1 too old, 1 under embargo, 1 withdrawn.");
	}

	@Test
	void whatWasMailedReturnsOnlyWhenItIsSubstantiallyNew() {
		Picking picking = Choice.of(facts(
				Known.story(1).old(Duration.ofHours(60)).mailed(Duration.ofHours(48)).updated(Duration.ofHours(5)),
				Known.story(2).old(Duration.ofHours(60)).mailed(Duration.ofHours(4)).updated(Duration.ofHours(5)),
				Known.story(3).old(Duration.ofHours(60)).mailed(Duration.ofHours(48))),
				Requests.of(PickingRules.DEFAULT, 3));
		assertThat(ids(picking)).containsExactly(1L);
		assertThat(picking.picks().get(0).reason()).contains("changed since it was mailed on 2026-11-21");
	}

	@Test
	void theSameEventAsOneThatWasMailedIsNoNewsUnlessItIsNewer() {
		Picking picking = Choice.of(
				facts(Known.story(1).says(BRIDGE, DIVERS).old(Duration.ofHours(40)).mailed(Duration.ofHours(24)),
						Known.story(2).says(BRIDGE, DIVERS).old(Duration.ofHours(39)),
						Known.story(3).says(BRIDGE, DIVERS).old(Duration.ofHours(2))),
				Requests.of(PickingRules.DEFAULT, 3));
		assertThat(ids(picking)).containsExactly(3L);
		assertThat(verdicts(picking)).containsEntry(2L,
				"Same event as “Harbour bridge closed after freighter hits pier”, mailed on 2026-11-22");
	}

	@Test
	void oneStoryAnEventAndTheOthersStandBesideIt() {
		Picking picking = Choice.of(
				facts(Known.story(1).says(BRIDGE, DIVERS).front(3), Known.story(2).says(BRIDGE, DIVERS).front(1),
						Known.story(3).front(5), Known.story(4).says(BRIDGE, DIVERS).banned("ann")),
				Requests.of(PickingRules.DEFAULT, 7));
		assertThat(ids(picking)).containsExactly(2L, 3L);
		assertThat(picking.picks().get(0).also()).extracting(Story::id).containsExactly(1L);
		assertThat(verdicts(picking)).containsEntry(1L,
				"Same event as “Harbour bridge closed after freighter hits pier”, picked 1st");
	}

	@Test
	void whatTheEditionHasCountsForEventsAndQuotas() {
		Story bridge = Known.story(1).says(BRIDGE, DIVERS).section("City").facts().story();
		Story podcast = Known.story(2).kind(StoryKind.PODCAST).section("Podcasts").facts().story();
		Picking picking = Choice.of(
				facts(Known.story(3).says(BRIDGE, DIVERS), Known.story(4).kind(StoryKind.PODCAST),
						Known.story(5).section("City"), Known.story(6).section("Sport")),
				Requests.of(rules(Map.of("City", 1), Map.of("PODCAST", new Quota(1, 1))), 5, Set.of(),
						List.of(bridge, podcast), Set.of()));
		assertThat(ids(picking)).containsExactly(6L);
		assertThat(verdicts(picking))
			.containsEntry(3L,
					"Same event as “Harbour bridge closed after freighter hits pier”, which is in the edition")
			.containsEntry(4L, "The edition has its 1 podcast already")
			.containsEntry(5L, "City has its 1 already");
	}

	@Test
	void aKindThatIsWantedGetsItsPlaceAndTheOutdoneIsToldOfIt() {
		Picking picking = Choice.of(
				facts(Known.story(1).front(1), Known.story(2).front(2), Known.story(3).front(3),
						Known.story(4).front(40).kind(StoryKind.FEATURE).says("A life on the river", ""),
						Known.story(5).front(30).kind(StoryKind.OPINION)),
				Requests.of(rules(Map.of(), Map.of("FEATURE", new Quota(1, 1), "OPINION", new Quota(0, 0))), 3));
		assertThat(ids(picking)).containsExactly(1L, 2L, 4L);
		assertThat(verdicts(picking)).containsEntry(3L, "Its place went to the feature “A life on the river”")
			.containsEntry(4L, "Picked 3rd")
			.containsEntry(5L, "The rules want no opinion pieces");
	}

	@Test
	void aWantedKindDoesNotPushItsOwnEventsLeadOut() {
		Picking picking = Choice.of(
				facts(Known.story(1).says(BRIDGE, DIVERS).front(1),
						Known.story(2).says(BRIDGE, DIVERS).front(20).kind(StoryKind.PODCAST),
						Known.story(3).front(25).kind(StoryKind.PODCAST), Known.story(4).front(2)),
				Requests.of(PickingRules.DEFAULT, 3));
		assertThat(ids(picking)).containsExactly(1L, 4L, 3L);
		assertThat(picking.picks().get(0).also()).extracting(Story::id).containsExactly(2L);
	}

	@Test
	void noSectionFillsMoreThanHalfWhileThereIsOtherNews() {
		List<Facts> facts = new ArrayList<>();
		for (int i = 1; i <= 6; i++) {
			facts.add(Known.story(i).section("Sport").front(i).facts());
		}
		facts.add(Known.story(7).section("City").front(20).facts());
		facts.add(Known.story(8).section("Business").front(21).facts());
		Picking four = Choice.of(facts, Requests.of(rules(Map.of(), Map.of()), 4));
		assertThat(ids(four)).containsExactly(1L, 2L, 7L, 8L);
		assertThat(verdicts(four)).containsEntry(3L, "Sport has half of the edition already");
		// With no other news left it may.
		assertThat(ids(Choice.of(facts, Requests.of(rules(Map.of(), Map.of()), 7)))).containsExactly(1L, 2L, 3L, 4L, 5L,
				7L, 8L);
	}

	@Test
	void ofManyThoseFarBehindAreComparedWhenTheyAreWanted() {
		List<Facts> facts = new ArrayList<>();
		for (int i = 1; i <= 2000; i++) {
			facts.add(Known.story(i).section("City").front(1 + i % 40).facts());
		}
		for (int i = 2001; i <= 2003; i++) {
			facts.add(Known.story(i)
				.says(BRIDGE, DIVERS)
				.section("Chess")
				.kind(StoryKind.FEATURE)
				.old(Duration.ofHours(71))
				.front(90)
				.facts());
		}
		PickingRules rules = rules(Map.of(), Map.of("FEATURE", new Quota(2, 2)));
		Picking picking = Choice.of(facts, Requests.of(rules, 5));
		assertThat(picking.picks()).filteredOn((pick) -> pick.story().kind() == StoryKind.FEATURE).hasSize(1);
		assertThat(picking.picks()).hasSize(5);
		assertThat(
				Choice.ofAll(facts, Requests.of(rules, 5), List.of(Set.of("City"), Set.of("Chess"), Set.of("Chess"))))
			.extracting(List::size)
			.containsExactly(5, 1, 1);
	}

	@Test
	void onlyTheSectionsOfATopicSet() {
		Picking picking = Choice.of(
				facts(Known.story(1).section("Sport"), Known.story(2).section("CITY"), Known.story(3)),
				Requests.of(PickingRules.DEFAULT, 5, Set.of(), List.of(), Set.of("City", "Culture")));
		assertThat(ids(picking)).containsExactly(2L);
	}

	@Test
	void nothingIsSaidOfAShortageWhereThereIsNone() {
		Picking picking = Choice.of(facts(Known.story(1), Known.story(2)), Requests.of(PickingRules.DEFAULT, 1));
		assertThat(picking.shortage()).isEmpty();
		assertThat(verdicts(picking)).containsEntry(1L, "Not among the best 1");
		assertThat(Choice.of(List.of(), Requests.of(PickingRules.DEFAULT, 2)).shortage())
			.contains("No story could be picked, wanted are 2: no others came in.");
	}

	private static PickingRules rules(Map<String, Integer> sections, Map<String, Quota> kinds) {
		PickingRules rules = PickingRules.DEFAULT;
		return new PickingRules(rules.weights(), rules.halfLife(), Map.of(), sections, kinds, 0, SlowNews.SKIP);
	}

	private static List<Facts> facts(Known... stories) {
		return Arrays.stream(stories).map(Known::facts).toList();
	}

	private static List<Long> ids(Picking picking) {
		return picking.picks().stream().map(Pick::story).map(Story::id).toList();
	}

	private static Map<Long, String> verdicts(Picking picking) {
		return picking.ranked()
			.stream()
			.collect(java.util.stream.Collectors.toMap((candidate) -> candidate.story().id(), Candidate::verdict));
	}

}
