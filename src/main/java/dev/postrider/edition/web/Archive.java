package dev.postrider.edition.web;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.postrider.SqlTime;
import dev.postrider.edition.Edition;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What readers may see: editions whose sending has begun, whatever became of it since:
 * whoever has the mail can open its web copy.
 */
@Component
class Archive {

	private final JdbcClient jdbc;

	Archive(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	static boolean isPublic(Edition edition) {
		return edition.startedAt() != null;
	}

	/**
	 * The newest editions, or the newest before another; the unique key edition_number
	 * read backwards. One without a web copy is not there to be read.
	 */
	List<Entry> entries(long newsletterId, @Nullable Edition before, int limit) {
		return this.jdbc.sql("""
				SELECT edition.id, edition_date, number, edition.subject, preheader, started_at
				FROM edition JOIN variant ON variant.edition_id = edition.id AND variant.variant = 0
				WHERE newsletter_id = :newsletter AND started_at IS NOT NULL
				  AND edition_date <= :date AND (edition_date < :date OR number < :number)
				ORDER BY edition_date DESC, number DESC
				LIMIT :limit
				""")
			.param("newsletter", newsletterId)
			.param("date", (before != null) ? before.date() : LocalDate.of(9999, 12, 31))
			.param("number", (before != null) ? before.number() : 1)
			.param("limit", limit)
			.query((row, n) -> new Entry(row.getLong("id"), row.getObject("edition_date", LocalDate.class),
					row.getInt("number"), row.getString("subject"), row.getString("preheader"),
					SqlTime.at(row, "started_at")))
			.list();
	}

	/**
	 * The stories of editions in order, as readers saw them, by edition; the primary key.
	 * What was withdrawn since is not spread any further.
	 */
	Map<Long, List<Headline>> headlines(List<Entry> entries) {
		if (entries.isEmpty()) {
			return Map.of();
		}
		Map<Long, List<Headline>> headlines = new HashMap<>();
		this.jdbc.sql("""
				SELECT edition_id, url, COALESCE(pick.headline, story.headline) AS headline,
				  COALESCE(pick.summary, story.summary) AS summary
				FROM edition_pick pick JOIN story ON story.id = story_id
				WHERE edition_id IN (:editions) AND withdrawn_at IS NULL ORDER BY edition_id, pick.position
				""").param("editions", entries.stream().map(Entry::editionId).toList()).query((row) -> {
			headlines.computeIfAbsent(row.getLong("edition_id"), (id) -> new ArrayList<>())
				.add(new Headline(row.getString("url"), row.getString("headline"), row.getString("summary")));
		});
		return headlines;
	}

	/**
	 * A story in a list.
	 *
	 * @param url where it is
	 * @param headline as readers saw it
	 * @param summary the same, may be empty
	 */
	record Headline(String url, String headline, String summary) {
	}

	/**
	 * An edition in a list.
	 *
	 * @param editionId its key
	 * @param date its date
	 * @param number its number
	 * @param subject of the mail
	 * @param preheader of the mail, may be empty
	 * @param publishedAt when sending began
	 */
	record Entry(long editionId, LocalDate date, int number, String subject, String preheader, Instant publishedAt) {

		String label() {
			return (this.number == 1) ? this.date.toString() : this.date + "-" + this.number;
		}

	}

}
