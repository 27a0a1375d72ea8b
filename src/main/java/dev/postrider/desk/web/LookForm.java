package dev.postrider.desk.web;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

import dev.postrider.edition.Topics;
import org.jspecify.annotations.Nullable;

import org.springframework.web.util.UriComponentsBuilder;

/**
 * As whom, and how, an editor looks at a mail. What is not known counts as not said.
 *
 * @param reader the key of a reader; without one, an example reader of the topics
 * @param topics sections, none: all
 * @param language of the mail's fixed words; empty: the newsletter's
 * @param design of the mail; empty: the newsletter's
 * @param part {@code html}, {@code text}, {@code headers} or {@code source}
 * @param width {@code 600} or {@code 375} pixels
 * @param theme {@code light} or {@code dark}
 * @param images {@code on} or {@code off}
 */
public record LookForm(@Nullable Long reader, @Nullable List<String> topics, @Nullable String language,
		@Nullable String design, @Nullable String part, @Nullable String width, @Nullable String theme,
		@Nullable String images) {

	private static final Set<String> PARTS = Set.of("html", "text", "headers", "source");

	public LookForm {
		topics = (topics == null) ? List.of() : topics;
		language = (language == null) ? "" : language.strip();
		design = (design == null) ? "" : design.strip();
		part = (part != null && PARTS.contains(part)) ? part : "html";
		width = "375".equals(width) ? width : "600";
		theme = "dark".equals(theme) ? theme : "light";
		images = "off".equals(images) ? images : "on";
	}

	/** The same as a reader. */
	LookForm as(long id) {
		return new LookForm(id, List.of(), "", "", this.part, this.width, this.theme, this.images);
	}

	Topics chosen() {
		return (this.topics != null) ? new Topics(this.topics) : Topics.ALL;
	}

	/** The topics one by one. */
	public List<String> chosenNames() {
		return chosen().names();
	}

	/** Whether a section is among the topics. */
	public boolean has(String section) {
		return chosen().names().contains(section.strip().toLowerCase(Locale.ROOT));
	}

	/** As an address's query, with another part of the mail. */
	public String with(String other) {
		UriComponentsBuilder query = UriComponentsBuilder.newInstance();
		if (this.reader != null) {
			query.queryParam("reader", this.reader);
		}
		chosen().names().forEach((topic) -> query.queryParam("topics", "{topic}"));
		return query.queryParam("language", "{language}")
			.queryParam("design", "{design}")
			.queryParam("part", other)
			.queryParam("width", this.width)
			.queryParam("theme", this.theme)
			.queryParam("images", this.images)
			.encode()
			.buildAndExpand(Stream.concat(chosen().names().stream(), Stream.of(this.language, this.design)).toArray())
			.toUriString();
	}

	/** As an address's query. */
	public String query() {
		return with(String.valueOf(this.part));
	}

}
