package dev.postrider.monitor.problem;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.postrider.SqlTime;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The problems as they are stored. Of one key only one is open, whichever process finds
 * it: the unique key {@code problem_open} sees to that.
 */
@Repository
public class Problems {

	private static final String SELECT = """
			SELECT id, kind, subject, message, remedy, first_seen_at, last_seen_at, resolved_at FROM problem
			""";

	private static final int MESSAGE_LENGTH = 1000;

	private static final int SUBJECT_LENGTH = 200;

	private final JdbcClient jdbc;

	private final Clock clock;

	Problems(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/** What is wrong now, the newest first; few rows, by {@code problem_open}. */
	public List<Problem> open() {
		return this.jdbc.sql(SELECT + " WHERE open_key IS NOT NULL ORDER BY id DESC").query(Problems::read).list();
	}

	/** What was wrong and is over, the newest first. */
	public List<Problem> resolved(int limit) {
		return this.jdbc.sql(SELECT + " WHERE open_key IS NULL ORDER BY id DESC LIMIT ?")
			.param(limit)
			.query(Problems::read)
			.list();
	}

	/** How many are open. */
	public int countOpen() {
		return this.jdbc.sql("SELECT COUNT(*) FROM problem WHERE open_key IS NOT NULL").query(Integer.class).single();
	}

	/** Opens what was found and closes what of that prefix was not. */
	void reconcile(String prefix, List<Finding> findings) {
		Set<String> found = new HashSet<>();
		for (Finding finding : findings) {
			if (found.add(finding.key())) {
				open(finding);
			}
		}
		this.jdbc.sql("SELECT open_key FROM problem WHERE open_key LIKE ?")
			.param(prefix + "%")
			.query(String.class)
			.list()
			.stream()
			.filter((key) -> !found.contains(key))
			.forEach(this::resolve);
	}

	private void open(Finding finding) {
		Instant now = this.clock.instant();
		String message = cut(finding.message(), MESSAGE_LENGTH);
		int known = this.jdbc
			.sql("UPDATE problem SET last_seen_at = ?, kind = ?, message = ?, remedy = ? WHERE open_key = ?")
			.params(now, finding.kind().name(), message, finding.remedy(), finding.key())
			.update();
		if (known > 0) {
			return;
		}
		try {
			this.jdbc.sql("""
					INSERT INTO problem (kind, subject, open_key, message, remedy, first_seen_at, last_seen_at)
					VALUES (?, ?, ?, ?, ?, ?, ?)
					""")
				.params(finding.kind().name(), cut(finding.subject(), SUBJECT_LENGTH), finding.key(), message,
						finding.remedy(), now, now)
				.update();
		}
		catch (DuplicateKeyException ex) {
			// Another process found it at the same moment: one of us has told.
			return;
		}
	}

	private void resolve(String key) {
		this.jdbc.sql("UPDATE problem SET resolved_at = ?, open_key = NULL WHERE open_key = ?")
			.params(this.clock.instant(), key)
			.update();
	}

	private static String cut(String text, int length) {
		return (text.length() <= length) ? text : text.substring(0, length - 1) + "…";
	}

	private static Problem read(ResultSet row, int number) throws SQLException {
		return new Problem(row.getLong("id"), Problem.Kind.valueOf(row.getString("kind")), row.getString("subject"),
				row.getString("message"), row.getString("remedy"), SqlTime.at(row, "first_seen_at"),
				SqlTime.at(row, "last_seen_at"), SqlTime.orNull(row, "resolved_at"));
	}

}
