package dev.postrider.mail.relay;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.postrider.mail.Attempt;
import dev.postrider.mail.RelayConnection;
import dev.postrider.mail.Relays;
import dev.postrider.mail.SendResult;
import dev.postrider.mail.SendResult.Accepted;
import dev.postrider.mail.SendResult.RelayFailed;
import dev.postrider.mail.SmtpReply;
import dev.postrider.mail.SmtpReply.Stage;
import dev.postrider.testing.TestRelay;
import jakarta.mail.AuthenticationFailedException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.helper.BasicMessageListener;
import org.subethamail.smtp.server.SMTPServer;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Logging in: with a password at a server that takes nothing without, and with a token
 * (XOAUTH2) at a GreenMail that knows which one is good, the tokens from a real endpoint.
 */
class RelayLoginTests {

	private static final String USER = "newsletter@news.example";

	private final List<String> forms = new CopyOnWriteArrayList<>();

	private final List<String> taken = new CopyOnWriteArrayList<>();

	private final GreenMail greenMail = new GreenMail(
			new ServerSetup(0, InetAddress.getLoopbackAddress().getHostAddress(), ServerSetup.PROTOCOL_SMTP));

	private GreenMailUser mailbox;

	private HttpServer endpoint;

	private final AtomicLong time = new AtomicLong();

	private volatile int status = 200;

	private volatile int life = 3600;

	private volatile boolean tokensWork = true;

	private volatile boolean stalls;

	private volatile int padding;

	private final CountDownLatch stalled = new CountDownLatch(1);

	@BeforeEach
	void start() throws IOException {
		this.greenMail.start();
		this.mailbox = this.greenMail.setUser(USER, "none-yet");
		this.endpoint = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.endpoint.createContext("/token", this::giveToken);
		this.endpoint.start();
	}

	@AfterEach
	void close() {
		this.greenMail.stop();
		this.endpoint.stop(0);
	}

	@Test
	void theRightPasswordOpensARelayThatWantsOneAndAWrongOneLeavesItForTheNext() {
		SMTPServer server = new SMTPServer.Builder().bindAddress(InetAddress.getLoopbackAddress())
			.port(0)
			.authenticationHandlerFactory(new EasyAuthenticationHandlerFactory((user, password, context) -> {
				if (!user.equals("postrider") || !password.equals("right-one")) {
					throw new LoginFailedException();
				}
			}))
			.requireAuth(true)
			.messageHandler((BasicMessageListener) (context, from, to, data) -> this.taken.add(to))
			.build();
		server.start();
		try {
			int port = server.getPortAllocated();
			Relays right = new RelayStage(
					List.of(RelayStage.local(port, "name", "locked", "username", "postrider", "password", "right-one")))
				.relays();
			assertThat(send(right).result()).isInstanceOf(Accepted.class);
			assertThat(this.taken).hasSize(1);
			Relays wrong = new RelayStage(
					List.of(RelayStage.local(port, "name", "locked", "username", "postrider", "password", "wrong-one")))
				.relays();
			assertThat(send(wrong).result()).isInstanceOfSatisfying(RelayFailed.class, (failed) -> {
				assertThat(failed.answer().stage()).isEqualTo(Stage.AUTH);
				assertThat(failed.answer().code()).isEqualTo(535);
				assertThat(failed.reply()).doesNotContain("wrong-one");
			});
			Relays two = new RelayStage(
					List.of(RelayStage.local(port, "name", "locked", "username", "postrider", "password", "wrong-one"),
							RelayStage.local(TestRelay.get().port(), "name", "next")))
				.relays();
			assertThat(send(two)).satisfies((attempt) -> {
				assertThat(attempt.relay()).isEqualTo("next");
				assertThat(attempt.result()).isInstanceOf(Accepted.class);
			});
			assertThat(this.taken).hasSize(1);
		}
		finally {
			server.stop();
		}
	}

	@Test
	void aFixedTokenIsUsed() {
		this.mailbox.setPassword("fixed-token");
		assertThat(send(xoauth2("oauth2.access-token", "fixed-token")).result()).isInstanceOf(Accepted.class);
		assertThat(send(xoauth2("oauth2.access-token", "another")).result()).isInstanceOfSatisfying(RelayFailed.class,
				(failed) -> {
					assertThat(failed.answer().stage()).isEqualTo(Stage.AUTH);
					assertThat(failed.reply()).doesNotContain("another");
				});
		assertThat(this.greenMail.getReceivedMessages()).hasSize(1);
	}

