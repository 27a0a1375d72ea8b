package dev.postrider.subscription.consent;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import dev.postrider.SqlTime;
import dev.postrider.subscription.ConsentLedger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Has the ledger checked once a night, by one of the processes.
 */
@Component
class LedgerWatch implements ConsentLedger {

	private static final Logger logger = LoggerFactory.getLogger(LedgerWatch.class);

	/** A new day's check is due from two in the morning, UTC. */
	private static final Duration NIGHT = Duration.ofHours(2);

	private final JdbcClient jdbc;

	private final LedgerCheck check;

	private final Clock clock;

	LedgerWatch(JdbcClient jdbc, LedgerCheck check, Clock clock) {
		this.jdbc = jdbc;
		this.check = check;
		this.clock = clock;
	}

	@Override
	public Optional<Check> lastCheck() {
		return this.jdbc
			.sql("SELECT checked_at, links, broken FROM consent_check WHERE id = 1 AND checked_at IS NOT NULL")
			.query((row, index) -> new Check(SqlTime.at(row, "checked_at"), row.getLong("links"),
					row.getString("broken")))
			.optional();
	}

	/** Checks if this night's check is still to be done. */
	@Scheduled(initialDelay = 4, fixedDelay = 15, timeUnit = TimeUnit.MINUTES)
	void nightly() {
		LocalDate day = this.clock.instant().minus(NIGHT).atZone(ZoneOffset.UTC).toLocalDate();
		int mine = this.jdbc.sql("UPDATE consent_check SET day = :day WHERE id = 1 AND day < :day")
			.param("day", day)
			.update();
		if (mine == 0) {
			return;
		}
		LedgerCheck.Result result = this.check.checkAndNote();
		if (result.broken().isEmpty()) {
			logger.info("The consent ledger is whole: {} rows", result.links());
		}
		else {
			logger.error("The consent ledger is broken: {}", String.join(" ", result.broken()));
		}
	}

}
