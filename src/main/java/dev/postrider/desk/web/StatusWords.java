package dev.postrider.desk.web;

import dev.postrider.delivery.DeliveryStatus;
import dev.postrider.edition.EditionStatus;
import dev.postrider.story.StoryKind;
import org.jspecify.annotations.Nullable;

/**
 * The editors' words for states and kinds.
 *
 * @param word what to read
 * @param mark the style that gives its sign
 */
public record StatusWords(String word, String mark) {

	/** Half sent, and no run is at it. */
	static final StatusWords STALLED = new StatusWords("Sending stopped", "warn");

	static StatusWords of(EditionStatus status) {
		return switch (status) {
			case DRAFT -> new StatusWords("Draft", "");
			case APPROVED -> new StatusWords("Approved", "good");
			case SENDING -> new StatusWords("Sending", "busy");
			case HELD -> new StatusWords("Held", "warn");
			case SENT -> new StatusWords("Sent", "good");
			case SKIPPED -> new StatusWords("Skipped", "");
			case MISSED -> new StatusWords("Missed", "bad");
			case CANCELLED -> new StatusWords("Cancelled", "");
			case FAILED -> new StatusWords("Failed", "bad");
		};
	}

	static String of(DeliveryStatus status) {
		return switch (status) {
			case PENDING -> "Still to send";
			case SENT -> "Sent";
			case DEFERRED -> "To be tried again";
			case BOUNCED -> "Address does not exist";
			case SKIPPED -> "Left out at the last moment";
			case FAILED -> "Given up";
		};
	}

	/** The kind where it is not plain news. */
	static @Nullable String of(StoryKind kind) {
		return switch (kind) {
			case NEWS -> null;
			case FEATURE -> "Feature";
			case PODCAST -> "Podcast";
			case OPINION -> "Opinion";
			case LIVE -> "Live";
		};
	}

}
