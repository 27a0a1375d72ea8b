package dev.postrider.story.pick;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words of a text of any language: folded to lower case and without accents, a script
 * that writes no spaces in pairs of characters.
 */
final class Tokens {

	private static final Pattern TOKEN = Pattern.compile("\\p{N}+(?:[.,:\u2013-]\\p{N}+)*|[\\p{L}\\p{M}]+");

	private static final Pattern POSSESSIVE = Pattern.compile("['\u2019]s\\b");

	private static final Pattern MARKS = Pattern.compile("\\p{M}+");

	/** Characters whose folding is no matter of taking off an accent. */
	private static final String[][] FOLDED = { { "\u00df", "ss" }, { "\u00e6", "ae" }, { "\u0153", "oe" },
			{ "\u00f8", "o" }, { "\u0142", "l" }, { "\u0111", "d" }, { "\u00f0", "d" }, { "\u00fe", "th" },
			{ "\u0131", "i" } };

	private Tokens() {
	}

	/**
	 * A word.
	 *
	 * @param text folded, and one for all words that mean the same
	 * @param number whether it is a figure
	 * @param capital whether it was written with a capital first letter
	 * @param first whether it opens a sentence or a quotation, where a capital says
	 * nothing
	 */
	record Token(String text, boolean number, boolean capital, boolean first) {
	}

	/**
	 * The words of a text in their order.
	 * @param text plain text
	 * @param same which words of its language mean the same
	 */
	static List<Token> of(String text, SameWords same) {
		String plain = POSSESSIVE.matcher(Normalizer.normalize(text, Normalizer.Form.NFKC)).replaceAll("");
		List<Token> tokens = new ArrayList<>();
		Matcher matcher = TOKEN.matcher(plain);
		int end = 0;
		while (matcher.find()) {
			String word = matcher.group();
			boolean first = tokens.isEmpty() || opens(plain, end, matcher.start());
			end = matcher.end();
			int letter = word.codePointAt(0);
			if (Character.isDigit(letter)) {
				String figure = figure(word);
				for (String part : joinsLarge(figure) ? figure.split("-") : new String[] { figure }) {
					tokens.add(new Token(part, true, false, first));
				}
			}
			else if (unspaced(letter)) {
				pairs(word, tokens);
			}
			else {
				String folded = fold(word);
				String number = same.number(folded);
				tokens.add((number != null) ? new Token(number, true, false, first)
						: new Token(same.related(folded), false, Character.isUpperCase(letter), first));
			}
		}
		return tokens;
	}

	/** Whether what lies between two words ends a sentence or opens a quotation. */
	private static boolean opens(String text, int from, int to) {
		for (int i = from; i < to; i++) {
			if (".!?:;\u2026\u201c\u201e\u00ab\"|\u2013\u2014\n".indexOf(text.charAt(i)) >= 0) {
				return true;
			}
		}
		return false;
	}

	/** 1,200 and 1.200 and 1200 are one; 6.1 and 6,1 too; 2-1, 2:1 and 2–1 too. */
	private static String figure(String word) {
		String plain = word.replace('\u2013', '-').replace(':', '-');
		return plain.replaceAll("[.,](?=\\p{N}{3}(?!\\p{N}))", "").replace(',', '.');
	}

	/** 312-287 is two numbers that another says apart; 3-1 is a result. */
	private static boolean joinsLarge(String figure) {
		return figure.indexOf('-') > 0 && figure.length() > 5;
	}

	private static String fold(String word) {
		String lower = word.toLowerCase(Locale.ROOT);
		String bare = MARKS.matcher(Normalizer.normalize(lower, Normalizer.Form.NFD)).replaceAll("");
		for (String[] pair : FOLDED) {
			bare = bare.replace(pair[0], pair[1]);
		}
		return bare;
	}

	static boolean unspaced(int letter) {
		return switch (Character.UnicodeScript.of(letter)) {
			case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> true;
			default -> false;
		};
	}

	private static void pairs(String word, List<Token> tokens) {
		int[] points = word.codePoints().toArray();
		for (int i = 0; i + 1 < points.length; i++) {
			tokens.add(new Token(new String(points, i, 2), false, false, true));
		}
		if (points.length == 1) {
			tokens.add(new Token(word, false, false, true));
		}
	}

}
