package dev.postrider.story.pick;

import java.time.Duration;
import java.util.Arrays;

import dev.postrider.story.pick.Vocabulary.Entry;

/**
 * How surely two stories tell of the same event.
 * <p>
 * One event told twice shares its names and figures, and words beside them. Two events of
 * one sort, told by one newsroom, share the words and differ in names and figures; so
 * agreeing words count only as far as there is an anchor beside them, and what each side
 * alone names counts against. The weights are those of a logistic regression over two
 * thirds of the labelled pairs of the tests, rounded.
 */
final class Likeness {

	/** From here on two stories are taken for one event. */
	static final double SAME = 0.5;

	private static final double BIAS = -3.3;

	/** In the order of {@link #signs}. */
	private static final double[] WEIGHTS = { -2.7, 3.8, -3.7, 0.4, 2.9, 1.9, -1.3, -3 };

	private final Vocabulary words;

	Likeness(Vocabulary words) {
		this.words = words;
	}

	/**
	 * Between 0 and 1.
	 * @param one a story's words
	 * @param other another's
	 * @param apart how far apart they were published
	 */
	double of(Entry one, Entry other, Duration apart) {
		if (Arrays.equals(one.all(), other.all())) {
			// Word for word the same, names or not.
			return 1;
		}
		double[] signs = signs(one, other, apart);
		double sum = BIAS;
		for (int i = 0; i < signs.length; i++) {
			sum += WEIGHTS[i] * signs[i];
		}
		return 1 / (1 + Math.exp(-sum));
	}

	/** What speaks for one event, and what against it; each between 0 and 1. */
	double[] signs(Entry one, Entry other, Duration apart) {
		Tally tally = new Tally(this.words, one.all(), other.all());
		double[] names = tally.names;
		double[] figures = tally.figures;
		double namesClash = Math.min(3, Math.min(names[0], names[1])) / 3;
		double words = tally.words[2] / (0.25 + tally.words[2] + (tally.words[0] + tally.words[1]) / 2);
		double anchors = Math.min(3, names[2] + figures[2]) / 3;
		return new double[] {
				// names that each has alone
				namesClash,
				// figures in common, and those that each has alone
				Math.min(2, figures[2]) / 2, Math.min(2, Math.min(figures[0], figures[1])) / 2,
				// what of each headline the other tells
				(covered(one.headline(), other.all()) + covered(other.headline(), one.all())) / 2,
				// how much they have in common at all
				Math.min(5, names[2] + figures[2] + tally.words[2]) / 5,
				// words in common beside names and figures in common
				anchors * Math.min(1, 2.5 * words),
				// words in common although the names are others: news of one sort
				words * namesClash,
				// two days
				Math.min(2, apart.toMinutes() / 1440.0) / 2 };
	}

	/** How much of some words another text has. */
	private double covered(int[] some, int[] by) {
		double sum = 0;
		double has = 0;
		int at = 0;
		for (int word : some) {
			while (at < by.length && by[at] < word) {
				at++;
			}
			sum += this.words.weight(word);
			has += (at < by.length && by[at] == word) ? this.words.weight(word) : 0;
		}
		return has / Math.max(0.1, sum);
	}

	/** Weights of what only the one has, only the other, and both. */
	private static final class Tally {

		private final double[] names = new double[3];

		private final double[] figures = new double[3];

		private final double[] words = new double[3];

		Tally(Vocabulary vocabulary, int[] one, int[] other) {
			int i = 0;
			int j = 0;
			while (i < one.length || j < other.length) {
				int first = (i < one.length) ? one[i] : Integer.MAX_VALUE;
				int second = (j < other.length) ? other[j] : Integer.MAX_VALUE;
				int word = Math.min(first, second);
				int whose = (first == second) ? 2 : (first < second) ? 0 : 1;
				double[] sums = switch (vocabulary.kind(word)) {
					case NAME -> this.names;
					case FIGURE -> this.figures;
					case WORD -> this.words;
				};
				sums[whose] += vocabulary.weight(word);
				i += (first == word) ? 1 : 0;
				j += (second == word) ? 1 : 0;
			}
		}

	}

}
