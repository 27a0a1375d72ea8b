package dev.postrider.staff;

/**
 * What a staff account may do.
 */
public enum Role {

	/** Curates and schedules editions on the desk. */
	EDITOR,

	/** All that an editor may, and the monitor and the staff's accounts. */
	ADMIN

}
