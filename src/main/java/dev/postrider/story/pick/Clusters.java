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

	/** Stories published before it that are looked at for each word. */
	private static final int NEIGHBOURS = 24;

	/** Shared words from which on a pair is compared. */
	private static final int SHARED = 2;

	/** An event told again after this is told for a reason. */
	private static final Duration WINDOW = Duration.ofDays(4);

	/** Members that stand for a large cluster when another is held against it. */
	private static final int SPOKESMEN = 6;

	private final List<Print> prints;

	private final Vocabulary words;

	private final Likeness likeness;

	private Clusters(List<Print> prints) {
		this.prints = prints;
		this.words = new Vocabulary(prints);
		this.likeness = new Likeness(this.words);
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
				sum += likeness(one, other);
				count++;
			}
		}
		return sum / count >= Likeness.SAME;
	}

	private double likeness(int one, int other) {
		return this.likeness.of(this.words.entry(one), this.words.entry(other),
				this.prints.get(one).distance(this.prints.get(other)));
	}

	/** The pairs that are alike, the most alike first. */
	private List<Pair> pairs() {
		int[][] latest = new int[this.words.size()][];
		int[] posted = new int[this.words.size()];
		int[] shared = new int[this.prints.size()];
		int[] met = new int[KEYS * NEIGHBOURS];
		List<Pair> pairs = new ArrayList<>();
		for (int i = 0; i < this.prints.size(); i++) {
			int count = 0;
			for (int key : keys(i)) {
				int[] ring = (latest[key] != null) ? latest[key] : new int[NEIGHBOURS];
				latest[key] = ring;
				for (int n = 0; n < Math.min(posted[key], NEIGHBOURS); n++) {
					if (shared[ring[n]]++ == 0) {
						met[count++] = ring[n];
					}
				}
				ring[posted[key]++ % NEIGHBOURS] = i;
			}
			for (int m = 0; m < count; m++) {
				if (shared[met[m]] >= SHARED) {
					compare(met[m], i, pairs);
				}
				shared[met[m]] = 0;
			}
		}
		pairs.sort(Comparator.comparingDouble(Pair::likeness)
			.reversed()
			.thenComparingInt(Pair::one)
			.thenComparingInt(Pair::other));
		return pairs;
	}

	private void compare(int one, int other, List<Pair> pairs) {
		if (this.prints.get(one).distance(this.prints.get(other)).compareTo(WINDOW) <= 0) {
			double likeness = likeness(one, other);
			if (likeness >= Likeness.SAME) {
				pairs.add(new Pair(one, other, likeness));
			}
		}
	}

	/** A story's most telling words. */
	private int[] keys(int story) {
		return Arrays.stream(this.words.entry(story).all())
			.boxed()
			.sorted(Comparator.comparingDouble((Integer word) -> this.words.weight(word))
				.reversed()
				.thenComparing(Comparator.naturalOrder()))
			.limit(KEYS)
			.mapToInt(Integer::intValue)
			.toArray();
	}

	private record Pair(int one, int other, double likeness) {
	}

}
