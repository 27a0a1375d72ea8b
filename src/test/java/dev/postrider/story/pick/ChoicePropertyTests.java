package dev.postrider.story.pick;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.postrider.newsletter.PickingRules;
import dev.postrider.newsletter.Quota;
import dev.postrider.newsletter.SlowNews;
import dev.postrider.newsletter.Weights;
import dev.postrider.story.Story;
import dev.postrider.story.StoryKind;
import dev.postrider.story.StoryPicker.Candidate;
import dev.postrider.story.StoryPicker.Pick;
import dev.postrider.story.StoryPicker.Picking;
import dev.postrider.story.StoryPicker.Request;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What holds for every pick, whatever the stories and the rules: each repetition is a
 * newsroom of its own, made from its number.
 */
class ChoicePropertyTests {

	private static final List<String> SECTIONS = List.of("Politics", "politics", "Business", "Sport", "City");

	private Random random = new Random(0);

	private List<Facts> facts = List.of();

	private Request request = Requests.of(PickingRules.DEFAULT, 0);

	@RepeatedTest(300)
	void holds(RepetitionInfo repetition) {
		this.random = new Random(repetition.getCurrentRepetition());
		this.facts = newsroom(this.random.nextInt(70));
		this.request = request();
		Picking picking = Choice.of(this.facts, this.request);
		nothingForbidden(picking);
		noRepeat(picking);
		quotasHold(picking);
		leastWhereThereIsAny(picking);
		inOrder(picking);
		everyCandidateHasAVerdict(picking);
		sameAgainInAnyOrder(picking);
		aStoryThatMayNotBePickedChangesNothing(picking);
	}

	private void nothingForbidden(Picking picking) {
		Map<Long, Facts> known = new HashMap<>();
		this.facts.forEach((one) -> known.put(one.id(), one));
		Set<String> topics = this.request.topics();
		Set<Long> kept = this.request.kept().stream().map(Story::id).collect(Collectors.toSet());
		Stream
			.concat(picking.picks().stream().map(Pick::story),
					picking.picks().stream().flatMap((p) -> p.also().stream()))
			.forEach((story) -> {
				Facts one = Objects.requireNonNull(known.get(story.id()));
				assertThat(one.ban()).isNull();
				assertThat(story.withdrawnAt()).isNull();
				assertThat(story.embargoUntil()).satisfiesAnyOf((until) -> assertThat(until).isNull(),
						(until) -> assertThat(until).isBeforeOrEqualTo(Known.AT));
				assertThat(story.publishedAt()).isBeforeOrEqualTo(Known.AT);
				assertThat(one.freshAt()).isAfter(Known.AT.minus(Duration.ofHours(72)));
				assertThat(this.request.without()).doesNotContain(story.id());
				assertThat(kept).doesNotContain(story.id());
				if (one.mailing() != null) {
					assertThat(one.updatedAt()).isAfter(one.mailing().at());
				}
				if (!topics.isEmpty()) {
					assertThat(topics).contains(key(story));
				}
			});
	}

	private void noRepeat(Picking picking) {
		List<Story> shown = Stream
			.concat(picking.picks().stream().map(Pick::story),
					picking.picks().stream().flatMap((pick) -> pick.also().stream()))
			.toList();
		assertThat(shown).extracting(Story::id).doesNotHaveDuplicates();
		// The same words are the same event.
		List<String> picked = picking.picks().stream().map((pick) -> pick.story().headline()).toList();
		assertThat(picked).doesNotHaveDuplicates();
		assertThat(this.request.kept()).extracting(Story::headline).noneMatch(picked::contains);
	}

	private void quotasHold(Picking picking) {
		assertThat(picking.picks()).hasSizeLessThanOrEqualTo(this.request.count());
		Map<String, Integer> sections = new HashMap<>();
		Map<StoryKind, Integer> kinds = new HashMap<>();
		this.request.kept().forEach((story) -> count(story, sections, kinds));
		for (Pick pick : picking.picks()) {
			count(pick.story(), sections, kinds);
			this.request.rules()
				.mostOf(key(pick.story()))
				.ifPresent((most) -> assertThat(sections.get(key(pick.story()))).isLessThanOrEqualTo(most));
			Quota quota = this.request.rules().kinds().get(pick.story().kind().name());
			if (quota != null) {
				assertThat(kinds.get(pick.story().kind())).isLessThanOrEqualTo(quota.most());
			}
		}
	}

	/** Where a kind has fewer than it wants, none that could be taken was left. */
	private void leastWhereThereIsAny(Picking picking) {
		int wanted = this.request.rules().kinds().values().stream().mapToInt(Quota::least).sum();
		if (wanted > this.request.count()) {
			return;
		}
		Map<StoryKind, Integer> kinds = new HashMap<>();
		this.request.kept().forEach((story) -> count(story, new HashMap<>(), kinds));
		picking.picks().forEach((pick) -> count(pick.story(), new HashMap<>(), kinds));
		this.request.rules().kinds().forEach((kind, quota) -> {
			if (kinds.getOrDefault(StoryKind.valueOf(kind), 0) < quota.least()) {
				assertThat(picking.ranked()).filteredOn((one) -> one.story().kind().name().equals(kind))
					.extracting(Candidate::verdict)
					.noneMatch((verdict) -> verdict.startsWith("Not among") || verdict.startsWith("Its place")
							|| verdict.endsWith("half of the edition already"));
			}
		});
	}

