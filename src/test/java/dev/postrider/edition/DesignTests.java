package dev.postrider.edition;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.postrider.mail.Letter;
import dev.postrider.mail.LetterRenderer;
import dev.postrider.mail.MessageTemplate;
import dev.postrider.mail.ReaderField;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.testing.PostriderTest;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every design with every set of stories keeps the rules of mail and of HTML in mail.
 */
@PostriderTest
class DesignTests {

	static final List<String> DESIGNS = SampleEditions.DESIGNS;

	/** What a full edition may weigh as it is sent. */
	private static final int HTML_BYTES = 80_000;

	@Autowired
	private LetterRenderer letters;

	@Autowired
	private EditionModel model;

	@ParameterizedTest
	@FieldSource("DESIGNS")
	@DisplayName("F3, F4, F5, F7, F8, F10: minimal, maximal and hostile stories make valid MIME with no line over 998")
	void validMime(String design) throws Exception {
		for (Edition edition : sets()) {
			byte[] message = message(letter(design, "en", edition));
			for (String line : new String(message, StandardCharsets.US_ASCII).split("\r\n", -1)) {
				assertThat(line).hasSizeLessThanOrEqualTo(998).doesNotContain("\r", "\n");
			}
			MimeMessage parsed = new MimeMessage(Session.getInstance(new java.util.Properties()),
					new ByteArrayInputStream(message));
			assertThat(parsed.getHeader("Bcc")).isNull();
			assertThat(parsed.getHeader("Subject")).hasSize(1);
			MimeMultipart parts = (MimeMultipart) parsed.getContent();
			assertThat(parts.getContentType()).startsWith("multipart/alternative");
			assertThat(parts.getBodyPart(0).getContentType()).startsWithIgnoringCase("text/plain")
				.containsIgnoringCase("utf-8");
			assertThat(parts.getBodyPart(1).getContentType()).startsWithIgnoringCase("text/html")
				.containsIgnoringCase("utf-8");
			assertThat(parts.getBodyPart(1).getContent().toString()).contains("</html>");
		}
	}

	@ParameterizedTest
	@FieldSource("DESIGNS")
	@DisplayName("H9, F9: hostile stories stay text in every part")
	void hostileStoriesStayText(String design) {
		Edition edition = SampleEditions.hostile();
		Newsletter newsletter = SampleEditions.newsletter(design, "en");
		for (Letter letter : List.of(this.letters.render(design + "/edition", this.model.mail(edition, newsletter)),
				this.letters.render(design + "/edition", this.model.web(edition, newsletter)))) {
			Document html = Jsoup.parse(letter.html());
			assertThat(html.select("script, iframe, form, object, svg, mj-raw, mj-text, mj-column, b")).isEmpty();
			assertThat(html.select("*").stream().flatMap((each) -> each.attributes().asList().stream()))
				.noneMatch((attribute) -> attribute.getKey().startsWith("on"))
				.noneMatch((attribute) -> attribute.getValue().startsWith("javascript:")
						|| attribute.getValue().startsWith("data:"));
			assertThat(letter.text()).doesNotContainPattern("(?m)^Bcc:").doesNotContain("\r");
			assertThat(letter.subject()).doesNotContainPattern("[\\p{Cc}\\p{Co}]");
			assertThat(letter.html() + letter.text()).contains("${7*7}").doesNotContain("49 ");
			assertSameInBothParts(edition, letter);
		}
	}

	@Test
	@DisplayName("a story's words never become a reader's field")
	void noForgedTokens() {
		for (String design : DESIGNS) {
			Letter web = this.letters.render(design + "/edition",
					this.model.web(SampleEditions.hostile(), SampleEditions.newsletter(design, "en")));
			assertThat(web.subject() + web.html() + web.text()).doesNotContainPattern("\\p{Co}");
		}
	}

