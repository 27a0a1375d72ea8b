package dev.postrider.mail.relay;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import javax.sql.DataSource;

import dev.postrider.testing.TestThreads;
import jakarta.mail.AuthenticationFailedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * When tokens are fetched from a real endpoint, and with which refresh token.
 */
class AccessTokenTests {

	private final AtomicLong time = new AtomicLong();

	private final JdbcClient jdbc = JdbcClient.create(RelayStage.database());

	private TokenServer endpoint;

	@BeforeEach
	void start() throws IOException {
		this.endpoint = new TokenServer((token) -> {
		});
	}

	@AfterEach
	void close() {
		this.endpoint.close();
	}

	@Test
	void aTokenIsRenewedBeforeItEnds() throws Exception {
		AccessTokens tokens = tokens(RefreshTokens.NONE);
		assertThat(tokens.value()).isEqualTo("token-1");
		pass(3299);
		assertThat(tokens.value()).isEqualTo("token-1");
		pass(2);
		assertThat(tokens.value()).as("five minutes before its end").isEqualTo("token-2");
		this.endpoint.life = 100;
		pass(3301);
		assertThat(tokens.value()).isEqualTo("token-3");
		pass(89);
		assertThat(tokens.value()).isEqualTo("token-3");
		pass(2);
		assertThat(tokens.value()).as("a tenth of its life before its end").isEqualTo("token-4");
	}

	@Test
	void anOldTokenServesOnToItsEndWhileTheEndpointIsAway() throws Exception {
		AccessTokens tokens = tokens(RefreshTokens.NONE);
		assertThat(tokens.value()).isEqualTo("token-1");
		this.endpoint.status = 503;
		pass(3599);
		assertThat(tokens.value()).isEqualTo("token-1");
		pass(2);
		assertThatExceptionOfType(AuthenticationFailedException.class).isThrownBy(tokens::value)
			.withMessageContaining("127.0.0.1 answered 503");
	}

	@Test
	void aRefreshTokenIsExchangedAndItsSuccessorUsed() throws Exception {
		AccessTokens tokens = tokens(stored("r-" + UUID.randomUUID(), "refresh-0"));
		assertThat(tokens.value()).isEqualTo("token-1");
		tokens.refused("token-1");
		assertThat(tokens.value()).isEqualTo("token-2");
		assertThat(this.endpoint.forms()).containsExactly(form("refresh-0"), form("refresh-1"));
	}

	@Test
	void aRotatedRefreshTokenOutlastsARestartAndIsSealed() throws Exception {
		String relay = "r-" + UUID.randomUUID();
		assertThat(tokens(stored(relay, "refresh-0")).value()).isEqualTo("token-1");
		assertThat(tokens(stored(relay, "refresh-0")).value()).isEqualTo("token-2");
		byte[] kept = this.jdbc.sql("SELECT sealed FROM relay_token WHERE relay = ?")
			.param(relay)
			.query((row, index) -> row.getBytes("sealed"))
			.single();
		assertThat(new String(kept, StandardCharsets.ISO_8859_1)).doesNotContain("refresh");
		assertThat(tokens(stored(relay, "another")).value()).as("the settings have a new one").isEqualTo("token-3");
		assertThat(this.endpoint.forms()).containsExactly(form("refresh-0"), form("refresh-1"), form("another"));
	}

	@Test
	void twoProcessesNeverComeWithTheSameRefreshToken() throws Exception {
		String relay = "r-" + UUID.randomUUID();
		this.endpoint.stalls = true;
		AccessTokens one = tokens(stored(relay, "refresh-0"));
		AccessTokens two = tokens(stored(relay, "refresh-0"));
		CompletableFuture<String> first = TestThreads.start(() -> valueOf(one));
		await().until(() -> this.endpoint.forms().size() == 1);
		CompletableFuture<String> second = TestThreads.start(() -> valueOf(two));
		await().until(() -> waitingForTheRow() == 1);
		this.endpoint.goOn();
		assertThat(first.join()).isEqualTo("token-1");
		assertThat(second.join()).isEqualTo("token-2");
		assertThat(this.endpoint.forms()).containsExactly(form("refresh-0"), form("refresh-1"));
	}

	@Test
	void noTokenThatMayHaveBeenReplacedIsShownWhileTheDatabaseIsAway() {
		DataSource none = new DriverManagerDataSource("jdbc:mysql://127.0.0.1:1/none");
		AccessTokens tokens = tokens(new StoredRefreshTokens("r", "refresh-0", JdbcClient.create(none),
				RelayConfiguration.ofItsOwn(new JdbcTransactionManager(none))));
		assertThatExceptionOfType(AuthenticationFailedException.class).isThrownBy(tokens::value)
			.withMessageContaining("the database");
		assertThat(this.endpoint.forms()).isEmpty();
	}

