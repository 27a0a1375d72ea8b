package dev.postrider.story.feed;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

import dev.postrider.story.Story;
import dev.postrider.story.feed.FeedText.Kind;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What feeds mean by their texts: which are markup, what it says, where it links to.
 */
class FeedMarkupTests {

	private static final URI BASE = URI.create("https://news.example/feeds/all.xml");

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = { "<title>A &lt;b> c</title> | PLAIN | A <b> c",
			"<title type='text'>A &lt;b> c</title> | PLAIN | A <b> c", "<title type=''>A</title> | PLAIN | A",
			"<title type='html'>A &lt;b>bold&lt;/b> word</title> | HTML | A <b>bold</b> word",
			"<title type='html'><div xmlns='http://www.w3.org/1999/xhtml'>A &lt;b>b&lt;/b></div></title> | HTML | A <b>b</b>",
			"<title type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>A <b>b</b> &lt; c<br/></div></title> | HTML | A <b>b</b> &lt; c<br />",
			"<title type='xhtml'><x:div xmlns:x='http://www.w3.org/1999/xhtml'><x:i>A</x:i></x:div></title> | HTML | <i>A</i>",
			"<title>A <b>naked</b> word</title> | HTML | A <b>naked</b> word",
			"<title type='application/octet-stream'>QSA8Yj5iPC9iPg==</title> | EITHER | A <b>b</b>",
			"<title type='image/png'>iVBORw0KGgo=</title> | EITHER | ``" })
	void atom10(String xml, Kind kind, String value) {
		assertThat(title("<feed xmlns='http://www.w3.org/2005/Atom'><entry>" + xml + "</entry></feed>"))
			.isEqualTo(new FeedText(value, kind));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = { "<title>A</title> | EITHER | A",
			"<title type='text/html' mode='escaped'>A &lt;b>b&lt;/b></title> | HTML | A <b>b</b>",
			"<title type='text/html' mode='base64'>QSA8Yj5iPC9iPg==</title> | HTML | A <b>b</b>",
			"<title type='application/xhtml+xml'><div xmlns='http://www.w3.org/1999/xhtml'>A</div></title> | HTML | <div>A</div>" })
	void atom03(String xml, Kind kind, String value) {
		assertThat(title("<feed version='0.3' xmlns='http://purl.org/atom/ns#'><entry>" + xml + "</entry></feed>"))
			.isEqualTo(new FeedText(value, kind));
	}

	@Test
	void linksInMarkupAreRelativeToTheElementTheyStandIn() {
		String xhtml = """
				<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://a.example/x/"><entry xml:base="y/"><title type="xhtml">
				<div xmlns="http://www.w3.org/1999/xhtml" xml:base="z/"><a href="1?a&amp;b">1</a><img src="/2"/>
				<p xml:base="https://b.example"><a href="3">3</a> <a href="mailto:a@b.example">4</a></p></div></title></entry></feed>""";
		assertThat(title(xhtml).value()).contains("href=\"https://a.example/x/y/z/1?a&amp;b\"",
				"src=\"https://a.example/2\"", "href=\"https://b.example/3\"", "href=\"mailto:a@b.example\"");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = {
			"<a href=\"/x\">1 > 0 & <br/> | <a href=\"https://news.example/x\">1 > 0 & <br/>",
			"<A HREF='a b?c&amp;d'>x | <A HREF='https://news.example/feeds/a%20b?c&amp;d'>x",
			"<img alt=\"href=/no\" src=../../../x.jpg> | <img alt=\"href=/no\" src=https://news.example/x.jpg>",
			"<a href=\"é\"> | <a href=\"https://news.example/feeds/é\">",
			"<a href=\"javascript:alert(1)\"> | <a href=\"javascript:alert(1)\">",
			"<a href=\"//cdn.example/x\"> | <a href=\"https://cdn.example/x\">",
			"<a href=\"?p=2\"> | <a href=\"https://news.example/feeds/all.xml?p=2\">",
			"<!-- <a href=\"/x\"> --> <script>'<a href=\"/x\">'</script> | <!-- <a href=\"/x\"> --> <script>'<a href=\"/x\">'</script>",
			"href=\"/x\" | href=\"/x\"" })
	void onlyAddressesChange(String html, String absolute) {
		assertThat(RelativeLinks.absolute(html, BASE)).isEqualTo(absolute);
	}

	@Test
	void whateverTheHtmlItsTextStaysAndNothingIsThrown() {
		Random random = new Random(11);
		List<String> pieces = List.of("<a href=\"/x\">", "<a href=y", "</a>", "<p>", "<table><b>", "</b>", "text & ",
				"\"", "<img src='", "'", ">", "<!--", "-->", "<script>", "</script>", "href=", "<textarea>", "é",
				"<![CDATA[", "<svg><a xlink:href=\"z\" href='../q'>", "\u0000", " ");
		for (int i = 0; i < 2000; i++) {
			StringBuilder html = new StringBuilder();
			for (int j = random.nextInt(15); j >= 0; j--) {
				html.append(pieces.get(random.nextInt(pieces.size())));
			}
			String absolute = RelativeLinks.absolute(html.toString(), BASE);
			assertThat(Jsoup.parse(absolute).text()).as(html.toString()).isEqualTo(Jsoup.parse(html.toString()).text());
		}
	}

	@Test
	void ofASummaryAndADescriptionTheFirstIsTheShortOne() {
		ItemTexts texts = texts("<summary>Short.</summary><description>The article.</description>");
		assertThat(texts.summary().value()).isEqualTo("Short.");
		assertThat(texts.contents()).extracting(FeedText::value).containsExactly("The article.");
		assertThat(texts("<body>B</body><fullitem>F</fullitem><media:content url='x'>M</media:content>").contents())
			.extracting(FeedText::value)
			.containsExactly("B", "F");
	}

	@Test
	void anotherVocabularysElementOfTheSameNameStandsBack() {
		ItemTexts texts = texts("<o:title>No</o:title><title>Yes</title><o:description>No</o:description>"
				+ "<description>Yes</description>");
		assertThat(texts.title().value()).isEqualTo("Yes");
		assertThat(texts.summary().value()).isEqualTo("Yes");
		assertThat(texts("<dc:title>DC</dc:title><dc:description>DC too</dc:description>").title().value())
			.isEqualTo("DC");
	}

	@ParameterizedTest
	@ValueSource(strings = {
			"<r:rss xmlns:r='urn:old' version='2.0'><r:channel><r:title>T</r:title><r:item><r:title>One</r:title></r:item></r:channel></r:rss>",
			"<rss xmlns='urn:old'><channel><title>T</title><item><title>One</title></item></channel></rss>",
			"<rss><title>T</title><item><title>One</title></item></rss>",
			"<feed version='0.3' xmlns='urn:old'><title>T</title><entry><title>One</title></entry></feed>",
			"<feed><title>T</title><entry><title>One</title></entry></feed>",
			"<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:title>T</a:title><a:entry><a:title>One</a:title></a:entry></a:feed>",
			"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><channel xmlns='urn:any'><title>T</title></channel><item xmlns='urn:any'><title>One</title></item></rdf:RDF>" })
	void feedsWhoseFormIsNotQuiteWhatTheirFormatWants(String xml) {
		Feed feed = read(xml);
		assertThat(feed.title()).isEqualTo("T");
		assertThat(feed.items()).extracting(FeedItem::headline).containsExactly("One");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = {
			"<![CDATA[<p>One <b onclick='x()'>bold</b> <a href='/x' onmouseover=y>link</a>.</p><script>z()</script><ul><li>a</ul>]]> | <p>One <b>bold</b> <a href=\"https://news.example/x\">link</a>.</p><ul><li>a</li></ul>",
			"<![CDATA[<div>One.</div><div>Two.</div>]]> | <p>One.</p><p>Two.</p>",
			"<![CDATA[<p>One.</p><p><a href='/x'>Read more</a></p>]]> | <p>One.</p><p></p>",
			"<![CDATA[<a href='javascript:x()'>One</a> <img src=x onerror=y>]]> | ``", "Only words & more | ``",
			"a &lt; b | ``" })
	void summariesAreSafeHtmlWhereTheyHaveMarkup(String description, String html) {
		assertThat(item("<description>" + description.replace("& ", "&amp; ") + "</description>").summaryHtml()
			.replace("\n", "")).isEqualTo(html);
	}

	@Test
	void relatedLinks() {
		FeedItem item = item(
				"""
						<link>https://news.example/1</link><atom:link rel="related" href="/2" title="What came &lt;b>before&lt;/b>"/>
						<atom:link rel="related" href="https://news.example/1"/><o:relatedLink title="More" link="https://www.other.example/3"/>
						<dc:relation>https://www.other.example/4</dc:relation><dc:relation>Not an address at all</dc:relation>
						<atom:link rel="related" href="javascript:alert(1)" title="No"/>""");
		assertThat(item.related()).containsExactly(new Story.Link("https://news.example/2", "What came before"),
				new Story.Link("https://www.other.example/3", "More"),
				new Story.Link("https://www.other.example/4", "other.example"));
	}

	@Test
	void entriesOfAtomAreByTheirFeedsAuthorsUnlessTheyNameTheirOwn() {
		Feed feed = read("""
				<feed xmlns="http://www.w3.org/2005/Atom"><author><name>Desk</name></author><title>T</title>
				<entry><title>One</title><author><name>Ann</name></author></entry><entry><title>Two</title></entry>
				<entry><title>Three</title><source><author><name>Agency</name></author></source></entry></feed>""");
		assertThat(feed.items()).extracting(FeedItem::author).containsExactly("Ann", "Desk", "Agency");
	}

	@Test
	void creditsOfPicturesInTheText() {
		assertThat(item("<description><![CDATA[<figure><img src='/a.jpg' alt='Harbour'><figcaption>Dawn. "
				+ "<span class='photo-credit'>Ann Bell</span></figcaption></figure>]]></description>")
			.image()
			.credit()).isEqualTo("Ann Bell");
		assertThat(item(
				"<description><![CDATA[<figure><img src='/a.jpg'><figcaption>Photo: Ann Bell</figcaption></figure>]]></description>")
			.image()
			.credit()).isEqualTo("Photo: Ann Bell");
		assertThat(item(
				"<description><![CDATA[<figure><img src='/a.jpg'><figcaption>Photos that moved us</figcaption></figure>]]></description>")
			.image()
			.credit()).isNull();
	}

	@Test
	void keywordsAreNoSections() {
		FeedItem item = item("<category>Business</category><media:keywords>ships, harbour</media:keywords>");
		assertThat(item.categories()).containsExactly("Business");
		assertThat(item.keywords()).containsExactly("ships", "harbour");
	}

	private static FeedText title(String xml) {
		FeedTree tree = tree(xml);
		return tree.items()
			.get(0)
			.getChildren()
			.stream()
			.map((title) -> TextElement.read(title, tree.base()))
			.findFirst()
			.orElseThrow();
	}

	private static ItemTexts texts(String item) {
		FeedTree tree = tree(rss(item));
		return ItemTexts.of(tree.items().get(0), tree.base());
	}

	private static FeedItem item(String item) {
		return read(rss("<title>One</title>" + item)).items().get(0);
	}

	private static String rss(String item) {
		return """
				<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"
				  xmlns:atom="http://www.w3.org/2005/Atom" xmlns:o="urn:other"><channel><title>T</title><item>%s</item></channel></rss>"""
			.formatted(item);
	}

	private static FeedTree tree(String xml) {
		return FeedTree.of(xml, fetched(xml));
	}

	private static Feed read(String xml) {
		return new FeedReader().read(fetched(xml));
	}

	private static Fetched fetched(String xml) {
		return Fetched.of(BASE, xml.getBytes(StandardCharsets.UTF_8));
	}

}
