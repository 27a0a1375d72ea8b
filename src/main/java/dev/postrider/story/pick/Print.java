package dev.postrider.story.pick;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.postrider.story.Story;

/**
 * What of a story is compared.
 *
 * @param headline its words' stems
 * @param all those of headline and summary
 * @param capitals of {@code all}, those written with a capital where a small letter could
 * stand
 * @param small those written small
 * @param figures the numbers in it
 * @param grams groups of four characters of the headline's words, for compounds and
 * endings
 * @param at when it was published
 */
record Print(Set<String> headline, Set<String> all, Set<String> capitals, Set<String> small, Set<String> figures,
		Set<String> grams, Instant at) {

	private static final int STEM = 6;

	static Print of(Story story) {
		List<Tokens.Token> head = Tokens.of(story.headline());
		List<Tokens.Token> body = Tokens.of(story.summary());
		Print print = new Print(new HashSet<>(), new HashSet<>(), new HashSet<>(), new HashSet<>(), new HashSet<>(),
				new HashSet<>(), story.publishedAt());
		print.add(head, titleCase(head));
		head.forEach((token) -> print.headline.add(stem(token)));
		print.add(body, false);
		head.stream().filter((token) -> !token.number()).forEach((token) -> print.addGrams(token.text()));
		return print;
	}

	/** How far apart two were published. */
	Duration distance(Print other) {
		return Duration.between(this.at, other.at).abs();
	}

	/** In Headlines Written Like This a capital tells nothing. */
	private static boolean titleCase(List<Tokens.Token> tokens) {
		long words = tokens.stream().filter((token) -> token.text().length() > 3 && !token.number()).count();
		long capitals = tokens.stream().filter((token) -> token.text().length() > 3 && token.capital()).count();
		return capitals * 10 > words * 8;
	}

	private void add(List<Tokens.Token> tokens, boolean capitalsTellNothing) {
		Map<String, Boolean> seen = new HashMap<>();
		for (Tokens.Token token : tokens) {
			String stem = stem(token);
			this.all.add(stem);
			if (token.number()) {
				this.figures.add(token.text());
			}
			else if (!token.capital()) {
				this.small.add(stem);
			}
			else if (!capitalsTellNothing && !token.first()) {
				seen.put(stem, true);
			}
		}
		this.capitals.addAll(seen.keySet());
	}

	private void addGrams(String word) {
		for (int i = 0; i + 4 <= word.length(); i++) {
			this.grams.add(word.substring(i, i + 4));
		}
	}

	/**
	 * The beginning of a word carries its meaning in most languages; the end its form.
	 */
	private static String stem(Tokens.Token token) {
		String word = token.text();
		if (token.number()) {
			return word;
		}
		if (word.length() > 4 && word.endsWith("s") && !word.endsWith("ss")) {
			word = word.substring(0, word.length() - 1);
		}
		return (word.length() > STEM) ? word.substring(0, STEM) : word;
	}

}
