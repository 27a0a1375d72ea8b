package dev.postrider.story.feed;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

import dev.postrider.story.SourceException;
import dev.postrider.story.Story;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads JSON Feed, versions 1.0 and 1.1.
 */
final class JsonFeed {

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	private static final FeedDates DATES = new FeedDates(Locale.ENGLISH);

	private JsonFeed() {
	}

	/** Whether a text is JSON rather than XML. */
	static boolean looksLike(String text) {
		String start = text.substring(0, Math.min(text.length(), 100)).replace("\uFEFF", "").strip();
		return start.startsWith("{");
	}

	/**
	 * Reads a feed.
	 * @param text JSON
	 * @param uri where it came from
	 * @throws SourceException when it is not a feed
	 */
	static Feed read(String text, URI uri) {
		JsonNode root = parse(text.replaceFirst("^\\s*\uFEFF", ""));
		if (!root.path("items").isArray() || !text(root, "version").contains("jsonfeed.org/version/")) {
			throw new SourceException(
					"What is there is JSON, but not a feed: a JSON Feed has a \"version\" that begins "
							+ "with https://jsonfeed.org/version/, and \"items\"");
		}
		List<FeedItem> items = new ArrayList<>();
		for (JsonNode item : root.path("items")) {
			if (item.isObject() && items.size() < FeedReader.MAX_ITEMS) {
				items.add(item(item, root, uri));
			}
		}
		String title = PlainText.tidy(text(root, "title"));
		return new Feed(title.isEmpty() ? null : title,
				WebAddress.http(text(root, "home_page_url"), uri).map(URI::toString).orElse(null),
				LanguageTags.of(text(root, "language")).orElse(null), items, List.of());
	}

	private static JsonNode parse(String text) {
		try {
			return MAPPER.readTree(text);
		}
		catch (JacksonException ex) {
			throw new SourceException("What is there is not a feed: it is JSON that breaks off or is wrong in line %d"
				.formatted((ex.getLocation() != null) ? ex.getLocation().getLineNr() : 1), ex);
		}
	}

	private static FeedItem item(JsonNode item, JsonNode root, URI uri) {
		URI link = Stream.of("url", "id", "external_url")
			.flatMap((name) -> WebAddress.http(text(item, name), name.equals("id") ? null : uri).stream())
			.findFirst()
			.orElse(null);
		URI base = (link != null) ? link : uri;
		FeedText html = new FeedText(RelativeLinks.absolute(text(item, "content_html"), base), FeedText.Kind.HTML);
		// The summary is plain by the rules; feeds put markup there all the same.
		FeedText summary = new FeedText(RelativeLinks.absolute(text(item, "summary"), base), FeedText.Kind.EITHER);
		FeedText plain = new FeedText(text(item, "content_text"), FeedText.Kind.PLAIN);
		List<String> paragraphs = Stream.of(summary, html, plain)
			.map(FeedText::paragraphs)
			.filter((words) -> !words.isEmpty())
			.findFirst()
			.orElse(List.of());
		return new FeedItem(link, PlainText.of(text(item, "title")), paragraphs, summary.safeHtml(), tags(item),
				List.of(), author(item, root), LanguageTags.of(text(item, "language")).orElse(null),
				image(item, html.value(), base), audio(item, uri), related(item, uri, link),
				Stream.of("date_published", "date_modified")
					.flatMap((name) -> DATES.parse(text(item, name)).stream())
					.findFirst()
					.orElse(null));
	}

	private static List<String> tags(JsonNode item) {
		return item.path("tags")
			.valueStream()
			.map((tag) -> PlainText.of(tag.asString("")))
			.filter((tag) -> !tag.isEmpty())
			.distinct()
			.toList();
	}

	/** Version 1.1 has several authors, 1.0 one; without either it is the feed's. */
	private static @Nullable String author(JsonNode item, JsonNode root) {
		for (JsonNode by : List.of(item, root)) {
			String names = Bylines.joined(Stream.concat(by.path("authors").valueStream(), Stream.of(by.path("author")))
				.map((author) -> text(author, "name")));
			if (!names.isEmpty()) {
				return names;
			}
		}
		return null;
	}

	private static Story.@Nullable Image image(JsonNode item, String html, URI base) {
		Stream<Optional<URI>> declared = Stream.concat(
				Stream.of("image", "banner_image").map((name) -> WebAddress.http(text(item, name), base)),
				attachments(item, "image/").map((image) -> WebAddress.http(text(image, "url"), base)));
		return declared.flatMap(Optional::stream)
			.findFirst()
			.map((uri) -> new Story.Image(uri.toString(), "", null, null, null, false))
			.or(() -> TextImages.first(html, base))
			.orElse(null);
	}

	private static Story.@Nullable Audio audio(JsonNode item, URI base) {
		return attachments(item, "audio/").flatMap((audio) -> {
			long seconds = audio.path("duration_in_seconds").asLong(0);
			Duration length = (seconds > 0 && seconds < 1_000_000) ? Duration.ofSeconds(seconds) : null;
			return WebAddress.http(text(audio, "url"), base)
				.map((uri) -> new Story.Audio(uri.toString(), length))
				.stream();
		}).findFirst().orElse(null);
	}

	private static Stream<JsonNode> attachments(JsonNode item, String kind) {
		return item.path("attachments").valueStream().filter((each) -> text(each, "mime_type").startsWith(kind));
	}

	/** What an item points to on another site. */
	private static List<Story.Link> related(JsonNode item, URI base, @Nullable URI link) {
		return WebAddress.http(text(item, "external_url"), base)
			.filter((uri) -> !uri.equals(link))
			.map((uri) -> List.of(RelatedLinks.named(uri, null)))
			.orElse(List.of());
	}

	/** A string, or a number that stands for one; else empty. */
	private static String text(JsonNode node, String name) {
		JsonNode value = node.path(name);
		return value.isValueNode() && !value.isNull() ? value.asString("").strip() : "";
	}

}
