package dev.postrider.staff.account;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.postrider.SqlTime;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Tokens that programs use in an account's name. Only their hashes are kept.
 */
@Repository
public class ApiTokens {

	private static final Duration USE_NOTED_EVERY = Duration.ofMinutes(1);

	private final JdbcClient jdbc;

	private final Accounts accounts;

	private final Clock clock;

	ApiTokens(JdbcClient jdbc, Accounts accounts, Clock clock) {
		this.jdbc = jdbc;
		this.accounts = accounts;
		this.clock = clock;
	}

	/**
	 * Makes a token.
	 * @param accountId whose
	 * @param name what it is for
	 * @return the token, to be shown this once
	 */
	public String create(long accountId, String name) {
		String token = "postrider_" + Secrets.create();
		store(accountId, name, token);
		return token;
	}

	void store(long accountId, String name, String token) {
		this.jdbc.sql("INSERT INTO api_token (hash, name, staff_member_id, created_at) VALUES (?, ?, ?, ?)")
			.params(Secrets.hash(token), name.strip(), accountId, this.clock.instant())
			.update();
	}

	/** The tokens of an account that work, newest first; by the foreign key's index. */
	public List<ApiToken> list(long accountId) {
		return this.jdbc.sql("""
				SELECT id, name, created_at, last_used_at FROM api_token
				WHERE staff_member_id = ? AND revoked_at IS NULL ORDER BY id DESC
				""").param(accountId).query(ApiTokens::read).list();
	}

	/**
	 * Ends a token.
	 * @param accountId whose
	 * @param id which
	 * @return its name, or empty when the account has no such token
	 */
	public Optional<String> revoke(long accountId, long id) {
		Optional<String> name = list(accountId).stream()
			.filter((token) -> token.id() == id)
			.map(ApiToken::name)
			.findFirst();
		name.ifPresent((found) -> this.jdbc.sql("UPDATE api_token SET revoked_at = ? WHERE id = ?")
			.params(this.clock.instant(), id)
			.update());
		return name;
	}

	/**
	 * Whose token this is; by the unique key on its hash.
	 * @param token as received
	 * @return the account, or empty when the token is unknown or revoked or its account
	 * disabled
	 */
	public Optional<Account> authenticate(String token) {
		Optional<Use> use = this.jdbc
			.sql("SELECT id, staff_member_id, last_used_at FROM api_token WHERE hash = ? AND revoked_at IS NULL")
			.param(Secrets.hash(token))
			.query((row, number) -> new Use(row.getLong("id"), row.getLong("staff_member_id"),
					SqlTime.orNull(row, "last_used_at")))
			.optional();
		Optional<Account> account = use.flatMap((found) -> this.accounts.find(found.accountId()))
			.filter((found) -> !found.isDisabled());
		if (account.isPresent()) {
			use.ifPresent(this::noteUse);
		}
		return account;
	}

	private void noteUse(Use use) {
		Instant now = this.clock.instant();
		if (use.lastUsedAt() == null || use.lastUsedAt().isBefore(now.minus(USE_NOTED_EVERY))) {
			this.jdbc.sql("UPDATE api_token SET last_used_at = ? WHERE id = ?").params(now, use.id()).update();
		}
	}

	private static ApiToken read(ResultSet row, int number) throws SQLException {
		return new ApiToken(row.getLong("id"), row.getString("name"), SqlTime.at(row, "created_at"),
				SqlTime.orNull(row, "last_used_at"));
	}

	/**
	 * A token without its secret.
	 *
	 * @param id its key
	 * @param name what it is for
	 * @param createdAt when it was made
	 * @param lastUsedAt when it was last used, to the minute
	 */
	public record ApiToken(long id, String name, Instant createdAt, @Nullable Instant lastUsedAt) {
	}

	private record Use(long id, long accountId, @Nullable Instant lastUsedAt) {
	}

}
