package dev.postrider.mail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import dev.postrider.story.feed.Corpus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The classifier on what servers all over the world wrote. How a bounce is taken apart is
 * kept plain here: the class that follows is what is looked at.
 */
class BounceCorpusTests {

	private static final Set<String> CLASSES = Set.of("hard", "soft");

	@Test
	@DisplayName("B4 B5 B6: hard or soft, as two other programs agree that it is")
	void sisimai() throws IOException {
		Path corpus = Corpus.folder("bounces").resolve("sisimai-bounces");
		JsonNode expected = JsonMapper.builder().build().readTree(corpus.resolve("expected.json").toFile());
		int right = 0;
		int all = 0;
		int blamed = 0;
		List<String> misses = new ArrayList<>();
		for (JsonNode file : expected) {
			Path eml = corpus.resolve("eml").resolve(file.path("file").asString());
			if (!file.path("tables_agree").asBoolean() || !Files.exists(eml)) {
				continue;
			}
			Map<String, Said> said = read(eml);
			for (JsonNode recipient : file.path("expected")) {
				String want = recipient.path("class").asString();
				// Where a bounce has no fields, the text that they found in it.
				Said text = said.getOrDefault(recipient.path("recipient").asString("").toLowerCase(Locale.ROOT),
						new Said(null, recipient.path("diagnostic").asString("")));
				if (!CLASSES.contains(want) || text.status == null && text.text.isEmpty()) {
					continue;
				}
				Verdict verdict = ReplyClassifier.classify(text.status, text.text);
				all++;
				if (verdict.hard() == want.equals("hard")) {
					right++;
				}
				else {
					blamed += verdict.hard() ? 1 : 0;
					misses.add(file.path("file").asString() + " wants " + want + " "
							+ recipient.path("reason").asString() + ", is " + verdict + ": " + text);
				}
			}
		}
		misses.forEach(System.out::println);
		System.out.printf("Bounce corpus: class right %d of %d = %.1f %%, wrongly hard %d%n", right, all,
				100.0 * right / all, blamed);
		assertThat(all).isGreaterThan(150);
		assertThat((double) right / all).isGreaterThan(0.9);
	}

	/** The groups of fields about a recipient, wherever they stand. */
	private static Map<String, Said> read(Path eml) throws IOException {
		Map<String, Said> said = new HashMap<>();
		String text = Files.readString(eml, StandardCharsets.ISO_8859_1).replace("\r", "");
		for (String group : text.split("\n\\s*\n")) {
			group(group.replaceAll("\n[ \t]+", " "), said);
		}
		return said;
	}

	private static void group(String group, Map<String, Said> said) {
		Map<String, String> fields = new HashMap<>();
		Arrays.stream(group.split("\n"))
			.filter((line) -> line.indexOf(':') > 0)
			.forEach((line) -> fields.putIfAbsent(line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT),
					line.substring(line.indexOf(':') + 1).strip()));
		for (String field : List.of("final-recipient", "original-recipient", "x-actual-recipient")) {
			String value = fields.get(field);
			if (value != null) {
				String address = value.substring(value.indexOf(';') + 1).replaceAll("[<>]", "").strip();
				String text = fields.getOrDefault("diagnostic-code", "");
				said.put(address.toLowerCase(Locale.ROOT),
						new Said(fields.get("status"), text.substring(text.indexOf(';') + 1).strip()));
			}
		}
	}

	private record Said(@Nullable String status, String text) {
	}

}
