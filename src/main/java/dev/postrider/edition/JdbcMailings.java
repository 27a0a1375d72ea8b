package dev.postrider.edition;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;

import dev.postrider.SqlTime;
import dev.postrider.story.Mailings;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class JdbcMailings implements Mailings {

	private static final String MAILED = """
			SELECT pick.story_id, edition.edition_date, edition.started_at
			FROM edition JOIN %s pick ON pick.edition_id = edition.id
			WHERE edition.newsletter_id = :newsletter AND edition.started_at < :before
			""";

	private final JdbcClient jdbc;

	JdbcMailings(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** By the unique key edition_number, then the picks' primary key. */
	@Override
	public Map<Long, Mailing> of(long newsletterId, Instant before) {
		Map<Long, Mailing> mailings = new HashMap<>();
		this.jdbc
			.sql(MAILED.formatted("edition_pick") + " UNION " + MAILED.formatted("variant_pick")
					+ " ORDER BY started_at")
			.param("newsletter", newsletterId)
			.param("before", before)
			.query((row) -> {
				mailings.put(row.getLong("story_id"),
						new Mailing(row.getObject("edition_date", LocalDate.class), SqlTime.at(row, "started_at")));
			});
		return mailings;
	}

}
