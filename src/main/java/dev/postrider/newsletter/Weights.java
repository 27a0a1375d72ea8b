package dev.postrider.newsletter;

import java.util.Map;

/**
 * How much each part of a story's score counts; 0 leaves a part out.
 *
 * @param position where it stands in its feed
 * @param section what its section is worth to this newsletter
 * @param recency how new it is
 * @param boost an editor's push up or down
 * @param engagement views, comments and shares, against its own section's
 * @param sources how many sources have it
 * @param image whether it has a picture that may be mailed
 */
public record Weights(double position, double section, double recency, double boost, double engagement, double sources,
		double image) {

	public Weights {
		Map.of("position", position, "section", section, "recency", recency, "boost", boost, "engagement", engagement,
				"sources", sources, "image", image)
			.forEach((name, weight) -> {
				// Written so that NaN is refused too.
				if (!(weight >= 0 && weight <= 100)) {
					throw new IllegalArgumentException(
							"The weight of " + name + " is " + weight + ": wanted is a number from 0 to 100");
				}
			});
	}

}
