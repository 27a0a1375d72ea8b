package dev.postrider.delivery;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.postrider.Retries;
import dev.postrider.SqlTime;
import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionException;
import dev.postrider.edition.EditionStatus;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.run.RunLauncher;
import dev.postrider.run.RunRefusedException;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * All by primary keys that begin with the edition.
 */
@Component
class JdbcRehearsals implements Rehearsals {

	private static final Set<EditionStatus> AHEAD = EnumSet.of(EditionStatus.DRAFT, EditionStatus.APPROVED,
			EditionStatus.HELD);

	private final JdbcClient jdbc;

	private final Newsletters newsletters;

	private final RunLauncher launcher;

	private final Retries transactions;

	private final Clock clock;

	JdbcRehearsals(JdbcClient jdbc, Newsletters newsletters, RunLauncher launcher, TransactionOperations transactions,
			Clock clock) {
		this.jdbc = jdbc;
		this.newsletters = newsletters;
		this.launcher = launcher;
		this.transactions = new Retries(transactions);
		this.clock = clock;
	}

	@Override
	public long start(Edition edition, String actor) {
		if (edition.frozenAt() != null || !AHEAD.contains(edition.status())) {
			throw new EditionException("Edition " + edition.label() + " is " + edition.status()
					+ ", so there is nothing to rehearse any more.");
		}
		if (edition.picks().isEmpty()) {
			throw new EditionException("Edition " + edition.label() + " has no stories. Compose it first.");
		}
		if (isRunning(edition)) {
			throw new RunRefusedException(
					"Edition " + edition.label() + " is being rehearsed. Look again in a moment.");
		}
		int number = this.transactions.of(() -> ask(edition, actor));
		return this.launcher.start(JOB, identity(edition, number), actor);
	}

	private int ask(Edition edition, String actor) {
		this.jdbc.sql("SELECT id FROM edition WHERE id = ? FOR UPDATE").param(edition.id()).query(Long.class).single();
		int number = last(edition.id()) + 1;
		this.jdbc.sql("INSERT INTO rehearsal (edition_id, rehearsal, asked_by, asked_at) VALUES (?, ?, ?, ?)")
			.params(edition.id(), number, actor, this.clock.instant())
			.update();
		return number;
	}

	private int last(long editionId) {
		return this.jdbc.sql("SELECT COALESCE(MAX(rehearsal), 0) FROM rehearsal WHERE edition_id = ?")
			.param(editionId)
			.query(Integer.class)
			.single();
	}

	@Override
	public boolean isRunning(Edition edition) {
		int last = last(edition.id());
		return last > 0 && this.launcher.isRunning(JOB, identity(edition, last));
	}

	private Map<String, String> identity(Edition edition, int number) {
		Map<String, String> identity = new HashMap<>(
				DigestLauncher.identity(this.newsletters.find(edition.newsletterId()).orElseThrow().slug(), edition));
		identity.put("rehearsal", String.valueOf(number));
		return identity;
	}

	@Override
	public Optional<Rehearsal> newest(long editionId) {
		return this.jdbc.sql("""
				SELECT * FROM rehearsal WHERE edition_id = ? AND ended_at IS NOT NULL ORDER BY rehearsal DESC LIMIT 1
				""").param(editionId).query((row, index) -> rehearsal(editionId, row)).optional();
	}

	private Rehearsal rehearsal(long editionId, ResultSet row) throws SQLException {
		int number = row.getInt("rehearsal");
		return new Rehearsal(number, row.getString("asked_by"), SqlTime.at(row, "ended_at"), row.getInt("version"),
				row.getInt("candidates"), row.getInt("readers"), row.getLong("bytes"),
				parts(editionId, number, "EXCLUSION"), parts(editionId, number, "VARIANT"),
				parts(editionId, number, "PROVIDER"), new Forecast(SqlTime.at(row, "begins_at"),
						SqlTime.at(row, "ends_at"), row.getDouble("rate"), Basis.valueOf(row.getString("rate_from"))));
	}

	private List<Part> parts(long editionId, int number, String kind) {
		return this.jdbc.sql("""
				SELECT name, detail, readers FROM rehearsal_part
				WHERE edition_id = ? AND rehearsal = ? AND kind = ? ORDER BY position
				""")
			.params(editionId, number, kind)
			.query((row, index) -> new Part(row.getString(1), row.getString(2), row.getInt(3)))
			.list();
	}

}
