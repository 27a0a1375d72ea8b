package dev.postrider.edition;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

import dev.postrider.newsletter.Newsletter;
import org.jspecify.annotations.Nullable;

/**
 * Editions as they are stored, and the changes of their status.
 */
public interface Editions {

	/** One edition with its picks. */
	Optional<Edition> find(long id);

	/** One edition with its picks. */
	Optional<Edition> find(long newsletterId, LocalDate date, int number);

	/**
	 * The edition a label names.
	 * @param newsletterId whose
	 * @param label {@code 2026-11-23}, {@code 2026-11-23-2} or {@code latest}
	 * @return the edition, or empty when there is none or the label is not one
	 */
	Optional<Edition> find(long newsletterId, String label);

	/** The newest editions, by date and number, with their picks. */
	List<Edition> newest(long newsletterId, int limit);

	/** The newest editions of the same newsletter that come before this one. */
	List<Edition> before(Edition edition, int limit);

	/**
	 * The edition of that date and number, made as an empty {@code DRAFT} if it does not
	 * exist. Safe to call at the same time from several processes.
	 * @param newsletter whose
	 * @param date its date
	 * @param number its number
	 * @param dueAt when it is to be sent, if it has to be made
	 */
	Edition open(Newsletter newsletter, LocalDate date, int number, Instant dueAt);

	/**
	 * Makes an edition that can still be edited due at another moment, and useless so
	 * much later. Any other edition stays as it is.
	 * @param id which
	 * @param newsletter its newsletter
	 * @param dueAt when it is to be sent
	 */
	void reschedule(long id, Newsletter newsletter, Instant dueAt);

	/** The number the next extra edition of that date gets: at least 2. */
	int nextNumber(long newsletterId, LocalDate date);

	/**
	 * Changes an edition's status.
	 * @param id which
	 * @param next the new status
	 * @param reason why, where that is not plain
	 * @return the edition as it is now; asking for the status it has already only changes
	 * the reason
	 * @throws EditionException when its status may not become that
	 */
	Edition changeStatus(long id, EditionStatus next, @Nullable String reason);

	/**
	 * Holds an edition of which nobody has been mailed: it counts as not begun, so it is
	 * in no archive.
	 * @param id which
	 * @param reason why
	 */
	Edition holdUnsent(long id, String reason);

	/**
	 * Approves an edition that has at least one story.
	 * @param id which
	 * @param actor who, or {@code schedule}
	 * @throws EditionException when it has no stories, or its status does not allow it
	 */
	Edition approve(long id, String actor);

}
