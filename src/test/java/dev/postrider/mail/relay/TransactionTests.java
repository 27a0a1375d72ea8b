package dev.postrider.mail.relay;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.postrider.mail.MailProperties;
import dev.postrider.mail.RelayConnection;
import dev.postrider.mail.SendResult;
import dev.postrider.mail.SendResult.Accepted;
import dev.postrider.mail.SendResult.AddressRefused;
import dev.postrider.mail.SendResult.MessageRefused;
import dev.postrider.mail.SendResult.RelayFailed;
import dev.postrider.mail.SendResult.Unclear;
import dev.postrider.mail.SmtpReply;
import dev.postrider.mail.SmtpReply.Stage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Messages in one round trip, in two, and step by step, over real sockets: what is
 * refused is refused at its stage, and unclear is only what may have arrived.
 */
class TransactionTests {

	private static final byte[] MESSAGE = bytes("From: a@news.example\r\n\r\n.\r\n..\r\n.x\r\nHello.\r\n");

	/** More than any socket holds. */
	private static final byte[] LARGE = large();

	@ParameterizedTest
	@EnumSource
	@DisplayName("A message arrives byte for byte, in as few writes as the relay allows")
	void aMessageArrives(Way way) throws Exception {
		try (ScriptedRelay relay = way.relay(Map.of()); RelayConnection connection = connection(relay)) {
			for (byte[] message : List.of(MESSAGE, LARGE, MESSAGE)) {
				assertThat(send(connection, message)).isInstanceOf(Accepted.class);
			}
			assertThat(relay.messages()).containsExactly(text(MESSAGE), text(LARGE), text(MESSAGE));
			assertThat(relay.connections()).isOne();
			assertThat(relay.commands()).filteredOn((command) -> command.startsWith("BDAT") || command.equals("DATA"))
				.hasSize(3)
				.allMatch((command) -> command.startsWith(way.chunking() ? "BDAT" : "DATA"));
		}
	}

	static Stream<Arguments> refusals() {
		return Stream.of(Way.values())
			.flatMap((way) -> Stream.of(Stage.MAIL, Stage.RCPT, Stage.DATA, Stage.MESSAGE)
				.filter((stage) -> !way.chunking() || stage != Stage.DATA)
				.flatMap((stage) -> Stream.of("451 4.3.0 Not now", "554 5.7.1 Never")
					.map((reply) -> Arguments.of(way, stage, reply))));
	}

	@ParameterizedTest
	@MethodSource("refusals")
	@DisplayName("A refusal keeps its stage, code and words; the connection is good for the next message")
	void aRefusal(Way way, Stage stage, String reply) throws Exception {
		try (ScriptedRelay relay = way.relay(Map.of(stage, reply)); RelayConnection connection = connection(relay)) {
			SendResult result = send(connection, MESSAGE);
			assertThat(answer(result)).isEqualTo(SmtpReply.of(stage, reply));
			assertThat(result).isInstanceOf((stage == Stage.RCPT) ? AddressRefused.class : MessageRefused.class);
			assertThat(relay.messages()).isEmpty();
			assertThat(send(connection, MESSAGE)).isInstanceOf(Accepted.class);
			assertThat(relay.messages()).containsExactly(text(MESSAGE));
			assertThat(relay.connections()).isOne();
			assertThat(relay.commands()).filteredOn("RSET"::equals).hasSize(1);
		}
	}

	static Stream<Arguments> breaks() {
		return Stream.of(Way.values())
			.flatMap((way) -> Stream.of(Stage.CONNECT, Stage.EHLO, Stage.MAIL, Stage.RCPT, Stage.DATA, Stage.MESSAGE)
				.filter((stage) -> !way.chunking() || stage != Stage.DATA)
				.map((stage) -> Arguments.of(way, stage)));
	}