	@ParameterizedTest
	@FieldSource("DESIGNS")
	@DisplayName("F9, L17, C1: both parts tell the same stories with the same links, the address and the way out")
	void bothPartsTellTheSame(String design) {
		for (String language : List.of("en", "de", "fr", "es", "ar")) {
			for (Edition edition : List.of(SampleEditions.minimal(), SampleEditions.full(), SampleEditions.arabic(),
					SampleEditions.maximal())) {
				Letter letter = letter(design, language, edition);
				assertSameInBothParts(edition, letter);
				Document html = Jsoup.parse(letter.html());
				Newsletter newsletter = SampleEditions.newsletter(design, language);
				for (String part : List.of(html.text(), letter.text())) {
					assertThat(part).contains(newsletter.postalAddress());
				}
				Set<String> links = new HashSet<>(html.select("a[href]").eachAttr("href"));
				assertThat(links).allSatisfy((link) -> assertThat(letter.text()).contains(link))
					.anyMatch((link) -> link.contains("/unsubscribe/"))
					.anyMatch((link) -> link.contains("/preferences/"));
				assertThat(letter.text().lines().filter((line) -> line.matches("https?://\\S+")))
					.allSatisfy((link) -> assertThat(links).contains(link));
			}
		}
	}

	private static void assertSameInBothParts(Edition edition, Letter letter) {
		Document html = Jsoup.parse(letter.html());
		List<String> headlines = edition.picks()
			.stream()
			.map((pick) -> Lines.clean(pick.headline()))
			.filter((headline) -> !headline.isEmpty())
			.toList();
		assertThat(html.select("h2").eachText().stream().map(Lines::clean)).containsExactlyElementsOf(headlines);
		int at = 0;
		for (String headline : headlines) {
			int found = letter.text().indexOf(headline, at);
			assertThat(found).as(headline).isGreaterThanOrEqualTo(at);
			at = found + headline.length();
		}
	}

	@ParameterizedTest
	@FieldSource("DESIGNS")
	@DisplayName("H1, H2, H3, H5, H7, H8, H10: the HTML keeps the rules of HTML in mail")
	void rulesOfHtml(String design) {
		for (String language : List.of("en", "ar")) {
			for (Edition edition : List.of(SampleEditions.minimal(), SampleEditions.full(), SampleEditions.maximal())) {
				Letter letter = letter(design, language, edition);
				Document html = Jsoup.parse(letter.html());
				String dir = language.equals("ar") ? "rtl" : "ltr";
				assertThat(html.select("html[lang=%s][dir=%s]".formatted(language, dir))).as("H1").hasSize(1);
				assertThat(html.select("body > div[lang=%s][dir=%s]".formatted(language, dir))).as("H1").hasSize(1);
				assertThat(html.select("table:not([role=presentation])")).as("H2").isEmpty();
				assertThat(html.select("h1")).as("H2").hasSize(1);
				assertThat(html.select("h3, h4, h5, h6")).as("H2").isEmpty();
				assertThat(html.select("a")).as("H2")
					.allSatisfy((link) -> assertThat(link.text() + link.select("img").attr("alt")).isNotBlank());
				assertThat(html.select("img")).as("H3").allSatisfy((image) -> {
					assertThat(image.hasAttr("alt")).isTrue();
					assertThat(image.attr("width")).matches("\\d+");
					assertThat(image.attr("height")).matches("\\d+");
				});
				assertThat(html.select("[style], [width], [height]")).as("sizes in digits that style sheets know")
					.allSatisfy((each) -> assertThat(each.attr("style") + each.attr("width") + each.attr("height"))
						.doesNotContainPattern("[\\p{Nd}&&[^0-9]]"));
				assertThat(html.select("meta[name=color-scheme]").attr("content")).as("H5").isEqualTo("light dark");
				assertThat(html.select("meta[name=supported-color-schemes]")).as("H5").hasSize(1);
				assertThat(letter.html()).as("H5").contains("prefers-color-scheme: dark");
				preheader(edition, letter, html);
				assertThat(html.select("script, form, iframe, svg, link[rel=stylesheet], [src^=data], [background]"))
					.as("H8")
					.isEmpty();
				assertThat(html.select("style")).as("H8")
					.allSatisfy((style) -> assertThat(style.data()).hasSizeLessThan(16_000)
						.doesNotContain("@import", "url(")
						.satisfies((css) -> assertThat(css.chars().filter((c) -> c == '{').count())
							.isEqualTo(css.chars().filter((c) -> c == '}').count())));
				assertThat(html.select("a[href]")).as("H10")
					.allSatisfy((link) -> assertThat(link.attr("href")).startsWith("https://"))
					.noneMatch((link) -> link.text().matches("https?://.*"));
			}
		}
	}

