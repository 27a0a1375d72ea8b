package dev.postrider.story.pick;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.postrider.SqlTime;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.story.Mailings;
import dev.postrider.story.Mailings.Mailing;
import dev.postrider.story.Story;
import dev.postrider.story.StoryRows;
import dev.postrider.story.pick.Facts.Ban;
import dev.postrider.story.pick.Facts.Engagement;
import dev.postrider.story.pick.Facts.Sighting;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads what is known of the stories a newsletter might pick: those of its window, and a
 * day more on both sides, so that an editor sees what was too old or too early.
 */
@Component
class StoredFacts {

	/** More than any newsroom writes in a week; the newest count. */
	private static final int MOST = 20_000;

	private static final Duration MARGIN = Duration.ofDays(1);

	/**
	 * A range of the index story_published; the rest by primary keys.
	 */
	private static final String STORIES = "SELECT " + StoryRows.COLUMNS + """
			, story.substantially_changed_at, engagement.views, engagement.comments, engagement.shares,
			  engagement.updated_at, boost.boost, boost.set_at, ban.banned_by, ban.banned_at
			FROM story
			LEFT JOIN story_engagement engagement ON engagement.story_id = story.id
			LEFT JOIN story_boost boost ON boost.newsletter_id = :newsletter AND boost.story_id = story.id
			LEFT JOIN story_ban ban ON ban.newsletter_id = :newsletter AND ban.story_id = story.id
			""";

	private static final String PUBLISHED = STORIES + """
			WHERE story.published_at > :from AND story.published_at <= :to
			ORDER BY story.published_at DESC, story.id DESC
			LIMIT :most
			""";

	/** The index story_substantial: older stories that are new again. */
	private static final String CHANGED = STORIES + """
			WHERE story.substantially_changed_at > :from AND story.published_at <= :from
			ORDER BY story.substantially_changed_at DESC, story.id DESC
			LIMIT :most
			""";

	private final JdbcClient jdbc;

	private final StoredSightings sightings;

	private final History history;

	private final Mailings mailings;

	StoredFacts(JdbcClient jdbc, StoredSightings sightings, History history, Mailings mailings) {
		this.jdbc = jdbc;
		this.sightings = sightings;
		this.history = history;
		this.mailings = mailings;
	}

	/**
	 * As things stand.
	 * @param newsletter whose window, boosts, bans and editions count
	 * @param at when its edition is due
	 * @param now editions begun before this have been mailed
	 */
	List<Facts> now(Newsletter newsletter, Instant at, Instant now) {
		List<Row> rows = rows(newsletter, at);
		return facts(rows, this.mailings.of(newsletter.id(), now),
				this.sightings.of(rows.stream().map((row) -> row.story().id()).toList(), null));
	}

	/**
	 * As things stood: what came later is taken away, as far as it is stored when it
	 * came.
	 * @param newsletter whose window, boosts, bans and editions count
	 * @param at the past moment
	 */
	List<Facts> asOf(Newsletter newsletter, Instant at) {
		List<Row> rows = rows(newsletter, at).stream().filter((row) -> !row.story().firstSeenAt().isAfter(at)).toList();
		List<Long> ids = rows.stream().map((row) -> row.story().id()).toList();
		Map<Long, History.Then> then = this.history.at(ids, at);
		return facts(rows.stream().map((row) -> row.asOf(at, then.get(row.story().id()))).toList(),
				this.mailings.of(newsletter.id(), at), this.sightings.of(ids, at));
	}

	private List<Row> rows(Newsletter newsletter, Instant at) {
		Instant from = at.minus(newsletter.storyWindow()).minus(MARGIN);
		List<Row> rows = new ArrayList<>(this.jdbc.sql(PUBLISHED)
			.param("newsletter", newsletter.id())
			.param("from", from)
			.param("to", at.plus(MARGIN))
			.param("most", MOST)
			.query((row, n) -> row(row))
			.list());
		rows.addAll(this.jdbc.sql(CHANGED)
			.param("newsletter", newsletter.id())
			.param("from", from)
			.param("most", MOST)
			.query((row, n) -> row(row))
			.list());
		return rows;
	}

	private static List<Facts> facts(List<Row> rows, Map<Long, Mailing> mailings, Map<Long, List<Sighting>> sightings) {
		return rows.stream()
			.map((row) -> new Facts(row.story, sightings.getOrDefault(row.story.id(), List.of()), row.engagement,
					row.boost, row.updatedAt, row.ban, mailings.get(row.story.id())))
			.toList();
	}

	private static Row row(ResultSet row) throws SQLException {
		Instant engaged = SqlTime.orNull(row, "updated_at");
		String bannedBy = row.getString("banned_by");
		return new Row(StoryRows.story(row, 0), SqlTime.orNull(row, "substantially_changed_at"),
				(engaged != null) ? new Engagement(row.getLong("views"), row.getLong("comments"), row.getLong("shares"))
						: null,
				engaged, row.getDouble("boost"), SqlTime.orNull(row, "set_at"),
				(bannedBy != null) ? new Ban(bannedBy, SqlTime.at(row, "banned_at")) : null);
	}

	private record Row(Story story, @Nullable Instant updatedAt, @Nullable Engagement engagement,
			@Nullable Instant engagedAt, double boost, @Nullable Instant boostedAt, @Nullable Ban ban) {

		Row asOf(Instant at, History.@Nullable Then then) {
			return new Row(asOf(this.story, at, then), (then != null) ? then.updatedAt() : this.updatedAt,
					isLater(this.engagedAt, at) ? null : this.engagement, this.engagedAt,
					isLater(this.boostedAt, at) ? 0 : this.boost, this.boostedAt,
					(this.ban == null || isLater(this.ban.at(), at)) ? null : this.ban);
		}

		private static boolean isLater(@Nullable Instant moment, Instant at) {
			return moment != null && moment.isAfter(at);
		}

		private static Story asOf(Story now, Instant at, History.@Nullable Then then) {
			return new Story(now.id(), now.sourceId(), now.url(), (then != null) ? then.headline() : now.headline(),
					(then != null) ? then.summary() : now.summary(), (then != null) ? "" : now.summaryHtml(),
					now.section(), now.tags(), now.author(), now.kind(), now.language(), now.image(), now.audio(),
					now.related(), now.position(), now.publishedAt(), now.embargoUntil(),
					isLater(now.withdrawnAt(), at) ? null : now.withdrawnAt(), now.firstSeenAt(), now.changedAt());
		}

	}

}
