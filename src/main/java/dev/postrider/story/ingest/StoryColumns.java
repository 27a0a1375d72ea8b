package dev.postrider.story.ingest;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import dev.postrider.story.Story;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;

/**
 * How a story lies in its row.
 */
final class StoryColumns {

	/**
	 * VALUES() is the one form that MySQL and MariaDB both take. Index: story_identity.
	 */
	static final String UPSERT = """
			INSERT INTO story (identity, source_id, from_api, feed_position, url, headline, summary, summary_html, section, tags,
			  author, kind, language, image_url, image_alt, image_credit, image_width, image_height, image_not_for_email, audio_url, audio_seconds,
			  published_at, embargo_until, withdrawn_at, first_seen_at, changed_at)
			VALUES (:identity, :source, :api, :position, :url, :headline, :summary, :summaryHtml, :section, :tags,
			  :author, :kind, :language, :imageUrl, :imageAlt, :imageCredit, :imageWidth, :imageHeight, :imageNotForEmail, :audioUrl, :audioSeconds,
			  :publishedAt, :embargoUntil, :withdrawnAt, :now, :now)
			ON DUPLICATE KEY UPDATE source_id = VALUES(source_id), from_api = VALUES(from_api),
			  feed_position = VALUES(feed_position), headline = VALUES(headline), summary = VALUES(summary),
			  summary_html = VALUES(summary_html),
			  section = VALUES(section), tags = VALUES(tags), author = VALUES(author), kind = VALUES(kind),
			  language = VALUES(language), image_url = VALUES(image_url), image_alt = VALUES(image_alt),
			  image_credit = VALUES(image_credit), image_width = VALUES(image_width), image_height = VALUES(image_height),
			  image_not_for_email = VALUES(image_not_for_email),
			  audio_url = VALUES(audio_url), audio_seconds = VALUES(audio_seconds), published_at = VALUES(published_at),
			  embargo_until = VALUES(embargo_until), withdrawn_at = VALUES(withdrawn_at), changed_at = VALUES(changed_at)
			""";

	private StoryColumns() {
	}

	/**
	 * What a story that comes in leaves in its row.
	 * @param row what is stored of it, if it is known
	 */
	static SqlParameterSource parameters(IncomingStory story, @Nullable Long source, StoredFields.@Nullable Row row,
			Instant now) {
		Instant published = story.publishedAt();
		if (published == null) {
			published = (row != null) ? row.publishedAt() : now;
		}
		Instant withdrawn = story.withdrawn() ? now : null;
		if (row != null && row.withdrawnAt() != null && (story.withdrawn() || source != null)) {
			withdrawn = row.withdrawnAt();
		}
		Map<String, @Nullable Object> values = new HashMap<>();
		values.put("identity", story.identity());
		values.put("source", source);
		values.put("api", source == null);
		values.put("position", story.position());
		values.put("url", story.url());
		values.put("headline", story.headline());
		values.put("summary", story.summary());
		values.put("summaryHtml", story.summaryHtml());
		values.put("section", story.section());
		values.put("tags", StoredFields.joined(story.tags()));
		values.put("author", story.author());
		values.put("kind", story.kind().name());
		values.put("language", story.language());
		Story.Image image = story.image();
		values.put("imageUrl", (image != null) ? image.url() : null);
		values.put("imageAlt", (image != null) ? image.alt() : null);
		values.put("imageCredit", (image != null) ? image.credit() : null);
		values.put("imageWidth", (image != null) ? image.width() : null);
		values.put("imageHeight", (image != null) ? image.height() : null);
		values.put("imageNotForEmail", image != null && image.notForEmail());
		Story.Audio audio = story.audio();
		Duration length = (audio != null) ? audio.length() : null;
		values.put("audioUrl", (audio != null) ? audio.url() : null);
		values.put("audioSeconds", (length != null) ? length.toSeconds() : null);
		values.put("publishedAt", published);
		values.put("embargoUntil", story.embargoUntil());
		values.put("withdrawnAt", withdrawn);
		values.put("now", now);
		return new MapSqlParameterSource(values);
	}

}
