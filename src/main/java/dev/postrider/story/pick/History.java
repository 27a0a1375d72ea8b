package dev.postrider.story.pick;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.postrider.SqlTime;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * How stories stood at a past moment.
 */
@Component
class History {

	private static final int CHUNK = 1000;

	private final JdbcClient jdbc;

	History(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * The stories that were changed since.
	 * @param stories their keys
	 * @param at the past moment
	 * @return what they said then, by key
	 */
	Map<Long, Then> at(List<Long> stories, Instant at) {
		Map<Long, Then> found = new HashMap<>();
		for (int from = 0; from < stories.size(); from += CHUNK) {
			read(stories.subList(from, Math.min(stories.size(), from + CHUNK)), at, found);
		}
		return found;
	}

	/**
	 * By the index story_history_story. A row tells what was before its change, so the
	 * first one after a moment tells how the story stood at it.
	 */
	private void read(Collection<Long> stories, Instant at, Map<Long, Then> found) {
		Map<Long, Instant> updated = new HashMap<>();
		this.jdbc.sql("""
				SELECT story_id, at, headline, summary, substantial FROM story_history
				WHERE story_id IN (:stories)
				ORDER BY story_id, at, id
				""").param("stories", stories).query((row) -> {
			long story = row.getLong("story_id");
			Instant changed = SqlTime.at(row, "at");
			if (changed.isAfter(at)) {
				found.putIfAbsent(story, new Then(Objects.requireNonNull(row.getString("headline")),
						Objects.requireNonNull(row.getString("summary")), updated.get(story)));
			}
			else if (row.getBoolean("substantial")) {
				updated.put(story, changed);
			}
		});
	}

	/**
	 * A story as it was.
	 *
	 * @param headline what it said
	 * @param summary what it said
	 * @param updatedAt when it had last become substantially different
	 */
	record Then(String headline, String summary, @Nullable Instant updatedAt) {
	}

}
