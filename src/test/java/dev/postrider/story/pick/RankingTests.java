package dev.postrider.story.pick;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

import dev.postrider.newsletter.PickingRules;
import dev.postrider.newsletter.SlowNews;
import dev.postrider.newsletter.Weights;
import dev.postrider.story.Score;
import dev.postrider.story.StoryKind;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * What a story is worth, part by part.
 */
class RankingTests {

	private static final PickingRules RULES = PickingRules.DEFAULT;

	@Test
	void thePartsAreNamedAsTheWeightsAreAndAddUp() {
		Ranked one = rank(RULES, Known.story(1)).get(0);
		assertThat(one.score().parts()).extracting(Score.Part::name)
			.containsExactly("position", "section", "recency", "boost", "engagement", "sources", "image");
		assertThat(one.score().parts()).extracting(Score.Part::weight)
			.containsExactly(RULES.weights().position(), RULES.weights().section(), RULES.weights().recency(),
					RULES.weights().boost(), RULES.weights().engagement(), RULES.weights().sources(),
					RULES.weights().image());
		assertThat(one.total()).isCloseTo(one.score().parts().stream().mapToDouble(Score.Part::points).sum(),
				within(1e-9));
		assertThat(one.score().parts()).extracting(Score.Part::words).doesNotContain("");
	}

	@Test
	void saysWhyInOneSentence() {
		List<Ranked> ranked = rank(RULES,
				Known.story(1).section("Business").front(2).old(Duration.ofHours(3)).engagement(100, 80, 2),
				Known.story(2).section("Business").front(1).old(Duration.ofHours(1)).engagement(900, 3, 9),
				Known.story(3).section("City").old(Duration.ofHours(30)).engagement(5000, 90, 90));
		assertThat(reason(ranked, 1)).isEqualTo("2nd on the front page, 3 hours old, most commented in Business");
		assertThat(reason(ranked, 2)).isEqualTo("1st on the front page, 1 hour old, most read in Business");
		assertThat(reason(ranked, 3)).isEqualTo("30 hours old, most read of all");
	}

	@Test
	void otherReasonsAreToldWhereTheyAre() {
		List<Ranked> ranked = rank(RULES, Known.story(1).kind(StoryKind.PODCAST).old(Duration.ofSeconds(5)),
				Known.story(2).boost(2).seen(7, "Sport feed", "Sport", 4),
				Known.story(3).seen(1, "The Courier", null, 11).seen(2, "The Coast", null, 3),
				Known.story(4).old(Duration.ofDays(5)).updated(Duration.ofHours(2)).mailed(Duration.ofDays(4)));
		assertThat(reason(ranked, 1)).isEqualTo("Podcast, just published");
		assertThat(reason(ranked, 2)).isEqualTo("4th in the Sport feed, 1 hour old, pushed up by an editor");
		assertThat(reason(ranked, 3)).isEqualTo("3rd on the front page of The Coast, 1 hour old, in 2 sources");
		assertThat(reason(ranked, 4)).isEqualTo("Updated 2 hours ago, changed since it was mailed on 2026-11-19");
	}

	@Test
	void aHalfLifeHalvesTheRecency() {
		PickingRules rules = rules(RULES.weights(), Duration.ofHours(6), Map.of());
		assertThat(value("recency", rules, Known.story(1).old(Duration.ZERO))).isEqualTo(1);
		assertThat(value("recency", rules, Known.story(1).old(Duration.ofHours(6)))).isEqualTo(0.5);
		assertThat(value("recency", rules, Known.story(1).old(Duration.ofHours(12)))).isEqualTo(0.25);
		// What is substantially new is as new as that.
		assertThat(value("recency", rules, Known.story(1).old(Duration.ofHours(12)).updated(Duration.ofHours(6))))
			.isEqualTo(0.5);
	}

	@Test
	void theBestPlaceCountsAndAFrontPageMoreThanASection() {
		double first = value("position", RULES, Known.story(1).front(1));
		assertThat(first).isEqualTo(1);
		assertThat(value("position", RULES, Known.story(1).front(9))).isEqualTo(0.5);
		assertThat(value("position", RULES, Known.story(1).front(9).seen(3, "Sport", "Sport", 1))).isEqualTo(0.7);
		double none = value("position", RULES, Known.story(1));
		assertThat(none).isBetween(value("position", RULES, Known.story(1).front(30)), first);
	}

	@Test
	void aSectionsWorthIsTheNewsletters() {
		PickingRules rules = rules(RULES.weights(), RULES.halfLife(), Map.of("Politics", 2.0, "Sport", 0.0));
		assertThat(value("section", rules, Known.story(1).section("politics"))).isEqualTo(2);
		assertThat(value("section", rules, Known.story(1).section("Sport"))).isZero();
		assertThat(value("section", rules, Known.story(1).section("City"))).isEqualTo(1);
		assertThat(value("section", rules, Known.story(1))).isEqualTo(1);
	}

	@Test
	void engagementIsReckonedWithinTheSectionAndByMagnitude() {
		List<Ranked> ranked = rank(RULES, Known.story(1).section("Sport").engagement(100_000, 0, 0),
				Known.story(2).section("Sport").engagement(50_000, 0, 0),
				Known.story(3).section("Sport").engagement(20_000, 0, 0),
				Known.story(4).section("Sport").engagement(1_000, 0, 0),
				Known.story(5).section("Council").engagement(1_000, 0, 0),
				Known.story(6).section("Council").engagement(200, 0, 0),
				Known.story(7).section("Council").engagement(100, 0, 0), Known.story(8).section("Council"));
		assertThat(value("engagement", ranked, 1)).isEqualTo(1);
		// Half the readers are not half the worth.
		assertThat(value("engagement", ranked, 2)).isBetween(0.6, 0.99);
		// Few for the sport pages, many for the council.
		assertThat(value("engagement", ranked, 4)).isLessThan(0.2);
		assertThat(value("engagement", ranked, 5)).isBetween(0.5, 0.9);
		assertThat(value("engagement", ranked, 8)).isZero();
	}