	@ParameterizedTest
	@MethodSource("breaks")
	@DisplayName("421 is never unclear: the relay says that it has not taken the message")
	void serviceNotAvailable(Way way, Stage stage) throws Exception {
		try (ScriptedRelay relay = way.relay(Map.of(stage, "421 4.3.2 Closing"));
				RelayConnection connection = connection(relay)) {
			SendResult result = send(connection, MESSAGE);
			assertThat(result).isInstanceOf(RelayFailed.class);
			assertThat(answer(result).code()).isEqualTo((stage == Stage.EHLO) ? answer(result).code() : 421);
			assertThat(send(connection, MESSAGE)).isInstanceOf(Accepted.class);
			assertThat(relay.messages()).containsExactly(text(MESSAGE));
		}
	}

	@ParameterizedTest
	@MethodSource("breaks")
	@DisplayName("A connection that breaks is unclear exactly when all of the message was written")
	void theConnectionBreaks(Way way, Stage stage) throws Exception {
		try (ScriptedRelay relay = way.relay(Map.of(stage, ScriptedRelay.CUT));
				RelayConnection connection = connection(relay)) {
			boolean written = stage == Stage.MESSAGE
					|| (way == Way.ONE_ROUND_TRIP && (stage == Stage.MAIL || stage == Stage.RCPT));
			assertThat(send(connection, MESSAGE)).isInstanceOf(written ? Unclear.class : RelayFailed.class);
			assertThat(send(connection, MESSAGE)).isInstanceOf(Accepted.class);
			assertThat(relay.messages()).containsExactly(text(MESSAGE));
		}
	}

	@ParameterizedTest
	@EnumSource
	@DisplayName("A message that never got its end is not unclear")
	void theConnectionBreaksInTheMiddleOfTheMessage(Way way) throws Exception {
		try (ScriptedRelay relay = way.relay(Map.of(Stage.MESSAGE, ScriptedRelay.CUT_IN_THE_MIDDLE));
				RelayConnection connection = connection(relay)) {
			assertThat(send(connection, LARGE)).isInstanceOf(RelayFailed.class);
			assertThat(send(connection, LARGE)).isInstanceOf(Accepted.class);
			assertThat(relay.messages()).containsExactly(text(LARGE));
		}
	}

	@Test
	@DisplayName("RFC 2920 3.1: DATA accepted after a refused recipient is answered by no message")
	void dataAfterARefusedRecipient() throws Exception {
		try (ScriptedRelay relay = new ScriptedRelay(List.of("PIPELINING", "X-LENIENT"),
				Map.of(Stage.RCPT, "550 5.1.1 Unknown")); RelayConnection connection = connection(relay)) {
			assertThat(send(connection, MESSAGE)).isInstanceOf(AddressRefused.class);
			assertThat(relay.messages()).isEmpty();
			assertThat(send(connection, MESSAGE)).isInstanceOf(Accepted.class);
			assertThat(relay.connections()).isOne();
		}
	}

	@Test
	@DisplayName("A final reply that is none leaves it unclear")
	void aFinalReplyThatIsNone() throws Exception {
		for (String reply : List.of("299 Well", "What?", "354 More")) {
			try (ScriptedRelay relay = new ScriptedRelay(List.of("PIPELINING"), Map.of(Stage.MESSAGE, reply));
					RelayConnection connection = connection(relay)) {
				assertThat(send(connection, MESSAGE)).as(reply).isInstanceOf(Unclear.class);
			}
		}
	}

	@Test
	@DisplayName("A reply to the envelope that is none leaves it unclear too, once all was written and nothing refused")
	void aReplyToTheEnvelopeThatIsNone() throws Exception {
		assertThat(afterReplies("354 What", "250 2.1.5 Ok", "250 2.0.0 Ok: queued")).isInstanceOf(Unclear.class);
		assertThat(afterReplies("250 2.1.0 Ok", "354 What")).isInstanceOf(Unclear.class);
		assertThat(afterReplies("354 What", "503 5.5.1 No sender", "503 5.5.1 No recipients"))
			.isInstanceOf(RelayFailed.class);
	}

