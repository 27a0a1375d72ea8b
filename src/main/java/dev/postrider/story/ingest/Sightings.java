package dev.postrider.story.ingest;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Which sources carry a story, and where in them it stands.
 */
@Component
class Sightings {

	/** Indexes: story_identity, then the primary key of story_sighting. */
	private static final String KNOWN = """
			SELECT story.id, HEX(story.identity) AS identity,
			  sighting.source_id IS NOT NULL AND sighting.left_at IS NULL AS seen, sighting.position
			FROM story LEFT JOIN story_sighting sighting ON sighting.story_id = story.id AND sighting.source_id = :source
			WHERE story.identity IN (:identities)
			""";

	private static final String SEEN = """
			INSERT INTO story_sighting (story_id, source_id, position, first_seen_at)
			VALUES (:story, :source, :position, :now)
			ON DUPLICATE KEY UPDATE position = VALUES(position), left_at = NULL
			""";

	private final JdbcClient jdbc;

	private final NamedParameterJdbcOperations batches;

	private final Clock clock;

	Sightings(JdbcClient jdbc, NamedParameterJdbcOperations batches, Clock clock) {
		this.jdbc = jdbc;
		this.batches = batches;
		this.clock = clock;
	}

	/**
	 * Notes that a source carries nothing else any more. Index: story_sighting_present.
	 * @param stories all that it carries; none says nothing, for feeds run empty by
	 * mistake
	 * @param source the feed
	 * @return how many it carried before
	 */
	int gone(List<IncomingStory> stories, long source) {
		Set<String> carried = stories.stream()
			.map((story) -> HexFormat.of().withUpperCase().formatHex(story.identity()))
			.collect(Collectors.toSet());
		List<Long> gone = carried.isEmpty() ? List.of()
				: this.jdbc.sql("""
						SELECT story.id, HEX(story.identity) AS identity
						FROM story_sighting sighting JOIN story ON story.id = sighting.story_id
						WHERE sighting.source_id = :source AND sighting.left_at IS NULL
						ORDER BY story.identity
						""")
					.param("source", source)
					.query((row, number) -> carried.contains(row.getString(2)) ? -1L : row.getLong(1))
					.list()
					.stream()
					.filter((id) -> id > 0)
					.toList();
		Instant now = this.clock.instant();
		this.batches.batchUpdate(
				"UPDATE story_sighting SET left_at = :now WHERE story_id = :story AND source_id = :source",
				gone.stream()
					.map((id) -> new MapSqlParameterSource("story", id).addValue("source", source).addValue("now", now))
					.toArray(SqlParameterSource[]::new));
		return gone.size();
	}

	/**
	 * Notes that a source carries stories.
	 * @param stories all of them stored
	 * @param source the feed
	 * @return how many were new in it or stand elsewhere now
	 */
	int record(List<IncomingStory> stories, long source) {
		Instant now = this.clock.instant();
		Map<String, IncomingStory> byIdentity = new HashMap<>();
		stories.forEach((story) -> byIdentity.put(HexFormat.of().withUpperCase().formatHex(story.identity()), story));
		record Known(long id, String identity, boolean seen, @org.jspecify.annotations.Nullable Integer position) {
		}
		List<SqlParameterSource> writes = new ArrayList<>();
		this.jdbc.sql(KNOWN)
			.param("source", source)
			.param("identities", stories.stream().map(IncomingStory::identity).toList())
			.query((row, number) -> new Known(row.getLong(1), row.getString(2), row.getBoolean(3),
					row.getObject(4, Integer.class)))
			.list()
			.stream()
			// One order for all writers, as in StoryWriter.
			.sorted(Comparator.comparing(Known::identity))
			.forEach((known) -> {
				IncomingStory story = Objects.requireNonNull(byIdentity.get(known.identity()));
				if (!known.seen() || !Objects.equals(known.position(), story.position())) {
					writes.add(new MapSqlParameterSource("story", known.id()).addValue("source", source)
						.addValue("position", story.position())
						.addValue("now", now));
				}
			});
		this.batches.batchUpdate(SEEN, writes.toArray(SqlParameterSource[]::new));
		return writes.size();
	}

}
