package dev.postrider.subscription.web;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import dev.postrider.mail.Writing;
import dev.postrider.subscription.list.Days;
import org.jspecify.annotations.Nullable;

/**
 * What is kept about a reader, for the reader's eyes: groups of entries, each of lines of
 * name and value. What is not known has no line.
 */
final class StoredData {

	/** Columns that hold codes of ours, such as {@code SIGNED_UP}. */
	private static final Set<String> CODES = Set.of("status", "status_reason", "action", "channel");

	private final Writing writing;

	StoredData(Writing writing) {
		this.writing = writing;
	}

	/** Of an export, in its order; groups without entries are left out. */
	List<Group> of(Map<String, Object> export) {
		List<Group> groups = new ArrayList<>();
		export.forEach((name, value) -> {
			if (value instanceof Collection<?> rows && !rows.isEmpty()) {
				groups.add(new Group(words("stored.", name), rows.stream().map((row) -> lines(name, row)).toList()));
			}
		});
		return groups;
	}

	private List<Line> lines(String group, @Nullable Object row) {
		List<Line> lines = new ArrayList<>();
		if (row instanceof Map<?, ?> columns) {
			columns.forEach((name, value) -> {
				String column = String.valueOf(name);
				String shown = CODES.contains(column) && value != null ? words("code.", value.toString())
						: column.equals("reason") && value != null ? reason(group, value.toString()) : text(value);
				if (!shown.isEmpty()) {
					lines.add(new Line(words("stored.", column), shown));
				}
			});
		}
		return lines;
	}

	/** Why the reader left, or why we stopped writing. */
	private String reason(String group, String code) {
		return words(group.equals("reasons_for_leaving") ? "leaving." : "code.", code);
	}

	private String text(@Nullable Object value) {
		if (value == null) {
			return "";
		}
		if (value instanceof LocalDateTime moment) {
			return moment(moment);
		}
		if (value instanceof Instant moment) {
			return moment(moment.atOffset(ZoneOffset.UTC));
		}
		if (value instanceof java.sql.Timestamp moment) {
			return moment(moment.toLocalDateTime());
		}
		if (value instanceof LocalDate date) {
			return this.writing.when("pageDate", date);
		}
		if (value instanceof java.sql.Date date) {
			return this.writing.when("pageDate", date.toLocalDate());
		}
		if (value instanceof Collection<?> many) {
			return many.stream()
				.map((each) -> Days.parse(String.valueOf(each)).map(this.writing::day).orElse(String.valueOf(each)))
				.collect(Collectors.joining(this.writing.say("comma")));
		}
		return String.valueOf(value);
	}

	private String moment(TemporalAccessor moment) {
		return this.writing.when("pageLongMoment", moment) + " UTC";
	}

	/** What has no words yet is shown by its own name. */
	private String words(String prefix, String code) {
		String key = prefix + code;
		return Optional.of(key).filter(this.writing.words()::has).map(this.writing::say).orElseGet(() -> {
			String plain = code.replace('_', ' ').toLowerCase(Locale.ROOT);
			return plain.substring(0, 1).toUpperCase(Locale.ROOT) + plain.substring(1);
		});
	}

	/**
	 * What one table keeps.
	 *
	 * @param title such as {@code Subscriptions}
	 * @param entries each a list of lines
	 */
	public record Group(String title, List<List<Line>> entries) {
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
