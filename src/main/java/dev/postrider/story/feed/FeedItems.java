package dev.postrider.story.feed;

import java.net.URI;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.rometools.rome.feed.synd.SyndCategory;
import com.rometools.rome.feed.synd.SyndContent;
import com.rometools.rome.feed.synd.SyndEntry;
import com.rometools.rome.feed.synd.SyndPerson;
import org.jdom2.Element;
import org.jspecify.annotations.Nullable;

/**
 * Reads the items of one feed, from ROME's view of each and from its element.
 */
final class FeedItems {

	/** The sooner in this list, the better it says when something was published. */
	private static final List<String> DATES = List.of("pubDate", "published", "issued", "date", "created", "updated",
			"modified", "lastBuildDate");

	private static final Pattern MAILBOX = Pattern.compile("\\S+@\\S+\\s*\\((.+)\\)|(.+?)\\s*[<(]\\S+@\\S+[>)]");

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
		ItemMedia media = new ItemMedia(element, itemBase);
		List<String> html = Stream.concat(entry.getContents().stream(), Stream.ofNullable(entry.getDescription()))
			.map(SyndContent::getValue)
			.filter((value) -> value != null && !value.isBlank())
			.toList();
		return new FeedItem(link(entry, element, itemBase, media), headline(entry, element), summary(entry, element),
				"", categories(entry, element), author(entry, element),
				LanguageTags.of(XmlTree.text(element, "language").orElse(XmlTree.attribute(element, "lang")))
					.orElse(null),
				media.image(html), media.audio(), List.of(), published(entry, element));
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

	private String headline(SyndEntry entry, Element element) {
		String title = text(entry.getTitleEx());
		if (title.isEmpty()) {
			title = PlainText.of(XmlTree.text(element, "title", XmlTree.DUBLIN_CORE).orElse(""));
		}
		return title.isEmpty() ? PlainText.of(XmlTree.text(element, "title").orElse("")) : title;
	}

	private List<String> summary(SyndEntry entry, Element element) {
		Stream<List<String>> own = Stream
			.concat(Stream.ofNullable(entry.getDescription()), entry.getContents().stream())
			.map(this::paragraphs);
		Stream<List<String>> others = Stream.of("description", "summary", "abstract", "subtitle")
			.flatMap((name) -> XmlTree.text(element, name).stream())
			.map(PlainText::paragraphs);
		return Stream.concat(own, others).filter((text) -> !text.isEmpty()).findFirst().orElse(List.of());
	}

	private String text(@Nullable SyndContent content) {
		return String.join(" ", paragraphs(content));
	}

	/** Atom says whether text is markup; RSS leaves it open, whatever ROME says. */
	private List<String> paragraphs(@Nullable SyndContent content) {
		if (content == null || content.getValue() == null) {
			return List.of();
		}
		String type = content.getType();
		boolean plain = this.atom
				&& (type == null || type.isEmpty() || type.equals("text") || type.equals("text/plain"));
		if (plain) {
			return List.of(PlainText.tidy(content.getValue())).stream().filter((text) -> !text.isEmpty()).toList();
		}
		return (this.atom && type != null && type.contains("html")) ? PlainText.paragraphsOfHtml(content.getValue())
				: PlainText.paragraphs(content.getValue());
	}

	private static List<String> categories(SyndEntry entry, Element element) {
		Stream<String> own = entry.getCategories().stream().map(FeedItems::name);
		Stream<String> subjects = XmlTree.children(element, "subject").map(Element::getTextTrim);
		Set<String> names = Stream.concat(own, subjects)
			.map(PlainText::of)
			.filter((name) -> !name.isEmpty())
			.collect(Collectors.toCollection(LinkedHashSet::new));
		return List.copyOf(names);
	}

	private static @Nullable String name(SyndCategory category) {
		String label = category.getLabel();
		return (label != null && !label.isBlank()) ? label : category.getName();
	}

	private static @Nullable String author(SyndEntry entry, Element element) {
		Stream<@Nullable String> people = entry.getAuthors().stream().map(SyndPerson::getName);
		Stream<@Nullable String> creators = XmlTree.children(element, "creator").map(Element::getTextTrim);
		String names = Stream.of(people, creators)
			.map((group) -> group.map(FeedItems::withoutAddress).filter((name) -> !name.isEmpty()).distinct().toList())
			.filter((group) -> !group.isEmpty())
			.findFirst()
			.map((group) -> String.join(", ", group))
			.orElseGet(() -> withoutAddress(XmlTree.text(element, "author").orElse(entry.getAuthor())));
		return names.isEmpty() ? null : names;
	}

	/** A mail address is nobody's byline. */
	private static String withoutAddress(@Nullable String author) {
		String name = PlainText.of(author);
		Matcher mailbox = MAILBOX.matcher(name);
		if (mailbox.matches()) {
			name = (mailbox.group(1) != null) ? mailbox.group(1) : mailbox.group(2);
		}
		return name.contains("@") && !name.contains(" ") ? "" : name.strip();
	}

	private @Nullable Instant published(SyndEntry entry, Element element) {
		Optional<Instant> read = DATES.stream()
			.flatMap((name) -> XmlTree.children(element, name))
			.flatMap((date) -> this.dates.parse(date.getTextTrim()).stream())
			.findFirst();
		return read.orElseGet(() -> {
			Date date = (entry.getPublishedDate() != null) ? entry.getPublishedDate() : entry.getUpdatedDate();
			return (date != null) ? date.toInstant() : null;
		});
	}

}
