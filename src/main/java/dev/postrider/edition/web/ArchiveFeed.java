package dev.postrider.edition.web;

import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;

import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

import dev.postrider.edition.web.Archive.Entry;
import dev.postrider.mail.PublicUrl;
import dev.postrider.newsletter.Newsletter;

import org.springframework.stereotype.Component;
import org.springframework.web.util.HtmlUtils;

/**
 * Writes a newsletter's editions as RSS 2.0.
 */
@Component
class ArchiveFeed {

	private static final String ATOM = "http://www.w3.org/2005/Atom";

	private static final String CONTENT = "http://purl.org/rss/1.0/modules/content/";

	private final XMLOutputFactory factory = XMLOutputFactory.newFactory();

	private final PublicUrl publicUrl;

	ArchiveFeed(PublicUrl publicUrl) {
		this.publicUrl = publicUrl;
	}

	String write(Newsletter newsletter, List<Entry> entries, Map<Long, List<Archive.Headline>> stories) {
		try {
			StringWriter out = new StringWriter();
			XMLStreamWriter xml = this.factory.createXMLStreamWriter(out);
			xml.writeStartDocument("UTF-8", "1.0");
			xml.writeStartElement("rss");
			xml.writeAttribute("version", "2.0");
			xml.writeNamespace("atom", ATOM);
			xml.writeNamespace("content", CONTENT);
			xml.writeStartElement("channel");
			element(xml, "title", newsletter.name());
			element(xml, "link", this.publicUrl.of("/editions/{slug}", newsletter.slug()));
			element(xml, "description", newsletter.description());
			element(xml, "language", newsletter.language());
			if (!entries.isEmpty()) {
				element(xml, "lastBuildDate", date(entries.get(0).publishedAt()));
			}
			element(xml, "generator", "Postrider");
			xml.writeEmptyElement("atom", "link", ATOM);
			xml.writeAttribute("href", this.publicUrl.of("/editions/{slug}.xml", newsletter.slug()));
			xml.writeAttribute("rel", "self");
			xml.writeAttribute("type", "application/rss+xml");
			for (Entry entry : entries) {
				item(xml, newsletter, entry, stories.getOrDefault(entry.editionId(), List.of()));
			}
			xml.writeEndDocument();
			xml.close();
			return out.toString();
		}
		catch (XMLStreamException ex) {
			throw new IllegalStateException("The feed of " + newsletter.slug() + " could not be written", ex);
		}
	}

	private void item(XMLStreamWriter xml, Newsletter newsletter, Entry entry, List<Archive.Headline> headlines)
			throws XMLStreamException {
		String address = this.publicUrl.of("/editions/{slug}/{label}", newsletter.slug(), entry.label());
		xml.writeStartElement("item");
		element(xml, "title", entry.subject());
		element(xml, "link", address);
		element(xml, "guid", address);
		element(xml, "pubDate", date(entry.publishedAt()));
		element(xml, "description", entry.preheader());
		if (!headlines.isEmpty()) {
			xml.writeStartElement("content", "encoded", CONTENT);
			xml.writeCharacters(html(headlines));
			xml.writeEndElement();
		}
		xml.writeEndElement();
	}

	/** What the edition has, to be read without opening it. */
	private static String html(List<Archive.Headline> headlines) {
		StringBuilder html = new StringBuilder();
		for (Archive.Headline each : headlines) {
			html.append("<h3><a href=\"")
				.append(HtmlUtils.htmlEscape(each.url()))
				.append("\">")
				.append(HtmlUtils.htmlEscape(each.headline()))
				.append("</a></h3>");
			if (!each.summary().isBlank()) {
				html.append("<p>").append(HtmlUtils.htmlEscape(each.summary())).append("</p>");
			}
		}
		return html.toString();
	}

	private static String date(Instant at) {
		return DateTimeFormatter.RFC_1123_DATE_TIME.format(at.atOffset(ZoneOffset.UTC));
	}

	private static void element(XMLStreamWriter xml, String name, String text) throws XMLStreamException {
		xml.writeStartElement(name);
		xml.writeCharacters(text);
		xml.writeEndElement();
	}

}
