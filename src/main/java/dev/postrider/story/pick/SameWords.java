package dev.postrider.story.pick;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What different words of one language mean the same in the press: words for numbers, and
 * the few for things that every newspaper names in several ways. They are in the files
 * {@code story/numbers.txt} and {@code story/related.txt}; a language that is not there
 * has none.
 */
final class SameWords {

	private static final SameWords NONE = new SameWords();

	private static final Map<String, SameWords> LANGUAGES = languages();

	private final Map<String, String> numbers = new HashMap<>();

	private final Map<String, String> related = new HashMap<>();

	private SameWords() {
	}

	/** Those of a language by its tag; a story that names none is taken for English. */
	static SameWords of(@Nullable String language) {
		String primary = (language == null) ? "en" : language.toLowerCase(Locale.ROOT).split("[-_]")[0];
		return LANGUAGES.getOrDefault(primary, NONE);
	}

	/** The figure that a word stands for, or {@code null}. */
	@Nullable String number(String word) {
		return this.numbers.get(word);
	}

	/** The word that stands for a word and those that mean the same. */
	String related(String word) {
		return this.related.getOrDefault(word, word);
	}

	private static Map<String, SameWords> languages() {
		Map<String, SameWords> languages = new HashMap<>();
		for (String[] line : lines("numbers.txt")) {
			Map<String, String> numbers = languages.computeIfAbsent(line[0], (language) -> new SameWords()).numbers;
			for (int i = 1; i < line.length; i++) {
				int value = (i <= 19) ? i + 1 : (i - 17) * 10;
				numbers.put(line[i], String.valueOf(value));
			}
			numbers.remove("-");
		}
		for (String[] line : lines("related.txt")) {
			Map<String, String> related = languages.computeIfAbsent(line[0], (language) -> new SameWords()).related;
			for (int i = 1; i < line.length; i++) {
				related.putIfAbsent(line[i], line[1]);
			}
		}
		return languages;
	}

	private static List<String[]> lines(String file) {
		List<String[]> lines = new ArrayList<>();
		try (InputStream in = SameWords.class.getResourceAsStream("/story/" + file)) {
			if (in == null) {
				throw new IllegalStateException("story/" + file + " is missing");
			}
			try (BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
				for (String line = reader.readLine(); line != null; line = reader.readLine()) {
					if (!line.startsWith("#")) {
						lines.add(line.split(" "));
					}
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return lines;
	}

}
