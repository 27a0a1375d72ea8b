package dev.postrider.story.pick;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * How surely two stories of a batch tell of the same event. What a shared word says
 * depends on how many stories of the batch have it.
 */
final class Likeness {

	/** From here on two stories are taken for one. */
	static final double SAME = 0.5;

	private final Map<String, Integer> stories = new HashMap<>();

	private final Map<String, Integer> capitals = new HashMap<>();

	private final Map<String, Integer> small = new HashMap<>();

	private final int size;

	Likeness(Collection<Print> prints) {
		this.size = prints.size();
		for (Print print : prints) {
			print.all().forEach((stem) -> this.stories.merge(stem, 1, Integer::sum));
			print.capitals().forEach((stem) -> this.capitals.merge(stem, 1, Integer::sum));
			print.small().forEach((stem) -> this.small.merge(stem, 1, Integer::sum));
		}
	}

	/** How much it says when two stories have this word: rare ones and names say more. */
	double weight(String stem) {
		double df = this.stories.getOrDefault(stem, 0);
		double rarity = Math.log(1 + (this.size + 50) / (df + 1));
		int length = stem.codePointCount(0, stem.length());
		boolean figure = Character.isDigit(stem.codePointAt(0));
		double form = (length >= 5 || figure || stem.charAt(0) > 0x2000) ? 1
				: (length == 4) ? 0.7 : (length == 3) ? 0.4 : 0.2;
		return rarity * (isName(stem) ? 1.6 : form);
	}

	private boolean isName(String stem) {
		int capital = this.capitals.getOrDefault(stem, 0);
		return capital > 0 && capital >= 2 * this.small.getOrDefault(stem, 0);
	}

	/** Between 0 and 1. */
	double of(Print one, Print other) {
		double headlines = (covered(one.headline(), other.all()) + covered(other.headline(), one.all())) / 2;
		double all = cosine(one.all(), other.all());
		double grams = dice(one.grams(), other.grams());
		double score = 0.5 * headlines + 0.9 * all + 0.3 * grams;
		double days = one.distance(other).toMinutes() / 1440.0;
		score -= 0.05 * Math.min(days, 4);
		if (figuresDiffer(one.figures(), other.figures())) {
			score -= 0.1;
		}
		return Math.max(0, Math.min(1, score));
	}

	private double covered(Set<String> some, Set<String> by) {
		double has = 0;
		double sum = 0;
		for (String stem : some) {
			double weight = weight(stem);
			sum += weight;
			has += by.contains(stem) ? weight : 0;
		}
		return (sum > 0) ? has / sum : 0;
	}

	private double cosine(Set<String> one, Set<String> other) {
		double both = 0;
		for (String stem : one) {
			both += other.contains(stem) ? Math.pow(weight(stem), 2) : 0;
		}
		double norm = Math.sqrt(square(one) * square(other));
		return (norm > 0) ? both / norm : 0;
	}

	private double square(Set<String> stems) {
		return stems.stream().sorted().mapToDouble((stem) -> Math.pow(weight(stem), 2)).sum();
	}

	private static double dice(Set<String> one, Set<String> other) {
		long both = one.stream().filter(other::contains).count();
		return (one.isEmpty() || other.isEmpty()) ? 0 : 2.0 * both / (one.size() + other.size());
	}

	private static boolean figuresDiffer(Set<String> one, Set<String> other) {
		return !one.isEmpty() && !other.isEmpty() && one.stream().noneMatch(other::contains);
	}

}
