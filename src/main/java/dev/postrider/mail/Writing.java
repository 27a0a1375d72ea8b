package dev.postrider.mail;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.time.temporal.TemporalAccessor;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * How a language writes: its direction, its dates, its lists, its fixed words.
 *
 * @param words in all languages
 * @param language a BCP 47 tag
 */
public record Writing(MailWords words, String language) {

	private static final Set<String> RIGHT_TO_LEFT = Set.of("ar", "ckb", "dv", "fa", "he", "iw", "ji", "ps", "sd", "ug",
			"ur", "yi");

	/** Unicode's first-strong isolate and its end: what {@code <bdi>} is in HTML. */
	private static final String ISOLATE = "\u2068%s\u2069";

	/** The language as Java has it. */
	public Locale locale() {
		return Locale.forLanguageTag(this.language);
	}

	/** For the attribute {@code dir}. */
	public static String direction(Locale language) {
		return RIGHT_TO_LEFT.contains(language.getLanguage()) ? "rtl" : "ltr";
	}

	/** Fixed words; numbers in them are written plainly, as dates are. */
	public String say(String key, Object... values) {
		return this.words.say(this.language, key, Arrays.stream(values).map(String::valueOf).toArray());
	}

	/**
	 * Fixed words on a page, without markup around the values: where the language runs
	 * from right to left, each value keeps its own direction.
	 */
	public String tell(String key, Object... values) {
		boolean turned = direction(locale()).equals("rtl");
		return say(key, Arrays.stream(values).map((each) -> turned ? ISOLATE.formatted(each) : each).toArray());
	}

	/**
	 * A number of something: {@code 1 hour}, {@code 72 hours}.
	 * @param key whose {@code .one}, {@code .other} and so on the words are
	 */
	public String count(String key, long number) {
		return say(this.words.plural(this.language, key, number), number);
	}

	/**
	 * A date in full. By our own pattern: what Java's tables call the full date changes
	 * with its version.
	 */
	public String date(LocalDate date) {
		return when("date", date);
	}

	/**
	 * A date or moment.
	 * @param key of the pattern
	 */
	public String when(String key, TemporalAccessor moment) {
		return DateTimeFormatter.ofPattern(say(key)).withLocale(locale()).format(moment);
	}

	/** A day of the week by itself. */
	public String day(DayOfWeek day) {
		return day.getDisplayName(TextStyle.FULL_STANDALONE, locale());
	}

	/** Days of the week as a list in words, Monday first. */
	public String days(Collection<DayOfWeek> days) {
		List<String> names = days.stream().sorted().map(this::day).toList();
		int last = names.size() - 1;
		return (last < 1) ? String.join("", names)
				: String.join(say("listComma"), names.subList(0, last)) + say("listAnd") + names.get(last);
	}

}
