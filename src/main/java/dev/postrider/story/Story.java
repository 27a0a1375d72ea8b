package dev.postrider.story;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One item of news.
 *
 * @param id its key
 * @param sourceId the feed it came from, or {@code null} when it came by the API
 * @param url its canonical address, which is its identity
 * @param headline plain text
 * @param summary plain text, may be empty
 * @param section such as {@code Business}
 * @param tags in the source's order
 * @param author the byline
 * @param kind news, feature, podcast …
 * @param language a BCP 47 tag
 * @param image its picture
 * @param audio what there is to hear
 * @param publishedAt when the newsroom published it
 * @param embargoUntil not to be mailed before
 * @param withdrawnAt since when the newsroom has taken it back
 */
public record Story(long id, @Nullable Long sourceId, String url, String headline, String summary,
		@Nullable String section, List<String> tags, @Nullable String author, StoryKind kind, @Nullable String language,
		@Nullable Image image, @Nullable Audio audio, Instant publishedAt, @Nullable Instant embargoUntil,
		@Nullable Instant withdrawnAt) {

	/**
	 * A picture.
	 *
	 * @param url its absolute address
	 * @param alt what it shows, for those who do not see it; empty when unknown
	 * @param credit whose it is
	 * @param width in pixels, if known
	 * @param height in pixels, if known
	 */
	public record Image(String url, String alt, @Nullable String credit, @Nullable Integer width,
			@Nullable Integer height) {
	}

	/**
	 * Something to hear.
	 *
	 * @param url its absolute address
	 * @param length how long it runs, if known
	 */
	public record Audio(String url, @Nullable Duration length) {
	}

}
