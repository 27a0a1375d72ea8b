package dev.postrider.desk.web;

import java.net.URI;
import java.time.Duration;
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
 * @param rate how many stories it brings: {@code about 12 stories a day}
 * @param silence that it brings none, if that is odd
 * @param lastError why it failed last, if it did
 */
public record SourceView(long id, String name, String url, @Nullable String section, String state, String mark,
		String lastSuccess, String rate, @Nullable String silence, @Nullable String lastError) {

	/** A feed that has been read for so long and brought nothing is worth a look. */
	private static final Duration SILENCE = Duration.ofDays(3);

	static SourceView of(Source source, Times times) {
		Instant success = source.lastSuccessAt();
		String error = source.lastError();
		String state = (error != null) ? "Failing" : (success != null) ? "Good" : "New";
		String mark = (error != null) ? "bad" : (success != null) ? "good" : "";
		String failures = (error != null && source.failures() > 1)
				? error + " (" + source.failures() + " times in a row)" : error;
		return new SourceView(source.id(), name(source), source.url(), source.section(), state, mark,
				(success != null) ? lastRead(times.distance(success)) : "never", rate(source.storiesPerDay()),
				(error == null && success != null) ? silence(source, times) : null, failures);
	}

	private static String rate(double perDay) {
		if (perDay == 0) {
			return "no story in the last week";
		}
		long whole = Math.round(perDay);
		return (whole < 1) ? "less than one story a day" : "about " + Times.counted(whole, "story") + " a day";
	}

	private static @Nullable String silence(Source source, Times times) {
		Instant last = (source.lastStoryAt() != null) ? source.lastStoryAt() : source.createdAt();
		if (Duration.between(last, times.now()).compareTo(SILENCE) < 0) {
			return null;
		}
		return (source.lastStoryAt() != null)
				? "It can be read, but its last new story came " + times.distance(last) + "."
				: "It can be read, but has brought no story since it was added " + times.distance(last) + ".";
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