	/** What comes of a message in one round trip that is answered by these. */
	private static SendResult afterReplies(String... replies) throws Exception {
		try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
				RelayConnection connection = RelayStage.bare(server.getLocalPort(),
						properties(Duration.ofSeconds(10), MailProperties.Use.AUTO))) {
			Thread relay = new Thread(() -> {
				try (Socket client = server.accept()) {
					client.getOutputStream()
						.write(bytes("220 a\r\n250-a\r\n250-PIPELINING\r\n250 CHUNKING\r\n"
								+ String.join("\r\n", replies) + "\r\n"));
					client.shutdownOutput();
					client.getInputStream().transferTo(OutputStream.nullOutputStream());
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
			});
			relay.start();
			SendResult result = send(connection, MESSAGE);
			connection.close();
			relay.join();
			return result;
		}
	}

	@Test
	@DisplayName("E11: bounces are wanted of failures only and with the headers, where the relay knows of that")
	void whatABounceIsToSay() throws Exception {
		try (ScriptedRelay relay = ScriptedRelay.offering("PIPELINING", "DSN");
				RelayConnection connection = connection(relay)) {
			assertThat(send(connection, MESSAGE)).isInstanceOf(Accepted.class);
			assertThat(relay.commands()).contains("MAIL FROM:<b+1@news.example> RET=HDRS",
					"RCPT TO:<reader@example.org> NOTIFY=FAILURE");
		}
	}

	@Test
	@DisplayName("E14: the size is told beforehand; what is too large never leaves")
	void size() throws Exception {
		try (ScriptedRelay relay = ScriptedRelay.offering("PIPELINING", "SIZE 1000");
				RelayConnection connection = connection(relay)) {
			assertThat(send(connection, MESSAGE)).isInstanceOf(Accepted.class);
			assertThat(relay.commands()).contains("MAIL FROM:<b+1@news.example> SIZE=" + MESSAGE.length);
			assertThat(answer(send(connection, LARGE))).extracting(SmtpReply::code, SmtpReply::enhanced)
				.containsExactly(552, "5.3.4");
			assertThat(relay.commands()).filteredOn((command) -> command.startsWith("MAIL")).hasSize(1);
		}
		for (String unlimited : List.of("SIZE", "SIZE 0")) {
			try (ScriptedRelay relay = ScriptedRelay.offering(unlimited);
					RelayConnection connection = connection(relay)) {
				assertThat(send(connection, LARGE)).isInstanceOf(Accepted.class);
			}
		}
	}

	@Test
	@DisplayName("E12: an address that needs SMTPUTF8 leaves only where that is offered, as it is")
	void smtpUtf8() throws Exception {
		String address = "\u0436\u0443\u043a@example.org";
		try (ScriptedRelay relay = ScriptedRelay.offering("PIPELINING", "SMTPUTF8");
				RelayConnection connection = connection(relay)) {
			assertThat(connection.send("b+1@news.example", address, MESSAGE).result()).isInstanceOf(Accepted.class);
			assertThat(relay.commands()).contains("MAIL FROM:<b+1@news.example> SMTPUTF8", "RCPT TO:<" + address + ">");
			assertThat(send(connection, MESSAGE)).isInstanceOf(Accepted.class);
			assertThat(relay.commands()).contains("MAIL FROM:<b+1@news.example>");
		}
		try (ScriptedRelay relay = ScriptedRelay.offering("PIPELINING");
				RelayConnection connection = connection(relay)) {
			assertThat(answer(connection.send("b+1@news.example", address, MESSAGE).result()).enhanced())
				.isEqualTo("5.6.7");
			assertThat(relay.commands()).noneMatch((command) -> command.startsWith("MAIL"));
		}
	}

