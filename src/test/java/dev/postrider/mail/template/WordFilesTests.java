package dev.postrider.mail.template;

import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The built-in words: a letter is never half in another language.
 */
class WordFilesTests {

	private static final Pattern GAP = Pattern.compile("\\{\\d}");

	@Test
	void everyLanguageHasEveryWordWithTheSameGaps() throws Exception {
		Map<String, Properties> files = new HashMap<>();
		for (Resource file : new PathMatchingResourcePatternResolver()
			.getResources("classpath:templates/mail/words/words_*.properties")) {
			Properties words = new Properties();
			try (Reader in = new StringReader(file.getContentAsString(StandardCharsets.UTF_8))) {
				words.load(in);
			}
			files.put(String.valueOf(file.getFilename()).replaceAll("^words_|[.]properties$", ""), words);
		}
		assertThat(files).containsKeys("en", "de", "fr", "es", "ar");
		Properties english = files.get("en");
		files.forEach((language, words) -> {
			assertThat(words.stringPropertyNames()).as(language)
				.containsExactlyInAnyOrderElementsOf(english.stringPropertyNames());
			english.stringPropertyNames().forEach((key) -> {
				assertThat(words.getProperty(key)).as(language + " " + key).isNotBlank();
				assertThat(gaps(words.getProperty(key))).as(language + " " + key)
					.isEqualTo(gaps(english.getProperty(key)));
			});
		});
	}

	private static Set<String> gaps(String words) {
		Set<String> gaps = new TreeSet<>();
		GAP.matcher(words).results().map(MatchResult::group).forEach(gaps::add);
		return gaps;
	}

}
