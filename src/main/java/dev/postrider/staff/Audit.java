package dev.postrider.staff;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The record of every action of the staff. The actor is whoever is logged in, or the
 * system.
 */
public interface Audit {

	/**
	 * Records an action.
	 * @param action what was done, as a dotted name such as {@code edition.approve}
	 * @param subject what it was done to, such as {@code highlights 2026-11-23}; no
	 * reader's address
	 * @param detail more, if there is more to say
	 */
	void record(String action, String subject, @Nullable String detail);

	/**
	 * A page of the record, newest first.
	 * @param before only entries with a smaller id, or {@code null} for the newest
	 * @param limit at most so many
	 */
	List<Entry> entries(@Nullable Long before, int limit);

	/**
	 * One action.
	 *
	 * @param id its key
	 * @param at when
	 * @param actor who: an account's address, or {@code system}
	 * @param action what was done
	 * @param subject to what
	 * @param detail more, if there is more to say
	 */
	record Entry(long id, Instant at, String actor, String action, String subject, @Nullable String detail) {
	}

}
