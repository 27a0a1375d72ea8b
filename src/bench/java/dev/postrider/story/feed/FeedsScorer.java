package dev.postrider.story.feed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.postrider.story.SourceException;
import org.jdom2.Element;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code mvn -q -Pscore verify -Dscore=feeds -Dcorpus=DIR -Dout=PRED.jsonl}: what our
 * reader makes of each feed below a folder, a line of JSON each, in the words of the
 * corpus.
 */
@Tag("score")
@Tag("feeds")
class FeedsScorer {

	/** Where the corpus takes its feeds to come from. */
	private static final URI SITE = URI.create("http://127.0.0.1:8097/");

	/** A header that a feed of the corpus wants to be served with stands in a comment. */
	private static final Pattern HEADER = Pattern.compile("^Header:\\s*([\\w-]+):\\s*(.*?)\\s*$", Pattern.MULTILINE);

	private final JsonMapper json = JsonMapper.builder().build();

	@Test
	void feeds() throws IOException {
		Path corpus = Path.of(Objects.requireNonNull(System.getProperty("corpus"), "-Dcorpus=DIR is missing"));
		Path out = Path.of(Objects.requireNonNull(System.getProperty("out"), "-Dout=PRED.jsonl is missing"));
		List<String> lines = new ArrayList<>();
		try (Stream<Path> files = Files.walk(corpus)) {
			files.filter((file) -> Files.isRegularFile(file) && corpus.relativize(file).getNameCount() > 1)
				.sorted()
				.forEach((file) -> lines.add(this.json.writeValueAsString(score(corpus, file))));
		}
		assertThat(lines).as("Feeds in the folders below %s", corpus).isNotEmpty();
		Files.write(out, lines);
	}

	private static Map<String, Object> score(Path corpus, Path file) {
		String name = corpus.relativize(file).toString().replace('\\', '/');
		Map<String, Object> line = new LinkedHashMap<>();
		line.put("file", name);
		Fetched fetched = fetched(name, file);
		try {
			FeedTree tree = FeedTree.of(XmlText.decode(fetched.bytes(), fetched.contentType()), fetched);
			line.put("bozo", tree.wellFormed() ? 0 : 1);
			Feed feed = new FeedReader().read(fetched);
			line.put("feed", head(tree, feed));
			FeedItems items = FeedReader.items(tree, feed.language());
			List<Map<String, Object>> entries = new ArrayList<>();
			for (int i = 0; i < feed.items().size(); i++) {
				entries.add(entry(feed.items().get(i), tree.items().get(i), tree.base(), items));
			}
			line.put("entries", entries);
		}
		catch (SourceException ex) {
			// Not a feed for us: its line has no more than that.
			line.putIfAbsent("bozo", 1);
		}
		return line;
	}

	private static Fetched fetched(String name, Path file) {
		try {
			byte[] bytes = Files.readAllBytes(file);
			Map<String, String> headers = new LinkedHashMap<>();
			String start = XmlText.decode(bytes, null);
			Matcher header = HEADER.matcher(start.substring(0, Math.min(start.length(), 1000)));
			while (header.find()) {
				headers.put(header.group(1).toLowerCase(), header.group(2));
			}
			return new Fetched(SITE.resolve(name), headers.get("content-type"), headers.get("content-location"), bytes,
					null, null, false);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Map<String, Object> head(FeedTree tree, Feed feed) {
		Map<String, Object> head = new LinkedHashMap<>();
		put(head, "title", ItemTexts.title(tree.head(), tree.base()));
		head.put("link", feed.link());
		return head;
	}

	private static Map<String, Object> entry(FeedItem item, Element element, URI document, FeedItems items) {
		Map<String, Object> entry = new LinkedHashMap<>();
		URI base = XmlTree.base(element, document);
		ItemTexts texts = ItemTexts.of(element, document);
		put(entry, "title", texts.title());
		put(entry, "summary", texts.inOrder().findFirst().orElse(FeedText.NONE));
		entry.put("content", texts.contents().stream().map((text) -> Map.of("value", written(text))).toList());
		id(element).ifPresent((id) -> entry.put("id", WebAddress.absolute(id, base).orElse(id)));
		Optional.ofNullable(item.link()).ifPresent((link) -> entry.put("link", link.toString()));
		Optional.ofNullable(item.author()).ifPresent((author) -> entry.put("author", author));
		items.published(element).ifPresent((date) -> entry.put("published_parsed", parsed(date)));
		items.updated(element).ifPresent((date) -> entry.put("updated_parsed", parsed(date)));
		Stream<Element> links = XmlTree.children(element, "link").filter((link) -> XmlTree.attribute(link, "href") != null);
		Stream<Element> enclosures = new ItemMedia(element, base).enclosures()
			.stream()
			.filter((enclosure) -> enclosure.getName().equals("enclosure"));
		entry.put("links", Stream.concat(links, enclosures).map((link) -> link(link, base)).toList());
		return entry;
	}

	private static Optional<String> id(Element element) {
		return Stream
			.concat(Stream.of("guid", "id", "identifier").flatMap((name) -> XmlTree.text(element, name).stream()),
					Stream.ofNullable(XmlTree.attribute(element, "about")))
			.findFirst();
	}

	private static Map<String, Object> link(Element link, URI base) {
		Map<String, Object> result = new LinkedHashMap<>();
		link.getAttributes().forEach((attribute) -> result.put(attribute.getName(), attribute.getValue()));
		String address = Optional.ofNullable(XmlTree.attribute(link, "href"))
			.or(() -> Optional.ofNullable(XmlTree.attribute(link, "url")))
			.orElse("");
		result.put("href", WebAddress.absolute(address, XmlTree.base(link, base)).orElse(address));
		result.put("rel", link.getName().equals("enclosure") ? "enclosure" : result.getOrDefault("rel", "alternate"));
		return result;
	}

	private static void put(Map<String, Object> to, String name, FeedText text) {
		if (!text.isEmpty()) {
			to.put(name, written(text));
		}
	}

	private static String written(FeedText text) {
		return (text.kind() == FeedText.Kind.PLAIN) ? text.value() : SortedMarkup.of(text.value());
	}

	private static List<Integer> parsed(Instant date) {
		ZonedDateTime time = date.atZone(ZoneOffset.UTC);
		return List.of(time.getYear(), time.getMonthValue(), time.getDayOfMonth(), time.getHour(), time.getMinute(),
				time.getSecond());
	}

}
