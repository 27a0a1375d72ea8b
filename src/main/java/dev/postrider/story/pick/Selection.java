package dev.postrider.story.pick;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.postrider.newsletter.PickingRules;
import dev.postrider.newsletter.Quota;
import dev.postrider.story.Story;
import dev.postrider.story.StoryKind;
import org.jspecify.annotations.Nullable;

/**
 * Chooses from ranked stories: the best of all, one for each event, never more of a
 * section or kind than the rules allow; where there would be too few of a kind, a place
 * is kept for its best. No section fills more than half of the edition while there is
 * other news.
 */
final class Selection {

	private final PickingRules rules;

	private final int count;

	private final Events events;

	private final int fairShare;

	private final Verdict outdone;

	private final Map<String, Integer> sections = new HashMap<>();

	private final Map<StoryKind, Integer> kinds = new EnumMap<>(StoryKind.class);

	/** Who stands for an event, by every story of it. */
	private final Map<Long, Story> standing = new HashMap<>();

	private final Map<Long, Ranked> chosen = new HashMap<>();

	private final Set<Long> reserved = new HashSet<>();

	private final Set<Long> spread = new HashSet<>();

	private final Map<String, Optional<Integer>> limits = new HashMap<>();

	private Selection(PickingRules rules, int count, List<Story> kept, Events events) {
		this.rules = rules;
		this.count = Math.max(0, count);
		this.events = events;
		this.fairShare = (this.count + kept.size() + 1) / 2;
		this.outdone = new Verdict("outdone",
				(this.count == 0) ? "The edition is full" : "Not among the best " + this.count);
		kept.forEach(this::counts);
	}

	/**
	 * Chooses.
	 * @param eligible what may be picked, best first
	 * @param rules the quotas
	 * @param count how many to choose
	 * @param kept what the edition has already
	 * @param events which stories are of the same event
	 */
	static Chosen of(List<Ranked> eligible, PickingRules rules, int count, List<Story> kept, Events events) {
		List<Ranked> reserved = new ArrayList<>();
		while (true) {
			Selection selection = new Selection(rules, count, kept, events);
			reserved.forEach(selection::reserve);
			Optional<Ranked> missing = selection.afterFilling(eligible);
			if (missing.isEmpty()) {
				return selection.result(eligible);
			}
			reserved.add(missing.get());
		}
	}

	private void reserve(Ranked ranked) {
		take(ranked);
		this.reserved.add(ranked.id());
	}

	/**
	 * Fills the places that are not reserved.
	 * @return the best of a kind of which there are too few, for which a place is to be
	 * reserved. Never one whose event is told already: a podcast on the day's lead must
	 * not take its place.
	 */
	private Optional<Ranked> afterFilling(List<Ranked> eligible) {
		List<Ranked> possible = (this.chosen.size() == this.count) ? List.of()
				: eligible.stream()
					.filter((ranked) -> this.rules.kinds().containsKey(ranked.kind().name()) && mayTake(ranked))
					.toList();
		fill(eligible, true);
		fill(eligible, false);
		return possible.stream()
			.filter((ranked) -> isWanted(ranked.kind()) && !this.standing.containsKey(ranked.id()))
			.findFirst();
	}

	private boolean isWanted(StoryKind kind) {
		Quota quota = this.rules.kinds().get(kind.name());
		return quota != null && this.kinds.getOrDefault(kind, 0) < quota.least();
	}

	private void fill(List<Ranked> eligible, boolean fairly) {
		for (Ranked ranked : eligible) {
			if (this.chosen.size() == this.count) {
				return;
			}
			if (!mayTake(ranked)) {
				continue;
			}
			String section = key(ranked.story());
			if (fairly && section != null && this.sections.getOrDefault(section, 0) >= this.fairShare) {
				this.spread.add(ranked.id());
			}
			else {
				take(ranked);
			}
		}
	}

	private boolean mayTake(Ranked ranked) {
		return this.chosen.size() < this.count && !this.chosen.containsKey(ranked.id())
				&& !this.standing.containsKey(ranked.id()) && fullSection(ranked.story()).isEmpty()
				&& fullKind(ranked.kind()).isEmpty();
	}

	private void take(Ranked ranked) {
		this.chosen.put(ranked.id(), ranked);
		counts(ranked.story());
	}

