package dev.postrider.story;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Picks the newest stories, and no second podcast or feature while there is other news.
 */
@Component
class NewestFirst implements StoryPicker {

	/**
	 * Reads the range of the index story_published that the window covers. Stories of the
	 * same moment are told apart by their key, so the order is one.
	 */
	private static final String NEWEST = "SELECT " + StoryRows.COLUMNS
			+ """
					, ROW_NUMBER() OVER (PARTITION BY story.kind ORDER BY story.published_at DESC, story.id DESC) AS nth_of_kind
					 FROM story
					WHERE published_at > :from AND published_at <= :at AND withdrawn_at IS NULL
					  AND (embargo_until IS NULL OR embargo_until <= :at)
					  AND story.id NOT IN (:without)
					  AND NOT EXISTS (SELECT 1 FROM story_ban b WHERE b.newsletter_id = :newsletter AND b.story_id = story.id)
					ORDER BY CASE WHEN kind IN ('PODCAST', 'FEATURE') AND nth_of_kind > 1 THEN 1 ELSE 0 END, published_at DESC, id DESC
					LIMIT :count
					""";

	private final JdbcClient jdbc;

	NewestFirst(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	@Override
	public Picking pick(Request request) {
		Set<Long> without = Stream.concat(request.without().stream(), request.kept().stream().map(Story::id))
			.collect(Collectors.toSet());
		List<Pick> picks = this.jdbc.sql(NEWEST)
			.param("from", request.at().minus(request.newsletter().storyWindow()))
			.param("at", request.at())
			// No story has the key 0: an empty list is no SQL.
			.param("without", without.isEmpty() ? Set.of(0L) : without)
			.param("newsletter", request.newsletter().id())
			.param("count", Math.max(0, request.count()))
			.query(StoryRows::story)
			.list()
			.stream()
			.filter((story) -> request.topics().isEmpty() || request.topics().contains(story.section()))
			.map((story) -> new Pick(story, score(story, request), reason(story, request.at()), List.of()))
			.toList();
		return new Picking(picks,
				picks.stream().map((pick) -> new Candidate(pick.story(), pick.score(), "Picked", true)).toList(),
				(picks.size() < request.count())
						? Optional.of("Only " + picks.size() + " of " + request.count() + " stories.")
						: Optional.empty());
	}

	@Override
	public Picking replay(Request request) {
		return pick(request);
	}

	private static Score score(Story story, Request request) {
		double halfLives = (double) Duration.between(story.publishedAt(), request.at()).toMillis()
				/ request.rules().halfLife().toMillis();
		return new Score(List.of(new Score.Part("recency", Math.pow(0.5, halfLives),
				request.rules().weights().recency(), reason(story, request.at()))));
	}

	static String reason(Story story, Instant at) {
		String kind = story.kind().name().charAt(0) + story.kind().name().substring(1).toLowerCase(Locale.ROOT);
		String what = (story.kind() == StoryKind.NEWS) ? "Published " : kind + " published ";
		String where = (story.section() != null) ? " in " + story.section() : "";
		return what + ago(Duration.between(story.publishedAt(), at)) + where;
	}

	private static String ago(Duration age) {
		if (age.toMinutes() < 1) {
			return "just now";
		}
		if (age.toMinutes() < 60) {
			return count(age.toMinutes(), "minute");
		}
		return (age.toHours() < 48) ? count(age.toHours(), "hour") : count(age.toDays(), "day");
	}

	private static String count(long number, String unit) {
		return number + " " + unit + ((number == 1) ? "" : "s") + " ago";
	}

}
