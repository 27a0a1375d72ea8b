package dev.postrider.run;

/**
 * A start, restart or stop that cannot be done now. The message says why and what would
 * help.
 */
public class RunRefusedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public RunRefusedException(String message) {
		super(message);
	}

}
