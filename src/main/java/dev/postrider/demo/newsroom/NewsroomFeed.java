package dev.postrider.demo.newsroom;

import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

import dev.postrider.mail.PublicUrl;

/**
 * Writes the newsroom's RSS 2.0 feed with Dublin Core, Media RSS and iTunes.
 */
final class NewsroomFeed {

	private static final String DC = "http://purl.org/dc/elements/1.1/";

	private static final String MEDIA = "http://search.yahoo.com/mrss/";

	private static final String ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd";

	private final PublicUrl url;

	private final StringWriter out = new StringWriter();

	private final XMLStreamWriter xml;

	private NewsroomFeed(PublicUrl url) throws XMLStreamException {
		this.url = url;
		this.xml = XMLOutputFactory.newInstance().createXMLStreamWriter(this.out);
	}

	/**
	 * The feed of today's stories.
	 * @param front what is in it
	 * @param url where we are reached
	 * @return an XML document
	 */
	static String write(Newsroom.Front front, PublicUrl url) {
		try {
			return new NewsroomFeed(url).write(front);
		}
		catch (XMLStreamException ex) {
			throw new IllegalStateException("The sample newsroom's feed", ex);
		}
	}

	private String write(Newsroom.Front front) throws XMLStreamException {
		this.xml.writeStartDocument("UTF-8", "1.0");
		this.xml.writeStartElement("rss");
		this.xml.writeAttribute("version", "2.0");
		this.xml.writeNamespace("dc", DC);
		this.xml.writeNamespace("media", MEDIA);
		this.xml.writeNamespace("itunes", ITUNES);
		this.xml.writeStartElement("channel");
		text("title", "The Averley Courier");
		text("link", this.url.of("/demo"));
		text("description", "News from Port Averley and the Lene valley");
		text("language", "en");
		text("lastBuildDate", rfc1123(front.issue().at()));
		for (Issue.Item item : front.items()) {
			item(front.issue(), item.story(), item.publishedAt());
		}
		this.xml.writeEndDocument();
		return this.out.toString();
	}

	private void item(Issue issue, NewsroomStory story, Instant publishedAt) throws XMLStreamException {
		String link = this.url.of("/demo/{issue}/{slug}", issue.id(), story.slug());
		this.xml.writeStartElement("item");
		text("title", story.headline());
		text("link", link);
		this.xml.writeStartElement("guid");
		this.xml.writeAttribute("isPermaLink", "true");
		this.xml.writeCharacters(link);
		this.xml.writeEndElement();
		text("description", story.summary());
		text("pubDate", rfc1123(publishedAt));
		text("dc", DC, "creator", story.author());
		text("category", story.section());
		if (!story.kind().equals("NEWS")) {
			text("category", story.kind().charAt(0) + story.kind().substring(1).toLowerCase(Locale.ROOT));
		}
		for (String tag : story.tags()) {
			text("category", tag);
		}
		picture(story);
		if (story.isPodcast()) {
			sound(story);
		}
		this.xml.writeEndElement();
	}

	private void picture(NewsroomStory story) throws XMLStreamException {
		this.xml.writeStartElement("media", "content", MEDIA);
		this.xml.writeAttribute("url", this.url.of("/demo/pictures/{slug}.jpg", story.slug()));
		this.xml.writeAttribute("type", "image/jpeg");
		this.xml.writeAttribute("medium", "image");
		this.xml.writeAttribute("width", Integer.toString(Picture.WIDTH));
		this.xml.writeAttribute("height", Integer.toString(Picture.HEIGHT));
		text("media", MEDIA, "description", story.alt());
		text("media", MEDIA, "credit", story.credit());
		this.xml.writeEndElement();
	}

	private void sound(NewsroomStory story) throws XMLStreamException {
		this.xml.writeEmptyElement("enclosure");
		this.xml.writeAttribute("url", this.url.of("/demo/audio/{slug}.wav", story.slug()));
		this.xml.writeAttribute("length", Integer.toString(Sound.of(story.slug()).length));
		this.xml.writeAttribute("type", "audio/wav");
		text("itunes", ITUNES, "duration", Integer.toString(Sound.SECONDS));
		text("itunes", ITUNES, "author", story.author());
	}

	private void text(String name, String value) throws XMLStreamException {
		this.xml.writeStartElement(name);
		this.xml.writeCharacters(value);
		this.xml.writeEndElement();
	}

	private void text(String prefix, String namespace, String name, String value) throws XMLStreamException {
		this.xml.writeStartElement(prefix, name, namespace);
		this.xml.writeCharacters(value);
		this.xml.writeEndElement();
	}

	private static String rfc1123(Instant at) {
		return DateTimeFormatter.RFC_1123_DATE_TIME.format(at.atOffset(ZoneOffset.UTC));
	}

}
