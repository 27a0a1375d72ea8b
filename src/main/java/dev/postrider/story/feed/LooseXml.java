package dev.postrider.story.feed;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import org.jdom2.CDATA;
import org.jdom2.Document;
import org.jdom2.Element;
import org.jdom2.Namespace;
import org.jdom2.Verifier;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.CDataNode;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.jspecify.annotations.Nullable;

/**
 * Reads XML that is not well-formed: stray ampersands and brackets, tags left open,
 * prefixes never declared.
 */
final class LooseXml {

	private static final int MAX_DEPTH = 200;

	/** No feed means more than this; every element with its own copies them. */
	private static final int MAX_PREFIXES = 100;

	/** What feeds mean by a prefix they forgot to declare. */
	private static final Map<String, String> CUSTOMARY = Map.of("dc", "http://purl.org/dc/elements/1.1/", "content",
			"http://purl.org/rss/1.0/modules/content/", "media", "http://search.yahoo.com/mrss/", "itunes",
			"http://www.itunes.com/dtds/podcast-1.0.dtd", "atom", "http://www.w3.org/2005/Atom", "rdf",
			"http://www.w3.org/1999/02/22-rdf-syntax-ns#");

	private LooseXml() {
	}

	/**
	 * Reads what there is.
	 * @param text not well-formed
	 * @return its tree, or empty when it has no element
	 */
	static Optional<Document> parse(String text) {
		org.jsoup.nodes.Element top = Jsoup.parse(text, "", Parser.xmlParser().setMaxDepth(MAX_DEPTH + 10));
		return top.children()
			.stream()
			.map((child) -> element(child, Map.of("xml", Namespace.XML_NAMESPACE.getURI()), 0))
			.filter(Optional::isPresent)
			.findFirst()
			.flatMap((root) -> root)
			.map(Document::new);
	}

	private static Optional<Element> element(org.jsoup.nodes.Element from, Map<String, String> outer, int depth) {
		Map<String, String> prefixes = declared(from, outer);
		String name = from.tagName();
		int colon = name.indexOf(':');
		String prefix = (colon > 0) ? name.substring(0, colon) : "";
		String local = name.substring(colon + 1);
		if (depth > MAX_DEPTH || Verifier.checkElementName(local) != null
				|| Verifier.checkNamespacePrefix(prefix) != null) {
			return Optional.empty();
		}
		Element to = new Element(local, namespace(prefix, prefixes));
		for (Attribute attribute : from.attributes()) {
			copy(attribute, to, prefixes);
		}
		for (Node child : from.childNodes()) {
			if (child instanceof CDataNode cdata) {
				to.addContent(new CDATA(legal(cdata.getWholeText().replace("]]>", "]]&gt;"))));
			}
			else if (child instanceof TextNode words) {
				to.addContent(legal(words.getWholeText()));
			}
			else if (child instanceof org.jsoup.nodes.Element inner) {
				element(inner, prefixes, depth + 1).ifPresent(to::addContent);
			}
		}
		return Optional.of(to);
	}

	/** The prefixes that hold inside an element: the outer ones unless it has its own. */
	private static Map<String, String> declared(org.jsoup.nodes.Element from, Map<String, String> outer) {
		Map<String, String> own = new HashMap<>();
		for (Attribute attribute : from.attributes()) {
			String key = attribute.getKey();
			if (key.equals("xmlns")) {
				own.put("", attribute.getValue());
			}
			else if (key.startsWith("xmlns:") && !attribute.getValue().isEmpty() && !key.equals("xmlns:xml")) {
				own.put(key.substring(6), attribute.getValue());
			}
		}
		own.entrySet().removeIf((prefix) -> prefix.getValue().equals(outer.get(prefix.getKey())));
		if (own.isEmpty() || outer.size() + own.size() > MAX_PREFIXES) {
			return outer;
		}
		Map<String, String> prefixes = new HashMap<>(outer);
		prefixes.putAll(own);
		return prefixes;
	}

	private static void copy(Attribute attribute, Element to, Map<String, String> prefixes) {
		String key = attribute.getKey();
		int colon = key.indexOf(':');
		String prefix = (colon > 0) ? key.substring(0, colon) : "";
		String local = key.substring(colon + 1);
		if (key.startsWith("xmlns") || Verifier.checkAttributeName(local) != null
				|| Verifier.checkNamespacePrefix(prefix) != null) {
			return;
		}
		Namespace namespace = prefix.isEmpty() ? Namespace.NO_NAMESPACE : namespace(prefix, prefixes);
		org.jdom2.Attribute copy = new org.jdom2.Attribute(local, legal(attribute.getValue()), namespace);
		if (Verifier.checkNamespaceCollision(copy, to) == null) {
			to.setAttribute(copy);
		}
	}

	private static Namespace namespace(String prefix, Map<String, String> prefixes) {
		String uri = prefixes.get(prefix);
		if (uri == null || Verifier.checkNamespaceURI(uri) != null) {
			uri = prefix.isEmpty() ? "" : CUSTOMARY.getOrDefault(prefix, "urn:undeclared:" + prefix);
		}
		return Namespace.getNamespace(prefix, uri);
	}

	private static String legal(@Nullable String text) {
		StringBuilder result = new StringBuilder();
		if (text != null) {
			text.codePoints().filter(Verifier::isXMLCharacter).forEach(result::appendCodePoint);
		}
		return result.toString();
	}

}