	@Test
	void aTokenIsFetchedOnceForManyConnections() {
		Relays relays = fetching();
		for (int i = 0; i < 5; i++) {
			assertThat(send(relays).result()).isInstanceOf(Accepted.class);
		}
		assertThat(this.forms).containsExactly("grant_type=client_credentials&client_id=postrider"
				+ "&client_secret=s%2B%26&scope=https%3A%2F%2Foutlook.example%2F.default");
		assertThat(this.greenMail.getReceivedMessages()).hasSize(5);
	}

	@Test
	void aTokenIsRenewedBeforeItEnds() throws Exception {
		AccessTokens tokens = tokens(null, "s+&");
		assertThat(tokens.value()).isEqualTo("token-1");
		pass(3299);
		assertThat(tokens.value()).isEqualTo("token-1");
		pass(2);
		assertThat(tokens.value()).as("five minutes before its end").isEqualTo("token-2");
		this.life = 100;
		pass(3301);
		assertThat(tokens.value()).isEqualTo("token-3");
		pass(89);
		assertThat(tokens.value()).isEqualTo("token-3");
		pass(2);
		assertThat(tokens.value()).as("a tenth of its life before its end").isEqualTo("token-4");
	}

	@Test
	void anOldTokenServesOnToItsEndWhileTheEndpointIsAway() throws Exception {
		AccessTokens tokens = tokens(null, "s+&");
		assertThat(tokens.value()).isEqualTo("token-1");
		this.status = 503;
		pass(3599);
		assertThat(tokens.value()).isEqualTo("token-1");
		pass(2);
		assertThatExceptionOfType(AuthenticationFailedException.class).isThrownBy(tokens::value)
			.withMessageContaining("127.0.0.1 answered 503");
	}

	@Test
	void aTokenThatWasWithdrawnIsReplacedAtOnce() {
		Relays relays = fetching();
		assertThat(send(relays).result()).isInstanceOf(Accepted.class);
		this.mailbox.setPassword("nobody-has-this");
		assertThat(send(relays).result()).isInstanceOf(Accepted.class);
		assertThat(this.forms).hasSize(2);
		this.tokensWork = false;
		this.mailbox.setPassword("nobody-has-this-either");
		assertThat(send(relays).result()).isInstanceOf(RelayFailed.class);
		assertThat(this.forms).as("once more, not for ever").hasSize(3);
	}

	@Test
	void anEndpointThatRefusesIsToldWithoutSecrets() {
		this.status = 401;
		assertThat(send(fetching()).result()).isInstanceOfSatisfying(RelayFailed.class,
				(failed) -> assertThat(failed.reply()).contains("127.0.0.1 answered 401 invalid_client wrong secret")
					.doesNotContain("s+&", "token-"));
		this.endpoint.stop(0);
		assertThat(send(fetching()).result()).isInstanceOfSatisfying(RelayFailed.class,
				(failed) -> assertThat(failed.reply()).contains("No access token"));
		assertThat(this.greenMail.getReceivedMessages()).isEmpty();
	}

	@Test
	void aRefreshTokenIsExchangedAndItsSuccessorUsed() throws Exception {
		AccessTokens tokens = tokens("refresh-0", null);
		assertThat(tokens.value()).isEqualTo("token-1");
		tokens.refused("token-1");
		assertThat(tokens.value()).isEqualTo("token-2");
		assertThat(this.forms).containsExactly("grant_type=refresh_token&refresh_token=refresh-0&client_id=postrider",
				"grant_type=refresh_token&refresh_token=refresh-1&client_id=postrider");
	}

	@Test
	void aRotatedRefreshTokenOutlastsARestartAndIsSealed() throws Exception {
		JdbcClient jdbc = JdbcClient.create(RelayStage.database());
		String relay = "r-" + UUID.randomUUID();
		assertThat(tokens("refresh-0", null, new StoredRefreshTokens(relay, "refresh-0", jdbc)).value())
			.isEqualTo("token-1");
		assertThat(tokens("refresh-0", null, new StoredRefreshTokens(relay, "refresh-0", jdbc)).value())
			.isEqualTo("token-2");
		assertThat(this.forms).containsExactly("grant_type=refresh_token&refresh_token=refresh-0&client_id=postrider",
				"grant_type=refresh_token&refresh_token=refresh-1&client_id=postrider");
		byte[] kept = jdbc.sql("SELECT sealed FROM relay_token WHERE relay = ?")
			.param(relay)
			.query((row, index) -> row.getBytes("sealed"))
			.single();
		assertThat(new String(kept, StandardCharsets.ISO_8859_1)).doesNotContain("refresh");
		assertThat(new StoredRefreshTokens(relay, "refresh-0", jdbc).current()).isEqualTo("refresh-2");
		assertThat(new StoredRefreshTokens(relay, "another", jdbc).current()).as("the settings have a new one")
			.isEqualTo("another");
	}

