package dev.postrider.subscription.web;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * What is kept about a reader, for the reader's eyes: a heading and its entries, each of
 * lines of name and value. What is not known has no line.
 *
 * @param title such as {@code Subscriptions}
 * @param entries each a list of lines
 */
public record StoredView(String title, List<List<Line>> entries) {

	private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("EEE d MMMM yyyy, HH:mm 'UTC'",
			Locale.UK);

	/** Columns that hold codes of ours, such as {@code SIGNED_UP}. */
	private static final Set<String> CODES = Set.of("status", "action", "channel", "reason");

	/** Of an export, in its order; groups without entries are left out. */
	static List<StoredView> of(Map<String, Object> export) {
		List<StoredView> groups = new ArrayList<>();
		export.forEach((name, value) -> {
			if (value instanceof Collection<?> rows && !rows.isEmpty()) {
				groups.add(new StoredView(words(name), rows.stream().map(StoredView::lines).toList()));
			}
		});
		return groups;
	}

	private static List<Line> lines(@Nullable Object row) {
		List<Line> lines = new ArrayList<>();
		if (row instanceof Map<?, ?> columns) {
			columns.forEach((name, value) -> {
				String column = String.valueOf(name);
				String shown = text(value);
				if (!shown.isEmpty()) {
					lines.add(new Line(words(column), CODES.contains(column) ? words(shown) : shown));
				}
			});
		}
		return lines;
	}

	private static String text(@Nullable Object value) {
		if (value == null) {
			return "";
		}
		if (value instanceof LocalDateTime moment) {
			return MOMENT.format(moment);
		}
		if (value instanceof Instant moment) {
			return MOMENT.format(moment.atOffset(ZoneOffset.UTC));
		}
		if (value instanceof java.sql.Timestamp moment) {
			return MOMENT.format(moment.toLocalDateTime());
		}
		if (value instanceof Collection<?> many) {
			return many.stream().map(String::valueOf).collect(Collectors.joining(", "));
		}
		return String.valueOf(value);
	}

	private static String words(String code) {
		String plain = code.replace('_', ' ').toLowerCase(Locale.ROOT);
		return switch (plain) {
			case "at" -> "When";
			case "ip" -> "IP address";
			case "user agent" -> "Browser";
			case "expires at" -> "Address and browser kept until";
			default -> plain.substring(0, 1).toUpperCase(Locale.ROOT) + plain.substring(1);
		};
	}

	/**
	 * One thing that is kept.
	 *
	 * @param name what it is
	 * @param value as it is kept, in words
	 */
	public record Line(String name, String value) {
	}

}
