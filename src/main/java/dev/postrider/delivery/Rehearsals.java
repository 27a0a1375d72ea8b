package dev.postrider.delivery;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.postrider.edition.Edition;
import org.jspecify.annotations.Nullable;

/**
 * Rehearsals: an edition is made for every reader and handed to nobody, to see who would
 * get what and when it would be done. Nothing of it is seen by readers or by the
 * edition's own run.
 */
public interface Rehearsals {

	/** The job's name. */
	String JOB = "rehearsal";

	/**
	 * Starts a rehearsal of an edition as it stands.
	 * @param edition one that has stories and no readers yet
	 * @param actor who wants it
	 * @return the run's id
	 * @throws dev.postrider.edition.EditionException when it has no stories, or its
	 * readers are settled already
	 * @throws dev.postrider.run.RunRefusedException when it is being rehearsed
	 */
	long start(Edition edition, String actor);

	/** Whether an edition is being rehearsed now. */
	boolean isRunning(Edition edition);

	/** What the newest rehearsal of an edition found. */
	Optional<Rehearsal> newest(long editionId);

	/**
	 * What a rehearsal found.
	 *
	 * @param number from 1
	 * @param askedBy who wanted it
	 * @param endedAt when it was done
	 * @param version of the edition that was rehearsed; a later one has been changed
	 * since
	 * @param candidates everybody who was looked at
	 * @param readers who would get it
	 * @param bytes of all messages together
	 * @param exclusions who would not, by reason
	 * @param variants what they would get, with its subject
	 * @param providers where they have their mailboxes, most first
	 * @param forecast when it would be done
	 */
	record Rehearsal(int number, String askedBy, Instant endedAt, int version, int candidates, int readers, long bytes,
			List<Part> exclusions, List<Part> variants, List<Part> providers, Forecast forecast) {
	}

	/**
	 * Some readers.
	 *
	 * @param name what they have in common
	 * @param detail the subject they get, where they have that in common
	 * @param readers how many
	 */
	record Part(String name, @Nullable String detail, int readers) {
	}

	/**
	 * When sending would begin and end.
	 *
	 * @param beginsAt its due time, or now
	 * @param endsAt when the last reader would have it, were nothing to go wrong
	 * @param rate messages a second
	 * @param from where the rate is from
	 */
	record Forecast(Instant beginsAt, Instant endsAt, double rate, Basis from) {
	}

	/**
	 * Where a rate is from.
	 */
	enum Basis {

		/** The best of the latest editions. */
		RECENT,

		/** No edition tells: as fast as this machine makes messages, on one lane. */
		MADE,

		/** What the relays are allowed to take. */
		LIMITS,

		/** The newsletter's send window. */
		WINDOW

	}

}
