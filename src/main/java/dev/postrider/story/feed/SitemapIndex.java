package dev.postrider.story.feed;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import dev.postrider.story.SourceException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows an index of sitemaps to the news in them. An index often names the archive of a
 * whole site besides: only its foremost parts are asked.
 */
final class SitemapIndex {

	/** Parts asked in one poll. */
	static final int MAX_PARTS = 10;

	private static final Logger log = LoggerFactory.getLogger(SitemapIndex.class);

	private SitemapIndex() {
	}

	/**
	 * The news of an index.
	 * @param index a feed that has parts
	 * @param read fetches and reads a part
	 * @return the same feed with the items of its parts, the newest first
	 * @throws SourceException when no part could be read; says why of the first
	 */
	static Feed follow(Feed index, Function<URI, Feed> read) {
		Map<URI, FeedItem> items = new LinkedHashMap<>();
		List<Feed> parts = new ArrayList<>();
		SourceException first = null;
		for (URI part : index.parts().stream().limit(MAX_PARTS).toList()) {
			try {
				Feed feed = read.apply(part);
				parts.add(feed);
				feed.items()
					.stream()
					.filter((item) -> item.link() != null)
					.forEach((item) -> items.putIfAbsent(item.link(), item));
			}
			catch (SourceException ex) {
				log.info("A part of a sitemap index was left out: {}", ex.getMessage());
				first = (first != null) ? first : ex;
			}
		}
		if (parts.isEmpty() && first != null) {
			throw new SourceException(
					"None of the index's sitemaps has news. The first: %s".formatted(first.getMessage()), first);
		}
		return new Feed(text(parts, Feed::title), index.link(), text(parts, Feed::language),
				items.values().stream().sorted(Sitemap.NEWEST_FIRST).limit(FeedReader.MAX_ITEMS).toList(),
				index.parts());
	}

	private static @Nullable String text(List<Feed> parts, Function<Feed, @Nullable String> field) {
		for (Feed part : parts) {
			String text = field.apply(part);
			if (text != null) {
				return text;
			}
		}
		return null;
	}

}
