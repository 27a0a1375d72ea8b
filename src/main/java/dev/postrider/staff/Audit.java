package dev.postrider.staff;

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

}
