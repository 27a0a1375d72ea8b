package dev.postrider.story.ingest;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import dev.postrider.story.StoryKind;
import dev.postrider.story.feed.Feed;
import dev.postrider.story.feed.FeedItem;
import dev.postrider.story.feed.PlainText;
import org.jspecify.annotations.Nullable;

/**
 * Makes stories of a feed's items. An item without an address or without a word is none.
 */
public final class FeedStories {

	/** Feeds often carry the whole article; a digest wants what it is about. */
	private static final int MAX_SUMMARY = 400;

	private static final int ENOUGH = 140;

	/** Older dates in feeds are empty ones in disguise. */
	private static final Instant EARLIEST = Instant.parse("1990-01-01T00:00:00Z");

	private static final Duration FURTHEST = Duration.ofDays(366);

	private static final Map<String, StoryKind> KINDS = Map.ofEntries(Map.entry("opinion", StoryKind.OPINION),
			Map.entry("comment", StoryKind.OPINION), Map.entry("commentary", StoryKind.OPINION),
			Map.entry("editorial", StoryKind.OPINION), Map.entry("feature", StoryKind.FEATURE),
			Map.entry("features", StoryKind.FEATURE), Map.entry("long read", StoryKind.FEATURE),
			Map.entry("podcast", StoryKind.PODCAST), Map.entry("podcasts", StoryKind.PODCAST),
			Map.entry("live", StoryKind.LIVE), Map.entry("live blog", StoryKind.LIVE),
			Map.entry("liveblog", StoryKind.LIVE));

	private FeedStories() {
	}

	/**
	 * The stories of a feed, in its order, each once.
	 * @param feed what was read
	 * @param section for items that name no category, if any
	 * @param now to tell a date from nonsense
	 */
	public static List<IncomingStory> of(Feed feed, @Nullable String section, Instant now) {
		Map<String, IncomingStory> stories = new LinkedHashMap<>();
		int position = 0;
		for (FeedItem item : feed.items()) {
			position++;
			String headline = item.headline().isEmpty() ? PlainText.lead(item.summary(), 0, 100) : item.headline();
			String url = IncomingStory.url(item.link()).orElse(null);
			if (url != null && !headline.isEmpty()) {
				stories.putIfAbsent(url, story(feed, item, url, headline, section, position, now));
			}
		}
		return new ArrayList<>(stories.values());
	}

	private static IncomingStory story(Feed feed, FeedItem item, String url, String headline, @Nullable String section,
			int position, Instant now) {
		List<String> categories = item.categories();
		// A category that only names the kind says nothing of the section.
		String own = categories.stream().filter((category) -> kind(category) == null).findFirst().orElse(section);
		String summary = PlainText.lead(item.summary(), ENOUGH, MAX_SUMMARY);
		// Where the plain text is cut, the HTML would go on about what nobody reads.
		boolean whole = summary.equals(String.join(" ", item.summary()));
		List<String> tags = Stream
			.concat(categories.stream().filter((category) -> !category.equals(own)), item.keywords().stream())
			.distinct()
			.toList();
		return new IncomingStory(url, headline, summary, whole ? item.summaryHtml() : "", own, tags, item.author(),
				kind(item), (item.language() != null) ? item.language() : feed.language(), item.image(), item.audio(),
				item.related(), plausible(item.published(), now), null, false, position);
	}

	private static StoryKind kind(FeedItem item) {
		Stream<StoryKind> named = item.categories().stream().flatMap((category) -> Stream.ofNullable(kind(category)));
		return (item.audio() != null) ? StoryKind.PODCAST : named.findFirst().orElse(StoryKind.NEWS);
	}

	private static @Nullable StoryKind kind(String category) {
		return KINDS.get(category.toLowerCase(Locale.ROOT));
	}

	private static @Nullable Instant plausible(@Nullable Instant published, Instant now) {
		return (published == null || published.isBefore(EARLIEST) || published.isAfter(now.plus(FURTHEST))) ? null
				: published;
	}

}
