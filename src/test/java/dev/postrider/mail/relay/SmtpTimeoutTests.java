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
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLSocketFactory;

import dev.postrider.mail.MailProperties;
import dev.postrider.mail.MailProperties.Tls;
import dev.postrider.mail.RelayConnection;
import dev.postrider.mail.SendResult;
import dev.postrider.mail.SendResult.RelayFailed;
import dev.postrider.mail.SendResult.Unclear;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

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
	@DisplayName("E5: three timeouts are set; the answer after the final dot is given ten minutes")
	void theDefaults() {
		MailProperties defaults = new Binder(new MapConfigurationPropertySource(Map.of()))
			.bindOrCreate("postrider.mail", MailProperties.class);
		Properties session = SmtpSession.properties(RelayStage.at("127.0.0.1", 25, Tls.AUTO), defaults, "news.example",
				(SSLSocketFactory) SSLSocketFactory.getDefault());
		assertThat(Long.parseLong(session.getProperty("mail.smtp.timeout")))
			.isGreaterThanOrEqualTo(Duration.ofMinutes(10).toMillis());
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
	@DisplayName("E4 E5: a relay that falls silent after the final dot leaves it unclear; it was greeted by a full name")
	void aRelayThatFallsSilentAfterTheDot() {
		CompletableFuture<String> served = serve("220 mx\r\n250 mx\r\n250 ok\r\n250 ok\r\n354 go on\r\n");
		assertThat(send()).isInstanceOf(Unclear.class);
		assertThat(served.join()).startsWith("EHLO news.example\nMAIL FROM:<b+1@news.example>")
			.contains("\nDATA\n")
			.contains("\n.\n");
	}

	private SendResult send() {
		MailProperties properties = new MailProperties(null, null, null, MailProperties.Tls.NONE, Duration.ofSeconds(5),
				Duration.ofMillis(1500), Duration.ofSeconds(5), 10, MailProperties.Use.AUTO, MailProperties.Use.AUTO);
		try (RelayConnection connection = RelayStage.one(this.server.getLocalPort(), properties, (event) -> {
		}).connection()) {
			return connection.send("b+1@news.example", "r@readers.example", MESSAGE).result();
		}
	}

	/** Gives one answer to each line, then none; tells what it was told. */
	private CompletableFuture<String> serve(String answers) {
		return CompletableFuture.supplyAsync(() -> {
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
