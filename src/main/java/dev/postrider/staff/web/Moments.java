package dev.postrider.staff.web;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Times on pages about accounts, which belong to no newsletter: UTC.
 */
final class Moments {

	private static final DateTimeFormatter FORMAT = DateTimeFormatter
		.ofPattern("EEE d MMM uuuu, HH:mm 'UTC'", Locale.UK)
		.withZone(ZoneOffset.UTC);

	private Moments() {
	}

	static String text(@Nullable Instant moment) {
		return (moment != null) ? FORMAT.format(moment) : "never";
	}

}
