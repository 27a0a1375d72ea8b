package dev.postrider.subscription.batch;

/**
 * A file that cannot be imported at all. The message says where and what to do.
 */
public class ImportException extends Exception {

	private static final long serialVersionUID = 1L;

	public ImportException(String message) {
		super(message);
	}

}