	@Test
	void aRefreshTokenIsUsedOnThoughTheDatabaseDidNotKeepIt() throws Exception {
		String relay = "r-" + UUID.randomUUID();
		AtomicBoolean fails = new AtomicBoolean(true);
		TransactionTemplate real = RelayConfiguration.ofItsOwn(new JdbcTransactionManager(RelayStage.database()));
		TransactionTemplate failing = new TransactionTemplate(real.getTransactionManager()) {

			@Override
			public <T> T execute(TransactionCallback<T> work) {
				return super.execute((status) -> {
					T done = work.doInTransaction(status);
					if (fails.get()) {
						throw new TransactionSystemException("The database went away at the commit");
					}
					return done;
				});
			}

		};
		AccessTokens tokens = tokens(new StoredRefreshTokens(relay, "refresh-0", this.jdbc, failing));
		assertThat(tokens.value()).isEqualTo("token-1");
		fails.set(false);
		tokens.refused("token-1");
		assertThat(tokens.value()).isEqualTo("token-2");
		assertThat(tokens(stored(relay, "refresh-0")).value()).as("kept again").isEqualTo("token-3");
		assertThat(this.endpoint.forms()).containsExactly(form("refresh-0"), form("refresh-1"), form("refresh-2"));
	}

	@Test
	void anEndpointThatStallsInItsAnswerIsGivenUp() {
		this.endpoint.stalls = true;
		AccessTokens tokens = new AccessTokens("r", new TokenEndpoint(oauth2(), Duration.ofSeconds(1)),
				RefreshTokens.NONE, this.time::get);
		assertThatExceptionOfType(AuthenticationFailedException.class).isThrownBy(tokens::value)
			.withMessageContaining("127.0.0.1");
		this.endpoint.goOn();
	}

	@Test
	void anAnswerWithoutEndIsGivenUp() {
		this.endpoint.padding = 1_000_000;
		assertThatExceptionOfType(AuthenticationFailedException.class)
			.isThrownBy(() -> tokens(RefreshTokens.NONE).value())
			.withMessageContaining("more than");
	}

	@Test
	void oneRenewsATokenAndOthersUseTheOldOneMeanwhile() throws Exception {
		AccessTokens tokens = tokens(RefreshTokens.NONE);
		assertThat(tokens.value()).isEqualTo("token-1");
		pass(3301);
		this.endpoint.stalls = true;
		CompletableFuture<String> renewing = TestThreads.start(() -> valueOf(tokens));
		await().until(() -> this.endpoint.forms().size() == 2);
		assertThat(tokens.value()).isEqualTo("token-1");
		this.endpoint.goOn();
		assertThat(renewing.join()).isEqualTo("token-2");
		assertThat(tokens.value()).isEqualTo("token-2");
		assertThat(this.endpoint.forms()).hasSize(2);
	}

	@Test
	void aRenewalThatFailedIsNotTriedAgainForEachConnection() throws Exception {
		AccessTokens tokens = tokens(RefreshTokens.NONE);
		assertThat(tokens.value()).isEqualTo("token-1");
		this.endpoint.status = 503;
		pass(3301);
		assertThat(tokens.value()).isEqualTo("token-1");
		assertThat(tokens.value()).isEqualTo("token-1");
		assertThat(this.endpoint.forms()).hasSize(2);
		this.endpoint.status = 200;
		pass(31);
		assertThat(tokens.value()).isEqualTo("token-3");
	}

	private AccessTokens tokens(RefreshTokens refreshTokens) {
		return new AccessTokens("r", new TokenEndpoint(oauth2()), refreshTokens, this.time::get);
	}

	private StoredRefreshTokens stored(String relay, String first) {
		return new StoredRefreshTokens(relay, first, this.jdbc,
				RelayConfiguration.ofItsOwn(new JdbcTransactionManager(RelayStage.database())));
	}

	private RelaysProperties.OAuth2 oauth2() {
		return new RelaysProperties.OAuth2(null, this.endpoint.uri(), "postrider", null, null, null);
	}

	private static String form(String refreshToken) {
		return "grant_type=refresh_token&refresh_token=" + refreshToken + "&client_id=postrider";
	}

	private static String valueOf(AccessTokens tokens) {
		try {
			return tokens.value();
		}
		catch (AuthenticationFailedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private int waitingForTheRow() {
		return this.jdbc.sql("""
				SELECT COUNT(*) FROM information_schema.processlist
				WHERE db = DATABASE() AND id <> CONNECTION_ID() AND info LIKE 'INSERT INTO relay_token%'
				""").query(Integer.class).single();
	}

	private void pass(int seconds) {
		this.time.addAndGet(seconds * 1_000_000_000L);
	}

}
