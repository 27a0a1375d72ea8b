package dev.postrider.desk.web;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.microsoft.playwright.Frame;
import com.microsoft.playwright.Page;
import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionComposer;
import dev.postrider.edition.EditionRenderer;
import dev.postrider.story.feed.Feed;
import dev.postrider.story.feed.FeedReader;
import dev.postrider.story.feed.Fetched;
import dev.postrider.story.ingest.FeedStories;
import dev.postrider.story.ingest.StoryWriter;
import dev.postrider.testing.Browser;
import dev.postrider.testing.PostriderTest;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.util.HtmlUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Stories that attack, in every field, from a feed and by the API: a browser looks at the
 * mail, without any policy to protect it, and at the desk.
 */
@PostriderTest
class HostileStoriesBrowserTests extends DeskBrowser {

	/** Each runs in a browser that is shown it as it is, in some place or other. */
	private static final List<String> ATTACKS = List.of("<script>top.owned=1</script>x",
			"<img src=x onerror=top.owned=1>x", "\"><svg onload=top.owned=1>x", "' autofocus onfocus='top.owned=1' x",
			"<a href=javascript:top.owned=1>x</a>", "<p onmouseover=top.owned=1>x</p>",
			"--><script>top.owned=1</script>x", "</title></style><script>top.owned=1</script>x",
			"]]><img src=x onerror=top.owned=1>x", "<iframe srcdoc='<script>top.owned=1</script>'></iframe>x",
			"&lt;img src=x onerror=top.owned=1&gt;x",
			"<math><mtext><style><img src=x onerror=top.owned=1></style></mtext></math>x",
			"<noscript><p title='</noscript><img src=x onerror=top.owned=1>'></noscript>x");

	/** What must not be in any page: elements and attributes that run, and such links. */
	private static final String DANGERS = """
			() => [...document.querySelectorAll('*')].flatMap((element) => [...element.attributes]
			  .filter((one) => one.name.startsWith('on') || one.name === 'srcdoc' && !element.matches('iframe.html, iframe.text')
			    || ['href', 'src', 'action', 'formaction', 'poster', 'data', 'xlink:href'].includes(one.name)
			      && /^[\\u0000-\\u0020]*(javascript|vbscript|data):/i.test(one.value))
			  .map((one) => element.tagName + ' ' + one.name + '=' + one.value))""";

	private final String at = "https://news.example/" + UUID.randomUUID() + "/";

	@Autowired
	private EditionComposer composer;

	@Autowired
	private EditionRenderer renderer;

	@Autowired
	private StoryWriter writer;

	@Autowired
	private JdbcClient jdbc;

	@Test
	void theAttacksRunWhereNobodyStopsThem() {
		try (Page bare = Browser.newPage(Browser.Look.LIGHT)) {
			bare.setContent("<body>" + String.join("", ATTACKS) + "</body>");
			bare.waitForFunction("() => window.owned === 1");
			assertThat((List<?>) bare.evaluate(DANGERS)).isNotEmpty();
		}
	}

	@Test
	void noneRunsFromAFeed() {
		Feed feed = new FeedReader()
			.read(Fetched.of(URI.create("https://news.example/feed"), feed().getBytes(StandardCharsets.UTF_8)));
		this.writer.write(FeedStories.of(feed, ATTACKS.get(0), Instant.parse("2026-11-23T06:00:00Z")), null);
		judge(ATTACKS.size());
	}

	@Test
	void noneRunsFromTheApi() throws IOException, InterruptedException {
		List<Map<String, Object>> stories = ATTACKS.stream().map(this::story).toList();
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + "/api/v1/stories"))
			.header("Authorization", this.staff.editor().bearer())
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(stories)))
			.build();
		HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		judge(ATTACKS.size());
	}

	private void judge(int count) {
		List<Long> ids = this.jdbc.sql("SELECT id FROM story WHERE url LIKE :url")
			.param("url", this.at + "%")
			.query(Long.class)
			.list();
		assertThat(ids).hasSize(count);
		Edition edition = this.newsroom.edition(this.newsletter);
		for (long id : ids) {
			edition = this.composer.add(edition.id(), id);
		}
		try (Page mail = Browser.newPage(Browser.Look.LIGHT)) {
			mail.route("https://**", (route) -> route.abort());
			mail.setContent(this.renderer.preview(edition, this.newsletter).html());
			assertHarmless(mail.mainFrame());
			assertThat(mail.locator("script, iframe, object, embed, form, svg, math").count()).isZero();
		}
		open("/desk/editions/" + edition.id());
		this.page.locator(".pick").first().waitFor();
		// The mail's frame runs no script at all, the test's own included.
		assertThat(this.page.locator("iframe.html").getAttribute("sandbox")).doesNotContain("allow-scripts");
		assertHarmless(this.page.mainFrame());
		open("/desk/stories");
		assertHarmless(this.page.mainFrame());
	}

	private static void assertHarmless(Frame frame) {
		assertThat(frame.evaluate("() => window.owned")).as(frame.url()).isNull();
		assertThat((List<?>) frame.evaluate(DANGERS)).as(frame.url()).isEmpty();
	}

	private String feed() {
		StringBuilder items = new StringBuilder();
		for (int i = 0; i < ATTACKS.size(); i++) {
			String attack = HtmlUtils.htmlEscape(ATTACKS.get(i));
			items
				.append("""
						<item><title>%1$s</title><link>%2$s%3$d?x=%1$s</link><description>&lt;p&gt;A &lt;b&gt;b&lt;/b&gt;&lt;/p&gt;%1$s</description>
						<content:encoded>%1$s</content:encoded><category>%1$s</category><category>two %1$s</category><dc:creator>%1$s</dc:creator>
						<media:content url="https://img.example/%1$s.jpg" medium="image"><media:description>%1$s</media:description>
						<media:credit>%1$s</media:credit></media:content><dc:language>%1$s</dc:language>
						<enclosure type="audio/mpeg" url="https://audio.example/%1$s.mp3"/>
						<atom:link rel="related" href="https://news.example/%1$s" title="%1$s"/>
						<atom:link rel="related" href="javascript:top.owned=1" title="%1$s"/></item>"""
					.formatted(attack, this.at, i));
		}
		return """
				<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"
				  xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom">
				<channel><title>%s</title>%s</channel></rss>"""
			.formatted(HtmlUtils.htmlEscape(ATTACKS.get(0)), items);
	}

	private Map<String, Object> story(String attack) {
		// Some attacks are nothing but markup, which leaves no headline.
		return Map.of("url", this.at + ATTACKS.indexOf(attack), "headline", "A " + attack, "summary",
				"<p>A <b>b</b></p>" + attack, "section", attack, "tags",
				List.of(attack.substring(0, Math.min(48, attack.length()))), "author", attack, "image",
				Map.of("url", "https://img.example/1.jpg", "alt", attack, "credit", attack), "audio",
				Map.of("url", "https://audio.example/1.mp3"), "related",
				List.of(Map.of("url", "https://news.example/r", "title", attack)));
	}

}