	@Test
	void aRefreshTokenIsUsedOnThoughNoDatabaseKeepsIt() {
		StoredRefreshTokens tokens = new StoredRefreshTokens("r", "refresh-0",
				JdbcClient.create(new DriverManagerDataSource("jdbc:mysql://127.0.0.1:1/none")));
		assertThat(tokens.current()).isEqualTo("refresh-0");
		tokens.replace("refresh-1");
		assertThat(tokens.current()).isEqualTo("refresh-1");
	}

	@Test
	void anEndpointThatStallsInItsAnswerIsGivenUp() {
		this.stalls = true;
		AccessTokens tokens = new AccessTokens("r", new TokenEndpoint(oauth2(null, "s"), Duration.ofSeconds(1)),
				RefreshTokens.NONE, this.time::get);
		assertThatExceptionOfType(AuthenticationFailedException.class).isThrownBy(tokens::value)
			.withMessageContaining("127.0.0.1");
		this.stalled.countDown();
	}

	@Test
	void anAnswerWithoutEndIsGivenUp() {
		this.padding = 1_000_000;
		assertThatExceptionOfType(AuthenticationFailedException.class).isThrownBy(() -> tokens(null, "s").value())
			.withMessageContaining("more than");
	}

	@Test
	void oneRenewsATokenAndOthersUseTheOldOneMeanwhile() throws Exception {
		AccessTokens tokens = tokens(null, "s");
		assertThat(tokens.value()).isEqualTo("token-1");
		pass(3301);
		this.stalls = true;
		CompletableFuture<String> renewing = CompletableFuture.supplyAsync(() -> valueOf(tokens));
		await().until(() -> this.forms.size() == 2);
		assertThat(tokens.value()).isEqualTo("token-1");
		this.stalled.countDown();
		assertThat(renewing.join()).isEqualTo("token-2");
		assertThat(tokens.value()).isEqualTo("token-2");
		assertThat(this.forms).hasSize(2);
	}

	@Test
	void aRenewalThatFailedIsNotTriedAgainForEachConnection() throws Exception {
		AccessTokens tokens = tokens(null, "s");
		assertThat(tokens.value()).isEqualTo("token-1");
		this.status = 503;
		pass(3301);
		assertThat(tokens.value()).isEqualTo("token-1");
		assertThat(tokens.value()).isEqualTo("token-1");
		assertThat(this.forms).hasSize(2);
		this.status = 200;
		pass(31);
		assertThat(tokens.value()).isEqualTo("token-3");
	}

	@Test
	void whyATokenIsRefusedIsReadable() throws Exception {
		String challenge = Base64.getEncoder().encodeToString("{\"status\":\"401\",\"scope\":\"mail\"}".getBytes());
		try (LoginServer server = new LoginServer("AUTH XOAUTH2", "334 " + challenge)) {
			SendResult refused = send(fetchingFor(server.port())).result();
			assertThat(refused).isInstanceOfSatisfying(RelayFailed.class,
					(failed) -> assertThat(failed.answer().stage()).isEqualTo(Stage.AUTH));
			assertThat(refused.reply())
				.isEqualTo("The access token was refused: {\"status\":\"401\",\"scope\":\"mail\"}");
		}
		assertThat(this.forms).as("once more, with a new token").hasSize(2);
	}

	@Test
	void noNewTokenIsFetchedForARelayThatCannotTellOrKnowsNone() throws Exception {
		try (LoginServer busy = new LoginServer("AUTH XOAUTH2", "454 4.7.0 Temporary authentication failure")) {
			assertThat(send(fetchingFor(busy.port())).result()).isInstanceOfSatisfying(RelayFailed.class,
					(failed) -> assertThat(failed.answer()).extracting(SmtpReply::stage, SmtpReply::code)
						.containsExactly(Stage.AUTH, 454));
		}
		assertThat(this.forms).hasSize(1);
		try (LoginServer old = new LoginServer("AUTH PLAIN LOGIN", "535 5.7.8 No")) {
			assertThat(send(fetchingFor(old.port())).result()).isInstanceOf(RelayFailed.class);
		}
		assertThat(this.forms).hasSize(2);
	}

	private AccessTokens tokens(@Nullable String refreshToken, @Nullable String secret) {
		return tokens(refreshToken, secret, new InMemory(refreshToken));
	}

