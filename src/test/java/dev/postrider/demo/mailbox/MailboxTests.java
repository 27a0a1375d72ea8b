package dev.postrider.demo.mailbox;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Properties;

import dev.postrider.demo.DemoStartException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * The demo's mailbox behind a real SMTP dialogue.
 */
class MailboxTests {

	private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T06:00:00Z"), ZoneOffset.UTC);

	@TempDir
	private Path folder;

	@Test
	void keepsMailAcrossARestart() throws Exception {
		try (Mailbox mailbox = new Mailbox(this.folder, 10); MailServer server = new MailServer(0, mailbox, CLOCK)) {
			send(server.port(), "ada@reader.example", "Grüße aus Port Averley");
			await().until(() -> mailbox.count("") == 1);
		}
		try (Mailbox mailbox = new Mailbox(this.folder, 10)) {
			StoredMail mail = mailbox.list("grüße", null, 10).get(0);

			assertThat(mail.to()).isEqualTo("ada@reader.example");
			assertThat(mail.subject()).isEqualTo("Grüße aus Port Averley");
			assertThat(mail.receivedAt()).isEqualTo(CLOCK.instant());
			MailParts parts = MailParts.of(mailbox.source(mail.id()));
			assertThat(parts.html()).hasValueSatisfying((html) -> assertThat(html).contains("<p>Größe</p>"));
			assertThat(parts.text()).hasValueSatisfying((text) -> assertThat(text).contains("Größe"));
			assertThat(parts.headers()).extracting(MailParts.Field::name)
				.contains("Delivered-To", "List-Unsubscribe", "Subject");
		}
	}

	@Test
	void listsNewestFirstAndForgetsTheOldest() throws Exception {
		try (Mailbox mailbox = new Mailbox(this.folder, 3); MailServer server = new MailServer(0, mailbox, CLOCK)) {
			for (int i = 1; i <= 5; i++) {
				send(server.port(), "reader" + i + "@reader.example", "Number " + i);
			}
			await().until(() -> mailbox.find(5).isPresent());

			assertThat(mailbox.list("", null, 10)).extracting(StoredMail::subject)
				.containsExactly("Number 5", "Number 4", "Number 3");
			assertThat(mailbox.list("", 5L, 1)).extracting(StoredMail::id).containsExactly(4L);
			assertThat(mailbox.list("READER3@", null, 10)).hasSize(1);
		}
		try (Mailbox again = new Mailbox(this.folder, 3)) {
			assertThat(again.count("")).isEqualTo(3);
		}
	}

	@Test
	void namesATakenPortAndTheSettingThatChangesIt() throws Exception {
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
				Mailbox mailbox = new Mailbox(this.folder, 3)) {
			assertThatExceptionOfType(DemoStartException.class)
				.isThrownBy(() -> new MailServer(taken.getLocalPort(), mailbox, CLOCK))
				.satisfies((ex) -> assertThat(ex.remedy()).contains("SPRING_MAIL_PORT"))
				.withMessageContaining("Port " + taken.getLocalPort());
		}
	}

	@Test
	void findsTheAddressesInAText() {
		assertThat(MailboxController.Piece.split("Read https://news.example/a now"))
			.extracting(MailboxController.Piece::words)
			.containsExactly("Read ", "https://news.example/a", " now");
	}

	private static void send(int port, String to, String subject) throws MessagingException {
		Properties properties = new Properties();
		properties.setProperty("mail.smtp.host", "127.0.0.1");
		properties.setProperty("mail.smtp.port", Integer.toString(port));
		MimeMessage message = new MimeMessage(Session.getInstance(properties));
		message.setFrom("news@paper.example");
		message.setRecipient(Message.RecipientType.TO, new InternetAddress(to));
		message.setSubject(subject, StandardCharsets.UTF_8.name());
		message.setHeader("List-Unsubscribe", "<https://news.example/unsubscribe/1>");
		MimeBodyPart text = new MimeBodyPart();
		text.setText("Größe", StandardCharsets.UTF_8.name());
		MimeBodyPart html = new MimeBodyPart();
		html.setContent("<html><head></head><body><p>Größe</p></body></html>", "text/html; charset=utf-8");
		message.setContent(new MimeMultipart("alternative", text, html));
		Transport.send(message);
	}

}
