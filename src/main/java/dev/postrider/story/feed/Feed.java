package dev.postrider.story.feed;

import java.net.URI;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A feed as it was read.
 *
 * @param title its own name, plain text
 * @param link the page it belongs to
 * @param language a BCP 47 tag
 * @param items in its order
 * @param parts further documents that have its items, when it is only their index
 */
public record Feed(@Nullable String title, @Nullable String link, @Nullable String language, List<FeedItem> items,
		List<URI> parts) {
}
