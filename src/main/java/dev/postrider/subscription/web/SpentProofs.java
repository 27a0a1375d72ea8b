package dev.postrider.subscription.web;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Repository;

/**
 * The proofs of work that were handed in, to any process; the table is empty but in a
 * surge.
 */
@Repository
class SpentProofs implements ProofOfWork.Spent {

	private final JdbcClient jdbc;

	private final Clock clock;

	SpentProofs(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	@Override
	public boolean spend(long nonce, Instant until) {
		try {
			this.jdbc.sql("INSERT INTO spent_proof (nonce, expires_at) VALUES (?, ?)").params(nonce, until).update();
			return true;
		}
		catch (DuplicateKeyException ex) {
			return false;
		}
	}

	/** Index spent_proof_expiry: one out of time is refused anyway. */
	@Scheduled(initialDelay = 5, fixedDelay = 10, timeUnit = TimeUnit.MINUTES)
	void forget() {
		this.jdbc.sql("DELETE FROM spent_proof WHERE expires_at < ?").param(this.clock.instant()).update();
	}

}