	private static void preheader(Edition edition, Letter letter, Document html) {
		if (!edition.preheader().isEmpty()) {
			Element first = html.body().child(0);
			assertThat(first.attr("style")).as("H7")
				.contains("display:none")
				.contains("max-height:0")
				.contains("overflow:hidden");
			assertThat(first.text()).as("H7").startsWith(edition.preheader()).isNotEqualTo(letter.subject());
			assertThat(edition.preheader()).as("H7").hasSizeLessThanOrEqualTo(101);
		}
	}

	@ParameterizedTest
	@FieldSource("DESIGNS")
	@DisplayName("H6: a full edition stays under 80 KB as it is sent, in Latin and in Arabic script")
	void size(String design) throws Exception {
		for (Map.Entry<String, Edition> each : Map.of("en", SampleEditions.full(), "ar", SampleEditions.arabic())
			.entrySet()) {
			Letter letter = letter(design, each.getKey(), each.getValue());
			int bytes = encoded(letter);
			System.out.println("design " + design + " " + each.getKey() + " encoded=" + bytes + " html="
					+ letter.html().getBytes(StandardCharsets.UTF_8).length);
			assertThat(bytes).isLessThan(HTML_BYTES);
		}
	}

	private static int encoded(Letter letter) throws Exception {
		MimeMessage message = new MimeMessage(Session.getInstance(new java.util.Properties()),
				new ByteArrayInputStream(message(letter)));
		return ((MimeMultipart) message.getContent()).getBodyPart(1).getSize();
	}

	@ParameterizedTest
	@FieldSource("DESIGNS")
	@DisplayName("labels, badges, credits, also, related, audio, share and follow links are in every design")
	void everyPieceIsThere(String design) {
		Letter letter = letter(design, "en", SampleEditions.maximal());
		for (String part : List.of(Jsoup.parse(letter.html()).text(), letter.text())) {
			assertThat(part).contains("City", "Politics", "Business")
				.contains("Podcast · 1 h 5 min", "Opinion", "Live", "Feature")
				.contains("Photo: Joan Petty")
				.contains("Mara Lindqvist")
				.contains("Also: The same told elsewhere, 3")
				.contains("Read more: Background, part 1 of three")
				.contains("Listen (1 h 5 min)")
				.contains("Share this edition")
				.contains("Follow us", "Mastodon");
		}
		Document html = Jsoup.parse(letter.html());
		assertThat(html.select("h2[lang=fr]")).hasSize(1);
		assertThat(html.text().contains("Tags: one, two, three"))
			.isEqualTo(letter.text().contains("Tags: one, two, three"))
			.isEqualTo(!design.equals("list"));
	}

	@Test
	@DisplayName("every fixed word follows the language")
	void wordsFollowTheLanguage() {
		for (String design : DESIGNS) {
			Map<String, String> stays = Map.of("de", "Abmelden", "fr", "Se désabonner", "es", "Darse de baja", "ar",
					"إلغاء الاشتراك");
			stays.forEach((language, unsubscribe) -> {
				Letter letter = letter(design, language, SampleEditions.arabic());
				for (String part : List.of(Jsoup.parse(letter.html()).text(), letter.text())) {
					assertThat(part).contains(unsubscribe)
						.doesNotContain("Unsubscribe", "You get this", "Photo:", "By ", "Monday", "Feature", "Read");
				}
			});
		}
		assertThat(letter("list", "de", SampleEditions.full()).text()).contains("Montag, 23. November 2026")
			.contains("am Montag, Mittwoch und Freitag");
	}

	private static List<Edition> sets() {
		return List.of(SampleEditions.minimal(), SampleEditions.full(), SampleEditions.maximal(),
				SampleEditions.hostile(), SampleEditions.arabic());
	}

	private Letter letter(String design, String language, Edition edition) {
		Letter letter = this.letters.render(design + "/edition",
				this.model.mail(edition, SampleEditions.newsletter(design, language)));
		return new Letter(letter.subject(), SampleEditions.filled(letter.html()), SampleEditions.filled(letter.text()));
	}

	private static byte[] message(Letter letter) {
		return new MessageTemplate(List.of(), letter).copy(List.of(), Map.<ReaderField, String>of());
	}

}
