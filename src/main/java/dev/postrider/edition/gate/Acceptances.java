package dev.postrider.edition.gate;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

import dev.postrider.SqlTime;
import dev.postrider.edition.GateFinding;
import dev.postrider.edition.GateReport.Acceptance;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The warnings that editors have accepted. All by the primary key, which begins with the
 * edition.
 */
@Component
class Acceptances {

	private static final int LONGEST_PLACE = 500;

	private final JdbcClient jdbc;

	private final Clock clock;

	Acceptances(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	Map<String, Acceptance> of(long editionId) {
		Map<String, Acceptance> accepted = new HashMap<>();
		this.jdbc
			.sql("SELECT finding_key, accepted_by, accepted_at FROM edition_acceptance WHERE edition_id = :edition")
			.param("edition", editionId)
			.query((row) -> {
				accepted.put(row.getString(1), new Acceptance(row.getString(2), SqlTime.at(row, "accepted_at")));
			});
		return accepted;
	}

	/** Accepting it again leaves the first word standing. */
	void add(long editionId, GateFinding finding, String actor) {
		String place = finding.where();
		this.jdbc.sql("""
				INSERT INTO edition_acceptance (edition_id, finding_key, rule, place, accepted_by, accepted_at)
				VALUES (:edition, :key, :rule, :place, :actor, :now)
				ON DUPLICATE KEY UPDATE rule = rule
				""")
			.param("edition", editionId)
			.param("key", finding.key())
			.param("rule", finding.rule())
			.param("place", (place.length() > LONGEST_PLACE) ? place.substring(0, LONGEST_PLACE - 1) + "…" : place)
			.param("actor", actor)
			.param("now", this.clock.instant())
			.update();
	}

}
