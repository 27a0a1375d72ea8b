package dev.postrider.subscription.list;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.postrider.subscription.DepartureReason;
import dev.postrider.subscription.SubscriberStatus;
import dev.postrider.subscription.Suppressions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every word that readers see is among the words that are kept by language; every one
 * kept is seen.
 */
class ReaderWordsTests {

	private static final Path TEMPLATES = Path.of("templates");

	private static final Path JAVA = Path.of("src/main/java/dev/postrider");

	private static final Pattern IN_TEMPLATES = Pattern.compile("(?<![\\w.])words(?:\\.(\\w+)|\\[\"([\\w.]+)\"])");

	private static final Pattern IN_JAVA = Pattern.compile(
			"(?:[wW]riting(?:\\(\\))?|words)\\s*\\.(?:say|tell|when|count)\\(\\s*(?:(?!say|tell)[\\w.()]+,\\s*)?\"([\\w.]+)\"");

	/** Kept by what they are about, so that no code names them one by one. */
	private static final Pattern FAMILY = Pattern.compile("(leaving|refused|code|stored)[.].*");

	private static final Pattern COMMENT = Pattern.compile("<#--.*?-->", Pattern.DOTALL);

	private static final Pattern TEXT_IN_ATTRIBUTE = Pattern
		.compile("(?:title|alt|aria-label|placeholder)=\"([^\"]*)\"");

	private static final Pattern STRING = Pattern.compile("\"([^\"]*)\"");

	/** Words in a string of an expression: with a capital, or with a space. */
	private static final Pattern SPOKEN = Pattern.compile("[A-Z][a-z].*|.*[a-z]{2,} [a-z]+.*");

	@Test
	void whatIsSaidIsKept() throws IOException {
		Set<String> kept = kept();
		Set<String> said = said();
		assertThat(said).hasSizeGreaterThan(200);
		assertThat(kept).containsAll(said);
	}

	@Test
	void whatIsKeptIsSaid() throws IOException {
		Set<String> kept = kept();
		kept.removeIf(FAMILY.asMatchPredicate());
		kept.removeAll(said());
		// Some are chosen among first, and said then.
		String java = String.join("\n", texts(JAVA, ".java"));
		kept.removeIf((key) -> java.contains('"' + key + '"'));
		assertThat(kept).as("kept, and said nowhere").isEmpty();
	}

	@Test
	void whatStandsForCodesIsKept() throws IOException {
		Set<String> kept = kept();
		assertThat(kept).filteredOn((key) -> key.startsWith("leaving."))
			.containsExactlyInAnyOrderElementsOf(names("leaving.", DepartureReason.values()));
		assertThat(kept).filteredOn((key) -> key.startsWith("refused."))
			.containsExactlyInAnyOrderElementsOf(names("refused.", Refusal.values()));
		Set<String> codes = new TreeSet<>();
		codes.addAll(names("code.", SubscriberStatus.values()));
		codes.addAll(names("code.", Suppressions.Reason.values()));
		codes.addAll(names("code.", Consents.Action.values()));
		codes.addAll(names("code.", Evidence.Channel.values()));
		assertThat(kept).filteredOn((key) -> key.startsWith("code.")).containsExactlyInAnyOrderElementsOf(codes);
		String export = Files.readString(JAVA.resolve("subscription/list/PersonalData.java"));
		assertThat(kept).containsAll(Pattern.compile("data[.]put\\(\"([a-z_]+)\",\\s*+(?!\")")
			.matcher(export)
			.results()
			.map((group) -> "stored." + group.group(1))
			.toList());
		assertThat(kept).filteredOn((key) -> key.startsWith("stored."))
			.allSatisfy((key) -> assertThat(export).containsPattern("\\b" + key.substring(7) + "\\b"));
	}

	@Test
	void programsAreToldTheSameInEnglish() throws IOException {
		Properties english = words("web");
		for (Refusal refusal : Refusal.values()) {
			assertThat(english.getProperty("refused." + refusal.name())).isEqualTo(refusal.english());
		}
		for (DepartureReason reason : DepartureReason.values()) {
			assertThat(english.getProperty("leaving." + reason.name())).isEqualTo(reason.words());
		}
	}

	@ParameterizedTest
	@MethodSource("readersTemplates")
	void nothingIsSaidInTheTemplateItself(Path template) throws IOException {
		assertThat(spoken(Files.readString(template))).isEmpty();
	}

	@Test
	void wordsInATemplateAreFound() {
		assertThat(spoken("<#-- A comment --><p class=\"x\">Hello ${name}</p>")).containsExactly("Hello");
		assertThat(spoken("<@layout.reader title=\"Check your mail\">")).isNotEmpty();
		assertThat(spoken("<p title=\"Close\"></p>")).isNotEmpty();
		assertThat(spoken("<#assign t = x?then(\"the old one\", words.a)>")).isNotEmpty();
		assertThat(spoken("<p>${words.a(layout.to(\"/editions\"))} · <b class=\"big one\">${x}</b> &nbsp;</p>"))
			.isEmpty();
	}

