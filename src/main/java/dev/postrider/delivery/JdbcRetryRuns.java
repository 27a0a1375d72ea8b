package dev.postrider.delivery;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.postrider.Retries;
import dev.postrider.SqlTime;
import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionException;
import dev.postrider.edition.EditionStatus;
import dev.postrider.edition.Editions;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.run.RunLauncher;
import dev.postrider.run.RunRefusedException;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * A retry is asked for in one transaction with the change of the edition's status, so
 * that of two at once one is refused; its run finds the rest in {@code edition_retry}.
 */
@Component
class JdbcRetryRuns implements RetryRuns {

	private final JdbcClient jdbc;

	private final Editions editions;

	private final Newsletters newsletters;

	private final RunLauncher launcher;

	private final Retries transactions;

	private final Clock clock;

	JdbcRetryRuns(JdbcClient jdbc, Editions editions, Newsletters newsletters, RunLauncher launcher,
			TransactionOperations transactions, Clock clock) {
		this.jdbc = jdbc;
		this.editions = editions;
		this.newsletters = newsletters;
		this.launcher = launcher;
		this.transactions = new Retries(transactions);
		this.clock = clock;
	}

	@Override
	public long retry(long editionId, Wish wish) {
		int number = this.transactions.of(() -> ask(editionId, wish));
		Edition edition = this.editions.find(editionId).orElseThrow();
		try {
			return this.launcher.start(JOB, identity(edition, number), wish.actor());
		}
		catch (RunRefusedException ex) {
			this.transactions.of(() -> takeBack(editionId, number));
			throw ex;
		}
	}

	private int ask(long editionId, Wish wish) {
		boolean compacted = this.jdbc.sql("SELECT compacted_at IS NOT NULL FROM edition WHERE id = ? FOR UPDATE")
			.param(editionId)
			.query(Boolean.class)
			.optional()
			.orElseThrow(() -> new EditionException("There is no edition with id " + editionId + "."));
		Edition edition = this.editions.find(editionId).orElseThrow();
		refuseUnlessSent(edition);
		if (compacted) {
			throw new EditionException("Edition " + edition.label()
					+ " is so old that of its deliveries only counts are kept, so nobody knows to whom they failed.");
		}
		refuseUseless(edition, wish.worthUntil());
		Failed failed = failed(editionId);
		int readers = failed.certain() + (wish.withUnclear() ? failed.unclear() : 0);
		if (readers == 0) {
			throw new EditionException("Nothing of edition " + edition.label() + " is to be sent again: "
					+ ((failed.unclear() > 0)
							? failed.unclear() + " may have arrived already, so they are only sent again if you say so."
							: "no delivery failed."));
		}
		int number = this.jdbc.sql("SELECT COALESCE(MAX(retry), 0) + 1 FROM edition_retry WHERE edition_id = ?")
			.param(editionId)
			.query(Integer.class)
			.single();
		this.jdbc.sql("""
				INSERT INTO edition_retry (edition_id, retry, asked_by, asked_at, worth_until, with_unclear, readers)
				VALUES (?, ?, ?, ?, ?, ?, ?)
				""")
			.params(editionId, number, wish.actor(), this.clock.instant(), wish.worthUntil(), wish.withUnclear(),
					readers)
			.update();
		this.jdbc.sql("UPDATE edition SET useless_after = ? WHERE id = ?")
			.params(wish.worthUntil(), editionId)
			.update();
		this.editions.changeStatus(editionId, EditionStatus.SENDING, null);
		return number;
	}

	private static void refuseUnlessSent(Edition edition) {
		String label = "Edition " + edition.label();
		switch (edition.status()) {
			case SENT -> {
				// What this is for.
			}
			case SENDING -> throw new EditionException(
					label + " is being sent. Wait until it is done; what fails until then can be sent again.");
			case HELD, FAILED -> throw new EditionException(
					label + " is not done yet: let it go on first. What fails then can be sent again.");
			case CANCELLED -> throw new EditionException(label + " was stopped for good, so nothing of it is sent.");
			default -> throw new EditionException(label + " was not sent, so nothing of it has failed.");
		}
	}

	private void refuseUseless(Edition edition, Instant worthUntil) {
		Instant now = this.clock.instant();
		if (!worthUntil.isAfter(now)) {
			throw new EditionException("Edition " + edition.label() + " cannot be worth sending until " + worthUntil
					+ ", which has passed. Give a moment ahead.");
		}
		if (worthUntil.isAfter(now.plus(LONGEST))) {
			throw new EditionException("Edition " + edition.label() + " cannot be worth sending until " + worthUntil
					+ ". Give a moment within " + LONGEST.toDays() + " days.");
		}
	}

	/** No run has begun, so nothing was touched but the status. */
	private int takeBack(long editionId, int number) {
		this.editions.changeStatus(editionId, EditionStatus.SENT, null);
		return this.jdbc.sql("DELETE FROM edition_retry WHERE edition_id = ? AND retry = ?")
			.params(editionId, number)
			.update();
	}

	/** A range of the ledger's primary key. */
	@Override
	public Failed failed(long editionId) {
		return this.jdbc.sql("""
				SELECT COALESCE(SUM(NOT unclear), 0), COALESCE(SUM(unclear), 0) FROM delivery
				WHERE edition_id = ? AND status = 'FAILED'
				""").param(editionId).query((row, index) -> new Failed(row.getInt(1), row.getInt(2))).single();
	}

	@Override
	public List<Retry> of(long editionId) {
		return this.jdbc.sql("""
				SELECT retry, asked_by, asked_at, worth_until, with_unclear, readers, ended_at FROM edition_retry
				WHERE edition_id = ? ORDER BY retry DESC
				""")
			.param(editionId)
			.query((row, index) -> new Retry(row.getInt("retry"), row.getString("asked_by"),
					SqlTime.at(row, "asked_at"), SqlTime.at(row, "worth_until"), row.getBoolean("with_unclear"),
					row.getInt("readers"), SqlTime.orNull(row, "ended_at")))
			.list();
	}

	/** The identity of the retry that an edition is in the middle of. */
	Optional<Map<String, String>> open(Edition edition) {
		return of(edition.id()).stream()
			.findFirst()
			.filter((newest) -> newest.endedAt() == null)
			.map((newest) -> identity(edition, newest.number()));
	}

	private Map<String, String> identity(Edition edition, int number) {
		Map<String, String> identity = new HashMap<>(
				DigestLauncher.identity(this.newsletters.find(edition.newsletterId()).orElseThrow().slug(), edition));
		identity.put("retry", String.valueOf(number));
		return identity;
	}

}
