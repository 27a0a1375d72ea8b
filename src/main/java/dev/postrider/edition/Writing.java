package dev.postrider.edition;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import dev.postrider.mail.MailWords;

/**
 * How a language writes: its direction, its dates, its lists, its fixed words.
 *
 * @param words in all languages
 * @param language a BCP 47 tag
 */
record Writing(MailWords words, String language) {

	private static final Set<String> RIGHT_TO_LEFT = Set.of("ar", "ckb", "dv", "fa", "he", "iw", "ji", "ps", "sd", "ug",
			"ur", "yi");

	Locale locale() {
		return Locale.forLanguageTag(this.language);
	}

	/** For the attribute {@code dir}. */
	static String direction(Locale language) {
		return RIGHT_TO_LEFT.contains(language.getLanguage()) ? "rtl" : "ltr";
	}

	/** Fixed words; numbers in them are written plainly, as dates are. */
	String say(String key, Object... values) {
		return this.words.say(this.language, key, Arrays.stream(values).map(String::valueOf).toArray());
	}

	/**
	 * A date in full. By our own pattern: what Java's tables call the full date changes
	 * with its version.
	 */
	String date(LocalDate date) {
		return DateTimeFormatter.ofPattern(say("date")).withLocale(locale()).format(date);
	}

	/** Days of the week as a list in words, Monday first. */
	String days(Collection<DayOfWeek> days) {
		List<String> names = days.stream()
			.sorted()
			.map((day) -> day.getDisplayName(TextStyle.FULL_STANDALONE, locale()))
			.toList();
		int last = names.size() - 1;
		return (last < 1) ? String.join("", names)
				: String.join(say("listComma"), names.subList(0, last)) + say("listAnd") + names.get(last);
	}

}
