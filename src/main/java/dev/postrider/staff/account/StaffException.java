package dev.postrider.staff.account;

/**
 * Something that cannot be done to an account. The message is for the admin who tried.
 */
public class StaffException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public StaffException(String message) {
		super(message);
	}

}
