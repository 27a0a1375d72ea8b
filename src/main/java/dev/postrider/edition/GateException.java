package dev.postrider.edition;

/**
 * The gate keeps an edition from being approved or sent. The message names what stands
 * against it.
 */
public class GateException extends EditionException {

	private static final long serialVersionUID = 1L;

	private final transient GateReport report;

	public GateException(String message, GateReport report) {
		super(message);
		this.report = report;
	}

	/** All that was found. */
	public GateReport report() {
		return this.report;
	}

}
