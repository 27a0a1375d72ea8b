package dev.postrider.delivery;

import java.util.Map;

import dev.postrider.run.RunHolds;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * An edition that is held stays so when the process of its run dies or is restarted: only
 * a person lets it go on.
 */
@Component
class HeldEditions implements RunHolds {

	private final JdbcClient jdbc;

	HeldEditions(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * What the gate held has no readers yet, and passes it again. By the unique keys of
	 * newsletter and edition.
	 */
	@Override
	public @Nullable String against(String job, Map<String, String> identity) {
		if (!job.equals(DigestRuns.JOB) && !job.equals(RetryRuns.JOB)) {
			return null;
		}
		return this.jdbc
			.sql("""
					SELECT e.id FROM edition e JOIN newsletter n ON n.id = e.newsletter_id
					WHERE n.slug = ? AND e.edition_date = ? AND e.number = ? AND e.status = 'HELD' AND e.frozen_at IS NOT NULL
					""")
			.param(identity.get("newsletter"))
			.param(identity.get("date"))
			.param(identity.get("number"))
			.query(Long.class)
			.optional()
			.map((id) -> "edition " + id + " is held, and goes on when an admin says so")
			.orElse(null);
	}

}
