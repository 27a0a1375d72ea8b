package dev.postrider.story.pick;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import dev.postrider.story.Story;
import dev.postrider.story.StoryPicker.Candidate;
import dev.postrider.story.StoryPicker.Pick;
import dev.postrider.story.StoryPicker.Picking;
import dev.postrider.story.StoryPicker.Request;

/**
 * From what is known of the stories to the picks of an edition: who may be picked, in
 * which order, and who is.
 */
final class Choice {

	private final Request request;

	private final List<Facts> all;

	private final Map<Long, Verdict> refused = new HashMap<>();

	private Choice(List<Facts> all, Request request) {
		this.all = all;
		this.request = request;
		Eligibility eligibility = new Eligibility(request);
		all.forEach((facts) -> eligibility.refuse(facts).ifPresent((verdict) -> this.refused.put(facts.id(), verdict)));
	}

	/**
	 * Chooses.
	 * @param all the stories that are looked at, each once, in any order
	 * @param request what is wanted
	 */
	static Picking of(List<Facts> all, Request request) {
		// One order, whatever the caller's: groups of like stories could depend on it.
		List<Facts> ordered = all.stream().sorted(Comparator.comparingLong(Facts::id)).toList();
		return new Choice(ordered, request).choose();
	}

	/**
	 * Chooses for several groups of readers. Which stories are of one event, and what
	 * they are worth, is the same for all of them.
	 * @param all the stories that are looked at, each once, in any order
	 * @param request what holds for every group
	 * @param topics those of each group
	 */
	static List<List<Pick>> ofAll(List<Facts> all, Request request, List<Set<String>> topics) {
		List<Facts> ordered = all.stream().sorted(Comparator.comparingLong(Facts::id)).toList();
		Field field = new Choice(ordered, request.of(Set.of())).field();
		List<List<Pick>> answers = new ArrayList<>();
		for (Set<String> wanted : topics) {
			Choice choice = new Choice(ordered, request.of(wanted));
			Selection.Chosen chosen = choice.select(field);
			if (!field.covers(chosen.picks())) {
				// Of a section that stands far behind: the rest of the field is looked
				// at.
				field = field.whole();
				chosen = choice.select(field);
			}
			answers.add(picks(chosen));
		}
		return answers;
	}

	private Field field() {
		return Field.of(this.all, this.request, this::isEligible);
	}

	private Picking choose() {
		Field field = field();
		Selection.Chosen chosen = select(field);
		if (!field.covers(chosen.picks())) {
			field = field.whole();
			chosen = select(field);
		}
		return new Picking(picks(chosen), candidates(field.ranked(), chosen), shortage(chosen));
	}

	private Selection.Chosen select(Field field) {
		Events events = field.events();
		this.all.stream().filter(Facts::isMailed).forEach((old) -> refuseTheSameAs(old, events));
		return Selection.of(field.ranked().stream().filter((one) -> isEligible(one.facts())).toList(),
				this.request.rules(), this.request.count(), this.request.kept(), events);
	}

	private static List<Pick> picks(Selection.Chosen chosen) {
		return chosen.picks()
			.stream()
			.map((one) -> new Pick(one.story(), one.score(), one.reason(),
					chosen.also().getOrDefault(one.id(), List.of())))
			.toList();
	}

	private boolean isEligible(Facts facts) {
		return !this.refused.containsKey(facts.id());
	}

	private void refuseTheSameAs(Facts mailed, Events events) {
		List<Story> same = events.of(mailed.story());
		if (same.size() > 1) {
			this.all.stream()
				.filter((facts) -> isEligible(facts) && same.contains(facts.story()))
				.forEach((facts) -> Eligibility.refuse(facts, mailed)
					.ifPresent((verdict) -> this.refused.put(facts.id(), verdict)));
		}
	}

	private List<Candidate> candidates(List<Ranked> ranked, Selection.Chosen chosen) {
		List<Candidate> candidates = new ArrayList<>();
		int place = 0;
		for (Ranked one : ranked) {
			Verdict verdict = this.refused.getOrDefault(one.id(), chosen.verdicts().get(one.id()));
			boolean picked = verdict == null;
			candidates.add(new Candidate(one.story(), one.score(),
					picked ? "Picked " + Phrases.nth(++place) : Objects.requireNonNull(verdict).words(), picked));
		}
		return candidates;
	}

	private Optional<String> shortage(Selection.Chosen chosen) {
		int wanted = Math.max(0, this.request.count());
		if (chosen.picks().size() >= wanted) {
			return Optional.empty();
		}
		Map<String, Integer> causes = new LinkedHashMap<>();
		Stream.concat(this.refused.values().stream(), chosen.verdicts().values().stream())
			.map(Verdict::sort)
			.sorted()
			.forEach((sort) -> causes.merge(sort, 1, Integer::sum));
		String found = chosen.picks().isEmpty() ? "No story could be picked, wanted are " + wanted
				: "Only " + chosen.picks().size() + " of " + wanted + " stories could be picked";
		return Optional.of(causes.isEmpty() ? found + ": no others came in."
				: found + "; left out: " + String.join(", ",
						causes.entrySet().stream().map((cause) -> cause.getValue() + " " + cause.getKey()).toList())
						+ ".");
	}

}
