package dev.postrider.staff.account;

import java.time.Instant;

import dev.postrider.staff.Role;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who works here.
 *
 * @param id its key
 * @param email the address to log in with, in lower case
 * @param name for people
 * @param role what it may do
 * @param stamp changes whenever the password does, so that sessions opened with an older
 * one end; {@code null} until a password is chosen
 * @param disabledAt since when it may do nothing any more
 * @param createdAt when it was made
 * @param lastLoginAt when it last logged in on the page
 */
public record Account(long id, String email, String name, Role role, @Nullable String stamp,
		@Nullable Instant disabledAt, Instant createdAt, @Nullable Instant lastLoginAt) {

	/** Whether it may do nothing any more. */
	public boolean isDisabled() {
		return this.disabledAt != null;
	}

	/** Whether its invitation was not taken up yet. */
	public boolean isInvited() {
		return this.stamp == null;
	}

	/** Whether it may do all. */
	public boolean isAdmin() {
		return this.role == Role.ADMIN;
	}

}
