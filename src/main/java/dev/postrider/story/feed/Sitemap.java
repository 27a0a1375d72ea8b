package dev.postrider.story.feed;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

import dev.postrider.story.SourceException;
import dev.postrider.story.Story;
import org.jdom2.Element;
import org.jspecify.annotations.Nullable;

/**
 * Reads news sitemaps: the news in a {@code urlset}, with their pictures, and the parts
 * of a {@code sitemapindex}.
 */
final class Sitemap {

	/** Sitemaps have no order. */
	static final Comparator<FeedItem> NEWEST_FIRST = Comparator.comparing(FeedItem::published,
			Comparator.nullsLast(Comparator.reverseOrder()));

	private static final FeedDates DATES = new FeedDates(Locale.ENGLISH);

	private Sitemap() {
	}

	/**
	 * Reads a sitemap.
	 * @throws SourceException when it has no news
	 */
	static Feed read(FeedTree tree) {
		Element root = tree.root();
		return root.getName().equals("sitemapindex") ? index(root, tree.base()) : news(root, tree.base());
	}

	private static Feed news(Element root, URI base) {
		List<Element> pages = XmlTree.children(root, "url").toList();
		List<Element> news = pages.stream()
			.filter((page) -> XmlTree.children(page, "news").findAny().isPresent())
			.limit(FeedReader.MAX_ITEMS)
			.toList();
		if (news.isEmpty() && !pages.isEmpty()) {
			throw new SourceException(
					"What is there is a sitemap that names pages, but no news: a news sitemap has a news:title for each");
		}
		Optional<Element> publication = news.stream()
			.flatMap((page) -> XmlTree.children(page, "news"))
			.flatMap((about) -> XmlTree.children(about, "publication"))
			.findFirst();
		return new Feed(
				publication.flatMap((by) -> XmlTree.text(by, "name"))
					.map(PlainText::of)
					.filter((name) -> !name.isEmpty())
					.orElse(null),
				null, publication.flatMap(Sitemap::language).orElse(null),
				news.stream().map((page) -> item(page, base)).sorted(NEWEST_FIRST).toList(), List.of());
	}

	private static FeedItem item(Element page, URI base) {
		Element about = XmlTree.children(page, "news").findFirst().orElseThrow();
		List<String> genres = Stream.of(XmlTree.text(about, "genres").orElse("").split(","))
			.map(String::strip)
			.filter((genre) -> genre.equalsIgnoreCase("OpEd") || genre.equalsIgnoreCase("Opinion"))
			.map((genre) -> "Opinion")
			.distinct()
			.toList();
		List<String> keywords = Arrays.stream(XmlTree.text(about, "keywords").orElse("").split(","))
			.map(PlainText::of)
			.filter((word) -> !word.isEmpty())
			.distinct()
			.toList();
		Optional<String> language = XmlTree.children(about, "publication")
			.flatMap((publication) -> language(publication).stream())
			.findFirst();
		return new FeedItem(XmlTree.text(page, "loc").flatMap((loc) -> WebAddress.http(loc, base)).orElse(null),
				PlainText.of(XmlTree.text(about, "title").orElse("")), List.of(), "", genres, keywords, null,
				language.orElse(null), image(page, base), null, List.of(), published(page, about));
	}

	private static Optional<String> language(Element publication) {
		return XmlTree.text(publication, "language").flatMap(LanguageTags::of);
	}

	private static Story.@Nullable Image image(Element page, URI base) {
		for (Element image : XmlTree.children(page, "image").toList()) {
			Optional<URI> loc = XmlTree.text(image, "loc").flatMap((text) -> WebAddress.http(text, base));
			if (loc.isPresent()) {
				String words = XmlTree.text(image, "caption").or(() -> XmlTree.text(image, "title")).orElse("");
				return new Story.Image(loc.get().toString(), PlainText.of(words), null, null, null, false);
			}
		}
		return null;
	}

	private static @Nullable Instant published(Element page, Element about) {
		return XmlTree.text(about, "publication_date")
			.or(() -> XmlTree.text(page, "lastmod"))
			.flatMap(DATES::parse)
			.orElse(null);
	}

	/** First the parts that say they are news, then those that changed last. */
	private static Feed index(Element root, URI base) {
		record Part(URI uri, Instant changed) {
		}
		List<Part> parts = new ArrayList<>();
		XmlTree.children(root, "sitemap")
			.forEach((sitemap) -> XmlTree.text(sitemap, "loc")
				.flatMap((loc) -> WebAddress.http(loc, base))
				.ifPresent((uri) -> parts
					.add(new Part(uri, XmlTree.text(sitemap, "lastmod").flatMap(DATES::parse).orElse(Instant.EPOCH)))));
		if (parts.isEmpty()) {
			throw new SourceException("What is there is an index of sitemaps that names none");
		}
		parts.sort(Comparator.comparing((Part part) -> !String.valueOf(part.uri().getPath()).contains("news"))
			.thenComparing(Part::changed, Comparator.reverseOrder()));
		return new Feed(null, null, null, List.of(), parts.stream().map(Part::uri).distinct().toList());
	}

}
