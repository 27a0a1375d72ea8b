package dev.postrider.story.ingest;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.postrider.story.Story;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Stores stories once each, by the identity of their address, and changes one only when
 * something is different.
 * <p>
 * Whose word counts: what a content management system said by the API stands against any
 * feed; among feeds a story belongs to the first that brought it, until that source is
 * removed.
 */
@Component
public class StoryWriter {

	private static final int BATCH = 500;

	private static final int ATTEMPTS = 3;

	/**
	 * VALUES() is the one form that MySQL and MariaDB both take. Index: story_identity.
	 */
	private static final String UPSERT = """
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

	/**
	 * Where a story stands in its feed moves with every poll; that is no change of it.
	 */
	private static final String MOVE = "UPDATE story SET feed_position = :position WHERE id = :id";

	private final NamedParameterJdbcOperations jdbc;

	private final StoredFields stored;

	private final TransactionOperations transactions;

	private final Clock clock;

	StoryWriter(NamedParameterJdbcOperations jdbc, StoredFields stored, TransactionOperations transactions,
			Clock clock) {
		this.jdbc = jdbc;
		this.stored = stored;
		this.transactions = transactions;
		this.clock = clock;
	}

	/**
	 * Stores stories.
	 * @param stories at most one for each address
	 * @param source the feed they came from, or {@code null} for the API
	 * @return what became of them
	 */
	public Written write(List<IncomingStory> stories, @Nullable Long source) {
		// One order for all writers, so that they wait for each other and do not
		// deadlock.
		List<IncomingStory> ordered = stories.stream()
			.sorted(Comparator.comparing((story) -> HexFormat.of().formatHex(story.identity())))
			.toList();
		Written sum = new Written(0, 0, 0);
		for (int from = 0; from < ordered.size(); from += BATCH) {
			sum = sum.plus(batch(ordered.subList(from, Math.min(ordered.size(), from + BATCH)), source));
		}
		return sum;
	}

	private Written batch(List<IncomingStory> stories, @Nullable Long source) {
		for (int attempt = 1;; attempt++) {
			try {
				Written written = this.transactions.execute((status) -> upsert(stories, source));
				return (written != null) ? written : new Written(0, 0, 0);
			}
			catch (ConcurrencyFailureException ex) {
				// InnoDB may still choose us as a deadlock's victim on the unique key.
				if (attempt == ATTEMPTS) {
					throw ex;
				}
			}
		}
	}

	private Written upsert(List<IncomingStory> stories, @Nullable Long source) {
		Instant now = this.clock.instant();
		Map<String, StoredFields.Row> known = this.stored.byIdentity(stories);
		List<SqlParameterSource> writes = new ArrayList<>();
		List<SqlParameterSource> moves = new ArrayList<>();
		int created = 0;
		for (IncomingStory story : stories) {
			StoredFields.Row row = known.get(story.url());
			if (row == null) {
				created++;
				writes.add(parameters(story, source, null, now));
			}
			else if (!row.mayBeChangedBy(source)) {
				continue;
			}
			else if (!row.isSameAs(story, source)) {
				writes.add(parameters(story, source, row, now));
			}
			else if (source != null && !Objects.equals(story.position(), row.position())) {
				moves.add(new MapSqlParameterSource("position", story.position()).addValue("id", row.id()));
			}
		}
		this.jdbc.batchUpdate(UPSERT, writes.toArray(SqlParameterSource[]::new));
		this.jdbc.batchUpdate(MOVE, moves.toArray(SqlParameterSource[]::new));
		return new Written(created, writes.size() - created, stories.size() - writes.size());
	}

	private static SqlParameterSource parameters(IncomingStory story, @Nullable Long source,
			StoredFields.@Nullable Row row, Instant now) {
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

	/**
	 * What became of a number of stories.
	 *
	 * @param created seen for the first time
	 * @param updated known, and different now
	 * @param unchanged known as they are, or not this source's to change
	 */
	public record Written(int created, int updated, int unchanged) {

		Written plus(Written other) {
			return new Written(this.created + other.created, this.updated + other.updated,
					this.unchanged + other.unchanged);
		}

	}

}
