package dev.postrider.story;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

import dev.postrider.SqlTime;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What newsletters never pick, and the sections that stories have.
 */
@Component
public class StoryBans {

	private final JdbcClient jdbc;

	StoryBans(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Bans of a newsletter, newest first; by the primary key of story_ban.
	 * @param newsletterId whose
	 * @param skip so many are passed over
	 * @param limit at most so many
	 */
	public List<Ban> of(long newsletterId, int skip, int limit) {
		return this.jdbc.sql("""
				SELECT story.id, story.headline, story.section, story.published_at, story_ban.banned_by,
				  story_ban.banned_at
				FROM story_ban JOIN story ON story.id = story_ban.story_id
				WHERE story_ban.newsletter_id = :newsletter
				ORDER BY story_ban.banned_at DESC, story.id DESC
				LIMIT :limit OFFSET :skip
				""")
			.param("newsletter", newsletterId)
			.param("limit", limit)
			.param("skip", skip)
			.query((row, n) -> new Ban(row.getLong("id"), Objects.requireNonNull(row.getString("headline")),
					SqlTime.at(row, "published_at"), Objects.requireNonNull(row.getString("banned_by")),
					SqlTime.at(row, "banned_at")))
			.list();
	}

	/**
	 * Names of the sections that stories published since then have, most stories first;
	 * reads the range of the index story_published.
	 * @param since from when on
	 * @param limit at most so many
	 */
	public List<String> sections(Instant since, int limit) {
		return this.jdbc.sql("""
				SELECT section FROM story
				WHERE published_at > :since AND section IS NOT NULL AND section <> ''
				GROUP BY section ORDER BY COUNT(*) DESC, section
				LIMIT :limit
				""").param("since", since).param("limit", limit).query(String.class).list();
	}

	/**
	 * A ban.
	 *
	 * @param storyId the story
	 * @param headline its headline
	 * @param publishedAt when the newsroom published it
	 * @param actor who banned it
	 * @param at when
	 */
	public record Ban(long storyId, String headline, Instant publishedAt, String actor, Instant at) {
	}

}
