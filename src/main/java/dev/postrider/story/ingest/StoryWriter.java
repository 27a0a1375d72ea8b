package dev.postrider.story.ingest;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.postrider.Retries;
import dev.postrider.story.Story;
import org.jspecify.annotations.Nullable;

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
 * removed. Every feed that carries it leaves a sighting, whoever it belongs to. Of each
 * change what was before is kept.
 */
@Component
public class StoryWriter {

	private static final int BATCH = 500;

	/**
	 * Where a story stands in its feed moves with every poll; that is no change of it.
	 */
	private static final String MOVE = "UPDATE story SET feed_position = :position WHERE id = :id";

	private final NamedParameterJdbcOperations jdbc;

	private final StoredFields stored;

	private final ChangeWriter changeWriter;

	private final Sightings sightings;

	private final Retries retries;

	private final Clock clock;

	StoryWriter(NamedParameterJdbcOperations jdbc, StoredFields stored, ChangeWriter changeWriter, Sightings sightings,
			TransactionOperations transactions, Clock clock) {
		this.jdbc = jdbc;
		this.stored = stored;
		this.changeWriter = changeWriter;
		this.sightings = sightings;
		this.retries = new Retries(transactions);
		this.clock = clock;
	}

	/**
	 * Stores stories.
	 * @param stories at most one for each address; of a feed all that it carries
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
		if (source != null) {
			this.retries.of(() -> this.sightings.gone(ordered, source));
		}
		return sum;
	}

	/**
	 * Marks a story as taken back by its newsroom. One that is marked already stays as it
	 * is.
	 * @param story which
	 */
	public void withdraw(Story story) {
		Instant now = this.clock.instant();
		this.retries.of(() -> {
			int marked = this.jdbc.update(
					"UPDATE story SET withdrawn_at = :now, changed_at = :now "
							+ "WHERE id = :id AND withdrawn_at IS NULL",
					new MapSqlParameterSource("now", now).addValue("id", story.id()));
			if (marked > 0) {
				this.changeWriter.withdrawn(story, now);
			}
			return marked;
		});
	}

	private Written batch(List<IncomingStory> stories, @Nullable Long source) {
		Written written = this.retries.of(() -> upsert(stories, source));
		if (source != null) {
			// After the stories, in a transaction of its own: two feeds that share
			// stories
			// would lock them crosswise. It repeats harmlessly when a poll does.
			this.retries.of(() -> this.sightings.record(stories, source));
		}
		return written;
	}

	private Written upsert(List<IncomingStory> stories, @Nullable Long source) {
		Instant now = this.clock.instant();
		Map<String, StoredFields.Row> known = this.stored.byIdentity(stories);
		List<SqlParameterSource> writes = new ArrayList<>();
		List<SqlParameterSource> moves = new ArrayList<>();
		List<ChangeWriter.Change> changes = new ArrayList<>();
		List<IncomingStory> created = new ArrayList<>();
		for (IncomingStory story : stories) {
			StoredFields.Row row = known.get(story.url());
			if (row == null) {
				created.add(story);
				writes.add(StoryColumns.parameters(story, source, null, now));
			}
			else if (!row.mayBeChangedBy(source)) {
				continue;
			}
			else if (!row.isSameAs(story, source)) {
				changes.add(new ChangeWriter.Change(row, story, row.changes(story, source)));
				writes.add(StoryColumns.parameters(story, source, row, now));
			}
			else if (source != null && !Objects.equals(story.position(), row.story().position())) {
				moves.add(new MapSqlParameterSource("position", story.position()).addValue("id", row.id()));
			}
		}
		this.changeWriter.changed(changes, now);
		this.jdbc.batchUpdate(StoryColumns.UPSERT, writes.toArray(SqlParameterSource[]::new));
		this.jdbc.batchUpdate(MOVE, moves.toArray(SqlParameterSource[]::new));
		this.changeWriter.link(created);
		return new Written(created.size(), writes.size() - created.size(), stories.size() - writes.size());
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
