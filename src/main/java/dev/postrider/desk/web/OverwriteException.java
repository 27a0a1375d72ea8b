package dev.postrider.desk.web;

/**
 * Words that somebody else changed after the form was opened. The message says what they
 * are now.
 */
class OverwriteException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	OverwriteException(String message) {
		super(message);
	}

}
