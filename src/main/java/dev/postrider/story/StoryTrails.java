package dev.postrider.story;

import java.util.List;
import java.util.Objects;

import dev.postrider.SqlTime;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads the trails of stories, each by the first part of a key.
 */
@Component
class StoryTrails {

	private final JdbcClient jdbc;

	StoryTrails(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** Indexes: story_history_story, and the primary keys of the other two. */
	StoryTrail of(long storyId) {
		List<StoryTrail.Change> changes = this.jdbc.sql("""
				SELECT at, headline, summary, changed, substantial FROM story_history
				WHERE story_id = :story ORDER BY at DESC, id DESC
				""")
			.param("story", storyId)
			.query((row, number) -> new StoryTrail.Change(SqlTime.at(row, "at"), row.getString("headline"),
					row.getString("summary"), List.of(row.getString("changed").split(", ")),
					row.getBoolean("substantial")))
			.list();
		List<StoryTrail.Sighting> sightings = this.jdbc.sql("""
				SELECT source.id, COALESCE(source.name, source.url) AS name, sighting.first_seen_at,
				  CASE WHEN sighting.left_at IS NULL THEN sighting.position END AS position
				FROM story_sighting sighting JOIN source ON source.id = sighting.source_id
				WHERE sighting.story_id = :story ORDER BY sighting.first_seen_at, source.id
				""")
			.param("story", storyId)
			.query((row, number) -> new StoryTrail.Sighting(row.getLong("id"),
					Objects.requireNonNull(row.getString("name")), row.getObject("position", Integer.class),
					SqlTime.at(row, "first_seen_at")))
			.list();
		StoryTrail.Engagement engagement = this.jdbc
			.sql("SELECT views, comments, shares, updated_at FROM story_engagement WHERE story_id = :story")
			.param("story", storyId)
			.query((row, number) -> new StoryTrail.Engagement(row.getLong("views"), row.getLong("comments"),
					row.getLong("shares"), SqlTime.at(row, "updated_at")))
			.optional()
			.orElse(null);
		return new StoryTrail(changes, sightings, engagement);
	}

}
