package dev.postrider.mail.template;

import java.util.Locale;

/**
 * Which form a word has after a whole number, by the names of the CLDR's plural rules.
 * For languages that are not named here one is one, and all else many.
 */
final class Plural {

	static final String OTHER = "other";

	private Plural() {
	}

	/**
	 * The form's name.
	 * @param language such as {@code ar}, without a region
	 * @param number not negative
	 */
	static String of(String language, long number) {
		long ten = number % 10;
		long hundred = number % 100;
		return switch (language.toLowerCase(Locale.ROOT)) {
			case "ar" -> arabic(number, hundred);
			case "fr", "pt" -> (number < 2) ? "one" : OTHER;
			case "pl", "ru", "uk", "be" -> {
				if (number == 1 || (ten == 1 && hundred != 11 && !language.equalsIgnoreCase("pl"))) {
					yield "one";
				}
				yield (ten >= 2 && ten <= 4 && (hundred < 12 || hundred > 14)) ? "few" : "many";
			}
			case "cs", "sk" -> (number == 1) ? "one" : (number >= 2 && number <= 4) ? "few" : OTHER;
			default -> (number == 1) ? "one" : OTHER;
		};
	}

	private static String arabic(long number, long hundred) {
		if (number == 0) {
			return "zero";
		}
		if (number == 1 || number == 2) {
			return (number == 1) ? "one" : "two";
		}
		return (hundred >= 3 && hundred <= 10) ? "few" : (hundred >= 11) ? "many" : OTHER;
	}

}
