package dev.postrider.delivery;

import java.io.ByteArrayInputStream;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionComposer;
import dev.postrider.edition.EditionRenderer;
import dev.postrider.edition.Editions;
import dev.postrider.mail.Letter;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestClock;
import dev.postrider.testing.TestNewsroom;
import dev.postrider.testing.TestRelay;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Whole messages for those who want to see one before it goes to readers.
 */
@PostriderTest
class EditionMailTests {

	@Autowired
	private EditionMail mails;

	@Autowired
	private MessageIds ids;

	@Autowired
	private EditionRenderer renderer;

	@Autowired
	private Editions editions;

	@Autowired
	private EditionComposer composer;

	@Autowired
	private Newsletters newsletters;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private TestClock clock;

	private Newsletter newsletter;

	private Edition edition;

	private Letter letter;

	@BeforeEach
	void draft() {
		TestNewsroom newsroom = new TestNewsroom(this.jdbc, this.newsletters, this.clock);
		this.newsletter = newsroom.newsletter();
		newsroom.story("Harbour bridge opens");
		long id = this.editions.open(this.newsletter, LocalDate.of(2026, 11, 23), 1, this.clock.instant()).id();
		this.edition = this.composer.compose(id, this.newsletter);
		this.letter = this.renderer.letter(this.edition, this.newsletter);
	}

	@Test
	@DisplayName("F2 F14 C3: the message is the edition's, of now, with a Message-ID of ours that stays")
	void theMessageIsTheEditions() throws Exception {
		MimeMessage message = parse(preview("ada@example.org"));
		assertThat(message.getSubject()).isEqualTo(this.edition.subject());
		assertThat(message.getFrom()[0].toString()).contains(this.newsletter.senderEmail());
		assertThat(message.getSentDate().toInstant()).isEqualTo(this.clock.instant().truncatedTo(ChronoUnit.SECONDS));
		assertThat(message.getMessageID()).matches("<[a-z0-9]{20,}@news\\.example>");
		assertThat(parse(preview("bob@example.org")).getMessageID()).isEqualTo(message.getMessageID());
	}

	@Test
	@DisplayName("F2: a Message-ID is the same each time for a reader, and no two have the same")
	void messageIds() {
		Set<String> ids = new HashSet<>();
		for (long editionId = 1; editionId <= 20; editionId++) {
			for (long subscriberId = 1; subscriberId <= 200; subscriberId++) {
				String id = this.ids.messageId(this.newsletter, editionId, subscriberId);
				assertThat(ids.add(id)).isTrue();
				assertThat(this.ids.messageId(this.newsletter, editionId, subscriberId)).isEqualTo(id);
			}
		}
	}

	@Test
	@DisplayName("L12: both unsubscribe fields are signed, once more than they are there")
	void bothUnsubscribeFieldsAreSigned() throws Exception {
		String signature = MimeUtility.unfold(parse(preview("ada@example.org")).getHeader("DKIM-Signature", ","))
			.replaceAll("\\s", "")
			.toLowerCase(Locale.ROOT);
		List<String> signed = Arrays.asList(signature.replaceAll(".*;h=([^;]*);.*", "$1").split(":"));
		assertThat(Collections.frequency(signed, "list-unsubscribe")).isEqualTo(2);
		assertThat(Collections.frequency(signed, "list-unsubscribe-post")).isEqualTo(2);
	}

	private byte[] preview(String email) {
		return this.mails.preview(this.edition, this.newsletter, this.letter, EditionReader.example(email)).bytes();
	}

	private static MimeMessage parse(byte[] message) throws Exception {
		return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(message));
	}

	@Test
	void thePreviewIsTheWholeMessageWithNobodysLinks() throws Exception {
		EditionReader reader = new EditionReader(4711, 0, "ada@example.org", "Ada", "Local", Map.of());
		EditionMail.MimePreview preview = this.mails.preview(this.edition, this.newsletter, this.letter, reader);
		assertThat(preview.signed()).isTrue();
		MimeMessage message = new MimeMessage(Session.getInstance(new Properties()),
				new ByteArrayInputStream(preview.bytes()));
		assertThat(message.getHeader("To", null)).isEqualTo("ada@example.org");
		assertThat(message.getHeader("List-Unsubscribe", null)).isEqualTo("<https://news.example/unsubscribe/example>");
		MimeMultipart parts = (MimeMultipart) message.getContent();
		assertThat((String) parts.getBodyPart(0).getContent()).contains("ada@example.org", "Harbour bridge opens",
				"https://news.example/unsubscribe/example", "https://news.example/preferences/example");
		assertThat((String) parts.getBodyPart(1).getContent()).contains("https://news.example/unsubscribe/example")
			.doesNotContain("\uE000");
	}

	@Test
	void aTestGoesToOneAddressAndEachIsAMessageOfItsOwn() throws Exception {
		String editor = TestNewsroom.address("editor");
		this.mails.sendTest(this.edition, this.newsletter, this.letter, editor);
		this.mails.sendTest(this.edition, this.newsletter, this.letter, editor);
		await().until(() -> TestRelay.get().to(editor).size() == 2);
		assertThat(TestRelay.get().to(editor).get(0).getMessageID())
			.isNotEqualTo(TestRelay.get().to(editor).get(1).getMessageID());
		assertThat(TestRelay.get().to(editor).get(0).getSubject()).isEqualTo(this.edition.subject());
	}

}
