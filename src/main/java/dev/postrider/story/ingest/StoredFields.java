package dev.postrider.story.ingest;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.postrider.SqlTime;
import dev.postrider.story.Story;
import dev.postrider.story.StoryRows;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What is stored of stories that come in again.
 */
@Component
class StoredFields {

	/** Index: story_identity. */
	private static final String BY_IDENTITY = "SELECT " + StoryRows.COLUMNS
			+ ", from_api FROM story WHERE identity IN (:identities)";

	private final JdbcClient jdbc;

	StoredFields(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	Map<String, Row> byIdentity(Collection<IncomingStory> stories) {
		return this.jdbc.sql(BY_IDENTITY)
			.param("identities", stories.stream().map(IncomingStory::identity).toList())
			.query(StoredFields::row)
			.list()
			.stream()
			.collect(Collectors.toMap((row) -> row.story().url(), Function.identity()));
	}

	private static Row row(ResultSet row, int number) throws SQLException {
		return new Row(StoryRows.story(row, number), row.getObject("feed_position", Integer.class),
				row.getBoolean("from_api"), SqlTime.at(row, "published_at"));
	}

	static @Nullable String joined(List<String> tags) {
		return tags.isEmpty() ? null : String.join(",", tags);
	}

	/**
	 * A stored story.
	 *
	 * @param story all that is public of it
	 * @param position in its feed
	 * @param fromApi whether the API brought it
	 * @param publishedAt as stored
	 */
	record Row(Story story, @Nullable Integer position, boolean fromApi, Instant publishedAt) {

		long id() {
			return this.story.id();
		}

		@Nullable Instant withdrawnAt() {
			return this.story.withdrawnAt();
		}

		boolean mayBeChangedBy(@Nullable Long source) {
			return source == null
					|| !this.fromApi && (this.story.sourceId() == null || this.story.sourceId().equals(source));
		}

		boolean isSameAs(IncomingStory other, @Nullable Long source) {
			boolean owner = Objects.equals(this.story.sourceId(), source) && this.fromApi == (source == null);
			boolean told = other.publishedAt() == null || same(this.story.publishedAt(), other.publishedAt());
			// A feed knows nothing of embargo and withdrawal.
			boolean held = source != null || same(this.story.embargoUntil(), other.embargoUntil())
					&& (this.story.withdrawnAt() != null) == other.withdrawn();
			return owner && told && held && this.story.headline().equals(other.headline())
					&& this.story.summary().equals(other.summary())
					&& this.story.summaryHtml().equals(other.summaryHtml())
					&& Objects.equals(this.story.section(), other.section()) && this.story.tags().equals(other.tags())
					&& Objects.equals(this.story.author(), other.author()) && this.story.kind() == other.kind()
					&& Objects.equals(this.story.language(), other.language())
					&& Objects.equals(this.story.image(), other.image())
					&& sameAudio(this.story.audio(), other.audio());
		}

		private static boolean sameAudio(Story.@Nullable Audio one, Story.@Nullable Audio other) {
			return (one == null || other == null) ? one == other
					: one.url().equals(other.url()) && Objects.equals(seconds(one.length()), seconds(other.length()));
		}

		private static @Nullable Long seconds(@Nullable Duration length) {
			return (length != null) ? length.toSeconds() : null;
		}

		/** The column keeps microseconds, rounded. */
		private static boolean same(@Nullable Instant stored, @Nullable Instant told) {
			return (stored == null || told == null) ? stored == told
					: Duration.between(stored, told).abs().compareTo(Duration.of(1, ChronoUnit.MICROS)) <= 0;
		}

	}

}
