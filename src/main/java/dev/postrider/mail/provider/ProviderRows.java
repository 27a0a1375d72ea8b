package dev.postrider.mail.provider;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.postrider.SqlTime;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What processes tell each other and keep over a restart. All by primary key; providers
 * that are slowed are few.
 */
@Repository
class ProviderRows {

	private final JdbcClient jdbc;

	private final JdbcTemplate batch;

	ProviderRows(JdbcClient jdbc, JdbcTemplate batch) {
		this.jdbc = jdbc;
		this.batch = batch;
	}

	Map<String, BackOff> slowed() {
		Map<String, BackOff> slowed = new HashMap<>();
		this.jdbc
			.sql("""
					SELECT provider, paused_until, level, per_second, full_rate, reason, changed_at, version FROM mail_provider
					""")
			.query((row) -> {
				slowed.put(row.getString("provider"),
						new BackOff(SqlTime.at(row, "paused_until"), row.getInt("level"), row.getDouble("per_second"),
								row.getDouble("full_rate"), row.getString("reason"), SqlTime.at(row, "changed_at"),
								row.getInt("version")));
			});
		return slowed;
	}

	/**
	 * Writes what this process found, unless another was first.
	 * @param known how all processes knew it; {@code null}: not slowed
	 * @param found how it is now
	 * @return whether it was written
	 */
	boolean save(String provider, @Nullable BackOff known, @Nullable BackOff found) {
		if (found == null) {
			return known == null || this.jdbc.sql("DELETE FROM mail_provider WHERE provider = ? AND version = ?")
				.params(provider, known.version())
				.update() == 1;
		}
		if (known != null) {
			return this.jdbc.sql("""
					UPDATE mail_provider SET paused_until = ?, level = ?, per_second = ?, full_rate = ?, reason = ?,
					  changed_at = ?, version = ? WHERE provider = ? AND version = ?
					""")
				.params(found.pausedUntil(), found.level(), found.perSecond(), found.fullRate(), found.reason(),
						found.changedAt(), known.version() + 1, provider, known.version())
				.update() == 1;
		}
		try {
			this.jdbc.sql("""
					INSERT INTO mail_provider
					  (provider, paused_until, level, per_second, full_rate, reason, changed_at, version)
					VALUES (?, ?, ?, ?, ?, ?, ?, ?)
					""")
				.params(provider, found.pausedUntil(), found.level(), found.perSecond(), found.fullRate(),
						found.reason(), found.changedAt(), found.version())
				.update();
			return true;
		}
		catch (DuplicateKeyException ex) {
			return false;
		}
	}

	/** The providers of domains that were asked for not too long ago. */
	Map<String, String> domains(Collection<String> domains, Instant now) {
		Map<String, String> known = new HashMap<>();
		this.jdbc.sql("SELECT domain, provider FROM mail_domain WHERE domain IN (:domains) AND expires_at > :now")
			.param("domains", domains)
			.param("now", now)
			.query((row) -> {
				known.put(row.getString(1), row.getString(2));
			});
		return known;
	}

	void keep(Map<String, String> providers, Instant until) {
		List<Object[]> rows = providers.entrySet()
			.stream()
			.sorted(Map.Entry.comparingByKey())
			.map((entry) -> new Object[] { entry.getKey(), entry.getValue(), until })
			.toList();
		this.batch.batchUpdate("""
				INSERT INTO mail_domain (domain, provider, expires_at) VALUES (?, ?, ?)
				ON DUPLICATE KEY UPDATE provider = VALUES(provider), expires_at = VALUES(expires_at)
				""", rows);
	}

	/** Answers that are no good any more. */
	void forget(Instant now) {
		this.jdbc.sql("DELETE FROM mail_domain WHERE expires_at < ? LIMIT 10000").param(now).update();
	}

}
