package dev.postrider.story.feed;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.postrider.story.Story;
import org.jdom2.Element;
import org.jspecify.annotations.Nullable;

/**
 * What an item links beside itself: Atom's related links, in RSS too, Dublin Core's
 * relations, and the related links of news aggregators.
 */
final class RelatedLinks {

	private RelatedLinks() {
	}

	/**
	 * The links, in the feed's order.
	 * @param item its element
	 * @param base what its addresses are relative to
	 * @param self the item's own page, which is not related to itself
	 */
	static List<Story.Link> of(Element item, URI base, @Nullable URI self) {
		Stream<Element> atom = XmlTree.children(item, "link")
			.filter((link) -> "related".equals(XmlTree.attribute(link, "rel")));
		return Stream.of(atom, XmlTree.children(item, "relatedLink"), XmlTree.children(item, "relation"))
			.flatMap((group) -> group)
			.flatMap((link) -> link(link, base).stream())
			.filter((link) -> self == null || !link.url().equals(self.toString()))
			.distinct()
			.toList();
	}

	private static Optional<Story.Link> link(Element link, URI base) {
		Optional<URI> named = Stream.of("href", "link", "url", "resource")
			.flatMap((name) -> Stream.ofNullable(XmlTree.attribute(link, name)))
			.findFirst()
			.flatMap((address) -> WebAddress.http(address, XmlTree.base(link, base)));
		// Text is an address only if it is a whole one; most relations are in words.
		return named.or(() -> WebAddress.http(link.getTextTrim(), null))
			.map((uri) -> named(uri, XmlTree.attribute(link, "title")));
	}

	/** A link without a title is known by its site. */
	static Story.Link named(URI uri, @Nullable String title) {
		String words = PlainText.of(title);
		return new Story.Link(uri.toString(), words.isEmpty() ? uri.getHost().replaceFirst("^www\\.", "") : words);
	}

}
