package dev.postrider.newsletter;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How a newsletter's stories are ranked and chosen.
 *
 * @param weights how much each part of a score counts
 * @param halfLife the age at which a story's recency is worth half
 * @param sectionWeights what a section is worth; those not named count 1
 * @param sectionMost how many stories of a section an edition carries at most; those not
 * named have no limit
 * @param kinds how many stories of a kind ({@code NEWS}, {@code FEATURE},
 * {@code PODCAST}, {@code OPINION}, {@code LIVE}) an edition carries; those not named
 * have no limit
 * @param minimum with fewer stories than this, {@code slowNews} says what happens
 * @param slowNews what happens on a slow day
 */
public record PickingRules(Weights weights, Duration halfLife, Map<String, Double> sectionWeights,
		Map<String, Integer> sectionMost, Map<String, Quota> kinds, int minimum, SlowNews slowNews) {

	/** The least and the most a half-life may be. */
	private static final Duration SHORTEST = Duration.ofMinutes(10);

	private static final Duration LONGEST = Duration.ofDays(365);

	/** What holds for a newsletter whose rules nobody has changed. */
	public static final PickingRules DEFAULT = new PickingRules(new Weights(3, 1, 2, 1, 3, 2, 0.5),
			Duration.ofHours(24), Map.of(), Map.of(), Map.of("FEATURE", new Quota(1, 1), "PODCAST", new Quota(1, 1)), 3,
			SlowNews.WIDEN);

	public PickingRules {
		if (halfLife.compareTo(SHORTEST) < 0 || halfLife.compareTo(LONGEST) > 0) {
			throw new IllegalArgumentException(
					"The half-life is " + halfLife + ": wanted is something from 10 minutes to 365 days");
		}
		sectionWeights = Map.copyOf(sectionWeights);
		sectionMost = Map.copyOf(sectionMost);
		kinds = Map.copyOf(kinds);
		sectionWeights.forEach((section, weight) -> {
			// Written so that NaN is refused too.
			if (!(weight >= 0 && weight <= 100)) {
				throw new IllegalArgumentException(
						"The weight of section " + section + " is " + weight + ": wanted is a number from 0 to 100");
			}
		});
		sectionMost.forEach((section, most) -> {
			if (most < 0) {
				throw new IllegalArgumentException(
						"Section " + section + " may have at most " + most + " stories: wanted is 0 or more");
			}
		});
		if (minimum < 0) {
			throw new IllegalArgumentException("The minimum is " + minimum + " stories: wanted is 0 or more");
		}
	}

	/** What a section is worth; its name is taken without regard to case. */
	public double weightOf(String section) {
		return find(this.sectionWeights, section).orElse(1.0);
	}

	/** How many stories of a section an edition carries at most, if there is a limit. */
	public Optional<Integer> mostOf(String section) {
		return find(this.sectionMost, section);
	}

	/** These rules with other weights. */
	public PickingRules with(Weights other) {
		return new PickingRules(other, this.halfLife, this.sectionWeights, this.sectionMost, this.kinds, this.minimum,
				this.slowNews);
	}

	private static <T> Optional<T> find(Map<String, T> map, String section) {
		T exact = map.get(section);
		return (exact != null) ? Optional.of(exact)
				: map.entrySet()
					.stream()
					.filter((entry) -> entry.getKey().equalsIgnoreCase(section))
					.map(Map.Entry::getValue)
					.findFirst();
	}

}