	private AccessTokens tokens(@Nullable String refreshToken, @Nullable String secret, RefreshTokens refreshTokens) {
		return new AccessTokens("r", new TokenEndpoint(oauth2(refreshToken, secret)), refreshTokens, this.time::get);
	}

	private RelaysProperties.OAuth2 oauth2(@Nullable String refreshToken, @Nullable String secret) {
		return new RelaysProperties.OAuth2(null, endpointUri(), "postrider", secret, null, refreshToken);
	}

	private static String valueOf(AccessTokens tokens) {
		try {
			return tokens.value();
		}
		catch (AuthenticationFailedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void pass(int seconds) {
		this.time.addAndGet(seconds * 1_000_000_000L);
	}

	private Relays fetching() {
		return fetchingFor(this.greenMail.getSmtp().getPort());
	}

	private Relays fetchingFor(int port) {
		return xoauth2(port, "oauth2.token-uri", endpointUri().toString(), "oauth2.client-id", "postrider",
				"oauth2.client-secret", "s+&", "oauth2.scope", "https://outlook.example/.default");
	}

	private Relays xoauth2(String... oauth2) {
		return xoauth2(this.greenMail.getSmtp().getPort(), oauth2);
	}

	private static Relays xoauth2(int port, String... oauth2) {
		List<String> settings = new ArrayList<>(List.of("name", "modern", "username", USER));
		settings.addAll(List.of(oauth2));
		return new RelayStage(List.of(RelayStage.local(port, settings.toArray(String[]::new)))).relays();
	}

	private URI endpointUri() {
		return URI.create("http://127.0.0.1:" + this.endpoint.getAddress().getPort() + "/token");
	}

	/** On a connection of its own. */
	private static Attempt send(Relays relays) {
		try (RelayConnection connection = relays.connection()) {
			return connection.send("b+1@news.example", "reader." + UUID.randomUUID() + "@readers.example",
					RelayStage.MESSAGE);
		}
	}

	private void giveToken(HttpExchange exchange) throws IOException {
		this.forms.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII));
		String token = "token-" + this.forms.size();
		String answer = "{\"error\":\"invalid_client\",\"error_description\":\"wrong secret\"}";
		if (this.status == 200) {
			if (this.tokensWork) {
				this.mailbox.setPassword(token);
			}
			answer = "{\"token_type\":\"Bearer\",\"access_token\":\"" + token + "\",\"expires_in\":" + this.life
					+ ",\"refresh_token\":\"refresh-" + this.forms.size() + "\"}";
		}
		byte[] bytes = (answer + " ".repeat(this.padding)).getBytes(StandardCharsets.US_ASCII);
		exchange.getResponseHeaders().add("Content-Type", "application/json");
		exchange.sendResponseHeaders(this.status, bytes.length);
		try (OutputStream out = exchange.getResponseBody()) {
			out.write(bytes, 0, 5);
			out.flush();
			if (this.stalls) {
				await().until(() -> this.stalled.getCount() == 0);
			}
			out.write(bytes, 5, bytes.length - 5);
		}
	}

	/**
	 * Keeps them for as long as the test takes.
	 */
	private static final class InMemory implements RefreshTokens {

		private @Nullable String token;

		InMemory(@Nullable String first) {
			this.token = first;
		}

		@Override
		public @Nullable String current() {
			return this.token;
		}

		@Override
		public void replace(String next) {
			this.token = next;
		}

	}

	/**
	 * Greets, and answers each login alike.
	 */
	private static final class LoginServer implements AutoCloseable {

		private final ServerSocket listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());

		LoginServer(String offer, String answer) throws IOException {
			Thread thread = new Thread(() -> {
				while (!this.listener.isClosed()) {
					try (Socket client = this.listener.accept()) {
						talk(client, offer, answer);
					}
					catch (IOException ex) {
						// The other side hung up, or the test is over.
						continue;
					}
				}
			}, "login-server");
			thread.setDaemon(true);
			thread.start();
		}

		private static void talk(Socket client, String offer, String answer) throws IOException {
			BufferedReader in = new BufferedReader(
					new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
			OutputStream out = client.getOutputStream();
			out.write("220 login.example ESMTP\r\n".getBytes(StandardCharsets.US_ASCII));
			for (String line = in.readLine(); line != null; line = in.readLine()) {
				String reply = line.startsWith("EHLO") ? "250-login.example\r\n250 " + offer
						: line.startsWith("AUTH") ? answer : "221 2.0.0 Bye";
				out.write((reply + "\r\n").getBytes(StandardCharsets.US_ASCII));
			}
		}

		int port() {
			return this.listener.getLocalPort();
		}

		@Override
		public void close() throws IOException {
			this.listener.close();
		}

	}

}
