package dev.postrider.desk.web;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import dev.postrider.newsletter.Newsletter;

/**
 * Dates and moments in words, as seen from one moment in a newsletter's zone.
 */
record Times(Instant now, ZoneId zone) {

	private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE d MMMM", Locale.ENGLISH);

	private static final DateTimeFormatter DAY_AND_YEAR = DateTimeFormatter.ofPattern("EEE d MMMM yyyy",
			Locale.ENGLISH);

	private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);

	private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ENGLISH);

	static Times of(Newsletter newsletter, Instant now) {
		return new Times(now, newsletter.zone());
	}

	LocalDate today() {
		return this.now.atZone(this.zone).toLocalDate();
	}

	/** {@code Mon 23 November}, with the year where it is another. */
	String day(LocalDate date) {
		return (date.getYear() == today().getYear()) ? DAY.format(date) : DAY_AND_YEAR.format(date);
	}

	/** {@code Tomorrow’s edition}, {@code Mon 23 November}. */
	String edition(LocalDate date) {
		return date.equals(today()) ? "Today\u2019s edition"
				: date.equals(today().plusDays(1)) ? "Tomorrow\u2019s edition" : day(date);
	}

	/** {@code Mon 23 November, 07:00 (Europe/Berlin)}. */
	String moment(Instant at) {
		ZonedDateTime time = at.atZone(this.zone);
		return day(time.toLocalDate()) + ", " + HOUR.format(time) + " (" + this.zone.getId() + ")";
	}

	/** {@code 07:00} today, else {@code Mon 23 November, 07:00}. */
	String brief(Instant at) {
		ZonedDateTime time = at.atZone(this.zone);
		return time.toLocalDate().equals(today()) ? "today, " + HOUR.format(time)
				: day(time.toLocalDate()) + ", " + HOUR.format(time);
	}

	/** {@code 07:00:12 (Europe/Berlin)}. */
	String second(Instant at) {
		return SECOND.format(at.atZone(this.zone)) + " (" + this.zone.getId() + ")";
	}

	/** {@code in 1 day 3 hours}, {@code 5 minutes ago}, {@code now}. */
	String distance(Instant at) {
		Duration distance = Duration.between(this.now, at);
		if (distance.abs().compareTo(Duration.ofMinutes(1)) < 0) {
			return "now";
		}
		return distance.isNegative() ? words(distance.negated()) + " ago" : "in " + words(distance);
	}

	private static String words(Duration duration) {
		// A started minute counts, so that 6 h 59 min 59 s reads "7 hours".
		long minutes = duration.plusSeconds(30).toMinutes();
		long days = minutes / 1440;
		long hours = minutes % 1440 / 60;
		if (days > 0) {
			return join(counted(days, "day"), hours, "hour");
		}
		return (hours > 0) ? join(counted(hours, "hour"), minutes % 60, "minute") : counted(minutes, "minute");
	}

	private static String join(String first, long amount, String unit) {
		return (amount > 0) ? first + " " + counted(amount, unit) : first;
	}

	/** {@code 1 reader}, {@code 48,210 readers}. */
	static String counted(long amount, String one) {
		return (amount == 1) ? "1 " + one : number(amount) + " "
				+ (one.endsWith("y") && !one.endsWith("ay") ? one.substring(0, one.length() - 1) + "ies" : one + "s");
	}

	/** {@code 48,210}. */
	static String number(long amount) {
		return String.format(Locale.ENGLISH, "%,d", amount);
	}

}
