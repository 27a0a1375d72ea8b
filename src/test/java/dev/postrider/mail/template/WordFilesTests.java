package dev.postrider.mail.template;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The built-in words: a letter or a page is never half in another language.
 */
class WordFilesTests {

	private static final Pattern GAP = Pattern.compile("\\{\\d}");

	private static final Pattern FORM = Pattern.compile("(.*)[.](zero|one|two|few|many|other)");

	@ParameterizedTest
	@ValueSource(strings = { "mail", "web" })
	void everyLanguageHasEveryWordWithTheSameGaps(String folder) throws IOException {
		Map<String, Properties> files = files(folder);
		assertThat(files).containsKeys("en", "de", "fr", "es", "ar");
		Map<String, Set<String>> english = phrases(files.get("en"));
		files.forEach((language, words) -> assertThat(phrases(words)).as(language).isEqualTo(english));
	}

	@ParameterizedTest
	@ValueSource(strings = { "mail", "web" })
	void everyLanguageHasTheFormsItsNumbersTake(String folder) throws IOException {
		files(folder).forEach((language, words) -> {
			Set<String> forms = IntStream.range(1, 200)
				.mapToObj((number) -> Plural.of(language, number))
				.collect(Collectors.toCollection(TreeSet::new));
			forms.add(Plural.OTHER);
			words.stringPropertyNames()
				.stream()
				.filter((key) -> key.endsWith(".other"))
				.map((key) -> key.replaceFirst("[.]other$", ""))
				.forEach((key) -> assertThat(words.stringPropertyNames()).as(language)
					.containsAll(forms.stream().map((form) -> key + "." + form).toList()));
		});
	}

	@ParameterizedTest
	@CsvSource({ "en, 1 hour, 2 hours, 11 hours", "de, 1 Stunde, 2 Stunden, 11 Stunden",
			"ar, ساعة واحدة, ساعتين, 11 ساعة" })
	void numbersTakeTheirForm(String language, String one, String two, String eleven) {
		WordFiles words = words(null);
		assertThat(count(words, language, 1)).isEqualTo(one);
		assertThat(count(words, language, 2)).isEqualTo(two);
		assertThat(count(words, language, 11)).isEqualTo(eleven);
		assertThat(count(words, "ar", 72)).isEqualTo("72 ساعة");
		assertThat(count(words, "ar", 5)).isEqualTo("5 ساعات");
		assertThat(count(words, "ar", 0)).as("no form of its own").isEqualTo("0 ساعة");
	}

	@Test
	void pagesHaveOnlyLanguagesThatSayEverything(@TempDir Path folder) throws IOException {
		Path own = Files.createDirectories(folder.resolve("words"));
		Files.writeString(own.resolve("words_ga.properties"), "unsubscribe = Díliostáil\n");
		Files.writeString(own.resolve("words_de-at.properties"), "unsubscribe = Nimmer\n");
		WordFiles words = words(folder);
		assertThat(words.languages()).contains("ga", "de-at");
		assertThat(words.complete()).contains("en", "ar", "de", "de-at").doesNotContain("ga");
		assertThat(words.say("de-AT", "unsubscribe")).isEqualTo("Nimmer");
		assertThat(words.say("de-AT", "signUp")).isEqualTo("Anmelden");
	}

	private static String count(WordFiles words, String language, long number) {
		return words.say(language, words.plural(language, "countHours", number), String.valueOf(number));
	}

	private static WordFiles words(@org.jspecify.annotations.Nullable Path folder) {
		return new WordFiles(
				new LetterProperties(folder, Duration.ofSeconds(5), DataSize.ofMegabytes(1), DataSize.ofMegabytes(99)));
	}

	private static Map<String, Properties> files(String folder) throws IOException {
		Map<String, Properties> files = new TreeMap<>();
		for (Resource file : new PathMatchingResourcePatternResolver()
			.getResources("classpath:templates/" + folder + "/words/words_*.properties")) {
			Properties words = new Properties();
			try (Reader in = new StringReader(file.getContentAsString(StandardCharsets.UTF_8))) {
				words.load(in);
			}
			files.put(String.valueOf(file.getFilename()).replaceAll("^words_|[.]properties$", ""), words);
		}
		return files;
	}

	/** What stands for values in each phrase; "one hour" may go without the number. */
	private static Map<String, Set<String>> phrases(Properties words) {
		Map<String, Set<String>> phrases = new TreeMap<>();
		words.stringPropertyNames().forEach((key) -> {
			assertThat(words.getProperty(key)).as(key).isNotBlank();
			Set<String> gaps = new TreeSet<>();
			GAP.matcher(words.getProperty(key)).results().map(MatchResult::group).forEach(gaps::add);
			var form = FORM.matcher(key);
			phrases.computeIfAbsent(form.matches() ? form.group(1) : key, (phrase) -> new TreeSet<>()).addAll(gaps);
		});
		return phrases;
	}

}
