package dev.postrider.subscription.list;

import java.time.DayOfWeek;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.postrider.newsletter.Newsletter;
import org.jspecify.annotations.Nullable;

/**
 * What a reader wants of a newsletter.
 *
 * @param days the days wanted; empty: every day it comes out
 * @param topics the topics wanted; empty: all
 * @param language of the mails' fixed words, asked for by signing up on a page that is
 * not in the newsletter's; {@code null}: no wish
 */
public record Choice(Set<DayOfWeek> days, List<String> topics, @Nullable String language) {

	/** Everything. */
	public static final Choice ALL = new Choice(Set.of(), List.of());

	/** In no language in particular. */
	public Choice(Set<DayOfWeek> days, List<String> topics) {
		this(days, topics, null);
	}

	/** The same in a language. */
	public Choice in(@Nullable String language) {
		return new Choice(this.days, this.topics, language);
	}

	/**
	 * As stored: all of a newsletter's days is no choice, and follows it when it changes.
	 */
	@Nullable Integer mask(Newsletter newsletter) {
		return this.days.containsAll(newsletter.days()) ? null : Days.mask(this.days);
	}

	/** In one order: the same choice is stored the same, however it was ticked. */
	@Nullable String storedTopics() {
		return this.topics.isEmpty() ? null
				: this.topics.stream()
					.distinct()
					.sorted(String.CASE_INSENSITIVE_ORDER)
					.collect(Collectors.joining(","));
	}

}
