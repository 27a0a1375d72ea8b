package dev.postrider.story.feed;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * Reads how long a server wants to be left alone: seconds, or a date (RFC 9110, 10.2.3).
 */
final class RetryAfter {

	/** A header set by mistake must not silence a source for a year. */
	static final Duration MOST = Duration.ofDays(1);

	private RetryAfter() {
	}

	/**
	 * When to ask again.
	 * @param header what the server said
	 * @param now the moment it said so
	 * @return after now and at most a day later; empty when it makes no sense or is over
	 */
	static Optional<Instant> at(String header, Instant now) {
		return read(header.strip(), now).filter((at) -> at.isAfter(now))
			.map((at) -> at.isAfter(now.plus(MOST)) ? now.plus(MOST) : at);
	}

	/** The pause in words: {@code 30 minutes}. */
	static String words(Duration pause) {
		long seconds = Math.max(1, pause.toSeconds());
		long minutes = (seconds + 59) / 60;
		if (seconds < 120) {
			return (seconds == 1) ? "a second" : seconds + " seconds";
		}
		return (minutes < 120) ? minutes + " minutes" : (minutes + 59) / 60 + " hours";
	}

	private static Optional<Instant> read(String header, Instant now) {
		if (header.matches("\\d{1,9}")) {
			return Optional.of(now.plusSeconds(Long.parseLong(header)));
		}
		if (header.matches("\\d+")) {
			return Optional.of(now.plus(MOST));
		}
		try {
			return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(header, Instant::from));
		}
		catch (DateTimeException ex) {
			// Neither a number nor a date: it said nothing.
			return Optional.empty();
		}
	}

}
