package dev.postrider.staff.account;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

import dev.postrider.SqlTime;
import dev.postrider.staff.Role;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * The accounts as they are stored. There are few of them: no query here needs more than
 * the keys on id and email.
 */
@Repository
public class Accounts {

	private static final String SELECT = """
			SELECT id, email, name, role, SHA2(password, 256) AS stamp, disabled_at, created_at, last_login_at
			FROM staff_member
			""";

	private final JdbcClient jdbc;

	private final PasswordEncoder encoder;

	private final Clock clock;

	Accounts(JdbcClient jdbc, PasswordEncoder encoder, Clock clock) {
		this.jdbc = jdbc;
		this.encoder = encoder;
		this.clock = clock;
	}

	/** The form of an address in which it is stored and compared. */
	public static String normalise(String email) {
		return email.strip().toLowerCase(Locale.ROOT);
	}

	/** All accounts by name. */
	public List<Account> all() {
		return this.jdbc.sql(SELECT + " ORDER BY name, id").query(Accounts::read).list();
	}

	/** One account. */
	public Optional<Account> find(long id) {
		return this.jdbc.sql(SELECT + " WHERE id = ?").param(id).query(Accounts::read).optional();
	}

	/** The account of an address in any spelling. */
	public Optional<Account> find(String email) {
		return this.jdbc.sql(SELECT + " WHERE email = ?").param(normalise(email)).query(Accounts::read).optional();
	}

	/** Whether there is no account at all. */
	public boolean isEmpty() {
		return this.jdbc.sql("SELECT COUNT(*) FROM staff_member").query(Long.class).single() == 0;
	}

	/** Whether there was ever an admin with a password. */
	boolean hasAdmin() {
		return this.jdbc.sql("SELECT COUNT(*) FROM staff_member WHERE role = 'ADMIN' AND password IS NOT NULL")
			.query(Long.class)
			.single() > 0;
	}

	/** Addresses of the admins that can log in. */
	public List<String> adminEmails() {
		return this.jdbc.sql("""
				SELECT email FROM staff_member
				WHERE role = 'ADMIN' AND disabled_at IS NULL AND password IS NOT NULL ORDER BY id
				""").query(String.class).list();
	}

	/** Addresses of the editors and admins that can log in. */
	public List<String> editorEmails() {
		return this.jdbc.sql("""
				SELECT email FROM staff_member
				WHERE role IN ('EDITOR', 'ADMIN') AND disabled_at IS NULL AND password IS NOT NULL ORDER BY id
				""").query(String.class).list();
	}

	/**
	 * Makes an account that has no password yet.
	 * @param email its address
	 * @param name for people
	 * @param role what it may do
	 * @return its id
	 * @throws StaffException when the address has an account
	 */
	public long add(String email, String name, Role role) {
		GeneratedKeyHolder key = new GeneratedKeyHolder();
		try {
			this.jdbc.sql("INSERT INTO staff_member (email, name, role, created_at) VALUES (?, ?, ?, ?)")
				.params(normalise(email), name.strip(), role.name(), this.clock.instant())
				.update(key, "id");
		}
		catch (DuplicateKeyException ex) {
			throw new StaffException(
					"There is an account for " + normalise(email) + " already. You find it in the list below.");
		}
		return Objects.requireNonNull(key.getKey()).longValue();
	}

	/** The encoded password of an account that may log in, if it has chosen one. */
	public Optional<String> passwordOf(Account account) {
		return this.jdbc.sql("""
				SELECT password FROM staff_member WHERE id = ? AND password IS NOT NULL AND disabled_at IS NULL
				""").param(account.id()).query(String.class).optional();
	}

	/** Sets a password that {@link PasswordRules} have passed. */
	public void setPassword(long id, String password) {
		this.jdbc.sql("UPDATE staff_member SET password = ? WHERE id = ?")
			.params(Objects.requireNonNull(this.encoder.encode(password)), id)
			.update();
	}

	/** Sets the name. */
	public void rename(long id, String name) {
		this.jdbc.sql("UPDATE staff_member SET name = ? WHERE id = ?").params(name.strip(), id).update();
	}

	/** Notes that somebody logged in. */
	public void loggedIn(long id) {
		this.jdbc.sql("UPDATE staff_member SET last_login_at = ? WHERE id = ?")
			.params(this.clock.instant(), id)
			.update();
	}

	/**
	 * Changes what an account may do; takes effect with its next request.
	 * @throws StaffException when no admin would be left
	 */
	@Transactional
	public void changeRole(long id, Role role) {
		if (role != Role.ADMIN) {
			requireAnotherAdmin(id);
		}
		this.jdbc.sql("UPDATE staff_member SET role = ? WHERE id = ?").params(role.name(), id).update();
	}

	/**
	 * Ends an account's sessions and tokens with its next request.
	 * @throws StaffException when no admin would be left
	 */
	@Transactional
	public void disable(long id) {
		requireAnotherAdmin(id);
		this.jdbc.sql("UPDATE staff_member SET disabled_at = ? WHERE id = ? AND disabled_at IS NULL")
			.params(this.clock.instant(), id)
			.update();
	}

	/** Lets a disabled account in again. */
	public void enable(long id) {
		this.jdbc.sql("UPDATE staff_member SET disabled_at = NULL WHERE id = ?").param(id).update();
	}

	private void requireAnotherAdmin(long id) {
		// Locks the admins: two of them cannot remove each other at the same moment.
		List<Long> admins = this.jdbc.sql("""
				SELECT id FROM staff_member
				WHERE role = 'ADMIN' AND disabled_at IS NULL AND password IS NOT NULL FOR UPDATE
				""").query(Long.class).list();
		if (admins.equals(List.of(id))) {
			throw new StaffException("This is the only admin. Make somebody else an admin first.");
		}
	}

	private static Account read(ResultSet row, int number) throws SQLException {
		@Nullable String stamp = row.getString("stamp");
		return new Account(row.getLong("id"), row.getString("email"), row.getString("name"),
				Role.valueOf(row.getString("role")), stamp, SqlTime.orNull(row, "disabled_at"),
				SqlTime.at(row, "created_at"), SqlTime.orNull(row, "last_login_at"));
	}

}
