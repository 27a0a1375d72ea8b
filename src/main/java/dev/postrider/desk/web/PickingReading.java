package dev.postrider.desk.web;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.postrider.newsletter.PickingRules;
import dev.postrider.newsletter.Quota;
import dev.postrider.newsletter.SlowNews;
import dev.postrider.newsletter.Weights;
import dev.postrider.story.StoryKind;

/**
 * Reads picking rules from a form, and says of each field what is wrong with it and what
 * to do.
 */
final class PickingReading {

	private static final double MOST_WEIGHT = 100;

	private static final int LONGEST_WINDOW = 24 * 30;

	private static final double SHORTEST_HALF_LIFE = 0.2;

	private static final double LONGEST_HALF_LIFE = 24 * 365;

	private static final int LONGEST_SECTION = 100;

	private final PickingForm form;

	private final Map<String, String> errors = new LinkedHashMap<>();

	private final Optional<PickingSettings> settings;

	PickingReading(PickingForm form) {
		this.form = form;
		PickingSettings read = read();
		this.settings = this.errors.isEmpty() ? Optional.of(read) : Optional.empty();
	}

	/** What is wrong, by field. */
	Map<String, String> errors() {
		return this.errors;
	}

	/** What was read, if nothing is wrong. */
	Optional<PickingSettings> settings() {
		return this.settings;
	}

	private PickingSettings read() {
		int stories = whole("stories", 1, PickingForm.MOST_STORIES);
		int window = whole("window", 1, LONGEST_WINDOW);
		int minimum = whole("minimum", 0, PickingForm.MOST_STORIES);
		if (!this.errors.containsKey("stories") && minimum > stories) {
			wrong("minimum", "An edition carries " + stories + " at most, so it cannot have at least " + minimum
					+ ". Lower this or raise the number of stories.");
		}
		double halfLife = number("halfLife", SHORTEST_HALF_LIFE, LONGEST_HALF_LIFE);
		List<Double> weights = PickingForm.WEIGHTS.stream()
			.map((name) -> number("weight-" + name, 0, MOST_WEIGHT))
			.toList();
		Map<String, Quota> kinds = kinds(stories);
		Map<String, Double> sectionWeights = new HashMap<>();
		Map<String, Integer> sectionMost = new HashMap<>();
		sections(sectionWeights, sectionMost);
		SlowNews slowNews = slowNews();
		Duration life = this.errors.isEmpty() ? PickingForm.hours(halfLife) : PickingRules.DEFAULT.halfLife();
		return new PickingSettings(stories, Duration.ofHours(window),
				new PickingRules(
						new Weights(weights.get(0), weights.get(1), weights.get(2), weights.get(3), weights.get(4),
								weights.get(5), weights.get(6)),
						life, sectionWeights, sectionMost, kinds, minimum, slowNews));
	}

	private Map<String, Quota> kinds(int stories) {
		Map<String, Quota> kinds = new HashMap<>();
		int wanted = 0;
		for (StoryKind kind : StoryKind.values()) {
			String leastField = "least-" + kind;
			String mostField = "most-" + kind;
			int least = isBlank(leastField) ? 0 : whole(leastField, 0, PickingForm.MOST_STORIES);
			int most = isBlank(mostField) ? PickingForm.MOST_STORIES : whole(mostField, 0, PickingForm.MOST_STORIES);
			if (this.errors.containsKey(leastField) || this.errors.containsKey(mostField)) {
				continue;
			}
			if (most < least) {
				wrong(mostField, "At least " + least + " and at most " + most
						+ " cannot both be. Raise this or lower the other.");
				continue;
			}
			wanted += least;
			if (!isBlank(leastField) || !isBlank(mostField)) {
				kinds.put(kind.name(), new Quota(least, most));
			}
		}
		if (!this.errors.containsKey("stories") && wanted > stories) {
			wrong("kinds", "All kinds together want at least " + wanted + " stories, but an edition carries " + stories
					+ ". Lower some of them or raise the number of stories.");
		}
		return kinds;
	}

	private void sections(Map<String, Double> weights, Map<String, Integer> mosts) {
		Set<String> seen = new HashSet<>();
		for (int row = 1; row <= this.form.rows(); row++) {
			String name = this.form.value("section-" + row);
			String weightField = "section-weight-" + row;
			String mostField = "section-most-" + row;
			boolean empty = isBlank(weightField) && isBlank(mostField);
			if (name.isBlank()) {
				if (!empty) {
					wrong("section-" + row, "Name the section that this is for, or empty the row.");
				}
				continue;
			}
			if (name.length() > LONGEST_SECTION) {
				wrong("section-" + row,
						"This has " + name.length() + " characters; " + LONGEST_SECTION + " is the most. Shorten it.");
			}
			if (!seen.add(name.toLowerCase(Locale.ROOT))) {
				wrong("section-" + row, "\"" + name + "\" stands here twice. Empty one of the rows.");
			}
			if (!isBlank(weightField)) {
				weights.put(name, number(weightField, 0, MOST_WEIGHT));
			}
			if (!isBlank(mostField)) {
				mosts.put(name, whole(mostField, 0, PickingForm.MOST_STORIES));
			}
		}
	}

	private SlowNews slowNews() {
		for (SlowNews rule : SlowNews.values()) {
			if (rule.name().equals(this.form.value("slowNews"))) {
				return rule;
			}
		}
		wrong("slowNews", "Choose what happens on a slow day: SKIP, MERGE, WIDEN or EVERGREEN.");
		return SlowNews.WIDEN;
	}

	private int whole(String field, int least, int most) {
		String value = this.form.value(field);
		try {
			int number = Integer.parseInt(value);
			if (number >= least && number <= most) {
				return number;
			}
		}
		catch (NumberFormatException ex) {
			// Said below, like a number that is too great.
		}
		wrong(field, said(value) + "Write a whole number from " + least + " to " + most + ".");
		return least;
	}

	private double number(String field, double least, double most) {
		String value = this.form.value(field).replace(',', '.');
		if (value.matches("[0-9]{0,6}(\\.[0-9]{0,6})?") && value.matches(".*[0-9].*")) {
			double number = Double.parseDouble(value);
			if (number >= least && number <= most) {
				return number;
			}
		}
		wrong(field, said(this.form.value(field)) + "Write a number from " + PickingForm.plain(least) + " to "
				+ PickingForm.plain(most) + ", such as 1.5.");
		return least;
	}

	private static String said(String value) {
		return value.isEmpty() ? "This is empty. " : "\"" + value + "\" is not possible here. ";
	}

	private boolean isBlank(String field) {
		return this.form.value(field).isBlank();
	}

	private void wrong(String field, String message) {
		this.errors.putIfAbsent(field, message);
	}

}
