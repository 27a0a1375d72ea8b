package dev.postrider.edition;

import java.text.BreakIterator;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes lines of text fit for subjects and letters.
 */
final class Lines {

	private static final String ELLIPSIS = "…";

	/** What people see as one character. */
	private static final Pattern CHARACTER = Pattern.compile("\\X");

	private Lines() {
	}

	/**
	 * One clean line: line breaks, control characters and runs of blanks become one
	 * blank; private-use characters go, for they mark the readers' fields.
	 */
	static String clean(String text) {
		return text.replaceAll("\\p{Co}+", "").replaceAll("[\\p{Cc}\\p{Zs}\\p{Zl}\\p{Zp}]+", " ").strip();
	}

	/**
	 * A clean line of at most {@code max} characters, cut after a word where there is
	 * one, and marked as cut.
	 */
	static String shorten(String text, int max) {
		String line = clean(text);
		if (line.length() <= max) {
			return line;
		}
		int end = line.lastIndexOf(' ', max - 1);
		if (end < max / 2) {
			end = wholeCharacters(line, max - 1);
		}
		return line.substring(0, end).replaceAll("[\\p{Pd}\\s,;:.(\"“„«‘']+$", "") + ELLIPSIS;
	}

	/**
	 * The first sentences of a text, as many as there is room for; a first sentence that
	 * is too long is {@link #shorten shortened}.
	 */
	static String sentences(String text, int max, Locale language) {
		String line = clean(text);
		BreakIterator sentences = BreakIterator.getSentenceInstance(language);
		sentences.setText(line);
		int fits = 0;
		for (int end = sentences.next(); end != BreakIterator.DONE
				&& line.substring(0, end).strip().length() <= max; end = sentences.next()) {
			fits = end;
		}
		return (fits > 0) ? line.substring(0, fits).strip() : shorten(line, max);
	}

	/**
	 * A word too long to keep is cut, but never inside an emoji or an accented letter.
	 */
	private static int wholeCharacters(String line, int max) {
		int end = 0;
		Matcher character = CHARACTER.matcher(line);
		while (character.find() && character.end() <= max) {
			end = character.end();
		}
		return end;
	}

}
