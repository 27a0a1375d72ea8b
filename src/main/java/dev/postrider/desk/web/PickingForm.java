package dev.postrider.desk.web;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.PickingRules;
import dev.postrider.newsletter.Quota;
import dev.postrider.newsletter.Weights;
import dev.postrider.story.StoryKind;

/**
 * Picking rules as they are typed, field by field. What cannot be read stays as it was
 * typed; {@link PickingReading} says what is wrong with it.
 */
public final class PickingForm {

	/** The weights' names, in the order of a score's parts. */
	static final List<String> WEIGHTS = List.of("position", "section", "recency", "boost", "engagement", "sources",
			"image");

	/** No edition carries more: a quota of so many is none. */
	static final int MOST_STORIES = 50;

	private static final int MOST_SECTIONS = 60;

	private static final int EMPTY_ROWS = 2;

	private final Map<String, String> typed;

	private final Map<String, String> errors;

	private final int sections;

	private PickingForm(Map<String, String> typed, Map<String, String> errors, int sections) {
		this.typed = typed;
		this.errors = errors;
		this.sections = sections;
	}

	/** As it is stored, with a row for every section that is known. */
	static PickingForm of(Newsletter newsletter, PickingRules rules, List<String> known) {
		Map<String, String> typed = new HashMap<>();
		typed.put("stories", String.valueOf(newsletter.storyCount()));
		typed.put("window", String.valueOf(newsletter.storyWindow().toHours()));
		typed.put("halfLife", plain(rules.halfLife().toMinutes() / 60.0));
		typed.put("minimum", String.valueOf(rules.minimum()));
		typed.put("slowNews", rules.slowNews().name());
		Weights weights = rules.weights();
		List<Double> values = List.of(weights.position(), weights.section(), weights.recency(), weights.boost(),
				weights.engagement(), weights.sources(), weights.image());
		for (int i = 0; i < WEIGHTS.size(); i++) {
			typed.put("weight-" + WEIGHTS.get(i), plain(values.get(i)));
		}
		for (StoryKind kind : StoryKind.values()) {
			Quota quota = rules.kinds().get(kind.name());
			typed.put("least-" + kind, (quota == null || quota.least() == 0) ? "" : String.valueOf(quota.least()));
			typed.put("most-" + kind,
					(quota == null || quota.most() >= MOST_STORIES) ? "" : String.valueOf(quota.most()));
		}
		int row = 0;
		for (String section : sections(rules, known)) {
			row++;
			Double weight = rules.sectionWeights().get(section);
			Integer most = rules.sectionMost().get(section);
			typed.put("section-" + row, section);
			typed.put("section-weight-" + row, (weight != null) ? plain(weight) : "");
			typed.put("section-most-" + row, (most != null) ? String.valueOf(most) : "");
		}
		return new PickingForm(typed, Map.of(), row + EMPTY_ROWS);
	}

	/** As it was typed, and nothing else of the request. */
	static PickingForm typed(Map<String, String> fields) {
		int row = 0;
		while (row < MOST_SECTIONS && fields.containsKey("section-" + (row + 1))) {
			row++;
		}
		Map<String, String> typed = new HashMap<>();
		fields.forEach((name, value) -> typed.put(name, value.strip()));
		return new PickingForm(typed, Map.of(), row);
	}

	PickingForm with(Map<String, String> wrong) {
		return new PickingForm(this.typed, new LinkedHashMap<>(wrong), this.sections);
	}

	private static Set<String> sections(PickingRules rules, List<String> known) {
		Set<String> all = new LinkedHashSet<>(rules.sectionWeights().keySet().stream().sorted().toList());
		all.addAll(rules.sectionMost().keySet().stream().sorted().toList());
		Set<String> lower = new LinkedHashSet<>(all.stream().map((name) -> name.toLowerCase(Locale.ROOT)).toList());
		known.stream()
			.filter((section) -> all.size() < MOST_SECTIONS - EMPTY_ROWS)
			.filter((section) -> lower.add(section.toLowerCase(Locale.ROOT)))
			.forEach(all::add);
		return all;
	}

	/** All fields in order. */
	Map<String, String> stored() {
		return new TreeMap<>(this.typed);
	}

	/** What stands in a field. */
	public String value(String field) {
		return this.typed.getOrDefault(field, "");
	}

	/** What is wrong with a field; empty when nothing is. */
	public String error(String field) {
		return this.errors.getOrDefault(field, "");
	}

	/** How many fields are wrong. */
	public int wrong() {
		return this.errors.size();
	}

	/** How many rows of sections there are. */
	public int rows() {
		return this.sections;
	}

	/** The weights with their words. */
	public List<Weight> weights() {
		return WEIGHTS.stream()
			.map((name) -> new Weight("weight-" + name, RankedStory.word(name), hint(name)))
			.toList();
	}

	/** The kinds with their words. */
	public List<Weight> kinds() {
		List<Weight> kinds = new ArrayList<>();
		for (StoryKind kind : StoryKind.values()) {
			String word = StatusWords.of(kind);
			kinds.add(new Weight(kind.name(), (word != null) ? word : "News", ""));
		}
		return kinds;
	}

	static String plain(double value) {
		return BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_UP).stripTrailingZeros().toPlainString();
	}

	static Duration hours(double hours) {
		return Duration.ofMinutes(Math.round(hours * 60));
	}

	private static String hint(String name) {
		return switch (name) {
			case "position" -> "The higher in its feed, the more.";
			case "section" -> "Times what the section counts below.";
			case "recency" -> "Halves with every half-life.";
			case "boost" -> "Times the push, from −10 to 10.";
			case "engagement" -> "Views, comments and shares, within the section.";
			case "sources" -> "The more sources have it, the more.";
			default -> "Whether it has one that may be mailed.";
		};
	}

	/**
	 * A field of the form.
	 *
	 * @param field its name
	 * @param word what it is called
	 * @param hint what it does
	 */
	public record Weight(String field, String word, String hint) {
	}

}
