package dev.postrider.mail;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;

import jakarta.mail.BodyPart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class MessageTemplateTests {

	private static final Map<ReaderField, String> READER = Map.of(ReaderField.EMAIL, "o'brien&co@example.org",
			ReaderField.UNSUBSCRIBE_URL, "https://news.example/unsubscribe/abc-DEF_123", ReaderField.PREFERENCES_URL,
			"https://news.example/preferences/xyz");

	private final Random random = new Random(20261123);

	@Test
	void splicedAndDecodedEqualsTheTextWithTheValuesInIt() throws Exception {
		for (int i = 0; i < 300; i++) {
			String body = randomBody();
			byte[] copy = new MessageTemplate(List.of(), new Letter("Subject", body, body)).copy(List.of(), READER);
			String text = body;
			String html = body;
			for (ReaderField field : READER.keySet()) {
				text = text.replace(field.token(), READER.get(field));
				html = html.replace(field.token(), READER.get(field).replace("&", "&amp;").replace("'", "&#39;"));
			}
			assertThat(part(copy, 0)).isEqualTo(text.replace("\n", "\r\n"));
			assertThat(part(copy, 1)).isEqualTo(html.replace("\n", "\r\n"));
		}
	}

	@Test
	void everyLineIsShortSevenBitAndEndedByCrLf() {
		for (int i = 0; i < 300; i++) {
			byte[] copy = new MessageTemplate(List.of(), new Letter("Größe ".repeat(30), randomBody(), randomBody()))
				.copy(List.of(Header.of("To", "reader@example.org")), READER);
			String wire = new String(copy, StandardCharsets.ISO_8859_1);
			assertThat(wire.replace("\r\n", "")).doesNotContain("\r", "\n");
			assertThat(wire.split("\r\n")).allSatisfy((line) -> assertThat(line.length()).isLessThanOrEqualTo(78));
			assertThat(wire.chars()).allMatch((c) -> c < 0x7F);
		}
	}

	@Test
	void headersCannotBeInjected() throws Exception {
		byte[] copy = new MessageTemplate(
				List.of(Header.mailbox("From", "The\r\nBcc: x@y.example", "news@example.org")),
				new Letter("One\r\nBcc: x@y.example", "html", "text"))
			.copy(List.of(), READER);
		MimeMessage message = parse(copy);
		assertThat(message.getHeader("Bcc")).isNull();
		assertThat(message.getSubject()).isEqualTo("One Bcc: x@y.example");
	}

	@Test
	void textComesFirst() throws Exception {
		MimeMessage message = parse(
				new MessageTemplate(List.of(), new Letter("S", "<p>html", "text")).copy(List.of(), READER));
		assertThat(message.getContentType()).startsWith("multipart/alternative");
		MimeMultipart parts = (MimeMultipart) message.getContent();
		assertThat(parts.getBodyPart(0).getContentType()).isEqualTo("text/plain; charset=UTF-8");
		assertThat(parts.getBodyPart(1).getContentType()).isEqualTo("text/html; charset=UTF-8");
	}

	@Test
	void anUnknownFieldIsRefused() {
		Letter letter = new Letter("S", "Hello \uE000shoeSize\uE001", "text");
		assertThatIllegalArgumentException().isThrownBy(() -> new MessageTemplate(List.of(), letter))
			.withMessageContaining("shoeSize");
	}

	private String randomBody() {
		String[] pieces = { "a", " ", "  \n", "=", ".", "\n.\n", "\t\n", "ü", "日本", "😀", "<p>", "From ",
				"x".repeat(90), ReaderField.EMAIL.token(), ReaderField.UNSUBSCRIBE_URL.token(),
				ReaderField.PREFERENCES_URL.token() };
		StringBuilder body = new StringBuilder();
		for (int i = this.random.nextInt(60); i >= 0; i--) {
			body.append(pieces[this.random.nextInt(pieces.length)]);
		}
		return body.toString();
	}

	private static String part(byte[] copy, int index) throws Exception {
		BodyPart part = ((MimeMultipart) parse(copy).getContent()).getBodyPart(index);
		return new String(part.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
	}

	private static MimeMessage parse(byte[] message) throws Exception {
		return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(message));
	}

}
