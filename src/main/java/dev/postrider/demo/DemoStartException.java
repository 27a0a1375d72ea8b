package dev.postrider.demo;

import org.jspecify.annotations.Nullable;

/**
 * Why the demo cannot start, and what would help.
 */
public class DemoStartException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String remedy;

	/**
	 * States a problem.
	 * @param problem what is wrong, with the value concerned
	 * @param remedy what to do, with the setting that changes it
	 * @param cause what was thrown, if anything
	 */
	public DemoStartException(String problem, String remedy, @Nullable Throwable cause) {
		super(problem, cause);
		this.remedy = remedy;
	}

	/** What to do. */
	public String remedy() {
		return this.remedy;
	}

}
