package dev.postrider.monitor.problem;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

import dev.postrider.Masked;
import dev.postrider.edition.EditionStatus;
import dev.postrider.monitor.problem.Problem.Kind;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Editions that are held, failed or were missed. A missed one is history as soon as a
 * later one has gone out.
 */
@Component
class EditionCheck implements ProblemCheck {

	private static final Duration LOOK_BACK = Duration.ofDays(14);

	private final JdbcClient jdbc;

	private final Clock clock;

	EditionCheck(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	@Override
	public String prefix() {
		return "edition:";
	}

	@Override
	public List<Finding> find() {
		Instant since = this.clock.instant().minus(LOOK_BACK);
		// Index edition_due; the subquery by edition_number.
		return this.jdbc.sql("""
				SELECT e.id, n.name, e.edition_date, e.number, e.status, e.status_reason, p.paused_by
				FROM edition e JOIN newsletter n ON n.id = e.newsletter_id
				LEFT JOIN edition_pause p ON p.edition_id = e.id AND e.status = 'HELD'
				WHERE e.status IN ('HELD', 'FAILED', 'MISSED') AND e.due_at > ?
				AND NOT (e.status = 'MISSED' AND EXISTS (SELECT 1 FROM edition later
				  WHERE later.newsletter_id = e.newsletter_id AND later.edition_date >= e.edition_date
				  AND later.status = 'SENT'))
				""").param(since).query(EditionCheck::finding).list();
	}

	private static Finding finding(ResultSet row, int index) throws SQLException {
		String edition = name(row);
		String reason = reason(row.getString("status_reason"));
		String key = "edition:" + row.getLong("id");
		String pausedBy = row.getString("paused_by");
		if (pausedBy != null) {
			return new Finding(key, Kind.EDITION_HELD, edition, edition + " is paused by " + pausedBy + ".",
					"Press Resume on its page here when it may go on; past its time nobody more is mailed.");
		}
		return switch (EditionStatus.valueOf(row.getString("status"))) {
			case HELD -> new Finding(key, Kind.EDITION_HELD, edition, edition + " is held." + reason,
					"Mend what the reason names, then press Restart on its run: it goes on where it stopped. "
							+ "If the mail itself is wrong, take the edition up again on the desk, mend it and send it "
							+ "from there. Or cancel it.");
			case FAILED -> new Finding(key, Kind.EDITION_FAILED, edition, edition + " has failed." + reason,
					"Open its run and read which step failed and why. Then press Restart: it goes on where it "
							+ "stopped, and nobody gets it twice.");
			default -> new Finding(key, Kind.EDITION_MISSED, edition, edition + " was not sent." + reason,
					"The next edition goes out as planned. To send this one late, make an extra edition on the desk.");
		};
	}

	private static String name(ResultSet row) throws SQLException {
		int number = row.getInt("number");
		return row.getString("name") + " of " + row.getObject("edition_date", LocalDate.class)
				+ ((number > 1) ? ", number " + number : "");
	}

	private static String reason(@Nullable String reason) {
		return (reason != null && !reason.isBlank()) ? " " + Masked.in(reason) : "";
	}

}
