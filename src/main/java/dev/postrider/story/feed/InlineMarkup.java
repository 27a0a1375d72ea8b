package dev.postrider.story.feed;

import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import org.jdom2.Attribute;
import org.jdom2.CDATA;
import org.jdom2.Content;
import org.jdom2.Element;
import org.jdom2.Namespace;
import org.jdom2.Text;
import org.jdom2.output.Format;
import org.jdom2.output.XMLOutputter;

/**
 * Writes markup that stands in a feed as elements the way it is written in HTML.
 */
final class InlineMarkup {

	private static final String XHTML = "http://www.w3.org/1999/xhtml";

	private static final Pattern EMPTY = Pattern
		.compile("<(area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)((?:\\s[^<>]*)?)></\\1>");

	private final Set<String> unnamed;

	private final XMLOutputter out = new XMLOutputter(
			Format.getRawFormat().setExpandEmptyElements(true).setOmitDeclaration(true));

	private InlineMarkup(Element owner) {
		this.unnamed = Set.of(XHTML, (owner.getNamespaceURI().equals(XHTML)) ? "" : owner.getNamespaceURI());
	}

	/**
	 * What stands in an element.
	 * @param parent the element
	 * @param base what addresses in it are relative to
	 * @param owner the element of the feed that it belongs to; its namespace is not
	 * written
	 * @return HTML with absolute addresses
	 */
	static String of(Element parent, URI base, Element owner) {
		return new InlineMarkup(owner).write(parent, base);
	}

	private String write(Element parent, URI base) {
		StringBuilder html = new StringBuilder();
		for (Content content : parent.getContent()) {
			if (content instanceof Text text) {
				html.append(this.out.escapeElementEntities(text.getText()));
			}
			else if (content instanceof Element element) {
				Element copy = element.clone();
				settle(copy, base);
				html.append(this.out.outputString(copy));
			}
		}
		return EMPTY.matcher(html).replaceAll("<$1$2 />");
	}

	private void settle(Element element, URI outer) {
		URI base = WebAddress.parse(element.getAttributeValue("base", Namespace.XML_NAMESPACE), outer).orElse(outer);
		// What an attribute needs is declared again when it is written.
		List.copyOf(element.getAdditionalNamespaces()).forEach(element::removeNamespaceDeclaration);
		if (this.unnamed.contains(element.getNamespaceURI())) {
			element.setNamespace(Namespace.NO_NAMESPACE);
		}
		for (Attribute attribute : element.getAttributes()) {
			if (RelativeLinks.isAddress(attribute.getName())) {
				WebAddress.absolute(attribute.getValue(), base).ifPresent(attribute::setValue);
			}
		}
		for (Content content : List.copyOf(element.getContent())) {
			if (content instanceof CDATA cdata) {
				element.setContent(element.indexOf(cdata), new Text(cdata.getText()));
			}
			else if (content instanceof Element child) {
				settle(child, base);
			}
		}
	}

}
