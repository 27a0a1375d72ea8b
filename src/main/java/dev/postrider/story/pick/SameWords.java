package dev.postrider.story.pick;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The few words of which the press uses several for one thing, and words for numbers: the
 * files {@code story/related.txt} and {@code story/numbers.txt}.
 */
final class SameWords {

	private static final Map<String, String> NUMBERS = read("numbers.txt");

	private static final Map<String, String> RELATED = read("related.txt");

	private SameWords() {
	}

	/** The figure that a word stands for, or {@code null}. */
	static @Nullable String number(String word) {
		return NUMBERS.get(word);
	}

	/** The word that stands for a group of words, or {@code null} where there is none. */
	static @Nullable String related(String word) {
		return RELATED.get(word);
	}

	/** The first word of a line is what the others stand for. */
	private static Map<String, String> read(String file) {
		Map<String, String> words = new HashMap<>();
		try (InputStream in = SameWords.class.getResourceAsStream("/story/" + file)) {
			if (in == null) {
				throw new IllegalStateException("story/" + file + " is missing");
			}
			try (BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
				for (String line = reader.readLine(); line != null; line = reader.readLine()) {
					if (!line.isBlank() && !line.startsWith("#")) {
						List<String> group = Arrays.asList(line.split(" "));
						group.forEach((word) -> words.putIfAbsent(word, group.get(0)));
					}
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return words;
	}

}
