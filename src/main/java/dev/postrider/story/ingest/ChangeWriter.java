package dev.postrider.story.ingest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.postrider.story.Story;

import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What belongs to a story beside its row: what it was before each change, and the links
 * beside it. Works inside the writer's transaction.
 */
@Component
class ChangeWriter {

	/**
	 * Each story's text when it last was another story, as far as it changed since: the
	 * first row after the last substantial change. Index: story_history_story.
	 */
	private static final String BASELINES = """
			SELECT baseline.story_id, baseline.headline, baseline.summary
			FROM (
			  SELECT MIN(later.id) AS id FROM story_history later
			  WHERE later.story_id IN (:stories) AND later.id > COALESCE((
			    SELECT MAX(turn.id) FROM story_history turn WHERE turn.story_id = later.story_id AND turn.substantial), 0)
			  GROUP BY later.story_id) first_since
			JOIN story_history baseline ON baseline.id = first_since.id
			""";

	private static final String HISTORY = """
			INSERT INTO story_history (story_id, at, headline, summary, changed, substantial)
			VALUES (:story, :now, :headline, :summary, :changed, :substantial)
			""";

	private static final String LINK = """
			INSERT INTO story_related (story_id, position, url, title) VALUES (:story, :position, :url, :title)
			""";

	private final JdbcClient jdbc;

	private final NamedParameterJdbcOperations batches;

	ChangeWriter(JdbcClient jdbc, NamedParameterJdbcOperations batches) {
		this.jdbc = jdbc;
		this.batches = batches;
	}

	/**
	 * Keeps what was before. One that only passes to another source leaves no row.
	 * @param changes of stories that are known
	 * @param now when they came in
	 */
	void changed(List<Change> changes, Instant now) {
		List<Change> worded = changes.stream().filter((change) -> !change.fields().isEmpty()).toList();
		if (worded.isEmpty()) {
			return;
		}
		Map<Long, Text> baselines = baselines(worded.stream().map((change) -> change.row().id()).toList());
		List<SqlParameterSource> history = new ArrayList<>();
		List<Long> turned = new ArrayList<>();
		for (Change change : worded) {
			Story before = change.row().story();
			Text baseline = baselines.getOrDefault(before.id(), new Text(before.headline(), before.summary()));
			boolean substantial = Substance.differs(baseline.words(),
					change.now().headline() + "\n" + change.now().summary());
			if (substantial) {
				turned.add(before.id());
			}
			history.add(new MapSqlParameterSource("story", before.id()).addValue("now", now)
				.addValue("headline", before.headline())
				.addValue("summary", before.summary())
				.addValue("changed", String.join(", ", change.fields()))
				.addValue("substantial", substantial));
		}
		this.batches.batchUpdate(HISTORY, history.toArray(SqlParameterSource[]::new));
		if (!turned.isEmpty()) {
			this.jdbc.sql("UPDATE story SET substantially_changed_at = :now WHERE id IN (:stories)")
				.param("now", now)
				.param("stories", turned)
				.update();
		}
		relink(worded.stream().filter((change) -> change.fields().contains(StoredFields.RELATED)).toList());
	}

	/** Keeps that a story was taken back. */
	void withdrawn(Story before, Instant now) {
		this.batches.update(HISTORY,
				new MapSqlParameterSource("story", before.id()).addValue("now", now)
					.addValue("headline", before.headline())
					.addValue("summary", before.summary())
					.addValue("changed", StoredFields.WITHDRAWN)
					.addValue("substantial", false));
	}

	private Map<Long, Text> baselines(Collection<Long> stories) {
		Map<Long, Text> baselines = new HashMap<>();
		this.jdbc.sql(BASELINES).param("stories", stories).query((row) -> {
			baselines.put(row.getLong(1),
					new Text(Objects.requireNonNull(row.getString(2)), Objects.requireNonNull(row.getString(3))));
		});
		return baselines;
	}

	private void relink(List<Change> changes) {
		if (!changes.isEmpty()) {
			this.jdbc.sql("DELETE FROM story_related WHERE story_id IN (:stories)")
				.param("stories", changes.stream().map((change) -> change.row().id()).toList())
				.update();
		}
		List<SqlParameterSource> links = new ArrayList<>();
		changes.forEach((change) -> links.addAll(links(change.row().id(), change.now())));
		this.batches.batchUpdate(LINK, links.toArray(SqlParameterSource[]::new));
	}

	/** The links of stories that have just been stored. Index: story_identity. */
	void link(List<IncomingStory> created) {
		List<SqlParameterSource> links = new ArrayList<>();
		for (IncomingStory story : created) {
			if (!story.related().isEmpty()) {
				long id = this.jdbc.sql("SELECT id FROM story WHERE identity = :identity")
					.param("identity", story.identity())
					.query(Long.class)
					.single();
				links.addAll(links(id, story));
			}
		}
		this.batches.batchUpdate(LINK, links.toArray(SqlParameterSource[]::new));
	}

	private static List<SqlParameterSource> links(long id, IncomingStory story) {
		List<SqlParameterSource> links = new ArrayList<>();
		for (Story.Link link : story.related()) {
			links.add(new MapSqlParameterSource("story", id).addValue("position", links.size() + 1)
				.addValue("url", link.url())
				.addValue("title", link.title()));
		}
		return links;
	}

	/**
	 * A story that came in different.
	 *
	 * @param row as it is stored
	 * @param now as it came in
	 * @param fields what is different; none: only whose story it is
	 */
	record Change(StoredFields.Row row, IncomingStory now, List<String> fields) {
	}

	private record Text(String headline, String summary) {

		String words() {
			return this.headline + "\n" + this.summary;
		}

	}

}
