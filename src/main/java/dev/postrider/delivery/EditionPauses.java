package dev.postrider.delivery;

import java.time.Instant;
import java.util.Optional;

import dev.postrider.edition.Edition;

/**
 * Sending that an admin pauses, and lets go on.
 */
public interface EditionPauses {

	/**
	 * Stops the sending of an edition and holds it, in somebody's name. What is in flight
	 * is finished and written; nobody gets it twice when it goes on.
	 * @param edition which is being sent
	 * @param actor who wants it
	 * @throws dev.postrider.edition.EditionException when it is not being sent
	 */
	void pause(Edition edition, String actor);

	/**
	 * Goes on with an edition that is paused, held, failed or half sent.
	 * @param edition which
	 * @param actor who wants it
	 * @return the run's id
	 * @throws dev.postrider.edition.EditionException when there is nothing to go on with
	 * @throws dev.postrider.run.RunRefusedException when it is running
	 */
	long resume(Edition edition, String actor);

	/** Who paused an edition, while it is paused. */
	Optional<Pause> of(long editionId);

	/**
	 * A pause.
	 *
	 * @param by an account
	 * @param at when
	 */
	record Pause(String by, Instant at) {
	}

}
