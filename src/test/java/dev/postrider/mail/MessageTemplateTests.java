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
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class MessageTemplateTests {

	private static final Map<ReaderField, String> READER = Map.of(ReaderField.EMAIL, "o'brien&co@example.org",
			ReaderField.UNSUBSCRIBE_URL, "https://news.example/unsubscribe/abc-DEF_123", ReaderField.PREFERENCES_URL,
			"https://news.example/preferences/xyz");

	private final Random random = new Random(20261123);

	@Test
	@DisplayName("F10: spliced and decoded, in either encoding, it is the text with the values in it")
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
			assertThat(part(copy, 0)).isEqualTo(text.replaceAll("\r?\n", "\r\n"));
			assertThat(part(copy, 1)).isEqualTo(html.replaceAll("\r?\n", "\r\n"));
		}
	}

	@Test
	@DisplayName("F3 F4 F10: lines are short, 7-bit, ended by CRLF and without a blank at their end")
	void everyLineIsShortSevenBitAndEndedByCrLf() {
		for (int i = 0; i < 300; i++) {
			byte[] copy = new MessageTemplate(List.of(), new Letter("Größe ".repeat(30), randomBody(), randomBody()))
				.copy(List.of(Header.of("To", "reader@example.org")), READER);
			String wire = new String(copy, StandardCharsets.ISO_8859_1);
			assertThat(wire.replace("\r\n", "")).doesNotContain("\r", "\n");
			assertThat(wire.split("\r\n")).allSatisfy((line) -> assertThat(line.length()).isLessThanOrEqualTo(78));
			assertThat(wire.chars()).allMatch((c) -> c < 0x7F);
			assertThat(wire.substring(wire.indexOf("\r\n\r\n")).split("\r\n"))
				.allSatisfy((line) -> assertThat(line).hasSizeLessThanOrEqualTo(76).doesNotEndWith(" "));
		}
	}

	@Test
	@DisplayName("F5: headers cannot be injected")
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
	@DisplayName("F7 F8: two parts in UTF-8, text first")
	void textComesFirst() throws Exception {
		MimeMessage message = parse(
				new MessageTemplate(List.of(), new Letter("S", "<p>html", "text")).copy(List.of(), READER));
		assertThat(message.getHeader("MIME-Version")).containsExactly("1.0");
		assertThat(message.getContentType()).startsWith("multipart/alternative");
		MimeMultipart parts = (MimeMultipart) message.getContent();
		assertThat(parts.getBodyPart(0).getContentType()).isEqualTo("text/plain; charset=UTF-8");
		assertThat(parts.getBodyPart(1).getContentType()).isEqualTo("text/html; charset=UTF-8");
	}

	@Test
	@DisplayName("F11 F12: quoted-printable for Latin script, base64 for mostly other scripts, never 8-bit")
	void theEncodingFitsTheScript() throws Exception {
		String latin = "Grüße aus dem Hafen: die ersten Fähren legten bei Tagesanbruch ab.";
		String arabic = "غادرت العبارات الأولى عند الفجر بعد أن هدأت العاصفة فوق الميناء";
		byte[] copy = new MessageTemplate(List.of(), new Letter("S", "<p>" + latin, arabic)).copy(List.of(), READER);
		MimeMultipart parts = (MimeMultipart) parse(copy).getContent();
		assertThat(parts.getBodyPart(0).getHeader("Content-Transfer-Encoding")).containsExactly("base64");
		assertThat(parts.getBodyPart(1).getHeader("Content-Transfer-Encoding")).containsExactly("quoted-printable");
		assertThat(parts.getBodyPart(0).getContent()).isEqualTo(arabic);
		assertThat(parts.getBodyPart(1).getContent()).isEqualTo("<p>" + latin);
		assertThat(new String(copy, StandardCharsets.ISO_8859_1).chars()).allMatch((c) -> c < 0x7F);
		assertThat(parse(copy).getHeader("Content-Transfer-Encoding")).isNull();
	}

	@Test
	@DisplayName("F5 F6: a field in the subject is the reader's, and nobody else's header")
	void theSubjectTakesFields() throws Exception {
		Letter letter = new Letter("Good morning " + ReaderField.NAME.token() + "!", "<p>html", "text");
		MessageTemplate template = new MessageTemplate(List.of(), letter);
		assertThat(template.fields()).containsExactly(ReaderField.NAME);
		for (String name : List.of("Ada", "José Ångström-Łukasiewicz and the whole family of his", "مريم",
				"X\r\nBcc: y@z.example")) {
			MimeMessage message = parse(template.copy(List.of(), Map.of(ReaderField.NAME, name)));
			assertThat(message.getSubject()).isEqualTo("Good morning " + name.replace("\r\n", " ").strip() + "!");
			assertThat(message.getHeader("Bcc")).isNull();
			assertThat(message.getHeader("Subject")).hasSize(1);
		}
	}

	@Test
	void whatMailboxesAndRelaysWouldChangeIsEncoded() throws Exception {
		String text = "From here\nFrom there\n.\n..\n.hidden";
		byte[] copy = new MessageTemplate(List.of(), new Letter("S", "<p>", text)).copy(List.of(), READER);
		assertThat(new String(copy, StandardCharsets.US_ASCII)).doesNotContainPattern("(?m)^(From |\\.)");
		assertThat(part(copy, 0)).isEqualTo(text.replace("\n", "\r\n"));
	}

	@Test
	void aFieldNeedsAValue() {
		MessageTemplate template = new MessageTemplate(List.of(), new Letter("S", ReaderField.NAME.token(), "text"));
		assertThatIllegalArgumentException().isThrownBy(() -> template.copy(List.of(), Map.of()))
			.withMessageContaining("name");
	}

	@Test
	void anUnknownFieldIsRefused() {
		Letter letter = new Letter("S", "Hello \uE000shoeSize\uE001", "text");
		assertThatIllegalArgumentException().isThrownBy(() -> new MessageTemplate(List.of(), letter))
			.withMessageContaining("shoeSize");
	}

	private String randomBody() {
		String[] pieces = { "a", " ", "  \n", "=", ".", "\n.\n", "\t\n", "ü", "日本語".repeat(1 + this.random.nextInt(9)),
				"\r\n", "😀", "<p>", "From ", "x".repeat(90), ReaderField.EMAIL.token(),
				ReaderField.UNSUBSCRIBE_URL.token(), ReaderField.PREFERENCES_URL.token() };
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
