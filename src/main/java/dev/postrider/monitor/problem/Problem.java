package dev.postrider.monitor.problem;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Something that is wrong, or was.
 *
 * @param id its key
 * @param kind what sort of thing
 * @param subject what it is about
 * @param message what is wrong, one or two sentences
 * @param remedy what to do about it
 * @param firstSeenAt since when
 * @param lastSeenAt when it was last found to be so
 * @param resolvedAt when it was over, if it is
 */
public record Problem(long id, Kind kind, String subject, String message, String remedy, Instant firstSeenAt,
		Instant lastSeenAt, @Nullable Instant resolvedAt) {

	/**
	 * What can be wrong.
	 */
	public enum Kind {

		RUN_FAILED("has failed"), EDITION_HELD("is held"), EDITION_FAILED("has failed"), EDITION_MISSED("was missed"),
		SLOT_NOT_STARTED("was not started"), SOURCE_DEAD("gives nothing any more"),
		RELAY_UNREACHABLE("does not answer"), MAIL_FAILED("could not be delivered"), DESIGN_WRONG("cannot be used"),
		LEDGER_BROKEN("is broken"), SIGN_UPS_ODD("look odd"), SIGN_UPS_WAIT("wait");

		private final String words;

		Kind(String words) {
			this.words = words;
		}

		/** What is wrong, to be said after the subject. */
		public String words() {
			return this.words;
		}

	}

	/** One line that names it. */
	public String title() {
		return this.subject + " " + this.kind.words();
	}

}
