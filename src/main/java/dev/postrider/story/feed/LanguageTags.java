package dev.postrider.story.feed;

import java.util.Locale;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Puts names of languages into the form of BCP 47.
 */
public final class LanguageTags {

	private static final int MAX_LENGTH = 16;

	private LanguageTags() {
	}

	/**
	 * The proper form of a tag.
	 * @param tag such as {@code pt_br}
	 * @return such as {@code pt-BR}, or empty when it is no language
	 */
	public static Optional<String> of(@Nullable String tag) {
		if (tag == null || tag.isBlank()) {
			return Optional.empty();
		}
		String proper = Locale.forLanguageTag(tag.strip().replace('_', '-')).toLanguageTag();
		return (proper.equals("und") || proper.length() > MAX_LENGTH) ? Optional.empty() : Optional.of(proper);
	}

}
