package dev.postrider.edition;

import dev.postrider.newsletter.Newsletter;

/**
 * Reads every story of an edition again just before it is sent.
 */
public interface EditionRefresh {

	/**
	 * Composes the edition as its stories stand now, and asks for their articles. What
	 * was withdrawn, has come under embargo or is gone from the web is dropped, and the
	 * next of the pick takes its place. A headline that its source changed is taken over;
	 * where an editor rewrote it, the editor's stands and is noted. An article whose
	 * server is away drops nothing. All of it is kept as {@link EditionNotes}.
	 * <p>
	 * From an edition that an editor approved stories are dropped likewise. Others come
	 * in only when it would have fewer than the newsletter's minimum otherwise: whoever
	 * approved four stories would rather see three go out than three and one unread.
	 * @param editionId which, still editable
	 * @param newsletter its newsletter
	 * @return the edition as it may go out
	 */
	Edition refresh(long editionId, Newsletter newsletter);

}
