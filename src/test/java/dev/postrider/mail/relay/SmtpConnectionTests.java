package dev.postrider.mail.relay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;

import javax.net.ssl.SSLSocketFactory;

import dev.postrider.mail.Header;
import dev.postrider.mail.Letter;
import dev.postrider.mail.MailProperties;
import dev.postrider.mail.MessageTemplate;
import dev.postrider.mail.RelayConnection;
import dev.postrider.mail.RelayRecovered;
import dev.postrider.mail.RelayUnreachable;
import dev.postrider.mail.Relays;
import dev.postrider.mail.SendResult;
import dev.postrider.mail.SendResult.Accepted;
import dev.postrider.mail.SendResult.AddressRefused;
import dev.postrider.mail.SendResult.MessageRefused;
import dev.postrider.mail.SendResult.RelayFailed;
import dev.postrider.mail.SendResult.Unclear;
import dev.postrider.mail.SmtpReply;
import dev.postrider.testing.TestRelay;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What a real SMTP server answers, and whose fault we say it was.
 */
class SmtpConnectionTests {

	private static final byte[] MESSAGE = new MessageTemplate(List.of(), new Letter("S", "<p>.", ".\n..\ntext"))
		.copy(List.of(Header.of("To", "r@example.org")), Map.of());

	private final List<Object> events = new ArrayList<>();

	private final RelayConnection connection = relays(TestRelay.get().port()).connection();

	@AfterEach
	void close() {
		this.connection.close();
	}

	@Test
	void anAcceptedMessageArrivesByteForByteWithItsOwnEnvelope() {
		String recipient = unique("reader");
		SendResult result = send(recipient);
		assertThat(result).isInstanceOf(Accepted.class);
		assertThat(result.reply()).startsWith("250 2.0.0");
		TestRelay.Received received = TestRelay.get().received(recipient).get(0);
		assertThat(received.envelopeSender()).isEqualTo("b+1@news.example");
		assertThat(new String(received.bytes())).endsWith(new String(MESSAGE));
	}

	@Test
	@DisplayName("F17: what has no envelope sender leaves with the null one, and nobody else's")
	void theNullReversePath() {
		String recipient = unique("reader");
		assertThat(this.connection.send("", recipient, MESSAGE).result()).isInstanceOf(Accepted.class);
		assertThat(TestRelay.get().received(recipient)).singleElement()
			.satisfies((received) -> assertThat(received.envelopeSender()).isEmpty());
	}

	@Test
	void oneConnectionCarriesManyMessagesAndSurvivesARefusedAddress() {
		for (int i = 0; i < 5; i++) {
			assertThat(send(unique("reader"))).isInstanceOf(Accepted.class);
			String unknown = unique("unknown");
			assertThat(send(unknown)).isEqualTo(new AddressRefused(
					new SmtpReply(SmtpReply.Stage.RCPT, 550, "5.1.1", "550 5.1.1 <" + unknown + ">: User unknown")));
		}
	}

	@Test
	void errorsBelongToWhomTheyBelong() {
		assertThat(send(unique("full"))).isInstanceOfSatisfying(AddressRefused.class,
				(refused) -> assertThat(refused.permanent()).isTrue());
		assertThat(send(unique("grey"))).isInstanceOfSatisfying(AddressRefused.class,
				(refused) -> assertThat(refused.permanent()).isFalse());
		assertThat(send(unique("spam"))).isInstanceOfSatisfying(MessageRefused.class,
				(refused) -> assertThat(refused.answer()).extracting(SmtpReply::stage, SmtpReply::code)
					.containsExactly(SmtpReply.Stage.MESSAGE, 554));
		assertThat(send(unique("reader"))).isInstanceOf(Accepted.class);
	}

	@Test
	void aConnectionClosedBeforeTheMessageIsTriedOnceMoreAndThenThisMessagesTrouble() {
		assertThat(send(unique("busy"))).isInstanceOf(Accepted.class);
		for (String prefix : List.of("shut", "slam")) {
			assertThat(send(unique(prefix))).isInstanceOfSatisfying(RelayFailed.class,
					(failed) -> assertThat(failed.ofThisMessage()).as(prefix).isTrue());
			assertThat(send(unique("reader"))).isInstanceOf(Accepted.class);
		}
		assertThat(this.events).isEmpty();
	}

