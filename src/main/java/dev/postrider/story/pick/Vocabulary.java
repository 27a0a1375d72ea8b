package dev.postrider.story.pick;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The words of a batch of stories, numbered, and how much each says when two stories have
 * it: a rare one more than a common one, a name most, a short one little.
 */
final class Vocabulary {

	/** Says how rare a word is in a small batch, where hardly any comes twice. */
	private static final int UNSEEN = 200;

	private static final double NAME = 1.3;

	private final Map<String, Integer> numbers = new HashMap<>();

	private final Kind[] kinds;

	private final double[] weights;

	private final List<Entry> entries = new ArrayList<>();

	Vocabulary(List<Print> prints) {
		List<String> stems = new ArrayList<>();
		for (Print print : prints) {
			for (String stem : print.all()) {
				if (this.numbers.putIfAbsent(stem, stems.size()) == null) {
					stems.add(stem);
				}
			}
		}
		int[] stories = count(prints.stream().map(Print::all).toList());
		int[] capitals = count(prints.stream().map(Print::capitals).toList());
		int[] small = count(prints.stream().map(Print::small).toList());
		this.kinds = new Kind[stems.size()];
		this.weights = new double[stems.size()];
		double size = prints.size() + UNSEEN;
		for (int i = 0; i < this.kinds.length; i++) {
			String stem = stems.get(i);
			double rarity = Math.log(size / (stories[i] + 1)) / Math.log(size);
			this.kinds[i] = Print.isFigure(stem) ? Kind.FIGURE
					: (capitals[i] > 0 && capitals[i] >= 2 * small[i]) ? Kind.NAME : Kind.WORD;
			this.weights[i] = rarity * ((this.kinds[i] == Kind.NAME) ? NAME : form(stem));
		}
		prints.forEach((print) -> this.entries.add(new Entry(ids(print.headline()), ids(print.all()))));
	}

	/** What a story is made of. */
	Entry entry(int story) {
		return this.entries.get(story);
	}

	double weight(int word) {
		return this.weights[word];
	}

	Kind kind(int word) {
		return this.kinds[word];
	}

	int size() {
		return this.kinds.length;
	}

	private int[] count(List<Set<String>> stemsOfStories) {
		int[] counts = new int[this.numbers.size()];
		stemsOfStories.forEach((stems) -> stems.forEach((stem) -> counts[this.numbers.getOrDefault(stem, 0)]++));
		return counts;
	}

	private int[] ids(Set<String> stems) {
		int[] ids = stems.stream().mapToInt((stem) -> this.numbers.getOrDefault(stem, 0)).toArray();
		Arrays.sort(ids);
		return ids;
	}

	/** Short words are the grammar of most languages that are written in letters. */
	private static double form(String stem) {
		int length = stem.codePointCount(0, stem.length());
		if (Print.isFigure(stem)) {
			return figure(stem);
		}
		if (length >= 5 || !alphabetic(stem.codePointAt(0))) {
			return 1;
		}
		return (length == 4) ? 0.7 : (length == 3) ? 0.4 : 0.15;
	}

	/** Two stories agree in a small number or a year more easily than in 312. */
	private static double figure(String stem) {
		if (stem.length() <= 2) {
			int value = stem.codePoints()
				.map((digit) -> Character.digit(digit, 10))
				.reduce(0, (sum, digit) -> sum * 10 + digit);
			return (value <= 12) ? 0.4 : (value <= 31) ? 0.7 : 1;
		}
		return (stem.length() == 4 && (stem.startsWith("19") || stem.startsWith("20"))) ? 0.6 : 1;
	}

	private static boolean alphabetic(int letter) {
		return !Tokens.unspaced(letter);
	}

	/** What sort of word. */
	enum Kind {

		/** A number. */
		FIGURE,

		/** Written with a capital where it need not be. */
		NAME,

		/** Any other. */
		WORD

	}

	/**
	 * A story's words by their numbers, ascending.
	 *
	 * @param headline those of its headline
	 * @param all those of headline and summary
	 */
	record Entry(int[] headline, int[] all) {
	}

}
