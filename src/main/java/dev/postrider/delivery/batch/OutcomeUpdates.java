package dev.postrider.delivery.batch;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.postrider.delivery.DeliveryStatus;
import dev.postrider.delivery.DeliveryTransitions;
import dev.postrider.delivery.DeliveryTransitions.Cause;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Outcomes on their way into the ledger. Those that differ in nothing but time and reply,
 * as nearly all do, go in one statement, which is a commit by itself: one question to the
 * server, where a statement each in a transaction would be as many and three more.
 */
@Repository
class OutcomeUpdates {

	/** So many in one statement; the driver keeps each length's text. */
	private static final int MOST = 64;

	private final JdbcTemplate jdbc;

	private final TransactionOperations transactions;

	private final Map<Statement, String> statements = new ConcurrentHashMap<>();

	OutcomeUpdates(JdbcTemplate jdbc, TransactionOperations transactions) {
		this.jdbc = jdbc;
		this.transactions = transactions;
	}

	/**
	 * Writes them all or none, by the primary key; what the table of transitions does not
	 * allow changes nothing.
	 */
	void write(Collection<Outcome> outcomes) {
		List<List<Outcome>> groups = alike(outcomes);
		if (groups.size() == 1) {
			update(groups.get(0));
		}
		else {
			this.transactions.executeWithoutResult((status) -> groups.forEach(this::update));
		}
	}

	private static List<List<Outcome>> alike(Collection<Outcome> outcomes) {
		Map<Common, List<Outcome>> open = new LinkedHashMap<>();
		List<List<Outcome>> groups = new ArrayList<>();
		for (Outcome outcome : outcomes) {
			Common common = Common.of(outcome);
			List<Outcome> group = open.get(common);
			if (group == null || group.size() == MOST) {
				group = new ArrayList<>();
				groups.add(group);
				open.put(common, group);
			}
			group.add(outcome);
		}
		return groups;
	}

	private void update(List<Outcome> alike) {
		Statement text = new Statement(alike.get(0).status(), alike.size());
		this.jdbc.update(this.statements.computeIfAbsent(text, Statement::sql), (statement) -> fill(statement, alike));
	}

	private static void fill(PreparedStatement statement, List<Outcome> alike) throws SQLException {
		Outcome first = alike.get(0);
		int at = 0;
		statement.setInt(++at, first.attempts());
		statement.setBoolean(++at, first.unclear());
		statement.setObject(++at, first.nextAttemptAt());
		statement.setString(++at, first.relay());
		boolean cases = alike.size() > 1;
		for (Outcome outcome : alike) {
			if (cases) {
				statement.setInt(++at, outcome.seq());
			}
			statement.setObject(++at, outcome.at());
		}
		for (Outcome outcome : alike) {
			if (cases) {
				statement.setInt(++at, outcome.seq());
			}
			statement.setString(++at, outcome.reply());
		}
		statement.setLong(++at, first.editionId());
		for (Outcome outcome : alike) {
			statement.setInt(++at, outcome.seq());
		}
	}

	/**
	 * What outcomes of one statement have in common.
	 */
	private record Common(long editionId, DeliveryStatus status, int attempts, boolean unclear,
			@Nullable Instant nextAttemptAt, @Nullable String relay) {

		static Common of(Outcome outcome) {
			return new Common(outcome.editionId(), outcome.status(), outcome.attempts(), outcome.unclear(),
					outcome.nextAttemptAt(), outcome.relay());
		}

	}

	/**
	 * One for each number of rows, made once.
	 */
	private record Statement(DeliveryStatus status, int rows) {

		String sql() {
			if (DeliveryTransitions.before(Cause.RESULT, this.status).isEmpty()) {
				throw new IllegalArgumentException("Nothing becomes " + this.status + " by being tried");
			}
			String condition = DeliveryTransitions.condition(Cause.RESULT, this.status);
			String each = (this.rows == 1) ? "?" : "CASE seq" + " WHEN ? THEN ?".repeat(this.rows) + " END";
			return """
					UPDATE delivery SET status = '%s', attempts = ?, unclear = ?, next_attempt_at = ?, relay = ?, at = %s, reply = %s
					WHERE edition_id = ? AND seq IN (?%s) AND %s"""
				.formatted(this.status, each, each, ", ?".repeat(this.rows - 1), condition);
		}

	}

}
