package dev.postrider.desk.web;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

import dev.postrider.edition.EditionVariants.Cost;

/**
 * How many variants an edition has and what they cost, in words.
 */
final class VariantCost {

	private VariantCost() {
	}

	/** One sentence; empty while nothing is rendered. */
	static String of(List<Cost> costs) {
		if (costs.isEmpty()) {
			return "";
		}
		Duration time = costs.stream().map(Cost::renderTime).reduce(Duration.ZERO, Duration::plus);
		int largest = costs.stream().mapToInt(Cost::bytes).max().orElse(0);
		return (costs.size() == 1) ? "1 variant, rendered in " + time(time) + ", " + size(largest) + "."
				: Times.number(costs.size()) + " variants, rendered in " + time(time) + ", the largest " + size(largest)
						+ ".";
	}

	private static String time(Duration time) {
		double millis = time.toNanos() / 1e6;
		return (millis < 10_000) ? String.format(Locale.ROOT, "%.0f ms", Math.max(1, millis))
				: String.format(Locale.ROOT, "%.1f s", millis / 1000);
	}

	private static String size(int bytes) {
		return String.format(Locale.ROOT, "%.1f KB", bytes / 1000.0);
	}

	/**
	 * One variant.
	 *
	 * @param language of its words, in English
	 * @param design its layout
	 * @param selection which stories it has
	 * @param readers how many get it
	 * @param time rendering took
	 * @param size of both bodies
	 */
	public record Row(String language, String design, int selection, String readers, String time, String size) {

		static Row of(Cost cost, int readers) {
			return new Row(Locale.forLanguageTag(cost.language()).getDisplayName(Locale.ENGLISH), cost.design(),
					cost.selection(), Times.number(readers), VariantCost.time(cost.renderTime()),
					VariantCost.size(cost.bytes()));
		}

	}

}
