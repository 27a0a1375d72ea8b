package dev.postrider.monitor.web;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * A time as pages show it: short, in the newsletter's zone, exact on hover.
 *
 * @param text such as {@code Mon 23 November, 07:00}
 * @param time such as {@code 07:00:12}
 * @param iso for machines and on hover
 * @param zone the zone's name
 */
public record Moment(String text, String time, String iso, String zone) {

	private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE d MMMM, HH:mm", Locale.UK);

	private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.UK);

	static Moment of(Instant moment, ZoneId zone) {
		return new Moment(DAY.withZone(zone).format(moment), SECONDS.withZone(zone).format(moment), moment.toString(),
				zone.getId());
	}

	static @Nullable Moment orNull(@Nullable Instant moment, ZoneId zone) {
		return (moment != null) ? of(moment, zone) : null;
	}

	/**
	 * A span in words: {@code 45 s}, {@code 12 min}, {@code 3 h 20 min}, {@code 2 days}.
	 */
	static String words(Duration span) {
		long seconds = Math.max(0, span.toSeconds());
		if (seconds < 60) {
			return seconds + " s";
		}
		long minutes = seconds / 60;
		if (minutes < 60) {
			return minutes + " min";
		}
		long hours = minutes / 60;
		if (hours < 48) {
			return hours + " h" + ((minutes % 60 > 0) ? " " + minutes % 60 + " min" : "");
		}
		return hours / 24 + " days";
	}

}
