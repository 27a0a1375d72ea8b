package dev.postrider.story.feed;

import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import dev.postrider.story.SourceException;
import dev.postrider.story.Story;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * Feeds of all formats and kinds of trouble.
 */
@Timeout(90)
class FeedReaderTests {

	private static final URI BASE = URI.create("https://news.example/feeds/all.xml");

	@Test
	void rss091WithItsDoctypeThatIsNeverLoaded() {
		Feed feed = read(
				"""
						<?xml version="1.0"?>
						<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://127.0.0.1:1/rss-0.91.dtd">
						<rss version="0.91"><channel><title>Caf&eacute;</title><link>https://news.example/</link>
						<language>en</language><item><title>Caf&eacute; &amp; Bar</title><link>https://news.example/1</link></item>
						</channel></rss>""");
		assertThat(feed.title()).isEqualTo("Café");
		assertThat(feed.items()).extracting(FeedItem::headline).containsExactly("Café & Bar");
	}

	@Test
	void rss10() {
		FeedItem item = read(
				"""
						<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
						  xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://news.example/"><title>T</title>
						<link>https://news.example/</link><description>D</description></channel>
						<item rdf:about="https://news.example/1"><title>One</title><link>https://news.example/1</link>
						<description>First.</description><dc:date>2026-11-20T10:00:00+01:00</dc:date><dc:creator>Ann Bell</dc:creator>
						<dc:subject>Business</dc:subject></item></rdf:RDF>""")
			.items()
			.get(0);
		assertThat(item.link()).hasToString("https://news.example/1");
		assertThat(item.published()).isEqualTo("2026-11-20T09:00:00Z");
		assertThat(item.author()).isEqualTo("Ann Bell");
		assertThat(item.categories()).containsExactly("Business");
		assertThat(item.summary()).containsExactly("First.");
	}

	@Test
	void atomWithBaseMarkupAndEnclosure() {
		Feed feed = read(
				"""
						<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://other.example/" xml:lang="de-DE">
						<title type="html">&lt;b&gt;Alles&lt;/b&gt;</title><id>x</id><updated>2026-11-20T10:00:00Z</updated>
						<entry xml:base="news/"><title type="text">1 &lt; 2</title><id>y</id><updated>2026-11-20T10:00:00Z</updated>
						<link rel="enclosure" type="audio/mpeg" href="talk.mp3"/><link href="one.html?a=1&amp;utm_source=rss"/>
						<category term="biz" label="Business"/><author><name>Ann</name></author><author><name>Bob</name></author>
						<summary type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>A <em>word</em></p><p>or two</p></div></summary>
						</entry></feed>""");
		FeedItem item = feed.items().get(0);
		assertThat(feed.title()).isEqualTo("Alles");
		assertThat(feed.language()).isEqualTo("de-DE");
		assertThat(item.headline()).isEqualTo("1 < 2");
		assertThat(item.link()).hasToString("https://other.example/news/one.html?a=1&utm_source=rss");
		assertThat(item.summary()).containsExactly("A word", "or two");
		assertThat(item.categories()).containsExactly("Business");
		assertThat(item.author()).isEqualTo("Ann, Bob");
		assertThat(item.audio().url()).isEqualTo("https://other.example/news/talk.mp3");
	}

	@Test
	void mediaRssTakesTheWidestWithItsWords() {
		Story.Image image = item(
				"""
						<media:content url="/small.jpg" type="image/jpeg" width="100"/>
						<media:group><media:content url="https://img.example/film.mp4" type="video/mp4" width="1920"/>
						<media:content url="https://img.example/large.jpg" medium="image" width="800" height="450">
						<media:description>A harbour at dawn</media:description><media:credit>Ann Bell</media:credit></media:content>
						</media:group>""")
			.image();
		assertThat(image).isEqualTo(
				new Story.Image("https://img.example/large.jpg", "A harbour at dawn", "Ann Bell", 800, 450, false));
	}

	@ParameterizedTest
	@CsvSource({ "1:02:03, 3723", "62:03, 3723", "3723, 3723", "3723.5, 3723" })
	void podcast(String duration, long seconds) {
		FeedItem item = item("""
				<enclosure url="https://audio.example/1.mp3" type="audio/mpeg" length="1"/>
				<itunes:duration>%s</itunes:duration><itunes:image href="https://img.example/1.jpg"/>"""
			.formatted(duration));
		assertThat(item.audio()).isEqualTo(new Story.Audio("https://audio.example/1.mp3", Duration.ofSeconds(seconds)));
		assertThat(item.image().url()).isEqualTo("https://img.example/1.jpg");
	}

