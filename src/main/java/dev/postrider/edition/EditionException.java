package dev.postrider.edition;

/**
 * Something that cannot be done to an edition. The message says which edition, what
 * stands against it, and what to do.
 */
public class EditionException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public EditionException(String message) {
		super(message);
	}

}
