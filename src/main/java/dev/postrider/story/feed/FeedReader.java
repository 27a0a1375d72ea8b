package dev.postrider.story.feed;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

import com.rometools.rome.feed.synd.SyndEntry;
import com.rometools.rome.feed.synd.SyndEntryImpl;
import com.rometools.rome.feed.synd.SyndFeed;
import com.rometools.rome.feed.synd.SyndFeedImpl;
import com.rometools.rome.io.FeedException;
import com.rometools.rome.io.SyndFeedInput;
import dev.postrider.story.SourceException;
import org.jdom2.Element;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Reads RSS 0.9x, 1.0, 2.0, Atom, JSON Feed and news sitemaps. ROME knows RSS and Atom;
 * what it does not know or gives up on (dates, markup, relative links, pictures, broken
 * XML) is read beside it from the same tree, item by item.
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
	 * @param fetch gets the documents that an index names
	 * @return the feed; an item that makes no sense is still in it
	 * @throws SourceException when this is not a feed; says what it is
	 */
	public Feed read(Fetched fetched, Function<URI, Fetched> fetch) {
		Feed feed = read(fetched);
		return feed.parts().isEmpty() ? feed : SitemapIndex.follow(feed, (part) -> read(fetch.apply(part)));
	}

	/**
	 * Reads a single document.
	 * @param fetched its bytes, and what the server said about them
	 * @return the feed; for an index of sitemaps one without items, but with parts
	 * @throws SourceException when this is not a feed; says what it is
	 */
	public Feed read(Fetched fetched) {
		String text = XmlText.decode(fetched.bytes(), fetched.contentType());
		if (JsonFeed.looksLike(text)) {
			return JsonFeed.read(text, fetched.uri());
		}
		FeedTree tree = FeedTree.of(text, fetched);
		if (tree.isSitemap()) {
			return Sitemap.read(tree);
		}
		tree.items().stream().skip(MAX_ITEMS).forEach(Element::detach);
		List<Element> elements = tree.items();
		SyndFeed feed = build(tree);
		URI base = tree.base();
		String language = LanguageTags.of(language(feed, tree)).orElse(null);
		FeedItems items = items(tree, language);
		List<SyndEntry> entries = feed.getEntries();
		boolean paired = elements.size() == entries.size();
		List<FeedItem> read = new ArrayList<>();
		for (int i = 0; i < elements.size(); i++) {
			read.add(items.read(paired ? entries.get(i) : new SyndEntryImpl(), elements.get(i)));
		}
		String title = ItemTexts.title(tree.head(), base).words();
		return new Feed(title.isEmpty() ? null : title,
				WebAddress.http(feed.getLink(), base)
					.or(() -> XmlTree.text(tree.head(), "link").flatMap((link) -> WebAddress.http(link, base)))
					.map(URI::toString)
					.orElse(null),
				language, read, List.of());
	}

	static FeedItems items(FeedTree tree, @Nullable String language) {
		return new FeedItems(tree.isAtom(), tree.base(),
				(language != null) ? Locale.forLanguageTag(language) : Locale.ENGLISH);
	}

	private static SyndFeed build(FeedTree tree) {
		try {
			return new SyndFeedInput(false, Locale.US).build(tree.document());
		}
		catch (FeedException | RuntimeException ex) {
			// ROME's parsers of single elements throw whatever they come across; the tree
			// has the items nevertheless.
			if (tree.items().isEmpty() && ItemTexts.title(tree.head(), tree.base()).isEmpty()) {
				throw new SourceException("The feed cannot be read: %s".formatted(ex.getMessage()), ex);
			}
			SyndFeed feed = new SyndFeedImpl();
			feed.setEntries(Collections.emptyList());
			return feed;
		}
	}

	private static @Nullable String language(SyndFeed feed, FeedTree tree) {
		String language = feed.getLanguage();
		return (language != null) ? language
				: XmlTree.text(tree.head(), "language").orElse(XmlTree.attribute(tree.root(), "lang"));
	}

}
