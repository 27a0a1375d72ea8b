package dev.postrider.delivery;

import java.io.ByteArrayInputStream;
import java.time.LocalDate;
import java.util.Map;
import java.util.Properties;

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
import org.junit.jupiter.api.BeforeEach;
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
	void thePreviewIsTheWholeMessageWithNobodysLinks() throws Exception {
		EditionReader reader = new EditionReader(4711, "ada@example.org", "Ada", "Local", Map.of());
		EditionMail.MimePreview preview = this.mails.preview(this.edition, this.newsletter, this.letter, reader);
		assertThat(preview.signed()).isFalse();
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
