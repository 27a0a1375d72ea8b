package dev.postrider.edition;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import dev.postrider.SqlTime;
import dev.postrider.newsletter.SlowNews;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Which editions have fewer stories than their newsletter's minimum.
 */
@Component
public class SlowDays {

	private final JdbcClient jdbc;

	SlowDays(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * What is wrong with a draft, if anything: an edition that somebody approved is as it
	 * should be, whatever it has.
	 */
	public Optional<SlowDay> of(Edition edition) {
		if (edition.status() != EditionStatus.DRAFT) {
			return Optional.empty();
		}
		return stored(edition.id()).map((day) -> now(day, edition.picks().size()))
			.filter((day) -> day.found() < day.minimum());
	}

	/** Editors may have added or dropped stories since. */
	private static SlowDay now(SlowDay day, int picks) {
		boolean unfilled = day.rule() == SlowNews.SKIP || day.rule() == SlowNews.MERGE;
		return new SlowDay(day.at(), unfilled ? picks : day.found(), day.minimum(), day.rule(), picks, day.reach());
	}

	/**
	 * Why a draft is not to be sent unless an editor says otherwise, for its status.
	 */
	public Optional<String> calledOff(Edition edition) {
		return of(edition).filter(SlowDay::isCalledOff).map(SlowDay::reason);
	}

	/**
	 * Notes that the editors are told now.
	 * @return whether nobody had told them before
	 */
	public boolean tell(long editionId, Instant now) {
		return this.jdbc.sql("UPDATE edition_slow SET told_at = :now WHERE edition_id = :edition AND told_at IS NULL")
			.param("now", now)
			.param("edition", editionId)
			.update() == 1;
	}

	/** By the primary key. */
	Optional<SlowDay> stored(long editionId) {
		return this.jdbc.sql(
				"SELECT at, found, minimum, rule, stories, reach_seconds FROM edition_slow WHERE edition_id = :edition")
			.param("edition", editionId)
			.query((row, n) -> new SlowDay(SqlTime.at(row, "at"), row.getInt("found"), row.getInt("minimum"),
					SlowNews.valueOf(row.getString("rule")), row.getInt("stories"),
					Duration.ofSeconds(row.getLong("reach_seconds"))))
			.optional();
	}

	void store(long editionId, SlowDay day) {
		this.jdbc.sql("""
				INSERT INTO edition_slow (edition_id, at, found, minimum, rule, stories, reach_seconds)
				VALUES (:edition, :at, :found, :minimum, :rule, :stories, :reach)
				ON DUPLICATE KEY UPDATE at = VALUES(at), found = VALUES(found), minimum = VALUES(minimum),
				  rule = VALUES(rule), stories = VALUES(stories), reach_seconds = VALUES(reach_seconds)
				""")
			.param("edition", editionId)
			.param("at", day.at())
			.param("found", day.found())
			.param("minimum", day.minimum())
			.param("rule", day.rule().name())
			.param("stories", day.stories())
			.param("reach", day.reach().toSeconds())
			.update();
	}

	void forget(long editionId) {
		this.jdbc.sql("DELETE FROM edition_slow WHERE edition_id = :edition").param("edition", editionId).update();
	}

}
