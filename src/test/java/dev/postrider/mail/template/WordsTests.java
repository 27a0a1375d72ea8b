package dev.postrider.mail.template;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import dev.postrider.mail.ReaderField;
import dev.postrider.mail.TemplateException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class WordsTests {

	@TempDir
	private Path folder;

	@BeforeEach
	void ownWords() throws java.io.IOException {
		Files.createDirectories(this.folder.resolve("words"));
		Files.writeString(this.folder.resolve("words/words_en.properties"), """
				test.plain = It's {x} plain
				testWhy = {0}, it's {1} for {0}
				testLink = Read {0} & {1}
				""");
		Files.writeString(this.folder.resolve("words/words_ga.properties"), "testWhy = {1}: {0} – fáilte\n");
	}

	@Test
	void valuesStandInTheirPlaces() {
		WordFiles words = words();
		assertThat(words.say("en", "test.plain")).isEqualTo("It's {x} plain");
		assertThat(words.say("en", "testWhy", "Ada", 1234)).isEqualTo("Ada, it's 1,234 for Ada");
		assertThat(words.say("ga-IE", "testWhy", "Ada", "x")).isEqualTo("x: Ada – fáilte");
		assertThat(words.say("de", "testWhy", "Ada", 1234)).isEqualTo("Ada, it's 1.234 for Ada");
		assertThat(words.languages()).contains("en", "ga");
		assertThatExceptionOfType(TemplateException.class).isThrownBy(() -> words.say("en", "testWhy", "Ada"))
			.withMessageContaining("words.testWhy wants 2 values");
		assertThatExceptionOfType(TemplateException.class).isThrownBy(() -> words.say("ga", "nothing"))
			.withMessageContaining("no words.nothing");
	}

	@Test
	void templatesSayThem() {
		try (DroppedIn designs = new DroppedIn(this.folder)) {
			designs.design("daily",
					"""
							[${words["test.plain"]}] [${words.testWhy(name, 1234)}] [${words.testWhy(reader.email, "x")}]
							<#assign link><a href="https://news.example/">${name}</a></#assign>[${words.testLink(link, reader.email)}]""");
			Map<String, ?> model = Map.of("name", "<Ada>", "lang", "ga", "reader", Map.of("email", ReaderField.EMAIL));
			String email = ReaderField.EMAIL.token();
			assertThat(designs.render("daily", model).html()).contains("[It&#39;s {x} plain]",
					"[1,234: &lt;Ada&gt; – fáilte]", "[x: " + email + " – fáilte]",
					"[Read <a href=\"https://news.example/\">&lt;Ada&gt;</a> &amp; " + email + "]");
			designs.design("missing", "${words.nothing}");
			assertThatExceptionOfType(TemplateException.class).isThrownBy(() -> designs.render("missing", model))
				.withMessageContaining("line 2: there are no words.nothing");
			designs.design("bare", "${words.testWhy}");
			assertThatExceptionOfType(TemplateException.class).isThrownBy(() -> designs.render("bare", model))
				.withMessageContaining("line 2: words.testWhy has places for values");
			designs.design("few", "${words.testWhy(1)}");
			assertThatExceptionOfType(TemplateException.class).isThrownBy(() -> designs.render("few", model))
				.withMessageContaining("line 2: words.testWhy wants 2 values and got 1");
			designs.design("loud", "${words.testWhy(reader.email, 1)?upper_case}");
			assertThatExceptionOfType(TemplateException.class).isThrownBy(() -> designs.render("loud", model))
				.withMessageContaining("differs from reader to reader");
		}
	}

	private WordFiles words() {
		return new WordFiles(new LetterProperties(this.folder, Duration.ofSeconds(5), DataSize.ofMegabytes(1),
				DataSize.ofMegabytes(99)));
	}

}
