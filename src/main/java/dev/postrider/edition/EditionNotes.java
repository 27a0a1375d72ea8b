package dev.postrider.edition;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What became of an edition's stories just before it was sent, for its editors.
 */
public interface EditionNotes {

	/** Those of an edition, the oldest first. */
	List<Note> of(long editionId);

	/**
	 * Notes that an edition goes out with a warning that nobody accepted.
	 * @param editionId which
	 * @param warning what the gate found
	 */
	void warned(long editionId, GateFinding warning);

	/** What a note is about. */
	enum Kind {

		/** A story went out of the edition. */
		DROPPED,

		/** A source has another headline than it had. */
		CHANGED,

		/** Articles could not be asked for; their stories stayed. */
		UNCHECKED,

		/** A story goes out without its picture. */
		PICTURE,

		/** It goes out with a warning of the gate that nobody accepted. */
		WARNING

	}

	/**
	 * A note.
	 *
	 * @param at when it was made
	 * @param kind what it is about
	 * @param storyId the story, if it is about one
	 * @param words one or two sentences
	 */
	record Note(Instant at, Kind kind, @Nullable Long storyId, String words) {
	}

}
