package dev.postrider.mail.relay;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.ssl.SSLSocketFactory;

import dev.postrider.mail.Attempt;
import dev.postrider.mail.MailProperties;
import dev.postrider.mail.MailProperties.Tls;
import dev.postrider.mail.RelayConnection;
import dev.postrider.mail.RelayStatus;
import dev.postrider.mail.Relays;
import dev.postrider.mail.SendResult;
import dev.postrider.mail.SendResult.Accepted;
import dev.postrider.mail.SendResult.NotNow;
import dev.postrider.mail.SendResult.RelayFailed;
import dev.postrider.mail.SendResult.Unclear;
import dev.postrider.testing.TestThreads;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * A relay that falls silent does not hold a lane for ever. Angus Mail would wait without
 * end.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SmtpTimeoutTests {

	private static final byte[] MESSAGE = "From: a@news.example\r\n\r\nx\r\n".getBytes(StandardCharsets.US_ASCII);

	private final ServerSocket server = listening();

	@AfterEach
	void close() throws IOException {
		this.server.close();
	}

	@Test
	@DisplayName("E5: each stage has its time; the answer after the final dot is given ten minutes")
	void theDefaults() {
		MailProperties defaults = new Binder(new MapConfigurationPropertySource(Map.of()))
			.bindOrCreate("postrider.mail", MailProperties.class);
		Properties session = SmtpSession.properties(RelayStage.at("127.0.0.1", 25, Tls.AUTO), defaults, "news.example",
				(SSLSocketFactory) SSLSocketFactory.getDefault());
		assertThat(Long.parseLong(session.getProperty("mail.smtp.timeout"))).as("until it lets us in")
			.isBetween(30_000L, 120_000L);
		Patience patience = Patience.of(defaults);
		assertThat(patience.opening()).isBetween(Duration.ofMinutes(1), Duration.ofMinutes(3));
		assertThat(patience.envelope()).isEqualTo(Duration.ofMinutes(5));
		assertThat(patience.message()).isGreaterThanOrEqualTo(Duration.ofMinutes(10));
		assertThat(patience.whole()).as("half of an edition's lease, 25 minutes, is more")
			.isEqualTo(defaults.longestTry())
			.isLessThanOrEqualTo(Duration.ofMinutes(12));
		assertThat(Long.parseLong(session.getProperty("mail.smtp.connectiontimeout"))).isBetween(1000L, 300_000L);
		assertThat(defaults.writeTimeout()).as("of the deadline of a whole message")
			.isBetween(Duration.ofSeconds(1), Duration.ofMinutes(10));
	}

	@Test
	@DisplayName("E5: a relay that says nothing is given up, and nobody's mail with it")
	void aRelayThatSaysNothing() {
		CompletableFuture<String> served = serve("");
		assertThat(send()).isInstanceOf(RelayFailed.class);
		assertThat(served.join()).as("what it was told").isEmpty();
	}

	@Test
	@DisplayName("No reply is waited for longer than the settings' longest, and a mail's claim outlasts every try")
	void theShorterOnesRule() {
		Patience patience = Patience.of(properties(Duration.ofSeconds(2)));
		assertThat(List.of(patience.greeting(), patience.envelope(), patience.message()))
			.containsOnly(Duration.ofSeconds(2));
		assertThat(patience.opening()).isLessThanOrEqualTo(patience.whole());
		assertThatIllegalArgumentException().isThrownBy(() -> properties(Duration.ofMinutes(20)))
			.withMessageContaining("postrider.mail.read-timeout (PT20M)");
	}

	@Test
	@DisplayName("A relay that hangs is asked once and left to its breaker; the next one takes the message")
	void aRelayThatHangsIsAskedOnce() throws Exception {
		AtomicInteger connections = new AtomicInteger();
		CompletableFuture<Void> hangs = TestThreads.start(() -> {
			List<Socket> clients = new ArrayList<>();
			try {
				while (true) {
					Socket client = this.server.accept();
					clients.add(client);
					if (connections.incrementAndGet() == 1) {
						client.getOutputStream()
							.write("220 mx\r\n250 mx\r\n250 ok\r\n250 ok\r\n354 go on\r\n250 2.0.0 taken\r\n"
								.getBytes(StandardCharsets.US_ASCII));
					}
				}
			}
			catch (IOException ex) {
				// Closed at the end of the test.
				clients.clear();
			}
		});
		try (ScriptedRelay next = ScriptedRelay.offering("PIPELINING")) {
			Relays relays = new RelayStage(
					List.of(RelayStage.local(this.server.getLocalPort(), "name", "hangs", "order", "1"),
							RelayStage.local(next.port(), "name", "next", "order", "2")))
				.with(properties(Duration.ofMillis(1500)))
				.relays();
			try (RelayConnection connection = relays.connection()) {
				Attempt taken = connection.send("b+1@news.example", "r@readers.example", MESSAGE);
				assertThat(taken.relay()).isEqualTo("hangs");
				assertThat(taken.result()).isInstanceOf(Accepted.class);
				// The connection is open, and from now on it says nothing.
				Attempt other = connection.send("b+1@news.example", "r@readers.example", MESSAGE);
				assertThat(other.relay()).isEqualTo("next");
				assertThat(other.result()).isInstanceOf(Accepted.class);
				assertThat(connections).as("not tried again at once").hasValue(1);
				assertThat(relays.all().get(0).state()).isEqualTo(RelayStatus.State.DOWN);
			}
		}
		this.server.close();
		hangs.join();
	}

	@Test
	@DisplayName("Who has no time left begins with no relay")
	void nothingIsBegunTooLate() {
		try (RelayConnection connection = RelayStage
			.one(this.server.getLocalPort(), properties(Duration.ofSeconds(1)), (event) -> {
			})
			.connection()) {
			Attempt attempt = connection.send("b+1@news.example", "r@readers.example", MESSAGE, System.nanoTime());
			assertThat(attempt.result()).isInstanceOf(NotNow.class);
		}
	}

	@Test
	@DisplayName("E4 E5: a relay that falls silent after the final dot leaves it unclear; it was greeted by a full name")
	void aRelayThatFallsSilentAfterTheDot() {
		CompletableFuture<String> served = serve("220 mx\r\n250 mx\r\n250 ok\r\n250 ok\r\n354 go on\r\n");
		assertThat(send()).isInstanceOf(Unclear.class);
		assertThat(served.join()).startsWith("EHLO news.example\nMAIL FROM:<b+1@news.example>")
			.contains("\nDATA\n")
			.contains("\n.\n");
	}

	private static MailProperties properties(Duration readTimeout) {
		return new MailProperties(null, null, null, MailProperties.Tls.NONE, Duration.ofSeconds(5),
				Duration.ofMinutes(1), Duration.ofMinutes(5), readTimeout, Duration.ofSeconds(5), 10,
				MailProperties.Use.AUTO, MailProperties.Use.AUTO);
	}

	private SendResult send() {
		try (RelayConnection connection = RelayStage
			.one(this.server.getLocalPort(), properties(Duration.ofMillis(1500)), (event) -> {
			})
			.connection()) {
			return connection.send("b+1@news.example", "r@readers.example", MESSAGE).result();
		}
	}

	/** Gives one answer to each line, then none; tells what it was told. */
	private CompletableFuture<String> serve(String answers) {
		return TestThreads.start(() -> {
			StringBuilder told = new StringBuilder();
			try (Socket client = this.server.accept()) {
				BufferedReader in = new BufferedReader(
						new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
				OutputStream out = client.getOutputStream();
				for (String answer : answers.split("(?<=\n)")) {
					out.write(answer.getBytes(StandardCharsets.US_ASCII));
					if (!answer.startsWith("354") && !answer.isEmpty()) {
						told.append(in.readLine()).append('\n');
					}
				}
				for (String line = in.readLine(); line != null; line = in.readLine()) {
					told.append(line).append('\n');
				}
			}
			catch (SocketException ex) {
				// The other side hung up, as it should.
				return told.toString();
			}
			catch (IOException ex) {
				throw new CompletionException(ex);
			}
			return told.toString();
		});
	}

	private static ServerSocket listening() {
		try {
			return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
