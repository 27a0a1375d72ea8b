package dev.postrider.story;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import dev.postrider.story.feed.FeedServer;
import dev.postrider.testing.PostriderTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sources that are no RSS, from their server to the stored stories.
 */
@PostriderTest
class SourceFormatsTests {

	private final FeedServer server = new FeedServer();

	private final String id = UUID.randomUUID().toString();

	private final List<Long> added = new ArrayList<>();

	@Autowired
	private Sources sources;

	@Autowired
	private JdbcClient jdbc;

	@AfterEach
	void tidy() {
		this.added.forEach(this.sources::remove);
		this.server.close();
	}

	@Test
	void anIndexOfSitemapsIsFollowedAtEveryPollAlthoughItDidNotChange() {
		this.server.on("/index", (exchange) -> {
			boolean known = exchange.getRequestHeaders().containsKey("If-None-Match");
			exchange.getResponseHeaders().set("ETag", "\"v1\"");
			FeedServer.answer(exchange, known ? 304 : 200,
					known ? new byte[0]
							: "<sitemapindex><sitemap><loc>%s</loc></sitemap></sitemapindex>"
								.formatted(this.server.url("/news"))
								.getBytes(StandardCharsets.UTF_8));
		}).serve("/news", sitemap("one"));
		long source = add("/index");
		this.sources.poll(true);
		assertThat(headlines(source)).containsExactly("News one");
		this.server.serve("/news", sitemap("two"));
		this.sources.poll(true);
		assertThat(headlines(source)).containsExactlyInAnyOrder("News one", "News two");
	}

	@Test
	void jsonFeedWithMarkupAndALinkBeside() {
		this.server.serve("/feed.json", """
				{"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": [{"id": "1",
				 "url": "https://news.example/%s", "title": "One", "date_published": "2019-03-05T10:00:00Z",
				 "summary": "<p>A <b onclick='x()'>bold</b> word.</p><script>y()</script>",
				 "external_url": "https://www.other.example/%s"}]}""".formatted(this.id, this.id));
		long source = add("/feed.json");
		this.sources.poll(true);
		String html = this.jdbc.sql("SELECT summary_html FROM story WHERE source_id = ?")
			.param(source)
			.query(String.class)
			.single();
		assertThat(html).isEqualTo("<p>A <b>bold</b> word.</p>");
		assertThat(this.jdbc.sql("""
				SELECT link.title FROM story_related link JOIN story ON story.id = link.story_id
				WHERE story.source_id = ?""").param(source).query(String.class).list())
			.containsExactly("other.example");
	}

	private String sitemap(String news) {
		return """
				<urlset><url><loc>https://news.example/%s/%s</loc><news><publication_date>2019-03-05T10:00:00Z</publication_date>
				<title>News %s</title></news></url></urlset>"""
			.formatted(this.id, news, news);
	}

	private long add(String path) {
		long source = this.sources.add(this.server.url(path), null).id();
		this.added.add(source);
		return source;
	}

	private List<String> headlines(long source) {
		return this.jdbc.sql("SELECT headline FROM story WHERE source_id = ?").param(source).query(String.class).list();
	}

}