	/** What a template says by itself. */
	private static List<String> spoken(String template) {
		String markup = COMMENT.matcher(template).replaceAll("");
		List<String> spoken = new ArrayList<>();
		StringBuilder text = new StringBuilder();
		for (int at = 0; at < markup.length();) {
			int end = end(markup, at);
			if (end == at) {
				text.append(markup.charAt(at++));
				continue;
			}
			String piece = markup.substring(at, end);
			boolean expression = piece.startsWith("$") || piece.startsWith("<#") || piece.startsWith("<@");
			Matcher strings = (expression ? STRING : TEXT_IN_ATTRIBUTE).matcher(piece);
			while (strings.find()) {
				String said = strings.group(1).replaceAll("[$][{].*?}", "");
				if (expression ? SPOKEN.matcher(said).matches() : said.matches(".*\\p{L}.*")) {
					spoken.add(said);
				}
			}
			text.append(' ');
			at = end;
		}
		Matcher word = Pattern.compile("\\p{L}[^\\n]*")
			.matcher(text.toString().replaceAll("&\\w+;|[a-z-]+=\"[^\"]*\"", " "));
		while (word.find()) {
			spoken.add(word.group().strip());
		}
		return spoken;
	}

	/** Where a tag, a directive or an expression that begins here ends; else here. */
	private static int end(String markup, int at) {
		boolean expression = markup.startsWith("${", at);
		boolean tag = markup.charAt(at) == '<' && at + 1 < markup.length()
				&& "/!#@".indexOf(markup.charAt(at + 1)) + 1 + (Character.isLetter(markup.charAt(at + 1)) ? 1 : 0) > 0;
		if (!expression && !tag) {
			return at;
		}
		int depth = 0;
		boolean quoted = false;
		for (int i = at; i < markup.length(); i++) {
			char c = markup.charAt(i);
			if (i > at && !quoted && (markup.startsWith("<#", i) || markup.startsWith("</#", i)
					|| markup.startsWith("<@", i) || markup.startsWith("${", i))) {
				// A directive in a tag: <p<#if x> y</#if>>.
				i = end(markup, i) - 1;
			}
			else if (c == '"' && (expression || markup.startsWith("<#", at) || markup.startsWith("<@", at))) {
				quoted = !quoted;
			}
			else if (!quoted && (c == '{' || c == '(' || c == '[')) {
				depth++;
			}
			else if (!quoted && (c == '}' || c == ')' || c == ']')) {
				depth--;
				if (expression && depth == 0) {
					return i + 1;
				}
			}
			else if (!quoted && !expression && c == '>' && depth == 0) {
				return i + 1;
			}
		}
		return markup.length();
	}

	static Stream<Path> readersTemplates() throws IOException {
		List<Path> templates = new ArrayList<>();
		templates.addAll(files(TEMPLATES.resolve("web/subscription"),
				(name) -> !name.startsWith("import") && name.endsWith(".ftlh")));
		templates.addAll(files(TEMPLATES.resolve("web/edition"), (name) -> name.endsWith(".ftlh")));
		templates.add(TEMPLATES.resolve("web/error.ftlh"));
		templates.addAll(files(TEMPLATES.resolve("mail"),
				(name) -> name.matches("(address.*|confirm|known|preferences)[.]mjml[.]ftlh")));
		return templates.stream();
	}

	private static List<Path> files(Path folder, Predicate<String> wanted) throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return files.filter((file) -> wanted.test(file.getFileName().toString())).sorted().toList();
		}
	}

	private static Set<String> said() throws IOException {
		Set<String> said = new TreeSet<>();
		List<String> templates = texts(TEMPLATES.resolve("mail"), ".ftlh", ".ftl");
		templates.add(Files.readString(TEMPLATES.resolve("web/layout.ftlh")));
		for (Path template : readersTemplates().toList()) {
			templates.add(Files.readString(template));
		}
		for (String template : templates) {
			Matcher words = IN_TEMPLATES.matcher(COMMENT.matcher(template).replaceAll(""));
			while (words.find()) {
				said.add((words.group(1) != null) ? words.group(1) : words.group(2));
			}
		}
		for (String code : texts(JAVA, ".java")) {
			Matcher words = IN_JAVA.matcher(code);
			while (words.find()) {
				said.add(words.group(1));
			}
		}
		said.removeIf((key) -> key.endsWith("."));
		return said;
	}

	private static List<String> texts(Path folder, String... endings) throws IOException {
		List<String> texts = new ArrayList<>();
		try (Stream<Path> files = Files.walk(folder)) {
			for (Path file : files.filter((it) -> Arrays.stream(endings).anyMatch(it.toString()::endsWith)).toList()) {
				texts.add(Files.readString(file));
			}
		}
		return texts;
	}

	/** In English; the forms that a word takes after numbers are one. */
	private static Set<String> kept() throws IOException {
		Set<String> kept = new TreeSet<>();
		for (String folder : List.of("mail", "web")) {
			words(folder).stringPropertyNames()
				.forEach((key) -> kept.add(key.replaceFirst("[.](zero|one|two|few|many|other)$", "")));
		}
		return kept;
	}

	private static Properties words(String folder) throws IOException {
		Properties words = new Properties();
		try (Reader in = Files.newBufferedReader(TEMPLATES.resolve(folder + "/words/words_en.properties"))) {
			words.load(in);
		}
		return words;
	}

	private static List<String> names(String prefix, Enum<?>... values) {
		return Arrays.stream(values).map((value) -> prefix + value.name()).toList();
	}

}
