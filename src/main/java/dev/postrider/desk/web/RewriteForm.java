package dev.postrider.desk.web;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An editor's words for one story, as typed. Blank means the story's own.
 *
 * @param storyId which story
 * @param headline for this edition
 * @param summary for this edition
 * @param seen fingerprint of the words that the form showed first
 */
public record RewriteForm(long storyId, String headline, String summary, String seen) {

	private static final int HEADLINE = 500;

	private static final int SUMMARY = 4000;

	public RewriteForm {
		headline = oneLine(headline);
		summary = oneLine(summary);
	}

	/** What is wrong, by field; nothing when it may be saved. */
	Map<String, String> errors() {
		Map<String, String> errors = new LinkedHashMap<>();
		if (this.headline.length() > HEADLINE) {
			errors.put("headline", "This has %s characters; 500 is the most. Shorten it."
				.formatted(Times.number(this.headline.length())));
		}
		if (this.summary.length() > SUMMARY) {
			errors.put("summary", "This has %s characters; 4,000 is the most. Shorten it."
				.formatted(Times.number(this.summary.length())));
		}
		return errors;
	}

	static String oneLine(String text) {
		return text.replaceAll("\\s+", " ").strip();
	}

}
