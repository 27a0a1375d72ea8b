package dev.postrider.story.pick;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.postrider.story.Story;

/**
 * Finds the stories of one event, told by several sources or told again. The same stories
 * give the same clusters, in whatever order they come.
 * <p>
 * Only stories that share two of their most telling words are compared, and for each word
 * only with those published next to each other, so the work grows with the number of
 * stories and not with its square.
 */
final class Clusters {

	/** Words of a story by which others are found. */
	private static final int KEYS = 16;

	/** Earlier stories that are looked at for each word. */
	private static final int NEIGHBOURS = 24;

	/** Shared words from which on a pair is compared. */
	private static final int SHARED = 2;

	/** An event told again after this is told for a reason. */
	private static final Duration WINDOW = Duration.ofDays(4);

	/** Members that stand for a large cluster when another is held against it. */
	private static final int SPOKESMEN = 6;

	private final List<Print> prints;

	private final Likeness likeness;

	private Clusters(List<Print> prints) {
		this.prints = prints;
		this.likeness = new Likeness(prints);
	}

	/**
	 * Groups stories by event.
	 * @param stories each once, by whatever order counts for the caller
	 * @return every story in one cluster, the clusters in the order of their first
	 */
	static List<Cluster> of(List<Story> stories) {
		Integer[] order = new Integer[stories.size()];
		Arrays.setAll(order, (i) -> i);
		Arrays.sort(order,
				Comparator.comparing((Integer i) -> stories.get(i).publishedAt())
					.thenComparing((i) -> stories.get(i).id())
					.thenComparing((i) -> stories.get(i).url()));
		int[] groups = new Clusters(Arrays.stream(order).map((i) -> Print.of(stories.get(i))).toList()).groups();
		int[] groupOf = new int[order.length];
		for (int i = 0; i < order.length; i++) {
			groupOf[order[i]] = groups[i];
		}
		Map<Integer, List<Story>> clusters = new LinkedHashMap<>();
		for (int i = 0; i < groupOf.length; i++) {
			clusters.computeIfAbsent(groupOf[i], (group) -> new ArrayList<>()).add(stories.get(i));
		}
		return clusters.values().stream().map((members) -> new Cluster(List.copyOf(members))).toList();
	}

	private int[] groups() {
		List<Pair> pairs = pairs();
		int[] group = new int[this.prints.size()];
		Arrays.setAll(group, (i) -> i);
		Map<Integer, List<Integer>> members = new HashMap<>();
		for (Pair pair : pairs) {
			int one = group[pair.one];
			int other = group[pair.other];
			if (one == other) {
				continue;
			}
			List<Integer> ones = members.getOrDefault(one, List.of(one));
			List<Integer> others = members.getOrDefault(other, List.of(other));
			if (together(ones, others)) {
				List<Integer> all = new ArrayList<>(ones);
				all.addAll(others);
				others.forEach((i) -> group[i] = one);
				members.put(one, all);
				members.remove(other);
			}
		}
		return group;
	}

	/**
	 * Two groups are one when their stories are alike on the whole; a single link between
	 * them would chain one event to the next.
	 */
	private boolean together(List<Integer> ones, List<Integer> others) {
		if (ones.size() == 1 && others.size() == 1) {
			return true;
		}
		double sum = 0;
		int count = 0;
		for (int one : ones.subList(0, Math.min(SPOKESMEN, ones.size()))) {
			for (int other : others.subList(0, Math.min(SPOKESMEN, others.size()))) {
				sum += this.likeness.of(this.prints.get(one), this.prints.get(other));
				count++;
			}
		}
		return sum / count >= Likeness.SAME;
	}

	/** The pairs that are alike, the most alike first. */
	private List<Pair> pairs() {
		Map<String, List<Integer>> byWord = new HashMap<>();
		List<Pair> pairs = new ArrayList<>();
		for (int i = 0; i < this.prints.size(); i++) {
			Print print = this.prints.get(i);
			List<String> keys = keys(print);
			Map<Integer, Integer> shared = new HashMap<>();
			for (String key : keys) {
				List<Integer> posted = byWord.computeIfAbsent(key, (word) -> new ArrayList<>());
				for (int p = posted.size() - 1; p >= Math.max(0, posted.size() - NEIGHBOURS); p--) {
					shared.merge(posted.get(p), 1, Integer::sum);
				}
				posted.add(i);
			}
			for (Map.Entry<Integer, Integer> entry : shared.entrySet()) {
				Print other = this.prints.get(entry.getKey());
				if (entry.getValue() >= SHARED && print.distance(other).compareTo(WINDOW) <= 0) {
					double likeness = this.likeness.of(print, other);
					if (likeness >= Likeness.SAME) {
						pairs.add(new Pair(entry.getKey(), i, likeness));
					}
				}
			}
		}
		pairs.sort(Comparator.comparingDouble(Pair::likeness)
			.reversed()
			.thenComparingInt(Pair::one)
			.thenComparingInt(Pair::other));
		return pairs;
	}

	private List<String> keys(Print print) {
		return print.all()
			.stream()
			.sorted(Comparator.comparingDouble(this.likeness::weight).reversed().thenComparing((word) -> word))
			.limit(KEYS)
			.toList();
	}

	private record Pair(int one, int other, double likeness) {
	}

}
