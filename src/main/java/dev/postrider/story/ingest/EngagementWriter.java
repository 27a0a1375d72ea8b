package dev.postrider.story.ingest;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.postrider.Retries;

import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Stores what readers of the site did with stories.
 */
@Component
public class EngagementWriter {

	/** A count that was not told stays. Index: the primary key. */
	private static final String UPSERT = """
			INSERT INTO story_engagement (story_id, views, comments, shares, updated_at)
			VALUES (:story, COALESCE(:views, 0), COALESCE(:comments, 0), COALESCE(:shares, 0), :now)
			ON DUPLICATE KEY UPDATE views = COALESCE(:views, views), comments = COALESCE(:comments, comments),
			  shares = COALESCE(:shares, shares), updated_at = VALUES(updated_at)
			""";

	private final JdbcClient jdbc;

	private final NamedParameterJdbcOperations batches;

	private final Retries retries;

	private final Clock clock;

	EngagementWriter(JdbcClient jdbc, NamedParameterJdbcOperations batches, TransactionOperations transactions,
			Clock clock) {
		this.jdbc = jdbc;
		this.batches = batches;
		this.retries = new Retries(transactions);
		this.clock = clock;
	}

	/**
	 * Stores counts.
	 * @param counts at most one item for each story
	 * @return the addresses of stories that are not known
	 */
	public List<String> write(List<Counts> counts) {
		return counts.isEmpty() ? List.of() : this.retries.of(() -> upsert(counts));
	}

	/** Index: story_identity. */
	private List<String> upsert(List<Counts> counts) {
		Map<String, Long> ids = new HashMap<>();
		this.jdbc.sql("SELECT id, url FROM story WHERE identity IN (:identities)")
			.param("identities", counts.stream().map((item) -> StoryIdentity.hash(item.url())).toList())
			.query((row) -> {
				ids.put(row.getString(2), row.getLong(1));
			});
		Instant now = this.clock.instant();
		List<SqlParameterSource> rows = new ArrayList<>();
		List<String> unknown = new ArrayList<>();
		for (Counts item : counts) {
			Long id = ids.get(item.url());
			if (id == null) {
				unknown.add(item.url());
				continue;
			}
			rows.add(new MapSqlParameterSource("story", id).addValue("views", item.views())
				.addValue("comments", item.comments())
				.addValue("shares", item.shares())
				.addValue("now", now));
		}
		this.batches.batchUpdate(UPSERT, rows.toArray(SqlParameterSource[]::new));
		return unknown;
	}

	/**
	 * What readers did with one story, counted from its beginning.
	 *
	 * @param url its canonical address
	 * @param views {@code null}: not told
	 * @param comments {@code null}: not told
	 * @param shares {@code null}: not told
	 */
	public record Counts(String url, @Nullable Long views, @Nullable Long comments, @Nullable Long shares) {
	}

}
