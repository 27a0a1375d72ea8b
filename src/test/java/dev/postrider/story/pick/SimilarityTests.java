package dev.postrider.story.pick;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

import dev.postrider.story.Story;
import dev.postrider.story.pick.LabelledPairs.LabelledPair;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How well {@link Clusters} finds the stories of one event, measured on labelled pairs.
 */
class SimilarityTests {

	private final List<LabelledPair> pairs = LabelledPairs.all();

	private final List<Story> stories = this.pairs.stream()
		.flatMap((pair) -> Stream.of(pair.one(), pair.other()))
		.toList();

	@Test
	void findsTheLabelledPairsInOneBatch() {
		assertThat(this.pairs).hasSizeGreaterThanOrEqualTo(120);
		List<Cluster> clusters = Clusters.of(this.stories);
		BiPredicate<Story, Story> same = sameIn(clusters);
		Measure all = measure("all", this.pairs, same);
		measure("tuned", this.pairs.stream().filter((pair) -> !pair.heldOut()).toList(), same);
		Measure heldOut = measure("held out", this.pairs.stream().filter(LabelledPair::heldOut).toList(), same);
		assertThat(all.precision()).isGreaterThanOrEqualTo(0.95);
		assertThat(all.recall()).isGreaterThanOrEqualTo(0.8);
		assertThat(heldOut.precision()).isGreaterThanOrEqualTo(0.9);
		assertThat(heldOut.recall()).isGreaterThanOrEqualTo(0.75);
		assertThat(clusters.stream().filter((cluster) -> strangers(cluster)).map(SimilarityTests::headlines))
			.as("stories of different pairs taken for one event")
			.isEmpty();
	}

	/** With nothing else to compare with, the words' rarity is unknown. */
	@Test
	void findsThemEachAlone() {
		BiPredicate<Story, Story> same = (one, other) -> Clusters.of(List.of(one, other)).size() == 1;
		Measure alone = measure("alone", this.pairs, same);
		measure("alone, tuned", this.pairs.stream().filter((pair) -> !pair.heldOut()).toList(), same);
		measure("alone, held out", this.pairs.stream().filter(LabelledPair::heldOut).toList(), same);
		assertThat(alone.precision()).isGreaterThanOrEqualTo(0.9);
		assertThat(alone.recall()).isGreaterThanOrEqualTo(0.7);
	}

	/**
	 * Whole days of news, written and labelled for another test and never tuned on: all
	 * pairs of a day count.
	 */
	@Test
	void findsTheEventsOfNewsDays() {
		int right = 0;
		int found = 0;
		int labelled = 0;
		for (NewsDay day : NewsDay.all()) {
			List<Story> all = day.stories().stream().map(Facts::story).toList();
			BiPredicate<Story, Story> same = sameIn(Clusters.of(all));
			for (Story one : all) {
				for (Story other : all.subList(all.indexOf(one) + 1, all.size())) {
					String event = day.events().get(one.id());
					boolean label = event != null && event.equals(day.events().get(other.id()));
					labelled += label ? 1 : 0;
					found += same.test(one, other) ? 1 : 0;
					right += (label && same.test(one, other)) ? 1 : 0;
				}
			}
		}
		System.out.printf(Locale.ROOT, "similarity, news days: %d of one event: precision %.3f, recall %.3f%n",
				labelled, (double) right / found, (double) right / labelled);
		assertThat((double) right / found).isGreaterThanOrEqualTo(0.95);
		assertThat((double) right / labelled).isGreaterThanOrEqualTo(0.8);
	}

	/** "Once" is eleven in Spanish, and "due" is two in Italian. */
	@Test
	void numbersAreThoseOfTheStorysLanguage() {
		assertThat(Tokens.of("once due five", SameWords.of("en-GB"))).extracting(Tokens.Token::text)
			.containsExactly("once", "due", "5");
		assertThat(Tokens.of("once due five", SameWords.of("es"))).extracting(Tokens.Token::text)
			.containsExactly("11", "due", "five");
		assertThat(Tokens.of("neunzig zwanzig", SameWords.of("de"))).extracting(Tokens.Token::text)
			.containsExactly("90", "20");
		assertThat(SameWords.of("xx").number("five")).isNull();
	}

	@Test
	void figuresAreReadAsNewspapersWriteThem() {
		assertThat(Tokens.of("1,200 1.200 1200 6.1 6,1 3-1 3:1 3\u20131 312-287", SameWords.of("en")))
			.extracting(Tokens.Token::text)
			.containsExactly("1200", "1200", "1200", "6.1", "6.1", "3-1", "3-1", "3-1", "312", "287");
	}

	@Test
	void ordersDoNotMatter() {
		List<Story> shuffled = new ArrayList<>(this.stories);
		Collections.shuffle(shuffled, new Random(3));
		assertThat(sets(Clusters.of(shuffled))).isEqualTo(sets(Clusters.of(this.stories)));
		assertThat(Clusters.of(shuffled)).isEqualTo(Clusters.of(shuffled));
	}

	@Test
	void clustersAndTheirStoriesKeepTheGivenOrder() {
		List<Story> backwards = new ArrayList<>(this.stories);
		Collections.reverse(backwards);
		List<Cluster> clusters = Clusters.of(backwards);
		List<Integer> firsts = clusters.stream().map((cluster) -> backwards.indexOf(cluster.stories().get(0))).toList();
		assertThat(firsts).isSorted();
		assertThat(clusters).allSatisfy(
				(cluster) -> assertThat(cluster.stories().stream().map(backwards::indexOf).toList()).isSorted());
		assertThat(clusters.stream().mapToInt((cluster) -> cluster.stories().size()).sum()).isEqualTo(backwards.size());
	}

	private static BiPredicate<Story, Story> sameIn(List<Cluster> clusters) {
		Map<Long, Integer> clusterOf = new HashMap<>();
		for (int i = 0; i < clusters.size(); i++) {
			for (Story story : clusters.get(i).stories()) {
				clusterOf.put(story.id(), i);
			}
		}
		return (one, other) -> clusterOf.get(one.id()).equals(clusterOf.get(other.id()));
	}

	private static Measure measure(String name, List<LabelledPair> pairs, BiPredicate<Story, Story> same) {
		int right = 0;
		int found = 0;
		int labelled = 0;
		for (LabelledPair pair : pairs) {
			boolean taken = same.test(pair.one(), pair.other());
			found += taken ? 1 : 0;
			labelled += pair.same() ? 1 : 0;
			right += (taken && pair.same()) ? 1 : 0;
		}
		Measure measure = new Measure((found > 0) ? (double) right / found : 0, (double) right / labelled);
		System.out.printf(Locale.ROOT, "similarity, %s: %d pairs, %d of one event: precision %.3f, recall %.3f%n", name,
				pairs.size(), labelled, measure.precision(), measure.recall());
		return measure;
	}

	private static boolean strangers(Cluster cluster) {
		return cluster.stories().stream().map((story) -> (story.id() - 1) / 2).distinct().count() > 1;
	}

	private static List<String> headlines(Cluster cluster) {
		return cluster.stories().stream().map(Story::headline).toList();
	}

	private static Set<Set<Long>> sets(List<Cluster> clusters) {
		Set<Set<Long>> sets = new HashSet<>();
		for (Cluster cluster : clusters) {
			sets.add(new HashSet<>(cluster.stories().stream().map(Story::id).toList()));
		}
		return sets;
	}

	private record Measure(double precision, double recall) {
	}

}
