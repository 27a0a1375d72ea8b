package dev.postrider.edition;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import dev.postrider.edition.Edition.Pick;
import dev.postrider.story.Score;
import dev.postrider.story.Story;
import org.jspecify.annotations.Nullable;

/**
 * An edition while it is being changed: its stories and words as they will be stored.
 */
final class Draft {

	private static final String ADDED = "Added by an editor";

	private final Edition edition;

	private final boolean orderWasEdited;

	private final Words wordsBefore;

	private List<Pick> picks;

	private boolean orderEdited;

	private Words words;

	Draft(Edition edition, boolean orderEdited, boolean subjectEdited, boolean preheaderEdited) {
		this.edition = edition;
		this.picks = edition.picks();
		this.orderWasEdited = orderEdited;
		this.orderEdited = orderEdited;
		this.wordsBefore = new Words(edition.subject(), subjectEdited, edition.preheader(), preheaderEdited,
				edition.intro());
		this.words = this.wordsBefore;
	}

	Edition edition() {
		return this.edition;
	}

	List<Pick> picks() {
		return this.picks;
	}

	boolean orderEdited() {
		return this.orderEdited;
	}

	Words words() {
		return this.words;
	}

	boolean isChanged() {
		return !this.picks.equals(this.edition.picks()) || !this.words.equals(this.wordsBefore)
				|| this.orderEdited != this.orderWasEdited;
	}

	boolean has(long storyId) {
		return this.picks.stream().anyMatch((pick) -> pick.story().id() == storyId);
	}

	void add(Story story) {
		if (has(story.id())) {
			pin(story.id(), true);
			return;
		}
		List<Pick> next = new ArrayList<>(this.picks);
		next.add(new Pick(story, next.size() + 1, ADDED, true, null, null, Score.NONE, List.of()));
		set(next);
	}

	void remove(long storyId) {
		set(this.picks.stream().filter((pick) -> pick.story().id() != storyId).toList());
	}

	void pin(long storyId, boolean pinned) {
		change(storyId, (pick) -> pick.pinned(pinned));
	}

	void rewrite(long storyId, @Nullable String headline, @Nullable String summary) {
		change(storyId, (pick) -> pick.rewritten(otherThan(headline, pick.story().headline()),
				otherThan(summary, pick.story().summary())));
	}

	void reorder(List<Long> storyIds) {
		Map<Long, Pick> byStory = new HashMap<>();
		this.picks.forEach((pick) -> byStory.put(pick.story().id(), pick));
		if (storyIds.size() != byStory.size() || !byStory.keySet().equals(Set.copyOf(new TreeSet<>(storyIds)))) {
			throw new EditionException("The new order of edition " + this.edition.label() + " names stories " + storyIds
					+ ", but the edition has " + new TreeSet<>(byStory.keySet())
					+ ". It was changed meanwhile: load it again.");
		}
		if (!storyIds.equals(this.picks.stream().map((pick) -> pick.story().id()).toList())) {
			set(storyIds.stream().map((id) -> Objects.requireNonNull(byStory.get(id))).toList());
			this.orderEdited = true;
		}
	}

	void describe(String subject, String preheader, @Nullable String intro) {
		this.words = Words.byEditor(subject, preheader, intro, this.picks);
	}

	/** Sets the stories in this order; words that no editor wrote follow. */
	void set(List<Pick> ordered) {
		Set<Long> standing = ordered.stream().map((pick) -> pick.story().id()).collect(Collectors.toSet());
		List<Pick> next = new ArrayList<>();
		for (Pick pick : ordered) {
			// A story that stands for itself is no other's "also".
			next.add(pick.at(next.size() + 1)
				.with(pick.also().stream().filter((other) -> !standing.contains(other.id())).toList()));
		}
		this.picks = List.copyOf(next);
		this.words = this.words.following(this.picks);
	}

	private void change(long storyId, UnaryOperator<Pick> change) {
		if (!has(storyId)) {
			throw new EditionException("Story " + storyId + " is not in edition " + this.edition.label()
					+ ". It was changed meanwhile: load it again.");
		}
		set(this.picks.stream().map((pick) -> (pick.story().id() == storyId) ? change.apply(pick) : pick).toList());
	}

	private static @Nullable String otherThan(@Nullable String text, String own) {
		return (text == null || text.isBlank() || text.strip().equals(own.strip())) ? null : text.strip();
	}

}
