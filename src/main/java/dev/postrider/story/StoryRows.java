package dev.postrider.story;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

import dev.postrider.SqlTime;
import org.jspecify.annotations.Nullable;

/**
 * Reads stories from rows, without their related links: those are asked for once, for the
 * stories that are shown, by {@link StoryLinks}. Other modules ask {@link Stories}.
 */
public final class StoryRows {

	/** The columns that {@link #story} wants. */
	public static final String COLUMNS = """
			story.id, story.source_id, story.url, story.headline, story.summary, story.summary_html, story.section, story.tags,
			story.author, story.kind, story.language, story.image_url, story.image_alt, story.image_credit, story.image_width,
			story.image_height, story.image_not_for_email, story.feed_position, story.audio_url, story.audio_seconds, story.published_at, story.embargo_until,
			story.withdrawn_at, story.first_seen_at, story.changed_at""";

	private StoryRows() {
	}

	/** The story in a row of {@link #COLUMNS}. */
	public static Story story(ResultSet row, int number) throws SQLException {
		String tags = row.getString("tags");
		return new Story(row.getLong("id"), row.getObject("source_id", Long.class), text(row, "url"),
				text(row, "headline"), text(row, "summary"),
				Objects.requireNonNullElse(row.getString("summary_html"), ""), row.getString("section"),
				(tags != null) ? List.of(tags.split(",")) : List.of(), row.getString("author"),
				StoryKind.valueOf(row.getString("kind")), row.getString("language"), image(row), audio(row), List.of(),
				row.getObject("feed_position", Integer.class), SqlTime.at(row, "published_at"),
				SqlTime.orNull(row, "embargo_until"), SqlTime.orNull(row, "withdrawn_at"),
				SqlTime.at(row, "first_seen_at"), SqlTime.at(row, "changed_at"));
	}

	private static Story.@Nullable Image image(ResultSet row) throws SQLException {
		String url = row.getString("image_url");
		if (url == null) {
			return null;
		}
		return new Story.Image(url, Objects.requireNonNullElse(row.getString("image_alt"), ""),
				row.getString("image_credit"), row.getObject("image_width", Integer.class),
				row.getObject("image_height", Integer.class), row.getBoolean("image_not_for_email"));
	}

	private static Story.@Nullable Audio audio(ResultSet row) throws SQLException {
		String url = row.getString("audio_url");
		Integer seconds = row.getObject("audio_seconds", Integer.class);
		return (url != null) ? new Story.Audio(url, (seconds != null) ? Duration.ofSeconds(seconds) : null) : null;
	}

	private static String text(ResultSet row, String column) throws SQLException {
		return Objects.requireNonNull(row.getString(column), column);
	}

}
