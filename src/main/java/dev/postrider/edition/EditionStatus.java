package dev.postrider.edition;

import java.util.EnumSet;
import java.util.Set;

/**
 * Where an edition stands, and where it may go from there.
 */
public enum EditionStatus {

	DRAFT, APPROVED, SENDING, HELD, SENT, SKIPPED, MISSED, CANCELLED, FAILED;

	/**
	 * Whether the change is allowed. This is the only table of transitions.
	 * @param next the status to go to
	 */
	public boolean mayBecome(EditionStatus next) {
		return successors().contains(next);
	}

	/** Whether its stories and words may still be changed. */
	public boolean isEditable() {
		return this == DRAFT || this == APPROVED;
	}

	private Set<EditionStatus> successors() {
		return switch (this) {
			case DRAFT -> EnumSet.of(APPROVED, SKIPPED, MISSED, CANCELLED, FAILED);
			case APPROVED -> EnumSet.of(DRAFT, SENDING, HELD, SKIPPED, MISSED, CANCELLED, FAILED);
			case SENDING -> EnumSet.of(SENT, HELD, CANCELLED, FAILED);
			// Back to a draft only where no audience is frozen: then nobody has got it.
			case HELD -> EnumSet.of(DRAFT, SENDING, CANCELLED);
			// Held where it failed before anybody was mailed, and the gate then refuses
			// it.
			case FAILED -> EnumSet.of(SENDING, HELD, CANCELLED);
			case SKIPPED, MISSED -> EnumSet.of(DRAFT);
			// To send again to those whose delivery failed.
			case SENT -> EnumSet.of(SENDING);
			case CANCELLED -> EnumSet.noneOf(EditionStatus.class);
		};
	}

}
