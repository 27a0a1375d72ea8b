package dev.postrider.story.pick;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import dev.postrider.newsletter.PickingRules;
import dev.postrider.newsletter.Weights;
import dev.postrider.story.Score;
import dev.postrider.story.Score.Part;
import dev.postrider.story.Story;
import dev.postrider.story.StoryKind;
import dev.postrider.story.pick.Facts.Sighting;
import org.jspecify.annotations.Nullable;

/**
 * Scores stories and puts the best first. The same stories, in whatever order they come,
 * give the same ranking.
 */
final class Ranking {

	/** So many places down a feed a story is worth half. */
	private static final double HALF_PLACES = 8;

	/** The top of a section's feed is not the top of the news. */
	private static final double SECTION_FEED = 0.7;

	/** Neither good nor bad: it came by the API, or its feed only tells what is new. */
	private static final double NO_POSITION = 0.3;

	/** Further down, a place is nothing to boast of. */
	private static final int WORTH_SAYING = 10;

	private final PickingRules rules;

	private final Instant at;

	private final Readership readership;

	private final Map<Long, Facts> known = new HashMap<>();

	private final boolean severalFrontPages;

	private final Set<Long> timelines;

	/**
	 * Knows what is usual among stories.
	 * @param all each once
	 * @param rules the weights
	 * @param at the moment their age is reckoned at
	 */
	Ranking(List<Facts> all, PickingRules rules, Instant at) {
		this.rules = rules;
		this.at = at;
		this.readership = new Readership(all);
		Set<Long> fronts = new HashSet<>();
		for (Facts facts : all) {
			this.known.put(facts.id(), facts);
			facts.sightings()
				.stream()
				.filter((sighting) -> sighting.section() == null)
				.forEach((sighting) -> fronts.add(sighting.sourceId()));
		}
		this.severalFrontPages = fronts.size() > 1;
		this.timelines = Timelines.among(all);
	}

	/** Ranks stories, each as if its event were its own. */
	List<Ranked> of(List<Facts> stories) {
		return stories.stream().map((facts) -> rank(facts, facts.sources())).sorted(Ranking::compare).toList();
	}

	/**
	 * Ranks stories again.
	 * @param before as they were ranked
	 * @param events which are of the same event: the sources of all count for each
	 */
	List<Ranked> again(List<Ranked> before, Events events) {
		return before.stream().map((ranked) -> {
			List<Story> event = events.of(ranked.story());
			return (event.size() == 1) ? ranked : rank(ranked.facts(), sources(event));
		}).sorted(Ranking::compare).toList();
	}

	/** Best first; then the newer, then the one that came in later. */
	private static int compare(Ranked one, Ranked other) {
		int order = Double.compare(other.total(), one.total());
		if (order == 0) {
			order = other.story().publishedAt().compareTo(one.story().publishedAt());
		}
		return (order != 0) ? order : Long.compare(other.id(), one.id());
	}

	private List<Long> sources(List<Story> event) {
		return event.stream()
			.flatMap((story) -> Stream.ofNullable(this.known.get(story.id())))
			.flatMap((facts) -> facts.sources().stream())
			.distinct()
			.toList();
	}

	private Ranked rank(Facts facts, List<Long> sources) {
		Weights weights = this.rules.weights();
		List<String> merits = new ArrayList<>();
		List<Part> parts = new ArrayList<>();
		parts.add(position(facts, weights.position(), merits));
		parts.add(section(facts.story(), weights.section()));
		parts.add(recency(facts, weights.recency(), merits));
		parts.add(boost(facts, weights.boost(), merits));
		parts.add(engagement(facts, weights.engagement(), merits));
		parts.add(sources(sources.size(), weights.sources(), merits));
		parts.add(image(facts.story(), weights.image()));
		Score score = new Score(parts);
		return new Ranked(facts, score, score.total(), reason(facts, merits));
	}

