package dev.postrider.desk.web;

import java.net.URI;
import java.time.Instant;

import dev.postrider.story.Source;
import org.jspecify.annotations.Nullable;

/**
 * A source in the list.
 *
 * @param id its key
 * @param name its title, or its host while it has none
 * @param url its address
 * @param section for stories that name none
 * @param state how it is, in a word
 * @param mark the style that gives the word its sign
 * @param lastSuccess when it was last read
 * @param lastError why it failed last, if it did
 */
public record SourceView(long id, String name, String url, @Nullable String section, String state, String mark,
		String lastSuccess, @Nullable String lastError) {

	static SourceView of(Source source, Times times) {
		Instant success = source.lastSuccessAt();
		String error = source.lastError();
		String state = (error != null) ? "Failing" : (success != null) ? "Good" : "New";
		String mark = (error != null) ? "bad" : (success != null) ? "good" : "";
		String failures = (error != null && source.failures() > 1)
				? error + " (" + source.failures() + " times in a row)" : error;
		return new SourceView(source.id(), name(source), source.url(), source.section(), state, mark,
				(success != null) ? lastRead(times.distance(success)) : "never", failures);
	}

	private static String lastRead(String distance) {
		return distance.equals("now") ? "a moment ago" : distance;
	}

	static String name(Source source) {
		String name = source.name();
		if (name != null && !name.isBlank()) {
			return name;
		}
		String host = URI.create(source.url()).getHost();
		return (host != null) ? host : source.url();
	}

}
