package dev.postrider.edition;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.postrider.edition.Edition.Pick;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.newsletter.PickingRules;
import dev.postrider.story.Articles;
import dev.postrider.story.Story;
import dev.postrider.story.StoryPicker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

@Component
class JdbcTopicVariants implements TopicVariants {

	private static final Logger logger = LoggerFactory.getLogger(JdbcTopicVariants.class);

	private final EditionRows editions;

	private final DraftRows drafts;

	private final VariantRows variants;

	private final StoryChooser chooser;

	private final Reach reach;

	private final Newsletters newsletters;

	private final ArticleRound articles;

	private final JdbcEditionNotes notes;

	JdbcTopicVariants(EditionRows editions, DraftRows drafts, VariantRows variants, StoryChooser chooser, Reach reach,
			Newsletters newsletters, ArticleRound articles, JdbcEditionNotes notes) {
		this.editions = editions;
		this.drafts = drafts;
		this.variants = variants;
		this.chooser = chooser;
		this.reach = reach;
		this.newsletters = newsletters;
		this.articles = articles;
		this.notes = notes;
	}

	@Override
	public Map<Topics, Integer> choose(long editionId, Collection<Topics> choices) {
		Map<Topics, Integer> known = this.variants.known(editionId);
		Map<String, Topics> missing = new TreeMap<>();
		choices.stream()
			.filter((topics) -> !topics.equals(Topics.ALL) && !known.containsKey(topics))
			.forEach((topics) -> missing.put(topics.text(), topics));
		if (!missing.isEmpty()) {
			Edition edition = this.editions.find(editionId).orElseThrow();
			// Picking takes its time, so nothing is locked meanwhile.
			Map<Topics, List<Pick>> picked = fresh(edition, missing.values());
			this.variants.keep(edition, picked);
			known.putAll(this.variants.known(editionId));
			logger.info("Edition {}: picked for {} choices of topics, {} variants by now", editionId, missing.size(),
					known.values().stream().filter((variant) -> variant > EDITION).distinct().count());
		}
		Map<Topics, Integer> answer = new HashMap<>();
		choices.forEach((topics) -> answer.put(topics,
				topics.equals(Topics.ALL) ? EDITION : Objects.requireNonNull(known.get(topics))));
		return answer;
	}

	@Override
	public Map<Topics, Integer> known(long editionId) {
		Map<Topics, Integer> known = this.variants.known(editionId);
		known.put(Topics.ALL, EDITION);
		return known;
	}

	@Override
	public Optional<Edition> preview(Edition edition, Topics topics) {
		if (topics.equals(Topics.ALL)) {
			return Optional.of(edition);
		}
		List<Pick> picks = pick(edition, List.of(topics)).getOrDefault(topics, List.of());
		return picks.isEmpty() ? Optional.empty() : Optional.of(this.variants.as(edition, picks));
	}

	@Override
	public Map<Topics, Edition> previews(Edition edition, Collection<Topics> choices) {
		Map<Topics, Edition> previews = new HashMap<>();
		List<Topics> chosen = choices.stream().filter((topics) -> !topics.equals(Topics.ALL)).distinct().toList();
		if (choices.contains(Topics.ALL)) {
			previews.put(Topics.ALL, edition);
		}
		if (!chosen.isEmpty()) {
			pick(edition, chosen).forEach((topics, picks) -> {
				if (!picks.isEmpty()) {
					previews.put(topics, this.variants.as(edition, picks));
				}
			});
		}
		return previews;
	}

	@Override
	public List<Group> groups(Edition edition) {
		Map<Integer, List<Topics>> choices = new TreeMap<>();
		this.variants.known(edition.id())
			.entrySet()
			.stream()
			.filter((choice) -> choice.getValue() != NOTHING)
			.sorted(Comparator.comparing((choice) -> choice.getKey().text()))
			.forEach((choice) -> choices.computeIfAbsent(choice.getValue(), (variant) -> new ArrayList<>())
				.add(choice.getKey()));
		Map<Integer, List<Pick>> picks = new HashMap<>(Map.of(EDITION, edition.picks()));
		this.variants.editions(edition).forEach((each) -> picks.put(each.variant(), each.edition().picks()));
		return choices.entrySet()
			.stream()
			.map((group) -> new Group(group.getKey(), group.getValue(), picks.getOrDefault(group.getKey(), List.of())))
			.toList();
	}

	/** Picks, and picks again without those whose articles are gone. */
	private Map<Topics, List<Pick>> fresh(Edition edition, Collection<Topics> choices) {
		Set<Long> asked = new HashSet<>();
		edition.picks().forEach((pick) -> asked.add(pick.story().id()));
		Map<Topics, List<Pick>> picked = pick(edition, choices);
		for (int round = 0; round < ArticleRound.MOST; round++) {
			List<Pick> unasked = picked.values()
				.stream()
				.flatMap(List::stream)
				.filter((pick) -> asked.add(pick.story().id()))
				.toList();
			Map<Long, Articles.Answer> gone = this.articles.gone(edition.id(),
					unasked.stream().map(Pick::story).toList(), " for readers of topics");
			if (gone.isEmpty()) {
				return picked;
			}
			unasked.stream().filter((pick) -> gone.containsKey(pick.story().id())).forEach((pick) -> {
				Articles.Answer answer = Objects.requireNonNull(gone.get(pick.story().id()));
				this.drafts.drop(edition.id(), pick.story().id());
				this.notes.aboutStory(edition.id(), EditionNotes.Kind.DROPPED, pick.story().id(),
						"“%s” was dropped for readers of topics: its article is gone, %s.".formatted(pick.headline(),
								answer.words()));
			});
			picked = pick(edition, choices);
		}
		return picked;
	}

	private Map<Topics, List<Pick>> pick(Edition edition, Collection<Topics> choices) {
		if (edition.corrects() != null) {
			// Whoever had the story is told, whatever topics they take by now.
			return choices.stream().collect(Collectors.toMap(Function.identity(), (topics) -> edition.picks()));
		}
		Newsletter newsletter = this.newsletters.find(edition.newsletterId()).orElseThrow();
		PickingRules rules = this.newsletters.rules(newsletter.id());
		List<Pick> staying = edition.picks().stream().filter(Pick::pinned).toList();
		List<Story> kept = staying.stream().map(Pick::story).toList();
		int count = Math.max(0, newsletter.storyCount() - staying.size());
		Set<Long> without = new HashSet<>(this.drafts.carriedBefore(edition));
		without.addAll(this.drafts.dropped(edition.id()));
		boolean ordered = this.variants.isOrderEdited(edition.id());
		Instant begun = (edition.startedAt() != null) ? edition.startedAt() : edition.dueAt();
		// Sent before its hour: what is under embargo until then is so still.
		Instant at = begun.isBefore(edition.dueAt()) ? begun : edition.dueAt();
		StoryPicker.Request request = new StoryPicker.Request(
				this.reach.asComposed(edition, newsletter, rules.slowNews()), rules, at, count, without, kept,
				Set.of());
		Iterator<List<Pick>> answers = this.chooser
			.chooseAll(request, begun, choices.stream().map((topics) -> Set.copyOf(topics.names())).toList())
			.iterator();
		Map<Topics, List<Pick>> picked = new LinkedHashMap<>();
		for (Topics topics : choices) {
			List<Pick> chosen = answers.next();
			picked.put(topics, ordered ? Arrangement.inOrderOf(edition.picks(), staying, chosen)
					: Arrangement.around(staying, chosen));
		}
		return picked;
	}

}
