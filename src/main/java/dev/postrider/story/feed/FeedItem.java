package dev.postrider.story.feed;

import java.net.URI;
import java.time.Instant;
import java.util.List;

import dev.postrider.story.Story;
import org.jspecify.annotations.Nullable;

/**
 * An item of a feed, read but not yet cut to a story's measure.
 *
 * @param link the page it is about, absolute
 * @param headline plain text, may be empty
 * @param summary plain text in paragraphs, may be empty
 * @param summaryHtml the summary as safe HTML, see {@link Story#summaryHtml()}; empty
 * when there is no more than the plain text
 * @param categories as the feed names them, in its order
 * @param keywords what it is about, none of them a section
 * @param author a name, or several
 * @param language of this item, if it says so
 * @param image its picture
 * @param audio what there is to hear
 * @param related what it links beside itself
 * @param published when it was published, or failing that last changed
 */
public record FeedItem(@Nullable URI link, String headline, List<String> summary, String summaryHtml,
		List<String> categories, List<String> keywords, @Nullable String author, @Nullable String language,
		Story.@Nullable Image image, Story.@Nullable Audio audio, List<Story.Link> related,
		@Nullable Instant published) {
}
