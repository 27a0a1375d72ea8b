package dev.postrider.story.feed;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.postrider.story.SourceException;
import dev.postrider.story.Story;
import dev.postrider.story.StoryKind;
import dev.postrider.story.ingest.FeedStories;
import dev.postrider.story.ingest.IncomingStory;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * News sitemaps and their indexes.
 */
class SitemapTests {

	private static final URI BASE = URI.create("https://news.example/sitemap.xml");

	@Test
	void newsWithItsPictures() {
		Feed feed = read(
				sitemap("""
						<url><loc>https://news.example/old</loc><news:news><news:publication><news:name>The Example</news:name>
						<news:language>en</news:language></news:publication><news:publication_date>2026-11-20</news:publication_date>
						<news:title>Older &amp; quieter</news:title><news:genres>Blog, OpEd</news:genres></news:news></url>
						<url><loc>https://news.example/new</loc><lastmod>2026-11-22T00:00:00Z</lastmod><news:news>
						<news:publication><news:name>The Example</news:name><news:language>pt_br</news:language></news:publication>
						<news:publication_date>2026-11-21T10:00:00+01:00</news:publication_date><news:title>Newer</news:title>
						<news:keywords>ships, harbour, ships</news:keywords></news:news><image:image><image:loc>javascript:x</image:loc></image:image>
						<image:image><image:loc>https://img.example/1.jpg</image:loc><image:caption>A harbour</image:caption></image:image></url>
						<url><loc>https://news.example/about-us</loc></url>"""));
		assertThat(feed.title()).isEqualTo("The Example");
		List<IncomingStory> stories = FeedStories.of(feed, "Front", Instant.parse("2026-11-23T06:00:00Z"));
		assertThat(stories).extracting(IncomingStory::headline).containsExactly("Newer", "Older & quieter");
		IncomingStory newer = stories.get(0);
		assertThat(newer.url()).isEqualTo("https://news.example/new");
		assertThat(newer.publishedAt()).isEqualTo("2026-11-21T09:00:00Z");
		assertThat(newer.section()).isEqualTo("Front");
		assertThat(newer.tags()).containsExactly("ships", "harbour");
		assertThat(newer.language()).isEqualTo("pt-BR");
		assertThat(newer.image())
			.isEqualTo(new Story.Image("https://img.example/1.jpg", "A harbour", null, null, null, false));
		assertThat(stories.get(1).kind()).isEqualTo(StoryKind.OPINION);
	}

	@Test
	void aSitemapWithoutNewsSaysSo() {
		assertThatExceptionOfType(SourceException.class)
			.isThrownBy(() -> read(sitemap("<url><loc>https://news.example/1</loc></url>")))
			.withMessageContaining("no news");
		assertThat(read(sitemap("")).items()).isEmpty();
	}

	@Test
	void anIndexIsFollowedToItsNews() {
		List<URI> asked = new ArrayList<>();
		Feed feed = new FeedReader().read(fetched(index("archive-2019", "2026-11-23", "news-1", "2026-11-21", "news-2",
				"2026-11-22", "broken-news", "2026-11-20")), (part) -> {
					asked.add(part);
					return switch (part.getPath()) {
						case "/news-1" -> fetched(sitemap(news("1", "2026-11-21")));
						case "/news-2" -> fetched(sitemap(news("2", "2026-11-22") + news("1", "2026-11-21")));
						case "/archive-2019" -> fetched(sitemap("<url><loc>https://news.example/x</loc></url>"));
						default -> throw new SourceException("It is gone");
					};
				});
		assertThat(asked).extracting(URI::getPath)
			.containsExactly("/news-2", "/news-1", "/broken-news", "/archive-2019");
		assertThat(feed.items()).extracting(FeedItem::headline).containsExactly("Story 2", "Story 1");
	}

	@Test
	void anIndexIsFollowedToTenPartsAndNoIndexInIt() {
		List<URI> asked = new ArrayList<>();
		String[] parts = new String[100];
		for (int i = 0; i < 100; i += 2) {
			parts[i] = "part-" + i;
			parts[i + 1] = "2026-11-20";
		}
		String index = index(parts);
		assertThat(new FeedReader().read(fetched(index), (part) -> {
			asked.add(part);
			return fetched(index);
		}).items()).isEmpty();
		assertThat(asked).hasSize(SitemapIndex.MAX_PARTS);
	}

	@Test
	void anIndexOfWhichNothingCanBeReadFails() {
		assertThatExceptionOfType(SourceException.class)
			.isThrownBy(() -> new FeedReader().read(fetched(index("news", "2026-11-20")), (part) -> {
				throw new SourceException("news.example answered 404");
			}))
			.withMessageContaining("news.example answered 404");
		assertThatExceptionOfType(SourceException.class).isThrownBy(() -> read(index()))
			.withMessageContaining("names none");
	}

	@Test
	void anIndexLeadsToTheWebAlone() {
		assertThat(read("""
				<sitemapindex><sitemap><loc>file:///etc/passwd</loc></sitemap>
				<sitemap><loc>https://news.example/news.xml</loc></sitemap></sitemapindex>""").parts())
			.containsExactly(URI.create("https://news.example/news.xml"));
	}

	static String sitemap(String urls) {
		return """
				<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
				  xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
				  xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">%s</urlset>""".formatted(urls);
	}

	private static String news(String id, String date) {
		return """
				<url><loc>https://news.example/%s</loc><news:news><news:publication_date>%s</news:publication_date>
				<news:title>Story %s</news:title></news:news></url>""".formatted(id, date, id);
	}

	private static String index(String... parts) {
		StringBuilder index = new StringBuilder();
		for (int i = 0; i < parts.length; i += 2) {
			index.append("<sitemap><loc>https://news.example/%s</loc><lastmod>%s</lastmod></sitemap>"
				.formatted(parts[i], parts[i + 1]));
		}
		return "<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">" + index + "</sitemapindex>";
	}

	private static Feed read(String xml) {
		return new FeedReader().read(fetched(xml));
	}

	private static Fetched fetched(String xml) {
		return Fetched.of(BASE, xml.getBytes(StandardCharsets.UTF_8));
	}

}
