package dev.postrider.story.feed;

import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.jdom2.Attribute;
import org.jdom2.Element;
import org.jdom2.Namespace;
import org.jspecify.annotations.Nullable;

/**
 * Ways through a feed's tree.
 */
final class XmlTree {

	static final String ATOM = "http://www.w3.org/2005/Atom";

	static final String ATOM_03 = "http://purl.org/atom/ns#";

	static final String DUBLIN_CORE = "http://purl.org/dc/elements/1.1/";

	private XmlTree() {
	}

	/** A feed's items in document order, wherever its format puts them. */
	static List<Element> items(Element root) {
		String name = root.getName().equals("feed") ? "entry" : "item";
		Stream<Element> own = root.getChildren().stream();
		Stream<Element> below = root.getChildren()
			.stream()
			.filter((child) -> child.getName().equals("channel"))
			.flatMap((channel) -> channel.getChildren().stream());
		return Stream.concat(below, own).filter((item) -> item.getName().equals(name)).toList();
	}

	/**
	 * What relative addresses in an element are relative to: {@code xml:base}, from the
	 * outside in.
	 */
	static URI base(Element element, URI document) {
		Element parent = element.getParentElement();
		URI outer = (parent != null) ? base(parent, document) : document;
		String base = element.getAttributeValue("base", Namespace.XML_NAMESPACE);
		return WebAddress.parse(base, outer).orElse(outer);
	}

	/** The text of the first child of a name that has any, in whatever namespace. */
	static Optional<String> text(Element parent, String name) {
		return children(parent, name).map(Element::getTextTrim).filter((text) -> !text.isEmpty()).findFirst();
	}

	/** The text of the first child of a name and namespace. */
	static Optional<String> text(Element parent, String name, String namespace) {
		return children(parent, name).filter((child) -> child.getNamespaceURI().equals(namespace))
			.map(Element::getTextTrim)
			.filter((text) -> !text.isEmpty())
			.findFirst();
	}

	/**
	 * The children of a name in whatever namespace. Those of the format itself go before
	 * another vocabulary's.
	 */
	static Stream<Element> children(Element parent, String name) {
		return parent.getChildren()
			.stream()
			.filter((child) -> child.getName().equals(name))
			.sorted(Comparator.comparing((Element child) -> !isOwn(parent, child)));
	}

	/** Whether an element is one of its parent's format. */
	static boolean isOwn(Element parent, Element child) {
		return child.getNamespaceURI().equals(parent.getNamespaceURI());
	}

	/** An attribute in whatever namespace, or {@code null} when absent or empty. */
	static @Nullable String attribute(Element element, String name) {
		for (Attribute attribute : element.getAttributes()) {
			if (attribute.getName().equals(name) && !attribute.getValue().isBlank()) {
				return attribute.getValue().strip();
			}
		}
		return null;
	}

	/** A whole number in an attribute, or {@code null}. */
	static @Nullable Integer number(Element element, String name) {
		String value = attribute(element, name);
		return (value != null && value.matches("\\d{1,6}(px)?")) ? Integer.valueOf(value.replace("px", "")) : null;
	}

}
