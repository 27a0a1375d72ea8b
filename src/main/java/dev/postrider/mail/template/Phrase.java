package dev.postrider.mail.template;

import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Words with places for values, {@code {0}} to {@code {9}}. Everything else stands for
 * itself, apostrophes too.
 *
 * @param pieces a text, then a value's number and a text, as often as there are values
 */
record Phrase(List<Object> pieces) {

	private static final Pattern VALUE = Pattern.compile("[{]([0-9])[}]");

	static Phrase of(String words) {
		List<Object> pieces = new ArrayList<>();
		Matcher value = VALUE.matcher(words);
		int from = 0;
		while (value.find()) {
			pieces.add(words.substring(from, value.start()));
			pieces.add(Integer.valueOf(value.group(1)));
			from = value.end();
		}
		pieces.add(words.substring(from));
		return new Phrase(List.copyOf(pieces));
	}

	boolean isPlain() {
		return this.pieces.size() == 1;
	}

	String say(IntFunction<String> values) {
		StringBuilder said = new StringBuilder();
		this.pieces.forEach((piece) -> said.append((piece instanceof Integer i) ? values.apply(i) : piece.toString()));
		return said.toString();
	}

	/** A value as that language writes it. */
	static String text(Object value, Locale locale) {
		return (value instanceof Number number) ? NumberFormat.getInstance(locale).format(number) : value.toString();
	}

}
