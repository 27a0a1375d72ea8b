package dev.postrider.story.feed;

import java.text.DateFormatSymbols;
import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Reads the dates that feeds contain: ISO 8601 and RFC 822 with the liberties taken in
 * the wild, and names of months in many languages. What has no zone is UTC.
 */
final class FeedDates {

	/** Languages asked after the feed's own, for months that it does not know. */
	private static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.GERMAN, Locale.FRENCH,
			Locale.forLanguageTag("es"), Locale.forLanguageTag("pt"), Locale.ITALIAN, Locale.forLanguageTag("nl"),
			Locale.forLanguageTag("pl"), Locale.forLanguageTag("sv"), Locale.forLanguageTag("da"),
			Locale.forLanguageTag("nb"), Locale.forLanguageTag("fi"), Locale.forLanguageTag("cs"),
			Locale.forLanguageTag("hu"), Locale.forLanguageTag("ro"), Locale.forLanguageTag("tr"),
			Locale.forLanguageTag("ru"), Locale.forLanguageTag("uk"), Locale.forLanguageTag("el"));

	private static final Map<String, Integer> MONTHS = months(LANGUAGES);

	private static final Map<String, Integer> ZONES = Map.ofEntries(Map.entry("EST", -5), Map.entry("EDT", -4),
			Map.entry("CST", -6), Map.entry("CDT", -5), Map.entry("MST", -7), Map.entry("MDT", -6),
			Map.entry("PST", -8), Map.entry("PDT", -7), Map.entry("BST", 1), Map.entry("CET", 1), Map.entry("CEST", 2),
			Map.entry("MEZ", 1), Map.entry("MESZ", 2), Map.entry("WEST", 1), Map.entry("EET", 2), Map.entry("EEST", 3),
			Map.entry("MSK", 3), Map.entry("JST", 9), Map.entry("KST", 9), Map.entry("HKT", 8), Map.entry("SGT", 8),
			Map.entry("AEST", 10), Map.entry("AEDT", 11), Map.entry("NZST", 12), Map.entry("NZDT", 13),
			Map.entry("BRT", -3), Map.entry("AST", -4), Map.entry("ADT", -3), Map.entry("HST", -10),
			Map.entry("AKST", -9), Map.entry("AKDT", -8), Map.entry("SAST", 2));

	private static final String TIME = "(\\d{1,2}):(\\d{1,2})(?::(\\d{1,2})(?:[.,](\\d{1,9}))?)?";

	private static final String OFFSET = "(?:([+-])(\\d{1,2}):?(\\d{2})?)";

	private static final Pattern ISO = Pattern
		.compile("(\\d{4})(?:-?(\\d{2})(?:-?(\\d{2}))?)?(?:[T\\s]+" + TIME + ")?\\s*(?:[A-Za-z]+|" + OFFSET + ")?");

	private static final Pattern ISO_ORDINAL = Pattern.compile("(\\d{4})-?(\\d{3})(?:T.*)?");

	private static final Pattern CLOCK = Pattern.compile(TIME + "(?:\\s*([AaPp])\\.?[Mm]\\.?)?");

	private static final Pattern ZONE = Pattern.compile("\\s(?:GMT|UTC|UT)?" + OFFSET + "(?:\\s*\\(.*\\))?\\s*$");

	private static final Pattern WORD = Pattern.compile("\\p{L}+|\\d+");

	private final Map<String, Integer> ownMonths;

	FeedDates(Locale language) {
		this.ownMonths = months(List.of(language));
	}

	/**
	 * Reads a date.
	 * @param text as it stands in the feed
	 * @return the moment; empty when it is none
	 */
	Optional<Instant> parse(String text) {
		String clean = text.strip().replace('\u2212', '-');
		try {
			Matcher ordinal = ISO_ORDINAL.matcher(clean);
			if (ordinal.matches() && clean.charAt(4) == '-') {
				return Optional.of(LocalDate.ofYearDay(number(ordinal.group(1)), number(ordinal.group(2)))
					.atStartOfDay(ZoneOffset.UTC)
					.toInstant());
			}
			Matcher iso = ISO.matcher(clean);
			return iso.matches() ? Optional.of(iso(iso, clean)) : words(clean);
		}
		catch (DateTimeException ex) {
			// The 31st of February: no date.
			return Optional.empty();
		}
	}

	private static Instant iso(Matcher iso, String text) {
		int month = (iso.group(2) != null) ? number(iso.group(2)) : 1;
		int day = (iso.group(3) != null) ? number(iso.group(3)) : 1;
		long seconds = (iso.group(4) != null) ? clock(iso, 4, "") : 0;
		int offset = (iso.group(8) != null) ? offset(iso, 8) : named(text);
		return moment(LocalDate.of(number(iso.group(1)), month, day), seconds, offset);
	}

	private Optional<Instant> words(String text) {
		Matcher clock = CLOCK.matcher(text);
		boolean timed = clock.find();
		String halves = (timed && clock.group(5) != null) ? clock.group(5) : "";
		long seconds = timed ? clock(clock, 1, halves) : 0;
		Matcher zone = ZONE.matcher(timed ? text.substring(clock.end()) : "");
		int offset = zone.find() ? offset(zone, 1) : named(text);
		String rest = timed ? text.substring(0, clock.start()) + " " + withoutZone(text.substring(clock.end())) : text;
		return date(rest).map((date) -> moment(date, seconds, offset));
	}

	private static String withoutZone(String text) {
		return ZONE.matcher(text).replaceAll(" ");
	}

	/** Day, month and year in whatever order words and sizes give away. */
	private Optional<LocalDate> date(String text) {
		Integer month = null;
		List<String> numbers = new ArrayList<>();
		Matcher words = WORD.matcher(text);
		while (words.find()) {
			String word = words.group();
			if (Character.isDigit(word.charAt(0))) {
				numbers.add(word);
			}
			else {
				// The last one counts: a Romance Tuesday ("Mar") comes before it.
				Integer named = month(word);
				month = (named != null) ? named : month;
			}
		}
		if (month == null && numbers.size() == 3) {
			return numeric(text, numbers);
		}
		if (month == null || numbers.size() < 2) {
			return Optional.empty();
		}
		boolean yearFirst = numbers.get(0).length() == 4;
		int day = number(numbers.get(yearFirst ? 1 : 0));
		return Optional.of(LocalDate.of(year(numbers.get(yearFirst ? 0 : 1)), month, day));
	}

	/** With dots the day comes first, with slashes the month does unless it cannot. */
	private static Optional<LocalDate> numeric(String text, List<String> numbers) {
		int first = number(numbers.get(0));
		int second = number(numbers.get(1));
		if (numbers.get(0).length() == 4) {
			return Optional.of(LocalDate.of(first, second, number(numbers.get(2))));
		}
		boolean dayFirst = text.contains(".") || first > 12;
		return Optional.of(LocalDate.of(year(numbers.get(2)), dayFirst ? second : first, dayFirst ? first : second));
	}

	private @Nullable Integer month(String word) {
		String key = key(word);
		Integer month = this.ownMonths.get(key);
		month = (month != null) ? month : MONTHS.get(key);
		// "Sept" and the like: the first three letters are enough.
		return (month == null && key.length() > 3) ? MONTHS.get(key.substring(0, 3)) : month;
	}

	private static Map<String, Integer> months(List<Locale> languages) {
		Map<String, Integer> months = new HashMap<>();
		for (Locale language : languages) {
			DateFormatSymbols symbols = DateFormatSymbols.getInstance(language);
			for (String[] names : List.of(symbols.getShortMonths(), symbols.getMonths())) {
				for (int i = 0; i < 12; i++) {
					months.putIfAbsent(key(names[i]), i + 1);
				}
			}
		}
		months.remove("");
		return months;
	}

	private static String key(String name) {
		return Normalizer.normalize(name, Normalizer.Form.NFD).replaceAll("[^\\p{L}]", "").toLowerCase(Locale.ROOT);
	}

	private static int year(String text) {
		int year = number(text);
		return (text.length() > 2) ? year : (year < 70) ? 2000 + year : 1900 + year;
	}

	private static long clock(Matcher matcher, int from, String halves) {
		int hour = number(matcher.group(from));
		int minute = number(matcher.group(from + 1));
		// A leap second counts as the one before it.
		int second = (matcher.group(from + 2) != null) ? Math.min(59, number(matcher.group(from + 2))) : 0;
		if (!halves.isEmpty()) {
			hour = hour % 12 + (halves.equalsIgnoreCase("p") ? 12 : 0);
		}
		if (hour > 24 || minute > 59) {
			throw new DateTimeException("No such time of day");
		}
		return hour * 3600L + minute * 60L + second;
	}

	private static int offset(Matcher matcher, int from) {
		int hours = number(matcher.group(from + 1));
		int minutes = (matcher.group(from + 2) != null) ? number(matcher.group(from + 2)) : 0;
		if (hours > 18) {
			return 0;
		}
		return (matcher.group(from).equals("-") ? -1 : 1) * (hours * 3600 + minutes * 60);
	}

	private static int named(String text) {
		Matcher words = Pattern.compile("[A-Z]{3,4}").matcher(text);
		while (words.find()) {
			Integer hours = ZONES.get(words.group());
			if (hours != null) {
				return hours * 3600;
			}
		}
		return 0;
	}

	private static Instant moment(LocalDate date, long seconds, int offset) {
		return date.atStartOfDay(ZoneOffset.UTC).toInstant().plusSeconds(seconds - offset);
	}

	private static int number(String digits) {
		if (digits.length() > 9) {
			throw new DateTimeException("No such number in a date");
		}
		return Integer.parseInt(digits);
	}

}
