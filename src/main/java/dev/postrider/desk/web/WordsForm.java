package dev.postrider.desk.web;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.postrider.edition.Edition;
import org.jspecify.annotations.Nullable;

/**
 * The words around the stories, as typed.
 *
 * @param subject of the mail
 * @param preheader the line beside it
 * @param intro above the stories
 * @param seen fingerprint of the words that the form showed first
 */
public record WordsForm(String subject, String preheader, String intro, String seen) {

	private static final int LINE = 250;

	private static final int INTRO = 2000;

	public WordsForm {
		subject = oneLine(subject);
		preheader = oneLine(preheader);
		intro = intro.replace("\r\n", "\n").strip();
	}

	static WordsForm of(Edition edition) {
		String intro = edition.intro();
		return new WordsForm(edition.subject(), edition.preheader(), (intro != null) ? intro : "",
				Fingerprint.words(edition));
	}

	/** What is wrong, by field; nothing when it may be saved. */
	Map<String, String> errors() {
		Map<String, String> errors = new LinkedHashMap<>();
		if (this.subject.isEmpty()) {
			errors.put("subject", "Write a subject: it is the first thing readers see.");
		}
		check(errors, "subject", this.subject, LINE);
		check(errors, "preheader", this.preheader, LINE);
		check(errors, "intro", this.intro, INTRO);
		return errors;
	}

	@Nullable String introOrNull() {
		return this.intro.isEmpty() ? null : this.intro;
	}

	private static void check(Map<String, String> errors, String field, String text, int limit) {
		if (text.length() > limit) {
			errors.put(field, "This has %s characters; %s is the most. Shorten it."
				.formatted(Times.number(text.length()), Times.number(limit)));
		}
	}

	private static String oneLine(String text) {
		return text.replaceAll("\\s+", " ").strip();
	}

}
