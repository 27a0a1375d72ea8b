package dev.postrider.story.feed;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import com.rometools.rome.feed.synd.SyndEntry;
import com.rometools.rome.feed.synd.SyndFeed;
import com.rometools.rome.io.FeedException;
import com.rometools.rome.io.SyndFeedInput;
import dev.postrider.story.SourceException;
import org.jdom2.Document;
import org.jdom2.Element;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Reads RSS 0.9x, 1.0, 2.0 and Atom. ROME knows the formats; what it does not know or
 * gives up on (dates, relative links, pictures, broken XML) is read beside it from the
 * same tree, item by item.
 */
@Component
public class FeedReader {

	/**
	 * More than any newsroom publishes in a window; the rest of a feed is left unread.
	 */
	static final int MAX_ITEMS = 2000;

	/**
	 * Reads a feed.
	 * @param fetched its bytes, and what the server said about them
	 * @return the feed; an item that makes no sense is still in it
	 * @throws SourceException when this is not a feed; says what it is
	 */
	public Feed read(Fetched fetched) {
		Document document = FeedXml.parse(XmlText.decode(fetched.bytes(), fetched.contentType()));
		Element root = document.getRootElement();
		settle(root);
		XmlTree.items(root).stream().skip(MAX_ITEMS).forEach(Element::detach);
		SyndFeed feed = build(document);
		URI base = XmlTree.base(root, WebAddress.parse(fetched.contentLocation(), fetched.uri()).orElse(fetched.uri()));
		String language = LanguageTags.of(language(feed, root)).orElse(null);
		List<SyndEntry> entries = feed.getEntries();
		List<Element> elements = XmlTree.items(root);
		boolean paired = elements.size() == entries.size();
		FeedItems items = new FeedItems(root.getName().equals("feed"), base,
				(language != null) ? Locale.forLanguageTag(language) : Locale.ENGLISH);
		List<FeedItem> read = new ArrayList<>();
		for (int i = 0; i < entries.size(); i++) {
			read.add(items.read(entries.get(i), paired ? elements.get(i) : new Element("item")));
		}
		String title = PlainText.of(feed.getTitle());
		return new Feed(title.isEmpty() ? null : title,
				WebAddress.http(feed.getLink(), base).map(URI::toString).orElse(null), language, read);
	}

	/** Says what is certainly no feed, and mends the version that some feeds lack. */
	private static void settle(Element root) {
		String name = root.getName().toLowerCase(Locale.ROOT);
		switch (name) {
			case "html" -> throw new SourceException(
					"What is there is a web page, not a feed. " + "Look on it for a link named RSS, Atom or feed");
			case "rss" -> {
				root.setName("rss");
				String version = Optional.ofNullable(root.getAttributeValue("version")).orElse("");
				if (!version.matches("0\\.9[0-9]?|2\\.0")) {
					root.setAttribute("version", "2.0");
				}
			}
			case "rdf", "feed" -> root.setName(name.equals("rdf") ? "RDF" : "feed");
			default -> throw new SourceException(
					"What is there is XML, but not a feed: it is a \"%s\"".formatted(root.getName()));
		}
	}

	private static SyndFeed build(Document document) {
		try {
			return new SyndFeedInput(false, Locale.US).build(document);
		}
		catch (FeedException | RuntimeException ex) {
			// ROME's parsers of single elements throw whatever they come across.
			throw new SourceException("The feed cannot be read: %s".formatted(ex.getMessage()), ex);
		}
	}

	private static @Nullable String language(SyndFeed feed, Element root) {
		String language = feed.getLanguage();
		return (language != null) ? language : XmlTree.attribute(root, "lang");
	}

}
