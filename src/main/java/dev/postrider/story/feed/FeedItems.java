package dev.postrider.story.feed;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.rometools.rome.feed.synd.SyndCategory;
import com.rometools.rome.feed.synd.SyndEntry;
import org.jdom2.Element;
import org.jspecify.annotations.Nullable;

/**
 * Reads the items of one feed, from ROME's view of each and from its element.
 */
final class FeedItems {

	/** The sooner in these lists, the better it says when something was published. */
	private static final List<String> PUBLISHED = List.of("pubDate", "published", "issued");

	private static final List<String> OTHER_DATES = List.of("date", "created", "updated", "modified", "lastBuildDate");

	private final boolean atom;

	private final URI base;

	private final FeedDates dates;

	FeedItems(boolean atom, URI base, Locale language) {
		this.atom = atom;
		this.base = base;
		this.dates = new FeedDates(language);
	}

	FeedItem read(SyndEntry entry, Element element) {
		URI itemBase = XmlTree.base(element, this.base);
		ItemTexts texts = ItemTexts.of(element, this.base);
		ItemMedia media = new ItemMedia(element, itemBase);
		List<String> html = texts.inOrder()
			.filter((text) -> text.kind() != FeedText.Kind.PLAIN)
			.map(FeedText::value)
			.toList();
		URI link = link(entry, element, itemBase, media);
		return new FeedItem(link, texts.title().words(),
				texts.inOrder()
					.map(FeedText::paragraphs)
					.filter((text) -> !text.isEmpty())
					.findFirst()
					.orElse(List.of()),
				texts.summary().safeHtml(), categories(entry, element), keywords(element), Bylines.of(entry, element),
				LanguageTags.of(XmlTree.text(element, "language").orElse(XmlTree.attribute(element, "lang")))
					.orElse(null),
				media.image(html), media.audio(), RelatedLinks.of(element, itemBase, link), published(entry, element));
	}

	private @Nullable URI link(SyndEntry entry, Element element, URI itemBase, ItemMedia media) {
		Stream<Optional<URI>> candidates = Stream.of(
				XmlTree.text(element, "origLink").flatMap((text) -> WebAddress.http(text, itemBase)),
				this.atom ? alternate(element, itemBase) : Optional.empty(),
				XmlTree.text(element, "link").flatMap((text) -> WebAddress.http(text, itemBase)),
				WebAddress.http(entry.getLink(), itemBase), permalink(element), alternate(element, itemBase),
				about(element, itemBase), media.enclosure());
		return candidates.flatMap(Optional::stream).findFirst().orElse(null);
	}

	/** Of several pages the one that is HTML, else the first. */
	private static Optional<URI> alternate(Element element, URI itemBase) {
		List<Element> links = XmlTree.children(element, "link")
			.filter((link) -> XmlTree.attribute(link, "href") != null)
			.filter((link) -> {
				String rel = XmlTree.attribute(link, "rel");
				return rel == null || rel.equals("alternate") || rel.endsWith("/alternate");
			})
			.toList();
		return Stream
			.concat(links.stream().filter((link) -> "text/html".equals(XmlTree.attribute(link, "type"))),
					links.stream())
			.flatMap((link) -> WebAddress.http(XmlTree.attribute(link, "href"), XmlTree.base(link, itemBase)).stream())
			.findFirst();
	}

	private static Optional<URI> permalink(Element element) {
		return XmlTree.children(element, "guid")
			.filter((guid) -> !"false".equalsIgnoreCase(XmlTree.attribute(guid, "isPermaLink")))
			.flatMap((guid) -> WebAddress.http(guid.getTextTrim(), null).stream())
			.findFirst();
	}

	private static Optional<URI> about(Element element, URI itemBase) {
		return WebAddress.http(XmlTree.attribute(element, "about"), itemBase);
	}

	private static List<String> categories(SyndEntry entry, Element element) {
		Stream<String> own = entry.getCategories().stream().map(FeedItems::name);
		Stream<String> subjects = XmlTree.children(element, "subject").map(Element::getTextTrim);
		return words(Stream.concat(own, subjects));
	}

	private static List<String> keywords(Element element) {
		return words(XmlTree.children(element, "keywords")
			.flatMap((keywords) -> Arrays.stream(keywords.getTextTrim().split("[,;]"))));
	}

	private static List<String> words(Stream<@Nullable String> texts) {
		Set<String> words = texts.map(PlainText::of)
			.filter((word) -> !word.isEmpty())
			.collect(Collectors.toCollection(LinkedHashSet::new));
		return List.copyOf(words);
	}

	private static @Nullable String name(SyndCategory category) {
		String label = category.getLabel();
		return (label != null && !label.isBlank()) ? label : category.getName();
	}

	private @Nullable Instant published(SyndEntry entry, Element element) {
		Optional<Instant> read = date(element, PUBLISHED).or(() -> date(element, OTHER_DATES));
		return read.orElseGet(() -> {
			Date date = (entry.getPublishedDate() != null) ? entry.getPublishedDate() : entry.getUpdatedDate();
			return (date != null) ? date.toInstant() : null;
		});
	}

	/** When an item says that it was published. */
	Optional<Instant> published(Element element) {
		return date(element, PUBLISHED);
	}

	/** When an item says that it was last changed. */
	Optional<Instant> updated(Element element) {
		return date(element, List.of("updated", "modified", "date", "lastBuildDate"));
	}

	/** Of names, the first that there is; of dates of one name, the last. */
	private Optional<Instant> date(Element element, Collection<String> names) {
		for (String name : names) {
			List<Instant> dates = new ArrayList<>();
			XmlTree.children(element, name)
				.sorted((a, b) -> Boolean.compare(XmlTree.isOwn(element, a), XmlTree.isOwn(element, b)))
				.forEach((date) -> this.dates.parse(date.getTextTrim()).ifPresent(dates::add));
			if (!dates.isEmpty()) {
				return Optional.of(dates.get(dates.size() - 1));
			}
		}
		return Optional.empty();
	}

}
