package dev.postrider.staff;

import java.util.List;

/**
 * Who works here, for other modules.
 */
public interface StaffDirectory {

	/** Addresses of the admins that can log in, for mails about problems. */
	List<String> adminEmails();

	/** Addresses of the editors and admins that can log in, for mails about editions. */
	List<String> editorEmails();

	/** The name to sign an action with: the logged-in account's address, or "system". */
	String currentActor();

	/** Whether an admin is logged in. */
	boolean isAdmin();

}
