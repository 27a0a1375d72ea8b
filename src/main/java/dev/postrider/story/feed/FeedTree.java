package dev.postrider.story.feed;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import dev.postrider.story.SourceException;
import org.jdom2.Document;
import org.jdom2.Element;
import org.jdom2.Namespace;

/**
 * The tree of an XML feed, put into the shape that its format prescribes.
 *
 * @param document the tree
 * @param base what its addresses are relative to
 * @param wellFormed whether it was XML by the rules
 */
record FeedTree(Document document, URI base, boolean wellFormed) {

	private static final Set<String> ATOM = Set.of(XmlTree.ATOM, XmlTree.ATOM_03);

	/**
	 * Parses a feed.
	 * @param text its text
	 * @param fetched where it came from
	 * @throws SourceException when it is no XML, or not a feed; says what it is
	 */
	static FeedTree of(String text, Fetched fetched) {
		FeedXml.Parsed parsed = FeedXml.parse(text);
		Element root = parsed.document().getRootElement();
		settle(root);
		return new FeedTree(parsed.document(),
				XmlTree.base(root, WebAddress.parse(fetched.contentLocation(), fetched.uri()).orElse(fetched.uri())),
				parsed.wellFormed());
	}

	Element root() {
		return this.document.getRootElement();
	}

	/** The element that speaks of the feed as a whole. */
	Element head() {
		return XmlTree.children(root(), "channel").findFirst().orElse(root());
	}

	List<Element> items() {
		return XmlTree.items(root());
	}

	boolean isAtom() {
		return root().getName().equals("feed");
	}

	boolean isSitemap() {
		return root().getName().equals("urlset") || root().getName().equals("sitemapindex");
	}

	/** Says what is certainly no feed, and mends what some feeds lack. */
	private static void settle(Element root) {
		String name = root.getName().toLowerCase(Locale.ROOT);
		switch (name) {
			case "html" -> throw new SourceException(
					"What is there is a web page, not a feed. " + "Look on it for a link named RSS, Atom or feed");
			case "rss" -> settleRss(root);
			case "rdf" -> root.setName("RDF");
			case "feed" -> {
				root.setName("feed");
				String namespace = root.getNamespaceURI();
				String version = Optional.ofNullable(root.getAttributeValue("version")).orElse("");
				if (!ATOM.contains(namespace)) {
					rename(root, namespace, version.startsWith("0.") ? XmlTree.ATOM_03 : XmlTree.ATOM);
				}
			}
			case "urlset", "sitemapindex" -> root.setName(name);
			default -> throw new SourceException(
					"What is there is XML, but not a feed: it is a \"%s\"".formatted(root.getName()));
		}
	}

	/** RSS has no namespace, has a version, and keeps its items in a channel. */
	private static void settleRss(Element root) {
		root.setName("rss");
		XmlTree.children(root, "channel")
			.map(Element::getNamespaceURI)
			.findFirst()
			.ifPresent((namespace) -> rename(root, namespace, ""));
		rename(root, root.getNamespaceURI(), "");
		String version = Optional.ofNullable(root.getAttributeValue("version")).orElse("");
		if (!version.matches("0\\.9[0-9]?|2\\.0")) {
			root.setAttribute("version", "2.0");
		}
		if (root.getChild("channel") == null) {
			Element channel = new Element("channel");
			List.copyOf(root.getChildren()).forEach((child) -> channel.addContent(child.detach()));
			root.addContent(channel);
		}
	}

	private static void rename(Element element, String from, String to) {
		if (from.equals(to)) {
			return;
		}
		if (element.getNamespaceURI().equals(from)) {
			List.copyOf(element.getAdditionalNamespaces())
				.stream()
				.filter((namespace) -> namespace.getPrefix().isEmpty())
				.forEach(element::removeNamespaceDeclaration);
			element.setNamespace(Namespace.getNamespace("", to));
		}
		element.getChildren().forEach((child) -> rename(child, from, to));
	}

}
