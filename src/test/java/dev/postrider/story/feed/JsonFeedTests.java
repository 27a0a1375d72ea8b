package dev.postrider.story.feed;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.postrider.story.SourceException;
import dev.postrider.story.Story;
import dev.postrider.story.StoryKind;
import dev.postrider.story.ingest.FeedStories;
import dev.postrider.story.ingest.IncomingStory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * JSON Feed, both versions, and what is almost one.
 */
class JsonFeedTests {

	private static final URI BASE = URI.create("https://news.example/feed.json");

	@Test
	void version11() {
		Feed feed = read(
				"""
						{"version": "https://jsonfeed.org/version/1.1", "title": "News & more", "home_page_url": "/", "language": "de",
						 "authors": [{"name": "Desk"}], "items": [
						 {"id": "1", "url": "/1", "title": "Eins & <b>zwei</b>", "summary": "Kurz.",
						  "content_html": "<p>Der <em>Artikel</em>. <img src='/a.jpg'></p>", "date_published": "2026-11-20T10:00:00+01:00",
						  "image": "https://img.example/1.jpg", "tags": ["Business", "Häfen"],
						  "authors": [{"name": "Ann Bell"}, {"name": "Bob"}], "external_url": "https://www.other.example/x"},
						 {"id": "https://news.example/2", "content_text": "Nur Text. a < b", "language": "en",
						  "attachments": [{"url": "/2.mp3", "mime_type": "audio/mpeg", "duration_in_seconds": 125}]}]}""");
		assertThat(feed.title()).isEqualTo("News & more");
		assertThat(feed.link()).isEqualTo("https://news.example/");
		assertThat(feed.language()).isEqualTo("de");
		FeedItem first = feed.items().get(0);
		assertThat(first.link()).hasToString("https://news.example/1");
		assertThat(first.headline()).isEqualTo("Eins & zwei");
		assertThat(first.summary()).containsExactly("Kurz.");
		assertThat(first.published()).isEqualTo("2026-11-20T09:00:00Z");
		assertThat(first.image().url()).isEqualTo("https://img.example/1.jpg");
		assertThat(first.author()).isEqualTo("Ann Bell, Bob");
		assertThat(first.related()).containsExactly(new Story.Link("https://www.other.example/x", "other.example"));
		FeedItem second = feed.items().get(1);
		assertThat(second.link()).hasToString("https://news.example/2");
		assertThat(second.summary()).containsExactly("Nur Text. a < b");
		assertThat(second.author()).isEqualTo("Desk");
		assertThat(second.audio()).isEqualTo(new Story.Audio("https://news.example/2.mp3", Duration.ofSeconds(125)));
		List<IncomingStory> stories = FeedStories.of(feed, null, Instant.parse("2026-11-23T06:00:00Z"));
		assertThat(stories.get(0).section()).isEqualTo("Business");
		assertThat(stories.get(0).tags()).containsExactly("Häfen");
		assertThat(stories.get(1).kind()).isEqualTo(StoryKind.PODCAST);
		assertThat(stories.get(1).headline()).isEqualTo("Nur Text. a < b");
		assertThat(stories.get(1).language()).isEqualTo("en");
	}

	@Test
	void version10AndTypesThatAreNotWhatTheyShouldBe() {
		Feed feed = read(
				"""
						\uFEFF {"version": "https://jsonfeed.org/version/1", "title": 7, "items": [
						 {"id": 17, "external_url": "https://other.example/x", "title": "One", "author": {"name": "Ann"}, "tags": "no list",
						  "date_modified": "2026-11-20T10:00:00Z", "attachments": {}, "image": ["x"],
						  "content_html": "<p>Text <a href='/rel' onclick='x()'>there</a></p>"},
						 "no item", null, {"title": null}]}""");
		FeedItem item = feed.items().get(0);
		assertThat(feed.items()).hasSize(2);
		assertThat(item.link()).hasToString("https://other.example/x");
		assertThat(item.author()).isEqualTo("Ann");
		assertThat(item.published()).isEqualTo("2026-11-20T10:00:00Z");
		assertThat(item.summary()).containsExactly("Text there");
		assertThat(item.image()).isNull();
		assertThat(item.categories()).isEmpty();
		assertThat(FeedStories.of(feed, null, Instant.parse("2026-11-23T06:00:00Z"))).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"a\": 1}", "{", "{\"version\": \"https://jsonfeed.org/version/1.1\"}",
			"{\"items\": [], \"version\": \"2\"}", "{\"items\": [}" })
	void whatIsNoFeed(String json) {
		assertThatExceptionOfType(SourceException.class).isThrownBy(() -> read(json))
			.withMessageContaining("not a feed");
	}

	@Test
	void depthAndNumberAreLimited() {
		assertThatExceptionOfType(SourceException.class).isThrownBy(() -> read("{\"items\":" + "[".repeat(100_000)))
			.withMessageContaining("not a feed");
		assertThat(read("{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": ["
				+ "{\"url\": \"https://news.example/1\", \"title\": \"One\"},".repeat(9_999)
				+ "{\"url\": \"https://news.example/1\", \"title\": \"One\"}]}")
			.items()).hasSize(FeedReader.MAX_ITEMS);
	}

	private static Feed read(String json) {
		return new FeedReader().read(Fetched.of(BASE, json.getBytes(StandardCharsets.UTF_8)));
	}

}
