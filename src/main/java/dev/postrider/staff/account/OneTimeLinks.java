package dev.postrider.staff.account;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Links that let somebody choose a password, once and for a while. Only the hash of the
 * token in them is kept. All queries are by that hash, the primary key, or by the foreign
 * key's index on the account.
 */
@Repository
public class OneTimeLinks {

	private final JdbcClient jdbc;

	private final Clock clock;

	OneTimeLinks(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/**
	 * What a link is for.
	 */
	public enum Purpose {

		/** Makes the first admin, who has no account yet. */
		FIRST_ADMIN,

		/** Takes up an invitation. */
		INVITE,

		/** Chooses a new password. */
		RESET

	}

	/**
	 * Makes a link's token. Earlier links of that purpose for that account stop working.
	 */
	String issue(Purpose purpose, @Nullable Long accountId, Duration validFor) {
		if (accountId != null) {
			this.jdbc.sql("DELETE FROM staff_link WHERE staff_member_id = ? AND purpose = ? AND used_at IS NULL")
				.params(accountId, purpose.name())
				.update();
		}
		String token = Secrets.create();
		Instant now = this.clock.instant();
		this.jdbc.sql("""
				INSERT INTO staff_link (hash, purpose, staff_member_id, created_at, expires_at) VALUES (?, ?, ?, ?, ?)
				""")
			.param(Secrets.hash(token))
			.param(purpose.name())
			.param(accountId)
			.param(now)
			.param(now.plus(validFor))
			.update();
		return token;
	}

	/** The link of a token, if it still works. */
	public Optional<Link> find(String token) {
		return this.jdbc.sql("""
				SELECT purpose, staff_member_id FROM staff_link WHERE hash = ? AND used_at IS NULL AND expires_at > ?
				""").params(Secrets.hash(token), this.clock.instant()).query(OneTimeLinks::read).optional();
	}

	/**
	 * Uses a link up. Of two who try at the same moment one succeeds.
	 * @return whether it still worked
	 */
	boolean use(String token, Purpose purpose) {
		Instant now = this.clock.instant();
		return this.jdbc.sql("""
				UPDATE staff_link SET used_at = ?
				WHERE hash = ? AND purpose = ? AND used_at IS NULL AND expires_at > ?
				""").params(now, Secrets.hash(token), purpose.name(), now).update() == 1;
	}

	/** Ends every link that would make a first admin; there are a handful of links. */
	void endFirstAdmin() {
		this.jdbc.sql("UPDATE staff_link SET used_at = ? WHERE purpose = 'FIRST_ADMIN' AND used_at IS NULL")
			.param(this.clock.instant())
			.update();
	}

	private static Link read(ResultSet row, int number) throws SQLException {
		long accountId = row.getLong("staff_member_id");
		return new Link(Purpose.valueOf(row.getString("purpose")), row.wasNull() ? null : accountId);
	}

	/**
	 * A link that works.
	 *
	 * @param purpose what it is for
	 * @param accountId whose it is; {@code null} for the first admin's
	 */
	public record Link(Purpose purpose, @Nullable Long accountId) {
	}

}
