package dev.postrider.story.pick;

import java.time.Duration;
import java.util.Locale;

import dev.postrider.story.StoryKind;

/**
 * Numbers and ages as an editor says them.
 */
final class Phrases {

	private static final int LONGEST_HEADLINE = 60;

	private Phrases() {
	}

	/** {@code 1st}, {@code 2nd}, {@code 11th}. */
	static String nth(int number) {
		int tens = number % 100;
		String ending = (tens >= 11 && tens <= 13) ? "th" : switch (number % 10) {
			case 1 -> "st";
			case 2 -> "nd";
			case 3 -> "rd";
			default -> "th";
		};
		return number + ending;
	}

	/** {@code 3 hours}; less than a minute is {@code 0 minutes}. */
	static String age(Duration age) {
		if (age.toMinutes() < 60) {
			return count(Math.max(0, age.toMinutes()), "minute");
		}
		return (age.toHours() < 48) ? count(age.toHours(), "hour") : count(age.toDays(), "day");
	}

	static String count(long number, String unit) {
		return grouped(number) + " " + unit + ((number == 1) ? "" : "s");
	}

	/** {@code 12,345}; ten thousand stories are too many for a formatter. */
	private static String grouped(long number) {
		StringBuilder digits = new StringBuilder(Long.toString(number));
		for (int i = digits.length() - 3; i > ((number < 0) ? 1 : 0); i -= 3) {
			digits.insert(i, ',');
		}
		return digits.toString();
	}

	/** {@code podcast}, {@code opinion piece}, {@code news story}. */
	static String kind(StoryKind kind) {
		return switch (kind) {
			case NEWS -> "news story";
			case OPINION -> "opinion piece";
			case LIVE -> "live page";
			case FEATURE, PODCAST -> kind.name().toLowerCase(Locale.ROOT);
		};
	}

	static String kinds(StoryKind kind, int number) {
		String one = kind(kind);
		return (number == 1) ? one : one.endsWith("y") ? one.substring(0, one.length() - 1) + "ies" : one + "s";
	}

	static String quoted(String headline) {
		String text = (headline.length() <= LONGEST_HEADLINE) ? headline
				: headline
					.substring(0,
							headline.offsetByCodePoints(0,
									Math.min(LONGEST_HEADLINE, headline.codePointCount(0, headline.length()))))
					.strip() + "…";
		return "“" + text + "”";
	}

	static String sentence(String words) {
		return words.isEmpty() ? words : Character.toUpperCase(words.charAt(0)) + words.substring(1);
	}

}