	@Test
	@DisplayName("Nobody writes commands of his own by way of an address")
	void addressesCarryNoCommands() throws Exception {
		try (ScriptedRelay relay = ScriptedRelay.offering("PIPELINING");
				RelayConnection connection = connection(relay)) {
			for (String address : List.of("a@b.example>\r\nDATA", "a@b.example\n", "a b@c.example", "<a@b.example>",
					"a")) {
				assertThat(connection.send("b+1@news.example", address, MESSAGE).result())
					.isInstanceOf(AddressRefused.class);
			}
			assertThat(relay.commands()).isEmpty();
		}
	}

	@Test
	@DisplayName("What a relay offers is not used where the settings say so")
	void turnedOff() throws Exception {
		try (ScriptedRelay relay = ScriptedRelay.offering("PIPELINING", "CHUNKING");
				RelayConnection connection = RelayStage
					.one(relay.port(), properties(Duration.ofSeconds(10), MailProperties.Use.OFF), (event) -> {
					})
					.connection()) {
			assertThat(send(connection, MESSAGE)).isInstanceOf(Accepted.class);
			assertThat(relay.commands()).contains("DATA");
		}
	}

	@Test
	@DisplayName("E5: a relay that takes no more of a message is given up in time; it is not unclear")
	void aRelayThatReadsNoMore() throws Exception {
		try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
				RelayConnection connection = RelayStage
					.one(silent.getLocalPort(), properties(Duration.ofSeconds(1), MailProperties.Use.AUTO), (event) -> {
					})
					.connection()) {
			Thread relay = new Thread(() -> {
				try {
					Socket client = silent.accept();
					client.getOutputStream().write(bytes("220 a\r\n250-a\r\n250-PIPELINING\r\n250 CHUNKING\r\n"));
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
			});
			relay.start();
			long from = System.nanoTime();
			assertThat(send(connection, LARGE)).isInstanceOf(RelayFailed.class);
			assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(30));
		}
	}

	private static SmtpReply answer(SendResult result) {
		return (result instanceof AddressRefused address) ? address.answer()
				: (result instanceof MessageRefused message) ? message.answer() : ((RelayFailed) result).answer();
	}

	private static SendResult send(RelayConnection connection, byte[] message) {
		return connection.send("b+1@news.example", "reader@example.org", message).result();
	}

	private static RelayConnection connection(ScriptedRelay relay) {
		return RelayStage.bare(relay.port(), properties(Duration.ofSeconds(10), MailProperties.Use.AUTO));
	}

	private static MailProperties properties(Duration timeout, MailProperties.Use use) {
		return new MailProperties(null, null, null, MailProperties.Tls.AUTO, timeout, timeout, timeout, timeout,
				timeout, 100, use, use);
	}

	private static byte[] bytes(String ascii) {
		return ascii.getBytes(StandardCharsets.US_ASCII);
	}

	private static String text(byte[] ascii) {
		return new String(ascii, StandardCharsets.US_ASCII);
	}

	private static byte[] large() {
		byte[] large = new byte[20_000_000];
		Arrays.fill(large, (byte) 'x');
		for (int i = 80; i < large.length; i += 80) {
			large[i - 2] = '\r';
			large[i - 1] = '\n';
		}
		large[large.length - 2] = '\r';
		large[large.length - 1] = '\n';
		return large;
	}

	/**
	 * How a message goes out, by what the relay offers.
	 */
	enum Way {

		STEP_BY_STEP(), TWO_ROUND_TRIPS("PIPELINING"), COUNTED("CHUNKING"), ONE_ROUND_TRIP("PIPELINING", "CHUNKING");

		private final List<String> offers;

		Way(String... offers) {
			this.offers = List.of(offers);
		}

		boolean chunking() {
			return this.offers.contains("CHUNKING");
		}

		ScriptedRelay relay(Map<Stage, String> faults) throws IOException {
			return new ScriptedRelay(this.offers, faults);
		}

	}

}
