package dev.postrider.story.ingest;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.postrider.story.Story;
import dev.postrider.story.StoryLinks;
import dev.postrider.story.StoryRows;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What is stored of stories that come in again.
 */
@Component
class StoredFields {

	/** The name of a field that can be changed by itself. */
	static final String WITHDRAWN = "withdrawn";

	/** The name of a field that lies beside the row. */
	static final String RELATED = "related links";

	/** Index: story_identity. */
	private static final String BY_IDENTITY = "SELECT " + StoryRows.COLUMNS
			+ ", from_api FROM story WHERE identity IN (:identities)";

	private final JdbcClient jdbc;

	private final StoryLinks links;

	StoredFields(JdbcClient jdbc, StoryLinks links) {
		this.jdbc = jdbc;
		this.links = links;
	}

	/** By address. */
	Map<String, Row> byIdentity(Collection<IncomingStory> stories) {
		List<Row> rows = this.jdbc.sql(BY_IDENTITY)
			.param("identities", stories.stream().map(IncomingStory::identity).toList())
			.query(StoredFields::row)
			.list();
		Map<Long, List<Story.Link>> related = this.links.of(rows.stream().map(Row::id).toList());
		return rows.stream()
			.map((row) -> new Row(row.story().with(related.getOrDefault(row.id(), List.of())), row.fromApi()))
			.collect(Collectors.toMap((row) -> row.story().url(), Function.identity()));
	}

	private static Row row(ResultSet row, int number) throws SQLException {
		return new Row(StoryRows.story(row, number), row.getBoolean("from_api"));
	}

	static @Nullable String joined(List<String> tags) {
		return tags.isEmpty() ? null : String.join(",", tags);
	}

	/**
	 * A stored story.
	 *
	 * @param story all that is public of it
	 * @param fromApi whether the API brought it
	 */
	record Row(Story story, boolean fromApi) {

		long id() {
			return this.story.id();
		}

		Instant publishedAt() {
			return this.story.publishedAt();
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
			return owner && changes(other, source).isEmpty();
		}

		/** Names of the fields that are different. */
		List<String> changes(IncomingStory other, @Nullable Long source) {
			Map<String, Boolean> same = new LinkedHashMap<>();
			same.put("headline", this.story.headline().equals(other.headline()));
			same.put("summary", this.story.summary().equals(other.summary())
					&& this.story.summaryHtml().equals(other.summaryHtml()));
			same.put("section", Objects.equals(this.story.section(), other.section()));
			same.put("tags", this.story.tags().equals(other.tags()));
			same.put("author", Objects.equals(this.story.author(), other.author()));
			same.put("kind", this.story.kind() == other.kind());
			same.put("language", Objects.equals(this.story.language(), other.language()));
			same.put("image", Objects.equals(this.story.image(), other.image()));
			same.put("audio", sameAudio(this.story.audio(), other.audio()));
			same.put(RELATED, this.story.related().equals(other.related()));
			same.put("published", other.publishedAt() == null || same(this.story.publishedAt(), other.publishedAt()));
			// A feed knows nothing of embargo and withdrawal.
			same.put("embargo", source != null || same(this.story.embargoUntil(), other.embargoUntil()));
			same.put(WITHDRAWN, source != null || (this.story.withdrawnAt() != null) == other.withdrawn());
			return same.entrySet().stream().filter((field) -> !field.getValue()).map(Map.Entry::getKey).toList();
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
