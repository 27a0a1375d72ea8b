package dev.postrider.subscription.list;

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

	RecentSignUps(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** Those among the newest {@value #MOST} of each status that are since a moment. */
	public Throwaways throwaways(Instant since) {
		List<String> domains = new ArrayList<>();
		for (String status : List.of("PENDING", "ACTIVE")) {
			// Index subscriber_status read backwards.
			domains.addAll(this.jdbc.sql("""
					SELECT SUBSTRING_INDEX(email_key, '@', -1) AS domain FROM (
					  SELECT email_key, created_at FROM subscriber WHERE status = ? ORDER BY id DESC LIMIT ?
					) newest WHERE created_at >= ?
					""").params(status, MOST, since).query(String.class).list());
		}
		Map<String, Integer> throwaway = new TreeMap<>();
		domains.stream().filter(AddressHelp::isThrowaway).forEach((domain) -> throwaway.merge(domain, 1, Integer::sum));
		return new Throwaways(domains.size(), throwaway);
	}

	/** Since when the oldest sign-up waits that failed before. */
	public Optional<Instant> stuckSince() {
		// Worked off within moments, the table is as good as empty.
		return this.jdbc.sql("SELECT MIN(created_at) AS oldest FROM sign_up WHERE attempts > 0")
			.query((row, index) -> Optional.ofNullable(SqlTime.orNull(row, "oldest")))
			.single();
	}

}
