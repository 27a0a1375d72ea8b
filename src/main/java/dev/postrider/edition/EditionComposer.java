package dev.postrider.edition;

import java.util.List;

import dev.postrider.newsletter.Newsletter;
import org.jspecify.annotations.Nullable;

/**
 * Puts an edition together: by itself, and at an editor's word. Every change wants an
 * edition that is {@code DRAFT} or {@code APPROVED}, raises its version, and is refused
 * with an {@link EditionException} otherwise.
 */
public interface EditionComposer {

	/**
	 * Fills the edition up to the newsletter's number of stories. What is there stays:
	 * pinned, rewritten and added stories keep their place; unpinned ones that a machine
	 * chose are chosen anew, in their order unless an editor set another; dropped and
	 * banned ones do not return, withdrawn and embargoed ones go. Subject and preheader
	 * are written anew unless an editor wrote them. Calling it twice gives the same
	 * edition.
	 * <p>
	 * Where the newsletter's rule for little news says so, stories reach further back
	 * than its window, or some that do not age fill it; what was done is in
	 * {@link SlowDays}.
	 * <p>
	 * A correction edition stays as it is: it tells of the corrected story, even of one
	 * that was withdrawn, and of no other.
	 * <p>
	 * What was approved is what goes out: composing an {@code APPROVED} edition takes out
	 * what may not be mailed any more, and adds others only when that leaves fewer than
	 * the newsletter's minimum.
	 * @param editionId which
	 * @param newsletter its newsletter
	 */
	Edition compose(long editionId, Newsletter newsletter);

	/** Adds a story at the end, pinned. */
	Edition add(long editionId, long storyId);

	/** Takes a story out; composing anew does not bring it back. */
	Edition drop(long editionId, long storyId);

	/** Keeps a story whatever comes, or no longer. */
	Edition pin(long editionId, long storyId, boolean pinned);

	/**
	 * Sets the order.
	 * @param editionId which
	 * @param storyIds exactly the edition's stories
	 */
	Edition reorder(long editionId, List<Long> storyIds);

	/**
	 * Rewrites a story for this edition.
	 * @param editionId which
	 * @param storyId which story
	 * @param headline the editor's headline, or {@code null} for the story's own
	 * @param summary the editor's summary, or {@code null} for the story's own
	 */
	Edition rewrite(long editionId, long storyId, @Nullable String headline, @Nullable String summary);

	/**
	 * Sets the words around the stories.
	 * @param editionId which
	 * @param subject one line of at most 250 characters, not blank
	 * @param preheader one line of at most 250 characters
	 * @param intro words above the stories, or {@code null}
	 */
	Edition describe(long editionId, String subject, String preheader, @Nullable String intro);

}
