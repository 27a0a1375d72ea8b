package dev.postrider.subscription.list;

import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Days of the week as forms ({@code MON}), the database (bit 0 is Monday) and sentences
 * write them.
 */
public final class Days {

	private Days() {
	}

	/** {@code MON} and so on. */
	public static String code(DayOfWeek day) {
		return day.name().substring(0, 3);
	}

	/** {@code Monday} and so on. */
	public static String name(DayOfWeek day) {
		return day.getDisplayName(TextStyle.FULL, Locale.ENGLISH);
	}

	/** The day of a code or an English name in any case. */
	public static Optional<DayOfWeek> parse(String text) {
		String wanted = text.strip().toUpperCase(Locale.ROOT);
		for (DayOfWeek day : DayOfWeek.values()) {
			if (wanted.equals(code(day)) || wanted.equals(day.name())) {
				return Optional.of(day);
			}
		}
		return Optional.empty();
	}

	/** {@code Monday, Wednesday and Friday}. */
	public static String sentence(Collection<DayOfWeek> days) {
		List<String> names = EnumSet.copyOf(days).stream().map(Days::name).toList();
		int last = names.size() - 1;
		return (last == 0) ? names.get(0) : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
	}

	static @Nullable Integer mask(Set<DayOfWeek> days) {
		return days.isEmpty() ? null : days.stream().mapToInt((day) -> 1 << day.ordinal()).sum();
	}

	static Set<DayOfWeek> of(int mask) {
		EnumSet<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
		for (DayOfWeek day : DayOfWeek.values()) {
			if ((mask & 1 << day.ordinal()) != 0) {
				days.add(day);
			}
		}
		return days;
	}

}
