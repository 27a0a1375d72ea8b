package dev.postrider.mail;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;

import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeUtility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class HeaderTests {

	@ParameterizedTest
	@DisplayName("F3 F5 F6: any text is carried in short lines of encoded-words, and decoded it is the same")
	@ValueSource(strings = { "Plain words", "Größe und Straße, immer wieder aufs Neue und immer länger als eine Zeile",
			"العاصفة فوق الميناء العاصفة فوق الميناء العاصفة فوق الميناء", "港口上空的風暴港口上空的風暴港口上空的風暴港口上空的風暴",
			"🌊🌊🌊🌊🌊🌊🌊🌊🌊🌊🌊🌊🌊🌊🌊🌊🌊🌊🌊🌊🌊🌊🌊🌊🌊", "=?UTF-8?B?QmNjOiB4?=",
			"WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW",
			"Many short words that go on and on until the line is full and has to be folded somewhere in the middle" })
	void anyText(String text) throws Exception {
		String wire = wire(Header.text("Subject", text));
		assertThat(MimeUtility.decodeText(MimeUtility.unfold(wire.substring("Subject: ".length()).strip())))
			.isEqualTo(text);
		checkLines(wire);
	}

	@ParameterizedTest
	@DisplayName("F3 F5 F6: a mailbox's name is an atom, a quoted string or encoded-words, never one inside the other")
	@ValueSource(strings = { "The Herald", "The Herald, Inc. \"Daily\" \\ more", "Süddeutsche Rundschau", "港口日報",
			"Doe <jane@evil.example>", "a@b.example", "=?UTF-8?Q?x?=",
			"A name of many words that is longer than any line of a header should ever be, so that it must be folded",
			"Ein Name aus sehr vielen Wörtern, der länger ist, als irgendeine Zeile in einem Kopf je sein sollte" })
	void aMailbox(String name) throws Exception {
		String wire = wire(Header.mailbox("Reply-To", name, "news@example.org"));
		InternetAddress[] read = InternetAddress.parseHeader(MimeUtility.unfold(wire.substring(10).strip()), true);
		assertThat(read).hasSize(1);
		assertThat(read[0].getAddress()).isEqualTo("news@example.org");
		assertThat(read[0].getPersonal()).isEqualTo(name);
		assertThat(wire).doesNotContainPattern("\"[^\"]*=\\?UTF-8[^\"]*\"");
		checkLines(wire);
	}

	@Test
	@DisplayName("F5: what comes from outside begins no header of its own")
	void nothingIsInjected() {
		for (String line : new String[] { "\r\nBcc: x@y.example", "\nBcc: x", "\rBcc: x", "\u2028Bcc: x", "\u0000" }) {
			assertThat(wire(Header.text("Subject", "One" + line))).doesNotContainPattern("(?m)^Bcc");
			assertThat(wire(Header.of("X-Any", "One" + line))).doesNotContainPattern("(?m)^Bcc");
			assertThat(wire(Header.mailbox("From", "One" + line, "a@b.example" + line)))
				.doesNotContainPattern("(?m)^Bcc")
				.matches("(?s)[\\x20-\\x7e\\r\\n]+");
		}
	}

	@Test
	@DisplayName("F14: the date is the moment, with a numeric zone")
	void theDate() {
		Instant at = Instant.parse("2026-11-03T06:05:04Z");
		String date = Header.date(at).value();
		assertThat(date).matches("[A-Z][a-z]{2}, 3 Nov 2026 06:05:04 \\+0000");
		assertThat(OffsetDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant()).isEqualTo(at);
	}

	private static void checkLines(String wire) {
		String[] lines = wire.split("\r\n");
		assertThat(lines).allSatisfy((line) -> assertThat(line.length()).isLessThanOrEqualTo(78));
		assertThat(Arrays.stream(lines).skip(1)).allMatch((line) -> line.startsWith(" "));
		assertThat(Arrays.stream(wire.split("\\s+")).filter((word) -> word.startsWith("=?")))
			.allSatisfy((word) -> assertThat(word.length()).isLessThanOrEqualTo(75));
	}

	private static String wire(Header header) {
		return new String(header.bytes(), StandardCharsets.US_ASCII);
	}

}
