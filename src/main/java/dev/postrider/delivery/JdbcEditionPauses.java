package dev.postrider.delivery;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;

import dev.postrider.SqlTime;
import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionException;
import dev.postrider.edition.EditionStatus;
import dev.postrider.edition.Editions;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.run.RunLauncher;
import dev.postrider.run.RunRefusedException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * A paused edition is held, and {@code edition_pause} says by whom. Lanes of this process
 * see that it is held before their next message, those of others before their next page.
 */
@Component
class JdbcEditionPauses implements EditionPauses {

	private static final Logger logger = LoggerFactory.getLogger(JdbcEditionPauses.class);

	private final JdbcClient jdbc;

	private final Editions editions;

	private final Newsletters newsletters;

	private final DigestRuns digests;

	private final RunLauncher launcher;

	private final JdbcRetryRuns retries;

	private final TransactionOperations transactions;

	private final Clock clock;

	JdbcEditionPauses(JdbcClient jdbc, Editions editions, Newsletters newsletters, DigestRuns digests,
			RunLauncher launcher, JdbcRetryRuns retries, TransactionOperations transactions, Clock clock) {
		this.jdbc = jdbc;
		this.editions = editions;
		this.newsletters = newsletters;
		this.digests = digests;
		this.launcher = launcher;
		this.retries = retries;
		this.transactions = transactions;
		this.clock = clock;
	}

	/**
	 * The run first: one that has not come to its lanes yet would take an edition that is
	 * held for one that is to go on.
	 */
	@Override
	public void pause(Edition edition, String actor) {
		if (edition.status() != EditionStatus.SENDING) {
			throw new EditionException(
					"Edition " + edition.label() + " is " + edition.status() + ", so there is no sending to pause.");
		}
		stopRun(edition);
		this.transactions.executeWithoutResult((status) -> {
			this.editions.changeStatus(edition.id(), EditionStatus.HELD, "Paused by " + actor + ".");
			this.jdbc.sql("""
					INSERT INTO edition_pause (edition_id, paused_by, paused_at) VALUES (:edition, :by, :at)
					ON DUPLICATE KEY UPDATE paused_by = :by, paused_at = :at
					""").param("edition", edition.id()).param("by", actor).param("at", this.clock.instant()).update();
		});
		logger.info("Edition {} is paused", edition.id());
	}

	private void stopRun(Edition edition) {
		Map<String, String> identity = DigestLauncher
			.identity(this.newsletters.find(edition.newsletterId()).orElseThrow().slug(), edition);
		this.launcher.running(DigestRuns.JOB, identity).ifPresent(this::stop);
		this.retries.open(edition)
			.flatMap((retry) -> this.launcher.running(RetryRuns.JOB, retry))
			.ifPresent(this::stop);
	}

	private void stop(long run) {
		try {
			this.launcher.stop(run);
		}
		catch (RunRefusedException ex) {
			// It has ended by itself at this moment.
			logger.info("Run {} need not be stopped: {}", run, ex.getMessage());
		}
	}

	@Override
	public long resume(Edition edition, String actor) {
		boolean begun = edition.status() == EditionStatus.SENDING || edition.status() == EditionStatus.HELD
				|| edition.status() == EditionStatus.FAILED;
		if (!begun) {
			throw new EditionException(
					"Edition " + edition.label() + " is " + edition.status() + ", so there is nothing to go on with.");
		}
		return this.digests.send(this.newsletters.find(edition.newsletterId()).orElseThrow().slug(), edition.date(),
				edition.number(), actor);
	}

	@Override
	public Optional<Pause> of(long editionId) {
		return this.jdbc.sql("""
				SELECT p.paused_by, p.paused_at FROM edition_pause p JOIN edition e ON e.id = p.edition_id
				WHERE p.edition_id = ? AND e.status = 'HELD'
				""")
			.param(editionId)
			.query((row, index) -> new Pause(row.getString("paused_by"), SqlTime.at(row, "paused_at")))
			.optional();
	}

}
