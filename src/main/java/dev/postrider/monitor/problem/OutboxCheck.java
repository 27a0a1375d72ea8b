package dev.postrider.monitor.problem;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import dev.postrider.Masked;
import dev.postrider.monitor.problem.Problem.Kind;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Single mails of the last day that were given up. An address that a reader mistyped is
 * no trouble of ours: refusals count only for mails to the staff, or when nothing of the
 * kind gets through any more.
 */
@Component
class OutboxCheck implements ProblemCheck {

	private static final Set<String> TO_STAFF = Set.of("invite", "reset", "problem");

	private static final int MANY = 5;

	private final JdbcClient jdbc;

	private final Clock clock;

	OutboxCheck(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	@Override
	public String prefix() {
		return "outbox:";
	}

	@Override
	public List<Finding> find() {
		// Two ranges of the index outbox_due.
		return this.jdbc.sql("""
				SELECT purpose, SUM(status = 'FAILED') AS failed, SUM(status = 'SENT') AS sent,
				  SUM(status = 'FAILED' AND COALESCE(reply, '') NOT LIKE '5%') AS given_up,
				  MAX(CASE WHEN status = 'FAILED' THEN COALESCE(reply, '') END) AS reply
				FROM outbox WHERE status IN ('FAILED', 'SENT') AND next_attempt_at > ? GROUP BY purpose
				""")
			.param(this.clock.instant().minus(Duration.ofDays(1)))
			.query(OutboxCheck::tally)
			.list()
			.stream()
			.filter(Tally::isTrouble)
			.map(Tally::finding)
			.toList();
	}

	private static Tally tally(ResultSet row, int index) throws SQLException {
		String reply = row.getString("reply");
		return new Tally(row.getString("purpose"), row.getInt("failed"), row.getInt("sent"), row.getInt("given_up"),
				(reply != null) ? reply : "");
	}

	private record Tally(String purpose, int failed, int sent, int givenUp, String reply) {

		boolean isTrouble() {
			return this.givenUp > 0 || (TO_STAFF.contains(this.purpose) && this.failed > 0)
					|| (this.failed >= MANY && this.sent == 0);
		}

		Finding finding() {
			return new Finding("outbox:" + this.purpose, Kind.MAIL_FAILED, "Mail “" + this.purpose + "”",
					this.failed + " of " + (this.failed + this.sent) + " mails “" + this.purpose
							+ "” of the last day could not be delivered"
							+ (this.reply.isBlank() ? "." : "; the relay says: " + Masked.in(this.reply)),
					"Read what the relay says: a wrong address of a colleague is corrected by a new invitation; a refusal "
							+ "of all mail is settled with whoever runs the relay. People can ask for their mail again.");
		}

	}

}
