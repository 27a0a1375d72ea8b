package dev.postrider.edition;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.postrider.SqlTime;
import dev.postrider.edition.Edition.Corrected;
import dev.postrider.edition.Edition.Pick;
import dev.postrider.story.Score;
import dev.postrider.story.Stories;
import dev.postrider.story.Story;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads editions with their picks: three statements and one for the stories, however many
 * editions there are.
 */
@Component
class EditionRows {

	private static final String SELECT = """
			SELECT id, newsletter_id, edition_date, number, status, status_reason, subject, preheader, intro, due_at,
			  useless_after, approved_by, frozen_at, started_at, closed_at, corrects_id, corrects_story_id, version
			FROM edition
			""";

	private final JdbcClient jdbc;

	private final Stories stories;

	private final StoredScores scores;

	EditionRows(JdbcClient jdbc, Stories stories, StoredScores scores) {
		this.jdbc = jdbc;
		this.stories = stories;
		this.scores = scores;
	}

	Optional<Edition> find(long id) {
		return withPicks(
				this.jdbc.sql(SELECT + "WHERE id = :id").param("id", id).query((row, n) -> edition(row)).list())
			.stream()
			.findFirst();
	}

	/** By the unique key edition_number. */
	Optional<Edition> find(long newsletterId, LocalDate date, int number) {
		return withPicks(this.jdbc
			.sql(SELECT + "WHERE newsletter_id = :newsletter AND edition_date = :date AND number = :number")
			.param("newsletter", newsletterId)
			.param("date", date)
			.param("number", number)
			.query((row, n) -> edition(row))
			.list()).stream().findFirst();
	}

	/** The unique key edition_number, read backwards. */
	List<Edition> newest(long newsletterId, int limit) {
		return withPicks(this.jdbc.sql(SELECT + """
				WHERE newsletter_id = :newsletter
				ORDER BY edition_date DESC, number DESC
				LIMIT :limit
				""").param("newsletter", newsletterId).param("limit", limit).query((row, n) -> edition(row)).list());
	}

	/** The same key, read backwards from an edition on. */
	List<Edition> before(Edition edition, int limit) {
		return withPicks(this.jdbc.sql(SELECT + """
				WHERE newsletter_id = :newsletter AND edition_date <= :date
				  AND (edition_date < :date OR number < :number)
				ORDER BY edition_date DESC, number DESC
				LIMIT :limit
				""")
			.param("newsletter", edition.newsletterId())
			.param("date", edition.date())
			.param("number", edition.number())
			.param("limit", limit)
			.query((row, n) -> edition(row))
			.list());
	}

	private List<Edition> withPicks(List<Edition> editions) {
		if (editions.isEmpty()) {
			return editions;
		}
		List<PickRow> rows = this.jdbc.sql("""
				SELECT edition_id, story_id, position, reason, pinned, headline, summary, score_parts
				FROM edition_pick
				WHERE edition_id IN (:editions)
				ORDER BY edition_id, position
				""").param("editions", editions.stream().map(Edition::id).toList()).query((row, n) -> pick(row)).list();
		List<AlsoRow> also = also(editions);
		Map<Long, Story> known = this.stories
			.findAll(Stream.concat(rows.stream().map(PickRow::storyId), also.stream().map(AlsoRow::alsoId))
				.distinct()
				.toList())
			.stream()
			.collect(Collectors.toMap(Story::id, Function.identity()));
		Map<Long, List<Pick>> picks = new HashMap<>();
		for (PickRow row : rows) {
			Story story = known.get(row.storyId());
			if (story == null) {
				throw new IllegalStateException("Edition " + row.editionId() + " has a pick of story " + row.storyId()
						+ ", which is not stored");
			}
			List<Story> others = also.stream()
				.filter((other) -> other.editionId() == row.editionId() && other.storyId() == row.storyId())
				.flatMap((other) -> Stream.ofNullable(known.get(other.alsoId())))
				.toList();
			picks.computeIfAbsent(row.editionId(), (id) -> new ArrayList<>()).add(row.of(story, others));
		}
		return editions.stream()
			.map((edition) -> withPicks(edition, picks.getOrDefault(edition.id(), List.of())))
			.toList();
	}

	private static Edition withPicks(Edition edition, List<Pick> picks) {
		return new Edition(edition.id(), edition.newsletterId(), edition.date(), edition.number(), edition.status(),
				edition.statusReason(), edition.subject(), edition.preheader(), edition.intro(), edition.dueAt(),
				edition.uselessAfter(), edition.approvedBy(), edition.frozenAt(), edition.startedAt(),
				edition.closedAt(), edition.corrects(), edition.version(), List.copyOf(picks));
	}

	private static Edition edition(ResultSet row) throws SQLException {
		return new Edition(row.getLong("id"), row.getLong("newsletter_id"),
				row.getObject("edition_date", LocalDate.class), row.getInt("number"),
				EditionStatus.valueOf(row.getString("status")), row.getString("status_reason"),
				row.getString("subject"), row.getString("preheader"), row.getString("intro"), SqlTime.at(row, "due_at"),
				SqlTime.at(row, "useless_after"), row.getString("approved_by"), SqlTime.orNull(row, "frozen_at"),
				SqlTime.orNull(row, "started_at"), SqlTime.orNull(row, "closed_at"), corrects(row),
				row.getInt("version"), List.of());
	}

	private static @Nullable Corrected corrects(ResultSet row) throws SQLException {
		long editionId = row.getLong("corrects_id");
		return row.wasNull() ? null : new Corrected(editionId, row.getLong("corrects_story_id"));
	}

	/** By the primary key, which begins with the edition. */
	private List<AlsoRow> also(List<Edition> editions) {
		return this.jdbc.sql("""
				SELECT edition_id, story_id, also_id FROM edition_also
				WHERE edition_id IN (:editions)
				ORDER BY edition_id, story_id, position
				""")
			.param("editions", editions.stream().map(Edition::id).toList())
			.query((row, n) -> new AlsoRow(row.getLong("edition_id"), row.getLong("story_id"), row.getLong("also_id")))
			.list();
	}

	private PickRow pick(ResultSet row) throws SQLException {
		return new PickRow(row.getLong("edition_id"), row.getLong("story_id"), row.getInt("position"),
				row.getString("reason"), row.getBoolean("pinned"), row.getString("headline"), row.getString("summary"),
				this.scores.read(row.getString("score_parts")));
	}

	private record PickRow(long editionId, long storyId, int position, String reason, boolean pinned,
			@Nullable String headline, @Nullable String summary, Score score) {

		Pick of(Story story, List<Story> also) {
			return new Pick(story, this.position, this.reason, this.pinned, this.headline, this.summary, this.score,
					also);
		}

	}

	private record AlsoRow(long editionId, long storyId, long alsoId) {
	}

}