	private void inOrder(Picking picking) {
		assertThat(picking.ranked()).extracting((one) -> -one.score().total()).isSorted();
		assertThat(picking.picks()).extracting((one) -> -one.score().total()).isSorted();
		assertThat(picking.ranked().stream().filter(Candidate::picked).map(Candidate::story))
			.containsExactlyElementsOf(picking.picks().stream().map(Pick::story).toList());
	}

	private void everyCandidateHasAVerdict(Picking picking) {
		assertThat(picking.ranked()).hasSameSizeAs(this.facts)
			.allSatisfy((one) -> assertThat(one.verdict()).isNotBlank())
			.allSatisfy((one) -> assertThat(one.verdict().startsWith("Picked ")).isEqualTo(one.picked()));
		assertThat(picking.picks()).allSatisfy((pick) -> assertThat(pick.reason()).isNotBlank().doesNotContain("null"));
		assertThat(picking.shortage().isPresent()).isEqualTo(picking.picks().size() < this.request.count());
	}

	private void sameAgainInAnyOrder(Picking picking) {
		assertThat(Choice.of(this.facts, this.request)).isEqualTo(picking);
		List<Facts> shuffled = new ArrayList<>(this.facts);
		Collections.shuffle(shuffled, this.random);
		assertThat(Choice.of(shuffled, this.request)).isEqualTo(picking);
	}

	private void aStoryThatMayNotBePickedChangesNothing(Picking picking) {
		List<Facts> more = new ArrayList<>(this.facts);
		more.add(Known.story(9_999).old(Duration.ZERO).boost(50).banned("ann@news.example").facts());
		assertThat(Choice.of(more, this.request).picks()).isEqualTo(picking.picks());
	}

	private List<Facts> newsroom(int size) {
		List<Facts> facts = new ArrayList<>();
		for (int id = 1; id <= size; id++) {
			facts.add(story(id).facts());
		}
		return facts;
	}

	private Known story(int id) {
		Known story = Known.story(id).old(Duration.ofMinutes(this.random.nextInt(85 * 60) - 120));
		if (chance(80)) {
			story.section(SECTIONS.get(this.random.nextInt(SECTIONS.size())));
		}
		if (chance(40)) {
			story.kind(StoryKind.values()[this.random.nextInt(StoryKind.values().length)]);
		}
		if (id > 1 && chance(15)) {
			// Told again in the same words.
			long event = this.random.nextInt(5) + 1;
			story.says("Event vora" + event + "lim zeku" + event * 31 + "mar belo" + event * 17 + "sta",
					"Words tari" + event * 7 + "mo guve" + event * 11 + "ne plusi" + event * 19 + "ka");
		}
		if (chance(70)) {
			story.seen(1 + this.random.nextInt(3), "Feed", chance(30) ? "Sport" : null, 1 + this.random.nextInt(40));
		}
		if (chance(50)) {
			story.engagement(this.random.nextInt(2000), this.random.nextInt(50), this.random.nextInt(50));
		}
		if (chance(10)) {
			story.boost(this.random.nextInt(9) - 4);
		}
		if (chance(10)) {
			story.banned("ann@news.example");
		}
		if (chance(5)) {
			story.withdrawn();
		}
		if (chance(10)) {
			story.embargo(Known.AT.plusSeconds(this.random.nextInt(7200) - 3600));
		}
		if (chance(15)) {
			story.mailed(Duration.ofHours(this.random.nextInt(80)));
		}
		if (chance(15)) {
			story.updated(Duration.ofHours(this.random.nextInt(80)));
		}
		return story;
	}

	private Request request() {
		Map<String, Integer> most = new HashMap<>();
		Map<String, Double> weights = new HashMap<>();
		SECTIONS.stream().filter((section) -> !section.equals("politics")).forEach((section) -> {
			if (chance(30)) {
				most.put(section, this.random.nextInt(4));
			}
			if (chance(30)) {
				weights.put(section, this.random.nextInt(4) / 2.0);
			}
		});
		Map<String, Quota> kinds = new HashMap<>();
		for (StoryKind kind : StoryKind.values()) {
			if (chance(40)) {
				int least = this.random.nextInt(3);
				kinds.put(kind.name(), new Quota(least, least + this.random.nextInt(3)));
			}
		}
		PickingRules rules = new PickingRules(
				new Weights(weight(), weight(), weight(), weight(), weight(), weight(), weight()),
				Duration.ofHours(1 + this.random.nextInt(48)), weights, most, kinds, 3, SlowNews.SKIP);
		List<Story> kept = new ArrayList<>();
		Set<Long> without = new HashSet<>();
		for (Facts one : this.facts) {
			if (chance(5)) {
				kept.add(one.story());
			}
			else if (chance(5)) {
				without.add(one.id());
			}
		}
		return Requests.of(rules, this.random.nextInt(12), without, kept,
				chance(20) ? Set.of("politics", "sport") : Set.of());
	}

	private double weight() {
		return chance(20) ? 0 : this.random.nextDouble() * 3;
	}

	private boolean chance(int percent) {
		return this.random.nextInt(100) < percent;
	}

	private static void count(Story story, Map<String, Integer> sections, Map<StoryKind, Integer> kinds) {
		sections.merge(key(story), 1, Integer::sum);
		kinds.merge(story.kind(), 1, Integer::sum);
	}

	private static String key(Story story) {
		String section = story.section();
		return (section != null) ? section.toLowerCase(Locale.ROOT) : "";
	}

}
