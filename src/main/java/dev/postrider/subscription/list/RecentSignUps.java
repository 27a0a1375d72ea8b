package dev.postrider.subscription.list;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import dev.postrider.SqlTime;
import dev.postrider.subscription.SignUpWatch.Throwaways;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Looks at the sign-ups of late.
 */
@Repository
public class RecentSignUps {

	private static final int MOST = 2000;

	private final JdbcClient jdbc;

	private final Clock clock;

	RecentSignUps(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/**
	 * Those among the newest {@value #MOST} of each status that are since a moment. Whom
	 * the staff or a file brought is verified from the beginning, and none of them.
	 */
	public Throwaways throwaways(Instant since) {
		List<String> domains = new ArrayList<>();
		for (String status : List.of("PENDING", "ACTIVE")) {
			// Index subscriber_status read backwards.
			domains.addAll(this.jdbc
				.sql("""
						SELECT SUBSTRING_INDEX(email_key, '@', -1) AS domain FROM (
						  SELECT email_key, created_at, confirmed_at FROM subscriber WHERE status = ? ORDER BY id DESC LIMIT ?
						) newest WHERE created_at >= ? AND (confirmed_at IS NULL OR confirmed_at > created_at)
						""")
				.params(status, MOST, since)
				.query(String.class)
				.list());
		}
		Map<String, Integer> throwaway = new TreeMap<>();
		domains.stream().filter(AddressHelp::isThrowaway).forEach((domain) -> throwaway.merge(domain, 1, Integer::sum));
		return new Throwaways(domains.size(), throwaway);
	}

	/**
	 * Since when the oldest sign-up waits that failed before, or that nobody has looked
	 * at although it is due.
	 */
	public Optional<Instant> stuckSince() {
		// Worked off within moments, the table is as good as empty.
		return this.jdbc.sql("""
				SELECT MIN(CASE WHEN attempts > 0 THEN created_at ELSE next_attempt_at END) AS oldest FROM sign_up
				WHERE attempts > 0 OR next_attempt_at <= ?
				""")
			.param(this.clock.instant())
			.query((row, index) -> Optional.ofNullable(SqlTime.orNull(row, "oldest")))
			.single();
	}

}