	@Test
	void pictureInTheTextButNoCounterAndNoScript() {
		FeedItem item = item(
				"""
						<description><![CDATA[<img src="https://stat.example/p.gif" width="1" height="1"><script>alert(1)</script>
						<img src="javascript:alert(1)"><img src="/pics/a b.jpg" alt="Two &quot;boats&quot;"><p>Text &amp; more &mdash; here</p>]]></description>""");
		assertThat(item.image().url()).isEqualTo("https://news.example/pics/a%20b.jpg");
		assertThat(item.image().alt()).isEqualTo("Two \"boats\"");
		assertThat(item.summary()).containsExactly("Text & more — here");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "AT&amp;T buys it | AT&T buys it", "AT&amp;amp;T buys it | AT&T buys it",
			"<![CDATA[<b>Bold</b> &eacute;t&eacute;]]> | Bold été", "a &lt; b &gt; c | a < b > c",
			"&lt;b&gt;Bold&lt;/b&gt; move | Bold move", "&#8220;Quoted&#8221; | “Quoted”",
			"Fish &amp; chips&#x200B; \u00a0 now | Fish & chips now", "The &lt;Foo&gt; operator | The <Foo> operator" })
	void titlesAreWhatAReaderReads(String xml, String words) {
		assertThat(
				read(FeedServer.rss("T", FeedServer.item(xml, "https://news.example/1", ""))).items().get(0).headline())
			.isEqualTo(words);
	}

	@ParameterizedTest
	@CsvSource({ "ISO-8859-1, ISO-8859-1,", "windows-1252, ISO-8859-1,", "UTF-8, UTF-8,", "UTF-16, UTF-16,",
			"ISO-8859-15, ISO-8859-15,", "ISO-8859-1, UTF-8,", "UTF-8, ISO-8859-1, text/xml; charset=utf-8",
			"ISO-8859-1,, text/xml; charset=iso-8859-1", "ISO-8859-1,,", "UTF-8,, text/xml; charset=us-ascii" })
	void charsetsAsTheyAreWhateverIsSaid(String real, String declared, String contentType) {
		String prolog = (declared != null) ? "<?xml version=\"1.0\" encoding=\"" + declared + "\"?>" : "";
		String xml = prolog + "<rss version=\"2.0\"><channel><title>Übergröße für Käthe</title></channel></rss>";
		Feed feed = new FeedReader()
			.read(new Fetched(BASE, contentType, null, xml.getBytes(Charset.forName(real)), null, null, false));
		assertThat(feed.title()).isEqualTo("Übergröße für Käthe");
	}

	@Test
	void illFormed() {
		Feed feed = read("""
				\n\n<rss version="2.0"><channel><title>Fish & Chips</title><item><title>One & two</title>
				<link>https://news.example/?a=1&b=2</link><description>Never <b>closed</description>
				<dc:creator>Ann</dc:creator><media:content url="https://img.example/1.jpg" medium="image"/></item>
				<item><title>Next\u0007</title><link>https://news.example/2</link></item>""");
		assertThat(feed.title()).isEqualTo("Fish & Chips");
		assertThat(feed.items()).extracting(FeedItem::headline).containsExactly("One & two", "Next");
		FeedItem first = feed.items().get(0);
		assertThat(first.link()).hasToString("https://news.example/?a=1&b=2");
		assertThat(first.author()).isEqualTo("Ann");
		assertThat(first.image().url()).isEqualTo("https://img.example/1.jpg");
	}

	@Test
	void entitiesThatMultiply() {
		StringBuilder bomb = new StringBuilder("<!DOCTYPE rss [<!ENTITY a0 \"ha\">");
		for (int i = 1; i < 20; i++) {
			bomb.append("<!ENTITY a%d \"%s\">".formatted(i, ("&a" + (i - 1) + ";").repeat(10)));
		}
		bomb.append("]><rss version=\"2.0\"><channel><title>&a19;</title></channel></rss>");
		assertThatExceptionOfType(SourceException.class).isThrownBy(() -> read(bomb.toString()))
			.withMessageContaining("built to overload");
	}

	@Test
	void entitiesThatAreLong() {
		String bomb = "<!DOCTYPE rss [<!ENTITY a \"" + "x".repeat(90_000) + "\">]><rss version=\"2.0\"><channel><title>"
				+ "&a;".repeat(500) + "</title></channel></rss>";
		assertThatExceptionOfType(SourceException.class).isThrownBy(() -> read(bomb))
			.withMessageContaining("built to overload");
	}

	@Test
	void elementsWithoutEnd() {
		String deep = "<rss version=\"2.0\"><channel>" + "<a>".repeat(200_000);
		assertThatExceptionOfType(SourceException.class).isThrownBy(() -> read(deep))
			.withMessageContaining("built to overload");
	}

	@Test
	void elementsWithoutEndInIllFormedText() {
		String deep = "<rss version=\"2.0\"><channel><title>a & b</title>" + "<a>".repeat(200_000);
		assertThat(read(deep).title()).isEqualTo("a & b");
	}

	@Test
	void filesOfTheServerStayThere(@TempDir Path folder) throws Exception {
		Path secret = Files.writeString(folder.resolve("secret.txt"), "the-secret");
		Feed feed = read("<!DOCTYPE rss [<!ENTITY x SYSTEM \"" + secret.toUri()
				+ "\"><!ENTITY % y SYSTEM \"http://127.0.0.1:1/y\"> %y;]><rss version=\"2.0\"><channel><title>a&x;b</title></channel></rss>");
		assertThat(String.valueOf(feed.title())).doesNotContain("the-secret");
	}

	@ParameterizedTest
	@ValueSource(strings = { "<!DOCTYPE html><html><head><title>News</title></head><body><p>x<br></body></html>", "",
			"Not found", "{\"a\": 1}", "<opml version=\"2.0\"><body/></opml>", "<?xml version=\"1.0\"?>", "<<<>>>" })
	void whatIsNoFeed(String text) {
		assertThatExceptionOfType(SourceException.class).isThrownBy(() -> read(text))
			.withMessageContaining("not a feed")
			.satisfies((ex) -> assertThat(ex.getMessage()).hasSizeLessThan(400));
	}

	@Test
	void tenThousandItems() {
		String items = FeedServer.item("A story", "https://news.example/1", "Mon, 23 Nov 2026 06:00:00 GMT")
			.repeat(10_000);
		assertThat(read(FeedServer.rss("T", items)).items()).hasSize(FeedReader.MAX_ITEMS);
	}

	@Test
	void linksAreWhereFeedsPutThem() {
		assertThat(List.of(link("<guid>https://news.example/guid</guid>"),
				link("<guid isPermaLink=\"false\">https://news.example/no</guid><link>/relative?x</link>"),
				link("<link>javascript:alert(1)</link><guid>https://news.example/guid</guid>"),
				link("<link>https://news.example/a|b c</link>"),
				link("<atom:link href=\"https://news.example/atom\"/>")))
			.containsExactly("https://news.example/guid", "https://news.example/relative?x",
					"https://news.example/guid", "https://news.example/a%7Cb%20c", "https://news.example/atom");
		assertThat(item("<link>mailto:a@news.example</link>").link()).isNull();
	}

	@Test
	void authorsWithoutTheirAddresses() {
		assertThat(item("<author>ann@news.example (Ann Bell)</author>").author()).isEqualTo("Ann Bell");
		assertThat(item("<author>Ann Bell &lt;ann@news.example&gt;</author>").author()).isEqualTo("Ann Bell");
		assertThat(item("<author>ann@news.example</author>").author()).isNull();
	}

	private static String link(String xml) {
		return String.valueOf(item(xml).link());
	}

	private static FeedItem item(String xml) {
		return read("""
				<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom"
				  xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel><title>T</title>
				<item><title>One</title>%s</item></channel></rss>""".formatted(xml)).items().get(0);
	}

	@ParameterizedTest
	@ValueSource(strings = { "<![CDATA[", "<x:a xmlns:p%d='u%d' b=", "<a>", "</a", "<!--", "&amp" })
	void hugeFeedsOfOneThingLeftOpenEndTheRead(String thing) {
		StringBuilder xml = new StringBuilder(2_100_000).append("<rss><channel><title>T</title>");
		for (int i = 0; xml.length() < 2_000_000; i++) {
			xml.append(thing.replace("%d", String.valueOf(i)));
		}
		// No measure of speed: only work that grows with the square takes this long.
		assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
			try {
				read(xml.toString());
			}
			catch (SourceException ex) {
				assertThat(ex.getMessage()).isNotBlank();
			}
		});
	}

	@Test
	void manyPrefixesAreNotCopiedForEveryElement() {
		StringBuilder xml = new StringBuilder("<rss><channel><title>T & U</title>");
		for (int i = 0; i < 20_000; i++) {
			xml.append("<x xmlns:p%d='urn:%d'>".formatted(i, i)).append((i % 150 == 149) ? "</x>".repeat(150) : "");
		}
		xml.append("<item><title>One</title></item></channel></rss>");
		Feed feed = assertTimeoutPreemptively(Duration.ofSeconds(60), () -> read(xml.toString()));
		assertThat(feed.title()).isEqualTo("T & U");
	}

	@Test
	void namedCharactersOutsideOfSectionsOnly() {
		Feed feed = read("<rss version='2.0'><channel><title>Caf&eacute; <![CDATA[A &eacute; B]]> d&eacute;j&agrave;"
				+ "</title></channel></rss>");
		assertThat(feed.title()).startsWith("Café A ").endsWith(" déjà");
	}

	@Test
	void charactersForPrivateUseAreNoText() {
		Feed feed = read(
				"<rss version='2.0'><channel><title>\uE000x\uE001</title><item><title>A\uE000name\uE001</title>"
						+ "<description>&#xE000;email&#xE001; &#xF0000;went.</description></item></channel></rss>");
		assertThat(feed.title()).isEqualTo("x");
		assertThat(feed.items().get(0).headline()).isEqualTo("Aname");
		assertThat(feed.items().get(0).summary()).containsExactly("email went.");
		assertThat(PlainText.ofHtml("<p>\uE000email\uE001</p>")).isEqualTo("email");
	}

	private static Feed read(String xml) {
		return new FeedReader().read(Fetched.of(BASE, xml.getBytes(StandardCharsets.UTF_8)));
	}

}
