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

	private final List<String> taken = new CopyOnWriteArrayList<>();

	private final GreenMail greenMail = new GreenMail(
			new ServerSetup(0, InetAddress.getLoopbackAddress().getHostAddress(), ServerSetup.PROTOCOL_SMTP));

	private GreenMailUser mailbox;

	private TokenServer endpoint;

	private volatile boolean tokensWork = true;

	@BeforeEach
	void start() throws IOException {
		this.greenMail.start();
		this.mailbox = this.greenMail.setUser(USER, "none-yet");
		this.endpoint = new TokenServer((token) -> {
			if (this.tokensWork) {
				this.mailbox.setPassword(token);
			}
		});
	}

	@AfterEach
	void close() {
		this.greenMail.stop();
		this.endpoint.close();
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
		assertThat(this.endpoint.forms()).containsExactly("grant_type=client_credentials&client_id=postrider"
				+ "&client_secret=s%2B%26&scope=https%3A%2F%2Foutlook.example%2F.default");
		assertThat(this.greenMail.getReceivedMessages()).hasSize(5);
	}

	@Test
	void aTokenThatWasWithdrawnIsReplacedAtOnce() {
		Relays relays = fetching();
		assertThat(send(relays).result()).isInstanceOf(Accepted.class);
		this.mailbox.setPassword("nobody-has-this");
		assertThat(send(relays).result()).isInstanceOf(Accepted.class);
		assertThat(this.endpoint.forms()).hasSize(2);
		this.tokensWork = false;
		this.mailbox.setPassword("nobody-has-this-either");
		assertThat(send(relays).result()).isInstanceOf(RelayFailed.class);
		assertThat(this.endpoint.forms()).as("once more, not for ever").hasSize(3);
	}

	@Test
	void anEndpointThatRefusesIsToldWithoutSecrets() {
		this.endpoint.status = 401;
		assertThat(send(fetching()).result()).isInstanceOfSatisfying(RelayFailed.class,
				(failed) -> assertThat(failed.reply()).contains("127.0.0.1 answered 401 invalid_client wrong secret")
					.doesNotContain("s+&", "token-"));
		this.endpoint.close();
		assertThat(send(fetching()).result()).isInstanceOfSatisfying(RelayFailed.class,
				(failed) -> assertThat(failed.reply()).contains("No access token"));
		assertThat(this.greenMail.getReceivedMessages()).isEmpty();
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
		assertThat(this.endpoint.forms()).as("once more, with a new token").hasSize(2);
	}

	@Test
	void noNewTokenIsFetchedForARelayThatCannotTellOrKnowsNone() throws Exception {
		try (LoginServer busy = new LoginServer("AUTH XOAUTH2", "454 4.7.0 Temporary authentication failure")) {
			assertThat(send(fetchingFor(busy.port())).result()).isInstanceOfSatisfying(RelayFailed.class,
					(failed) -> assertThat(failed.answer()).extracting(SmtpReply::stage, SmtpReply::code)
						.containsExactly(Stage.AUTH, 454));
		}
		assertThat(this.endpoint.forms()).hasSize(1);
		try (LoginServer old = new LoginServer("AUTH PLAIN LOGIN", "535 5.7.8 No")) {
			assertThat(send(fetchingFor(old.port())).result()).isInstanceOf(RelayFailed.class);
		}
		assertThat(this.endpoint.forms()).hasSize(2);
	}

	private Relays fetching() {
		return fetchingFor(this.greenMail.getSmtp().getPort());
	}

	private Relays fetchingFor(int port) {
		return xoauth2(port, "oauth2.token-uri", this.endpoint.uri().toString(), "oauth2.client-id", "postrider",
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

	/** On a connection of its own. */
	private static Attempt send(Relays relays) {
		try (RelayConnection connection = relays.connection()) {
			return connection.send("b+1@news.example", "reader." + UUID.randomUUID() + "@readers.example",
					RelayStage.MESSAGE);
		}
	}

}
