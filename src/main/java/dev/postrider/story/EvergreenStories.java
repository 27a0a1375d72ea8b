package dev.postrider.story;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Stories that do not age: those with the tag {@code evergreen}.
 */
@Component
public class EvergreenStories {

	/** By the index story_evergreen. */
	private static final String NEWEST = "SELECT " + StoryRows.COLUMNS + """
			 FROM story
			WHERE story.evergreen = TRUE AND story.published_at <= :at AND story.withdrawn_at IS NULL
			  AND (story.embargo_until IS NULL OR story.embargo_until <= :at) AND story.id NOT IN (:without)
			  AND NOT EXISTS (SELECT 1 FROM story_ban b WHERE b.newsletter_id = :newsletter AND b.story_id = story.id)
			ORDER BY story.published_at DESC, story.id DESC
			LIMIT :most
			""";

	private final JdbcClient jdbc;

	EvergreenStories(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * The newest ones.
	 * @param newsletterId whose bans count
	 * @param at when they are to be mailed
	 * @param without keys of stories that are not wanted
	 * @param most how many are wanted
	 */
	public List<Story> newest(long newsletterId, Instant at, Set<Long> without, int most) {
		return this.jdbc.sql(NEWEST)
			.param("newsletter", newsletterId)
			.param("at", at)
			// No story has the key 0: an empty list is no SQL.
			.param("without", without.isEmpty() ? Set.of(0L) : without)
			.param("most", most)
			.query(StoryRows::story)
			.list();
	}

}
