package dev.postrider.edition;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import dev.postrider.newsletter.Newsletter;

/**
 * What was wrong in stories that were mailed. A correction stands beside the story, with
 * its date, wherever the archive shows it; readers who had the story by mail can be told
 * by an edition of their own.
 */
public interface Corrections {

	/** Characters a correction may have. */
	int LONGEST = 1000;

	/**
	 * Marks a story as corrected, in every edition of the archive that carries it.
	 * @param storyId a story that was mailed
	 * @param words what was wrong and what is right, of at most {@link #LONGEST}
	 * characters
	 * @param actor who says so
	 * @throws EditionException when the words are missing or too long, or no edition with
	 * the story was sent
	 */
	Correction mark(long storyId, String words, String actor);

	/**
	 * Drafts the next number of a mailed edition's date, with one corrected story. Its
	 * audience is who was sent that story in that edition and may still be mailed.
	 * @param mailed an edition whose sending began
	 * @param newsletter its newsletter
	 * @param storyId one of those it {@link #carried}, which has been marked
	 * @return the draft, which goes out when somebody sends it
	 * @throws EditionException when the edition was not sent to its end, or the story is
	 * not in it or was not marked
	 */
	Edition draft(Edition mailed, Newsletter newsletter, long storyId);

	/**
	 * The stories that readers of an edition had, each as it was told: the edition's own
	 * in their order, then those that only readers of some topics had.
	 * @param mailed an edition whose sending began
	 */
	List<Edition.Pick> carried(Edition mailed);

	/** The corrections of some stories, by story, the oldest first. */
	Map<Long, List<Correction>> of(Collection<Long> storyIds);

	/**
	 * A correction.
	 *
	 * @param storyId of which story
	 * @param at when it was made
	 * @param words what was wrong and what is right
	 * @param by who made it
	 */
	record Correction(long storyId, Instant at, String words, String by) {
	}

}