	private Part position(Facts facts, double weight, List<String> merits) {
		Sighting best = null;
		double value = 0;
		for (Sighting sighting : facts.sightings()) {
			if (this.timelines.contains(sighting.sourceId())) {
				continue;
			}
			double here = value(sighting);
			if (here > value) {
				best = sighting;
				value = here;
			}
		}
		Integer position = (best != null) ? best.position() : null;
		if (best == null || position == null) {
			return part("position", NO_POSITION, weight,
					facts.sightings().isEmpty() ? "no place in a feed"
							: facts.sightings().stream().anyMatch((sighting) -> sighting.position() != null)
									? "its feed is in order of time" : "no longer in its feed");
		}
		String words = Phrases.nth(position) + " " + feed(best);
		if (position <= WORTH_SAYING) {
			merits.add(words);
		}
		return part("position", value, weight, words);
	}

	private static double value(Sighting sighting) {
		Integer position = sighting.position();
		return (position == null) ? 0 : Math.pow(0.5, (Math.max(1, position) - 1) / HALF_PLACES)
				* ((sighting.section() != null) ? SECTION_FEED : 1);
	}

	private String feed(Sighting sighting) {
		String section = sighting.section();
		if (section != null) {
			return "in the " + section + " feed";
		}
		return (this.severalFrontPages && !sighting.feed().isBlank()) ? "on the front page of " + sighting.feed()
				: "on the front page";
	}

	private Part section(Story story, double weight) {
		String section = story.section();
		double value = (section != null) ? this.rules.weightOf(section) : 1;
		String words = (section == null) ? "no section" : (value == 1) ? section
				: section + " counts " + BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
		return part("section", value, weight, words);
	}

	private Part recency(Facts facts, double weight, List<String> merits) {
		Duration age = Duration.between(facts.freshAt(), this.at);
		double halfLives = Math.max(0, (double) age.toMillis() / this.rules.halfLife().toMillis());
		String words = facts.isUpdated() ? "updated " + Phrases.age(age) + " ago"
				: (age.toMinutes() < 1) ? "just published" : Phrases.age(age) + " old";
		merits.add(words);
		return part("recency", Math.pow(0.5, halfLives), weight, words);
	}

	private static Part boost(Facts facts, double weight, List<String> merits) {
		double boost = facts.boost();
		if (boost > 0) {
			merits.add("pushed up by an editor");
		}
		return part("boost", boost, weight,
				(boost == 0) ? "no boost" : (boost > 0) ? "pushed up by an editor" : "pushed down by an editor");
	}

	private Part engagement(Facts facts, double weight, List<String> merits) {
		Facts.Engagement engagement = facts.engagement();
		if (engagement == null) {
			return part("engagement", 0, weight, "no numbers");
		}
		Optional<String> distinction = this.readership.distinction(facts);
		distinction.ifPresent(merits::add);
		return part("engagement", this.readership.interest(facts), weight,
				distinction.orElseGet(() -> Phrases.count(engagement.views(), "view") + ", "
						+ Phrases.count(engagement.comments(), "comment") + ", "
						+ Phrases.count(engagement.shares(), "share")));
	}

	private static Part sources(int number, double weight, List<String> merits) {
		String words = "in " + Phrases.count(number, "source");
		if (number > 1) {
			merits.add(words);
		}
		return part("sources", 1 - 1.0 / Math.max(1, number), weight, words);
	}

	private static Part image(Story story, double weight) {
		Story.@Nullable Image image = story.image();
		boolean usable = image != null && !image.notForEmail();
		return part("image", usable ? 1 : 0, weight,
				usable ? "has a picture" : (image != null) ? "its picture is not for e-mail" : "no picture");
	}

	private String reason(Facts facts, List<String> merits) {
		List<String> all = new ArrayList<>();
		StoryKind kind = facts.story().kind();
		if (kind != StoryKind.NEWS) {
			all.add(Phrases.kind(kind));
		}
		if (merits.size() == 1) {
			// Only its age: the section tells the rest.
			String section = facts.story().section();
			all.add(merits.get(0) + ((section != null) ? ", in " + section : ""));
		}
		else {
			all.addAll(merits);
		}
		if (facts.mailing() != null) {
			all.add("changed since it was mailed on " + facts.mailing().date());
		}
		return Phrases.sentence(String.join(", ", all));
	}

	/** Rounded, so that it is the same after it was stored. */
	private static Part part(String name, double value, double weight, String words) {
		return new Part(name, Math.round(value * 1e6) / 1e6, weight, words);
	}

}