	@Test
	void aRelayThatFailsWithEachMessageIsItselfAtFault() {
		List<String> recipients = List.of(unique("noroom"), unique("denied"), unique("shut"));
		assertThat(recipients).map((recipient) -> ((RelayFailed) send(recipient)).ofThisMessage())
			.containsExactly(true, true, false);
		assertThat(this.events).hasExactlyElementsOfTypes(RelayUnreachable.class);
		// It is left alone for half a second.
		await().untilAsserted(() -> assertThat(send(unique("reader"))).isInstanceOf(Accepted.class));
		assertThat(this.events).hasExactlyElementsOfTypes(RelayUnreachable.class, RelayRecovered.class);
		// Others got through since, so these are known for what they are.
		assertThat(recipients).map((recipient) -> ((RelayFailed) send(recipient)).ofThisMessage())
			.containsExactly(true, true, true);
		assertThat(this.events).hasSize(2);
	}

	@Test
	void aRecipientThatItRefusesForGoodIsNoFaultOfTheRelay() {
		for (int i = 0; i < 5; i++) {
			assertThat(send(unique("norelay"))).isInstanceOfSatisfying(RelayFailed.class, (failed) -> {
				assertThat(failed.ofThisMessage()).isTrue();
				assertThat(failed.reply()).startsWith("554 5.7.1");
			});
		}
		assertThat(this.events).isEmpty();
	}

	@Test
	void aConnectionLostAfterTheMessageIsUnclear() {
		String recipient = unique("cut");
		assertThat(send(recipient)).isInstanceOf(Unclear.class);
		assertThat(send(recipient)).isInstanceOf(Accepted.class);
	}

	@Test
	void aRelayThatIsNotThereIsTheRelaysFault() {
		try (RelayConnection nowhere = relays(1).connection()) {
			assertThat(nowhere.send("a@b.example", "r@example.org", MESSAGE).result()).isInstanceOf(RelayFailed.class);
			assertThat(nowhere.send("a@b.example", "r@example.org", MESSAGE).result()).isInstanceOf(RelayFailed.class);
		}
		assertThat(this.events).as("told once").hasExactlyElementsOfTypes(RelayUnreachable.class);
	}

	@Test
	@DisplayName("D13: a relay that does not offer the encryption that is required gets nothing")
	void withoutTheRequiredEncryptionNothingLeaves() {
		for (MailProperties.Tls tls : List.of(MailProperties.Tls.STARTTLS, MailProperties.Tls.IMPLICIT)) {
			String recipient = unique("reader");
			try (RelayConnection encrypted = relays(TestRelay.get().port(), tls).connection()) {
				assertThat(encrypted.send("b+1@news.example", recipient, MESSAGE).result())
					.isInstanceOf(RelayFailed.class);
			}
			assertThat(TestRelay.get().to(recipient)).isEmpty();
		}
	}

	@Test
	@DisplayName("D13 E4 E5: encryption is required of any relay but one on this machine")
	void encryptionIsRequiredByDefault() {
		MailProperties properties = properties(MailProperties.Tls.AUTO);
		assertThat(session("192.0.2.1", properties)).containsEntry("mail.smtp.starttls.required", "true")
			.containsEntry("mail.smtp.ssl.checkserveridentity", "true")
			.containsEntry("mail.smtp.localhost", "news.example")
			.containsKeys("mail.smtp.timeout", "mail.smtp.connectiontimeout");
		assertThat(session("127.0.0.1", properties)).containsEntry("mail.smtp.starttls.required", "false");
	}

	private SendResult send(String recipient) {
		return this.connection.send("b+1@news.example", recipient, MESSAGE).result();
	}

	private static Properties session(String host, MailProperties properties) {
		return SmtpSession.properties(RelayStage.at(host, 25, properties.tls()), properties, "news.example",
				(SSLSocketFactory) SSLSocketFactory.getDefault());
	}

	private Relays relays(int port) {
		return relays(port, MailProperties.Tls.AUTO);
	}

	private Relays relays(int port, MailProperties.Tls tls) {
		return RelayStage.one(port, properties(tls), this.events::add);
	}

	private static MailProperties properties(MailProperties.Tls tls) {
		return new MailProperties(null, null, null, tls, Duration.ofSeconds(5), Duration.ofSeconds(10),
				Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(10), 3, MailProperties.Use.AUTO,
				MailProperties.Use.AUTO);
	}

	private static String unique(String prefix) {
		return prefix + "." + UUID.randomUUID() + "@example.org";
	}

}
