package dev.postrider.story.pick;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

import dev.postrider.story.Story;
import org.jspecify.annotations.Nullable;

/**
 * What of a story is compared: words as stems, and numbers.
 *
 * @param headline what is in its headline
 * @param all what is in headline and summary
 * @param capitals words written with a capital where a small letter could stand
 * @param small words written small
 * @param at when it was published
 */
record Print(Set<String> headline, Set<String> all, Set<String> capitals, Set<String> small, Instant at) {

	private static final int STEM = 6;

	static Print of(Story story) {
		SameWords same = SameWords.of(story.language());
		List<Tokens.Token> head = Tokens.of(story.headline(), same);
		List<Tokens.Token> both = new ArrayList<>(head);
		List<Tokens.Token> body = Tokens.of(story.summary(), same);
		both.addAll(body);
		// Sorted, so that sums over them are the same on every run.
		Print print = new Print(new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), new TreeSet<>(),
				story.publishedAt());
		head.forEach((token) -> print.headline.add(stem(token)));
		both.forEach((token) -> print.all.add(stem(token)));
		if (!capitalisesNouns(story.language(), body)) {
			print.addCase(head, mostlyCapitals(head, 80));
			print.addCase(body, false);
		}
		return print;
	}

	static boolean isFigure(String stem) {
		return Character.isDigit(stem.codePointAt(0));
	}

	/** How far apart two were published. */
	Duration distance(Print other) {
		return Duration.between(this.at, other.at).abs();
	}

	/** In German a capital tells a noun from a verb, not a name from a word. */
	private static boolean capitalisesNouns(@Nullable String language, List<Tokens.Token> body) {
		if (language == null) {
			return body.size() > 6 && mostlyCapitals(body, 45);
		}
		String primary = language.toLowerCase(Locale.ROOT).split("[-_]")[0];
		return primary.equals("de") || primary.equals("lb");
	}

	/** In Headlines Written Like This a capital tells nothing. */
	private static boolean mostlyCapitals(List<Tokens.Token> tokens, int percent) {
		long words = tokens.stream().filter((token) -> token.text().length() > 3 && !token.number()).count();
		long capitals = tokens.stream().filter((token) -> token.text().length() > 3 && token.capital()).count();
		return capitals * 100 > words * percent;
	}

	private void addCase(List<Tokens.Token> tokens, boolean capitalsTellNothing) {
		for (Tokens.Token token : tokens) {
			if (token.number()) {
				continue;
			}
			if (!token.capital()) {
				this.small.add(stem(token));
			}
			else if (!capitalsTellNothing && !token.first()) {
				this.capitals.add(stem(token));
			}
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
