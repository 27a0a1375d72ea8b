package dev.postrider.mail;

import java.util.List;
import java.util.Map;
import java.util.Random;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Readers' values in the places of a letter where a template may put them.
 */
class PlaceTests {

	private static final String NAME = ReaderField.NAME.token();

	@ParameterizedTest
	@ValueSource(strings = { "Ada", "\"><script>alert(1)</script>", "' onload='x", "--><b>", "</td>", "&amp;&lt;",
			"José Ångström 😀", "a\r\nb", "مريم" })
	void aValueIsTextBetweenTagsInAttributesAndInConditionalComments(String name) {
		String html = "<!--[if mso]><table><tr><td><![endif]--><p title=\"For " + NAME + "\">Dear " + NAME
				+ "!</p><title>" + NAME + "</title><!--[if !mso]><!--><i>" + NAME + "</i><!--<![endif]-->";
		Document document = Jsoup.parse(fill(html, name));
		String seen = name.replaceAll("[\r\n]+", " ");
		assertThat(document.select("p").get(0).wholeText()).isEqualTo("Dear " + seen + "!");
		assertThat(document.select("p").attr("title")).isEqualTo("For " + seen);
		assertThat(document.select("title").get(0).wholeText()).isEqualTo(seen);
		assertThat(document.select("i").get(0).wholeText()).isEqualTo(seen);
		assertThat(document.select("script, b")).isEmpty();
		assertThat(document.select("p").get(0).attributes()).extracting(Attribute::getKey).containsExactly("title");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			https://news.example/a?b=c&d=%20#e | https://news.example/a?b=c&d=%20#e
			HTTP://news.example/               | HTTP://news.example/
			https://news.example/ü "x"         | https://news.example/%C3%BC%20%22x%22
			javascript:alert(1)                | javascript%3Aalert%281%29
			data:text/html,x                   | data%3Atext%2Fhtml%2Cx
			//evil.example                     | %2F%2Fevil.example
			""")
	void aWholeAddressStaysOneAndNothingElseBecomesOne(String value, String expected) {
		assertThat(href(NAME, value)).isEqualTo(expected);
		assertThat(href(NAME + "#until-x", value)).isEqualTo(expected + "#until-x");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			https://news.example/?for=  | A&B=C D/é | https://news.example/?for=A%26B%3DC%20D%2F%C3%A9
			/page/                      | ../x?y#z  | /page/..%2Fx%3Fy%23z
			https://news.example/#      | a"b'c<d   | https://news.example/#a%22b%27c%3Cd
			mailto:                     | a+b@c.example?cc=x | mailto:a%2Bb@c.example%3Fcc%3Dx
			https://share.example/?u=https://news.example/ | x?y | https://share.example/?u=https://news.example/x%3Fy
			""")
	void aValueWithinAnAddressIsPercentEncoded(String before, String value, String expected) {
		assertThat(href(before + NAME, value)).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "<style>p { color: #T }</style>", "<script>var name = 'T'</script>",
			"<p style=\"color: T\">", "<p onclick='go(\"T\")'>", "<p title=T>", "<p title=aT>", "<p T>", "<T>", "</T>",
			"<p aT=\"x\">", "<!-- T -->", "<a href=\"https://T/\">", "<a href=\"https://a.T\">", "<a href=\"//T\">",
			"<a href=\"https:T\">", "<a href=\"javascript:go('T')\">", "<a\nnowrap\nhref\n=\n\"Https://xT\">",
			"<a href=\"TT\">", "<img srcset=\"T 2x\">" })
	void whereNoValueCanBeMadeSafeATokenIsRefused(String html) {
		String letter = "<p>Hello</p>" + html.replace("T", NAME);
		assertThatIllegalArgumentException().isThrownBy(() -> Pieces.ofHtml(letter))
			.withMessageContaining("reader.name stands ");
	}

	@Test
	void inPlainTextAValueIsOneLineAndTurnsNothingAround() {
		assertThat(Pieces.fill(Pieces.ofText("Dear " + NAME + ","),
				Map.of(ReaderField.NAME, "A\r\n\u2028B \u202Egnp\u2066 \uE000email\uE001 \uD83D")))
			.isEqualTo("Dear A B gnp email ,");
	}

	@Test
	void whateverTheValueTheDocumentKeepsItsShape() {
		Random random = new Random(20261123);
		String html = "<div title=\"" + NAME + "\"><a href=\"" + NAME + "\">" + NAME
				+ "</a><a href=\"https://x.example/?q=" + NAME + "&amp;r=1\">go</a></div>";
		String shape = shape(Jsoup.parse(fill(html, "plain")));
		for (int i = 0; i < 2000; i++) {
			StringBuilder value = new StringBuilder();
			for (int length = random.nextInt(12); length > 0; length--) {
				String[] parts = { "<", ">", "\"", "'", "&", "&lt;", "--", "]]>", "=", " ", "\n", "\\", "/", "%22",
						"\u0000", "javascript:", "http://", "😀", "\u00a0", "x" };
				value.append(parts[random.nextInt(parts.length)]);
			}
			Document filled = Jsoup.parse(fill(html, value.toString()));
			assertThat(shape(filled)).as(value.toString()).isEqualTo(shape);
			assertThat(filled.select("a").get(1).attr("href")).startsWith("https://x.example/?q=").endsWith("&r=1");
			assertThat(filled.select("a").get(0).attr("href")).matches("(?i)(https?://.*)?|[A-Za-z0-9._~%@-]*");
		}
	}

	private static String shape(Document document) {
		StringBuilder shape = new StringBuilder();
		for (Element element : document.getAllElements()) {
			shape.append(element.nodeName())
				.append(element.attributes().asList().stream().map(Attribute::getKey).toList());
		}
		return shape.toString();
	}

	private static String href(String address, String value) {
		return Jsoup.parse(fill("<p><a class='x' href=\"" + address + "\">x</a></p>", value)).select("a").attr("href");
	}

	private static String fill(String html, String name) {
		List<Piece> pieces = Pieces.ofHtml(html);
		return Pieces.fill(pieces, Map.of(ReaderField.NAME, name));
	}

}
