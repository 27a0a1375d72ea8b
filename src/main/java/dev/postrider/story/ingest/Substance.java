package dev.postrider.story.ingest;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells an update that makes a story news again from one that corrects or polishes it: at
 * least five words are new, and two of five are. Words count, not their order, case or
 * accents of typography.
 */
final class Substance {

	private static final int LEAST_NEW = 5;

	private static final double SHARE_NEW = 0.4;

	/** Scripts without blanks between words count by the character. */
	private static final Pattern WORD = Pattern
		.compile("[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsThai}]|[\\p{L}\\p{M}\\p{Nd}&&"
				+ "[^\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsThai}]]+");

	private Substance() {
	}

	/**
	 * Whether who has read one would read the other.
	 * @param before headline and summary as they were
	 * @param now as they are
	 */
	static boolean differs(String before, String now) {
		Set<String> words = words(now);
		int all = words.size();
		words.removeAll(words(before));
		return words.size() >= LEAST_NEW && words.size() >= SHARE_NEW * all;
	}

	private static Set<String> words(String text) {
		Set<String> words = new HashSet<>();
		Matcher matcher = WORD.matcher(text.toLowerCase(Locale.ROOT));
		while (matcher.find()) {
			words.add(matcher.group());
		}
		return words;
	}

}
