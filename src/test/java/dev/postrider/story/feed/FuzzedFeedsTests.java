package dev.postrider.story.feed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import dev.postrider.story.SourceException;
import dev.postrider.story.ingest.FeedStories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Feeds that were damaged at random: what comes of them is a feed, or a clear error.
 */
@Timeout(120)
class FuzzedFeedsTests {

	private static final URI BASE = URI.create("https://news.example/feed");

	private static final List<String> PIECES = List.of("<", ">", "&", "]]>", "<![CDATA[", "<!--", "&#x0;", "&lt;", "\"",
			"xml:base='::'", "<item>", "</item>", "<!DOCTYPE x [<!ENTITY a 'b'>]>", "\u0000", "\uFFFE", "{", "[",
			"null", "xmlns:a=''", "<a:b>", "99999999999999", "http://[", "encoding='UTF-32'");

	@Test
	void aFeedOrAnErrorInWords() throws IOException {
		List<byte[]> feeds = feeds();
		Random random = new Random(3);
		int read = 0;
		int refused = 0;
		for (int i = 0; i < 3000; i++) {
			byte[] feed = damaged(feeds.get(random.nextInt(feeds.size())), random);
			try {
				Feed made = new FeedReader().read(Fetched.of(BASE, feed));
				FeedStories.of(made, null, Instant.parse("2026-11-23T06:00:00Z"));
				read++;
			}
			catch (SourceException ex) {
				assertThat(ex.getMessage()).isNotBlank();
				refused++;
			}
			catch (RuntimeException | StackOverflowError ex) {
				throw new AssertionError("Round %d: %s".formatted(i, new String(feed, StandardCharsets.ISO_8859_1)),
						ex);
			}
		}
		assertThat(read).isGreaterThan(500);
		assertThat(refused).isGreaterThan(50);
	}

	private static List<byte[]> feeds() throws IOException {
		List<byte[]> feeds = new ArrayList<>();
		try (Stream<Path> files = Files.walk(Corpus.folder("feeds"))) {
			files.filter((file) -> file.toString().matches(".*\\.(xml|rss|atom)")).sorted().forEach((file) -> {
				try {
					byte[] bytes = Files.readAllBytes(file);
					// The beginnings of the large ones have all that they have.
					feeds.add(Arrays.copyOf(bytes, Math.min(bytes.length, 6000)));
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
			});
		}
		feeds.add(SitemapTests
			.sitemap("<url><loc>https://news.example/1</loc><news:news><news:title>A</news:title>"
					+ "<news:publication_date>2026-11-20</news:publication_date></news:news></url>")
			.getBytes(StandardCharsets.UTF_8));
		feeds.add(("{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"T\", \"items\": [{\"id\": \"1\", "
				+ "\"url\": \"/1\", \"content_html\": \"<p>A</p>\", \"date_published\": \"2026-11-20T10:00:00Z\"}]}")
			.getBytes(StandardCharsets.UTF_8));
		return feeds;
	}

	private static byte[] damaged(byte[] feed, Random random) {
		String text = new String(feed, StandardCharsets.ISO_8859_1);
		for (int i = random.nextInt(6); i >= 0; i--) {
			int from = random.nextInt(text.length() + 1);
			int to = Math.min(text.length(), from + random.nextInt(40));
			String piece = PIECES.get(random.nextInt(PIECES.size()));
			text = switch (random.nextInt(5)) {
				case 0 -> text.substring(0, from) + text.substring(to);
				case 1 -> text.substring(0, to) + text.substring(from);
				case 2 -> text.substring(0, from) + (char) random.nextInt(256) + text.substring(to);
				case 3 -> text.substring(0, from);
				default -> text.substring(0, from) + piece + text.substring(from);
			};
		}
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

}
