package dev.postrider.edition;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What readers get who chose topics. The stories are picked once for each distinct
 * choice, however many readers share it, by the rules of the edition: what an editor
 * pinned is in every variant, what an editor dropped or banned is in none, and an
 * editor's words for a story stand wherever it stands.
 */
public interface TopicVariants {

	/** Of readers whose topics have no story. */
	int NOTHING = 0;

	/** The edition as it was composed. */
	int EDITION = 1;

	/**
	 * Picks for choices that were not picked for before; those that were keep their
	 * stories, so a step that is done again changes nothing. Choices that lead to the
	 * same stories share a variant.
	 * @param editionId an edition that nobody edits any more
	 * @param choices of its readers
	 * @return each choice's variant
	 */
	Map<Topics, Integer> choose(long editionId, Collection<Topics> choices);

	/**
	 * The variant of each choice that was picked for so far, {@link Topics#ALL} included.
	 */
	Map<Topics, Integer> known(long editionId);

	/**
	 * The edition as readers of these topics would get it now; nothing is kept, and no
	 * article is asked for.
	 * @param edition may be a draft
	 * @param topics of a reader
	 * @return that edition, or empty when these topics have no story
	 */
	Optional<Edition> preview(Edition edition, Topics topics);

	/**
	 * The same for many choices at once; those that have no story are left out.
	 */
	Map<Topics, Edition> previews(Edition edition, Collection<Topics> choices);

	/**
	 * What was picked for an edition's readers so far, by variant; without those whose
	 * topics have no story.
	 */
	List<Group> groups(Edition edition);

	/**
	 * Readers who get the same stories.
	 *
	 * @param variant its key
	 * @param choices the choices that lead to it, in the order of their text
	 * @param picks its stories in order
	 */
	record Group(int variant, List<Topics> choices, List<Edition.Pick> picks) {

		public Group {
			choices = List.copyOf(choices);
			picks = List.copyOf(picks);
		}

	}

}
