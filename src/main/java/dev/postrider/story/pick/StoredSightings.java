package dev.postrider.story.pick;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.postrider.SqlTime;
import dev.postrider.story.pick.Facts.Sighting;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Where stories were seen.
 */
@Component
class StoredSightings {

	private static final int CHUNK = 1000;

	private final JdbcClient jdbc;

	StoredSightings(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * The sightings of stories, by story.
	 * @param stories their keys
	 * @param until only those seen first up to then; {@code null} for all
	 */
	Map<Long, List<Sighting>> of(List<Long> stories, @Nullable Instant until) {
		Map<Long, Feed> feeds = new HashMap<>();
		this.jdbc.sql("SELECT id, name, section FROM source").query((row) -> {
			feeds.put(row.getLong("id"),
					new Feed(Objects.requireNonNullElse(row.getString("name"), ""), row.getString("section")));
		});
		Map<Long, List<Sighting>> sightings = new HashMap<>();
		for (int from = 0; from < stories.size(); from += CHUNK) {
			read(stories.subList(from, Math.min(stories.size(), from + CHUNK)), until, feeds, sightings);
		}
		return sightings;
	}

	/** Ranges of the primary key. */
	private void read(Collection<Long> stories, @Nullable Instant until, Map<Long, Feed> feeds,
			Map<Long, List<Sighting>> sightings) {
		this.jdbc.sql("""
				SELECT story_id, source_id, position, left_at FROM story_sighting
				WHERE story_id IN (:stories) AND (:until IS NULL OR first_seen_at <= :until)
				ORDER BY story_id, source_id
				""").param("stories", stories).param("until", until).query((row) -> {
			long source = row.getLong("source_id");
			Feed feed = feeds.get(source);
			if (feed != null) {
				Instant left = SqlTime.orNull(row, "left_at");
				boolean gone = left != null && (until == null || !left.isAfter(until));
				sightings.computeIfAbsent(row.getLong("story_id"), (story) -> new ArrayList<>(1))
					.add(new Sighting(source, feed.name, feed.section,
							gone ? null : row.getObject("position", Integer.class)));
			}
		});
	}

	private record Feed(String name, @Nullable String section) {
	}

}