	@Test
	void inAFeedInOrderOfTimeAPlaceSaysNothing() {
		List<Known> feed = new ArrayList<>();
		for (int i = 1; i <= 12; i++) {
			feed.add(Known.story(i).front(i).old(Duration.ofMinutes(20L * i)));
		}
		List<Ranked> timeline = rank(RULES, feed.toArray(Known[]::new));
		assertThat(value("position", timeline, 1)).isEqualTo(value("position", timeline, 12));
		assertThat(reason(timeline, 1)).isEqualTo("20 minutes old");
		// The same stories as an editor orders them.
		List<Known> page = new ArrayList<>();
		for (int i = 1; i <= 12; i++) {
			page.add(Known.story(i).front(i).old(Duration.ofMinutes(20L * ((i * 5) % 12))));
		}
		List<Ranked> frontPage = rank(RULES, page.toArray(Known[]::new));
		assertThat(value("position", frontPage, 1)).isGreaterThan(value("position", frontPage, 12));
		assertThat(reason(frontPage, 1)).isEqualTo("1st on the front page, 1 hour old");
	}

	@Test
	void aFewClicksAreNoDistinction() {
		List<Ranked> ranked = rank(RULES, Known.story(1).section("City").engagement(12, 2, 1),
				Known.story(2).section("City").engagement(3, 0, 0));
		assertThat(reason(ranked, 1)).isEqualTo("1 hour old, in City");
		assertThat(value("engagement", ranked, 1)).isLessThan(1);
	}

	@Test
	void oneEventInSeveralSourcesIsWorthMoreWhoeverTellsIt() {
		String headline = "Harbour bridge closed after freighter hits pier";
		String summary = "Divers look for cracks, the town expects weeks of detours for lorries and trams.";
		List<Ranked> ranked = rank(RULES, Known.story(1).says(headline, summary).seen(1, "A", null, 20),
				Known.story(2).says(headline, summary).seen(2, "B", null, 20), Known.story(3).seen(1, "A", null, 20));
		assertThat(value("sources", ranked, 1)).isEqualTo(0.5);
		assertThat(value("sources", ranked, 2)).isEqualTo(0.5);
		assertThat(value("sources", ranked, 3)).isZero();
		assertThat(reason(ranked, 1)).contains("in 2 sources");
	}

	@Test
	void aPictureCountsIfItMayBeMailed() {
		assertThat(value("image", RULES, Known.story(1).picture(false))).isEqualTo(1);
		assertThat(value("image", RULES, Known.story(1).picture(true))).isZero();
		assertThat(value("image", RULES, Known.story(1))).isZero();
	}

	@Test
	void aBoostLiftsAndPushesDown() {
		List<Ranked> ranked = rank(RULES, Known.story(1).boost(-3), Known.story(2), Known.story(3).boost(1));
		assertThat(ranked).extracting(Ranked::id).containsExactly(3L, 2L, 1L);
	}

	@Test
	void weightsDecideAndZeroLeavesAPartOut() {
		Known new1 = Known.story(1).front(30).old(Duration.ofMinutes(10));
		Known top2 = Known.story(2).front(1).old(Duration.ofHours(50));
		assertThat(rank(rules(new Weights(0, 0, 1, 0, 0, 0, 0)), new1, top2)).extracting(Ranked::id)
			.containsExactly(1L, 2L);
		assertThat(rank(rules(new Weights(1, 0, 0, 0, 0, 0, 0)), new1, top2)).extracting(Ranked::id)
			.containsExactly(2L, 1L);
	}

	@Test
	void anyOrderOfTheStoriesGivesTheSameRanking() {
		Random random = new Random(3);
		List<Facts> facts = new ArrayList<>();
		for (int i = 1; i <= 50; i++) {
			// Many of the same worth.
			facts.add(Known.story(i).old(Duration.ofHours(random.nextInt(4))).facts());
		}
		List<Long> once = new Ranking(facts, RULES, Known.AT).of(facts).stream().map(Ranked::id).toList();
		for (int i = 0; i < 10; i++) {
			Collections.shuffle(facts, random);
			assertThat(new Ranking(facts, RULES, Known.AT).of(facts)).extracting(Ranked::id).isEqualTo(once);
		}
	}

	private static PickingRules rules(Weights weights) {
		return rules(weights, RULES.halfLife(), Map.of());
	}

	private static PickingRules rules(Weights weights, Duration halfLife, Map<String, Double> sections) {
		return new PickingRules(weights, halfLife, sections, Map.of(), Map.of(), 0, SlowNews.SKIP);
	}

	private static List<Ranked> rank(PickingRules rules, Known... stories) {
		List<Facts> facts = Arrays.stream(stories).map(Known::facts).toList();
		Ranking ranking = new Ranking(facts, rules, Known.AT);
		return ranking.again(ranking.of(facts), Events.of(facts.stream().map(Facts::story).toList()));
	}

	private static double value(String part, PickingRules rules, Known story) {
		return value(part, rank(rules, story), 1);
	}

	private static double value(String part, List<Ranked> ranked, long id) {
		return ranked.stream()
			.filter((one) -> one.id() == id)
			.flatMap((one) -> one.score().parts().stream())
			.filter((one) -> one.name().equals(part))
			.findFirst()
			.orElseThrow()
			.value();
	}

	private static String reason(List<Ranked> ranked, long id) {
		return ranked.stream().filter((one) -> one.id() == id).findFirst().orElseThrow().reason();
	}

}
