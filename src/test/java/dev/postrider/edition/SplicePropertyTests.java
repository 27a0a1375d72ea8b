package dev.postrider.edition;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.stream.Collectors;

import dev.postrider.mail.Letter;
import dev.postrider.mail.LetterRenderer;
import dev.postrider.mail.MessageTemplate;
import dev.postrider.mail.ReaderField;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.testing.PostriderTest;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a reader gets is what the templates would have written with the reader's values in
 * the first place: splice(render(variant), reader) = render(variant with the values).
 */
@PostriderTest
class SplicePropertyTests {

	@Autowired
	private EditionModel model;

	@Autowired
	private LetterRenderer letters;

	@Autowired
	private Editions editions;

	@Autowired
	private EditionComposer composer;

	@Autowired
	private EditionRenderer renderer;

	@Autowired
	private Newsletters newsletters;

	@Autowired
	private JdbcClient jdbc;

	private final Random random = new Random(20261123);

	@ParameterizedTest
	@ValueSource(strings = { "front-page", "list", "long-read" })
	void splicedIsRenderedWithTheValues(String design) throws Exception {
		Edition edition = edition();
		Newsletter newsletter = newsletter(edition, design);
		MessageTemplate template = new MessageTemplate(List.of(), this.renderer.letter(edition, newsletter));
		assertThat(template.fields()).contains(ReaderField.EMAIL, ReaderField.UNSUBSCRIBE_URL,
				ReaderField.PREFERENCES_URL);
		for (int i = 0; i < 25; i++) {
			Map<ReaderField, String> values = values();
			Letter direct = direct(edition, newsletter, values);
			MimeMessage message = new MimeMessage(Session.getInstance(new Properties()),
					new ByteArrayInputStream(template.copy(List.of(), values)));
			assertThat(message.getSubject()).isEqualTo(direct.subject());
			assertThat(part(message, 0)).isEqualTo(direct.text().replace("\n", "\r\n"));
			assertThat(shape(part(message, 1))).isEqualTo(shape(direct.html().replaceAll("\r?\n", "\r\n")));
		}
	}

	@Test
	void aPreviewIsThatToo() {
		Edition edition = edition();
		Newsletter newsletter = newsletter(edition, "front-page");
		Map<ReaderField, String> values = values();
		Letter filled = this.renderer.letter(edition, newsletter).filled(values);
		Letter direct = direct(edition, newsletter, values);
		assertThat(filled.text()).isEqualTo(direct.text());
		assertThat(shape(filled.html())).isEqualTo(shape(direct.html()));
	}

	private Letter direct(Edition edition, Newsletter newsletter, Map<ReaderField, String> values) {
		Map<String, Object> model = new HashMap<>(this.model.mail(edition, newsletter));
		model.put("reader",
				values.entrySet().stream().collect(Collectors.toMap((it) -> it.getKey().key(), Map.Entry::getValue)));
		return this.letters.render(newsletter.design() + "/edition", model);
	}

	private Map<ReaderField, String> values() {
		Map<ReaderField, String> values = new HashMap<>();
		for (ReaderField field : ReaderField.BUILT_IN) {
			values.put(field, field.key().endsWith("Url") ? "https://news.example/" + token() : words());
		}
		return values;
	}

	private String token() {
		StringBuilder token = new StringBuilder();
		for (int length = this.random.nextInt(120); length >= 0; length--) {
			token.append("ABCXYZabcxyz0189-_".charAt(this.random.nextInt(18)));
		}
		return token.toString();
	}

	private String words() {
		String[] pieces = { "Ada", "José", " ", "Łukasz", "مريم", "港口", "😀", "👩‍👩‍👧", "<b>", "&amp;", "&", "\"",
				"'", "=", "=3D", "${x}", ".", "O'Brien", "a".repeat(80), "From ", "@", "%", "--", "]]>", "\u00a0" };
		StringBuilder words = new StringBuilder();
		for (int length = this.random.nextInt(8); length >= 0; length--) {
			words.append(pieces[this.random.nextInt(pieces.length)]);
		}
		return "x" + words + "x";
	}

	private Edition edition() {
		SampleNewsroom newsroom = new SampleNewsroom(this.jdbc, this.newsletters);
		newsroom.stories(3);
		Edition opened = this.editions.open(newsroom.newsletter(), newsroom.date(), 1, newsroom.due());
		return this.composer.compose(opened.id(), newsroom.newsletter());
	}

	private Newsletter newsletter(Edition edition, String design) {
		this.jdbc.sql("UPDATE newsletter SET design = ? WHERE id = ?").params(design, edition.newsletterId()).update();
		return this.newsletters.find(edition.newsletterId()).orElseThrow();
	}

	private static String part(MimeMessage message, int index) throws Exception {
		return new String(((MimeMultipart) message.getContent()).getBodyPart(index).getInputStream().readAllBytes(),
				StandardCharsets.UTF_8);
	}

	/**
	 * As a browser reads it: the same character may be written as itself or as an entity.
	 */
	private static String shape(String html) {
		Document document = Jsoup.parse(html);
		document.outputSettings().prettyPrint(false);
		return document.outerHtml();
	}

}
