package dev.postrider.story.feed;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

import dev.postrider.story.feed.FeedText.Kind;
import org.jdom2.Element;

/**
 * Reads the text of an element by the rules of its format: Atom's types and modes, inline
 * markup, base64, and what lies in RSS without a word on what it is.
 */
final class TextElement {

	private TextElement() {
	}

	/**
	 * The text of an element.
	 * @param element a title, a summary, a content …
	 * @param document what the document's addresses are relative to
	 */
	static FeedText read(Element element, URI document) {
		URI base = XmlTree.base(element, document);
		String declared = XmlTree.attribute(element, "type");
		String type = (declared != null) ? declared.toLowerCase(Locale.ROOT) : "";
		if (!element.getChildren().isEmpty()) {
			return markup(element, base, type);
		}
		String text = element.getText().strip();
		if (isBase64(element, type)) {
			text = decoded(text);
		}
		Kind kind = kind(element, type);
		return new FeedText((kind != Kind.PLAIN) ? RelativeLinks.absolute(text, base) : text, kind);
	}

	private static Kind kind(Element element, String type) {
		boolean html = type.equals("html") || type.contains("html") && type.contains("/");
		if (isAtom(element, XmlTree.ATOM)) {
			boolean text = type.isEmpty() || type.startsWith("text") || isXml(type);
			return (html && !isXml(type)) ? Kind.HTML : text ? Kind.PLAIN : Kind.EITHER;
		}
		return (html && isAtom(element, XmlTree.ATOM_03) || element.getName().equals("encoded")) ? Kind.HTML
				: Kind.EITHER;
	}

	/** Elements inside: markup that was not escaped, whether it was said to be or not. */
	private static FeedText markup(Element element, URI base, String type) {
		List<Element> children = element.getChildren();
		Element only = children.get(0);
		boolean wrapped = children.size() == 1 && only.getName().equals("div") && isBlankBeside(element);
		if (wrapped && type.endsWith("html") && !isXml(type) && only.getChildren().isEmpty()) {
			// Escaped markup in a div for which there was no need.
			return new FeedText(RelativeLinks.absolute(only.getText().strip(), base), Kind.HTML);
		}
		// Atom 1.0 wants a div around XHTML, which is no part of it.
		boolean around = wrapped && isAtom(element, XmlTree.ATOM) && isXml(type);
		return new FeedText(
				InlineMarkup.of(around ? only : element, around ? XmlTree.base(only, base) : base, element).strip(),
				Kind.HTML);
	}

	private static boolean isBlankBeside(Element element) {
		return element.getText().isBlank();
	}

	private static boolean isBase64(Element element, String type) {
		return "base64".equals(XmlTree.attribute(element, "mode"))
				|| isAtom(element, XmlTree.ATOM) && type.contains("/") && !type.startsWith("text/") && !isXml(type);
	}

	/** What is no text once decoded is none. */
	private static String decoded(String base64) {
		try {
			byte[] bytes = Base64.getMimeDecoder().decode(base64);
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString().strip();
		}
		catch (IllegalArgumentException | CharacterCodingException ex) {
			return "";
		}
	}

	private static boolean isXml(String type) {
		return type.equals("xhtml") || type.endsWith("+xml") || type.endsWith("/xml");
	}

	private static boolean isAtom(Element element, String namespace) {
		return element.getNamespaceURI().equals(namespace);
	}

}
