package dev.postrider.story;

import java.util.List;

/**
 * What a story is worth to a newsletter, part by part.
 *
 * @param parts what it is made of, in a fixed order
 */
public record Score(List<Part> parts) {

	/** No parts: nothing was reckoned, as for a story an editor added. */
	public static final Score NONE = new Score(List.of());

	public Score {
		parts = List.copyOf(parts);
	}

	/** The parts' sum. */
	public double total() {
		return this.parts.stream().mapToDouble(Part::points).sum();
	}

	/**
	 * One part.
	 *
	 * @param name what it measures, such as {@code recency}: the name of its weight
	 * @param value what was measured: 0 to 1, except that a boost and a section's worth
	 * are as an editor set them
	 * @param weight how much that counts
	 * @param words the same for people, such as {@code 3 hours old}; empty where there is
	 * nothing to say
	 */
	public record Part(String name, double value, double weight, String words) {

		/** What it adds to the total. */
		public double points() {
			return this.value * this.weight;
		}

	}

}