	private void counts(Story story) {
		String section = key(story);
		if (section != null) {
			this.sections.merge(section, 1, Integer::sum);
		}
		this.kinds.merge(story.kind(), 1, Integer::sum);
		this.events.of(story).forEach((other) -> this.standing.putIfAbsent(other.id(), story));
	}

	private Optional<Verdict> fullSection(Story story) {
		String section = story.section();
		String key = key(story);
		if (section == null || key == null) {
			return Optional.empty();
		}
		return this.limits.computeIfAbsent(key, (any) -> this.rules.mostOf(section))
			.filter((most) -> this.sections.getOrDefault(key, 0) >= most)
			.map((most) -> new Verdict("over the limit of a section",
					(most == 0) ? section + " is left out by the rules" : section + " has its " + most + " already"));
	}

	private Optional<Verdict> fullKind(StoryKind kind) {
		Quota quota = this.rules.kinds().get(kind.name());
		if (quota == null || this.kinds.getOrDefault(kind, 0) < quota.most()) {
			return Optional.empty();
		}
		return Optional.of(new Verdict("over the limit of a kind", (quota.most() == 0)
				? "The rules want no " + Phrases.kinds(kind, 2)
				: "The edition has its " + quota.most() + " " + Phrases.kinds(kind, quota.most()) + " already"));
	}

	private Chosen result(List<Ranked> eligible) {
		List<Ranked> picks = eligible.stream().filter((ranked) -> this.chosen.containsKey(ranked.id())).toList();
		Map<Long, Integer> places = new HashMap<>();
		picks.forEach((pick) -> places.put(pick.id(), places.size() + 1));
		Map<Long, List<Story>> also = new HashMap<>();
		Map<Long, Verdict> verdicts = new HashMap<>();
		for (int i = 0; i < eligible.size(); i++) {
			Ranked ranked = eligible.get(i);
			Story standing = this.standing.get(ranked.id());
			if (this.chosen.containsKey(ranked.id())) {
				continue;
			}
			if (standing != null) {
				if (!isReprint(ranked.story(), standing)) {
					also.computeIfAbsent(standing.id(), (id) -> new ArrayList<>()).add(ranked.story());
				}
				verdicts.put(ranked.id(), sameEvent(standing, places.get(standing.id())));
			}
			else {
				verdicts.put(ranked.id(), verdict(ranked, i, picks));
			}
		}
		return new Chosen(picks, also, verdicts);
	}

	/** The same article at another address of the same source: nothing more to read. */
	private static boolean isReprint(Story story, Story standing) {
		return story.sourceId() != null && story.sourceId().equals(standing.sourceId())
				&& story.headline().equalsIgnoreCase(standing.headline());
	}

	private static Verdict sameEvent(Story standing, @Nullable Integer place) {
		return new Verdict("of an event the edition has", "Same event as " + Phrases.quoted(standing.headline())
				+ ((place != null) ? ", picked " + Phrases.nth(place) : ", which is in the edition"));
	}

	private Verdict verdict(Ranked ranked, int rank, List<Ranked> picks) {
		Optional<Verdict> full = fullSection(ranked.story()).or(() -> fullKind(ranked.kind()));
		if (full.isPresent()) {
			return full.get();
		}
		if (this.spread.contains(ranked.id()) && ranked.story().section() != null) {
			return new Verdict("over a section's share", ranked.story().section() + " has half of the edition already");
		}
		// The worst pick that owes its place to its kind, where this one is better.
		Optional<Ranked> favoured = (rank >= this.count) ? Optional.empty()
				: picks.stream()
					.filter((pick) -> this.reserved.contains(pick.id()) && isBetter(ranked, pick))
					.max(Comparator.comparingDouble((pick) -> -pick.total()));
		return favoured
			.map((pick) -> new Verdict("outdone",
					"Its place went to the " + Phrases.kind(pick.kind()) + " "
							+ Phrases.quoted(pick.story().headline())))
			.orElse(this.outdone);
	}

	private static boolean isBetter(Ranked one, Ranked other) {
		return one.total() > other.total();
	}

	private static @Nullable String key(Story story) {
		String section = story.section();
		return (section != null) ? section.toLowerCase(Locale.ROOT) : null;
	}

	/**
	 * What was chosen.
	 *
	 * @param picks best first
	 * @param also by a pick's key the other stories of its event, best first
	 * @param verdicts by story's key, of all that were not chosen
	 */
	record Chosen(List<Ranked> picks, Map<Long, List<Story>> also, Map<Long, Verdict> verdicts) {
	}

}
