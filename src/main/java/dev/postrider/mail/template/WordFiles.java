package dev.postrider.mail.template;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

import dev.postrider.mail.MailWords;
import dev.postrider.mail.TemplateException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * The fixed words of mails and readers' pages, {@code words/words_LANGUAGE.properties}:
 * ours, and over them those in the newsroom's own folder, which may say things in its own
 * way and add languages.
 */
@Component
class WordFiles implements MailWords {

	private static final Logger logger = LoggerFactory.getLogger(WordFiles.class);

	private static final String FALLBACK = "en";

	private final Map<String, Map<String, String>> files = new HashMap<>();

	private final Map<String, Map<String, String>> languages = new ConcurrentHashMap<>();

	private final SortedSet<String> complete = new TreeSet<>();

	WordFiles(LetterProperties properties) {
		try {
			addOurs("templates/mail/words/");
			addOurs("templates/web/words/");
			Set<String> all = phrases(FALLBACK);
			addOwn(properties.templates());
			this.files.keySet()
				.stream()
				.filter((language) -> phrases(language).containsAll(all))
				.forEach(this.complete::add);
		}
		catch (IOException ex) {
			throw new TemplateException("The words of mails and pages cannot be read: " + ex.getMessage(), ex);
		}
	}

	private void addOurs(String folder) throws IOException {
		for (Resource file : new PathMatchingResourcePatternResolver(WordFiles.class.getClassLoader())
			.getResources("classpath:" + folder + "words_*.properties")) {
			try (InputStream in = file.getInputStream()) {
				String name = String.valueOf(file.getFilename());
				add(folder + name, name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
			}
		}
	}

	/** Of a regional variant with the language's; forms of plural are one phrase. */
	private Set<String> phrases(String language) {
		Set<String> phrases = new TreeSet<>();
		for (String tag : List.of(language, language.split("-")[0])) {
			this.files.getOrDefault(tag, Map.of())
				.keySet()
				.forEach((key) -> phrases.add(key.replaceFirst("[.](zero|one|two|few|many|other)$", "")));
		}
		return phrases;
	}

	private void addOwn(@Nullable Path folder) throws IOException {
		Path own = (folder != null) ? folder.resolve("words") : null;
		if (own == null || !Files.isDirectory(own)) {
			return;
		}
		try (var found = Files.newDirectoryStream(own, "words_*.properties")) {
			for (Path file : found) {
				int count = add(file.toString(), file.getFileName().toString(), Files.readString(file));
				logger.info("{} of the words of mails and pages come from {}", count, file);
			}
		}
	}

	private int add(String place, String name, String text) throws IOException {
		Properties words = new Properties();
		try (Reader in = new StringReader(text)) {
			words.load(in);
		}
		catch (IllegalArgumentException ex) {
			throw new TemplateException(place, 0, "no properties file: " + ex.getMessage(), ex);
		}
		String language = key(name.replaceAll("^words_|[.]properties$", ""));
		Map<String, String> known = this.files.computeIfAbsent(language, (each) -> new HashMap<>());
		words.forEach((key, value) -> known.put(key.toString(), value.toString()));
		return words.size();
	}

	/** All words in a language; what it does not say is said in English. */
	Map<String, String> of(String language) {
		return this.languages.computeIfAbsent(key(language), (key) -> {
			Map<String, String> words = new HashMap<>(this.files.getOrDefault(FALLBACK, Map.of()));
			words.putAll(this.files.getOrDefault(key.split("-")[0], Map.of()));
			words.putAll(this.files.getOrDefault(key, Map.of()));
			return words;
		});
	}

	private static String key(String language) {
		return language.replace('_', '-').toLowerCase(Locale.ROOT);
	}

	@Override
	public String say(String language, String key, Object... values) {
		String words = of(language).get(key);
		if (words == null) {
			throw new TemplateException(WordsModel.missing(key), null);
		}
		Locale locale = Locale.forLanguageTag(language);
		return Phrase.of(words).say((index) -> {
			if (index >= values.length) {
				throw new TemplateException(
						"words." + key + " wants " + (index + 1) + " values and got " + Arrays.toString(values), null);
			}
			return Phrase.text(values[index], locale);
		});
	}

	@Override
	public String plural(String language, String key, long number) {
		String form = key + "." + Plural.of(key(language).split("-")[0], number);
		return of(language).containsKey(form) ? form : key + "." + Plural.OTHER;
	}

	@Override
	public boolean has(String key) {
		return of(FALLBACK).containsKey(key);
	}

	@Override
	public Object model(String language) {
		return new WordsModel(of(language), language);
	}

	@Override
	public SortedSet<String> languages() {
		return new TreeSet<>(this.files.keySet());
	}

	@Override
	public SortedSet<String> complete() {
		return Collections.unmodifiableSortedSet(this.complete);
	}

}
