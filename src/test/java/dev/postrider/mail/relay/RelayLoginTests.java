package dev.postrider.mail.relay;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.postrider.mail.Attempt;
import dev.postrider.mail.RelayConnection;
import dev.postrider.mail.Relays;
import dev.postrider.mail.SendResult.Accepted;
import dev.postrider.mail.SendResult.RelayFailed;
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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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

	private AccessTokens tokens(@Nullable String refreshToken, @Nullable String secret) {
		return new AccessTokens("r",
				new RelaysProperties.OAuth2(null, endpointUri(), "postrider", secret, null, refreshToken),
				this.time::get);
	}

	private void pass(int seconds) {
		this.time.addAndGet(seconds * 1_000_000_000L);
	}

	private Relays fetching() {
		return xoauth2("oauth2.token-uri", endpointUri().toString(), "oauth2.client-id", "postrider",
				"oauth2.client-secret", "s+&", "oauth2.scope", "https://outlook.example/.default");
	}

	private Relays xoauth2(String... oauth2) {
		List<String> settings = new ArrayList<>(List.of("name", "modern", "username", USER));
		settings.addAll(List.of(oauth2));
		return new RelayStage(
				List.of(RelayStage.local(this.greenMail.getSmtp().getPort(), settings.toArray(String[]::new))))
			.relays();
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
		byte[] bytes = answer.getBytes(StandardCharsets.US_ASCII);
		exchange.getResponseHeaders().add("Content-Type", "application/json");
		exchange.sendResponseHeaders(this.status, bytes.length);
		try (OutputStream out = exchange.getResponseBody()) {
			out.write(bytes);
		}
	}

}
