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
 * @param summaryHtml the summary as safe HTML: p, br, em, i, strong, b, ul, ol, li,
 * blockquote, and links to http(s); empty when there is no more than the plain text
 * @param section such as {@code Business}
 * @param tags in the source's order
 * @param author the byline
 * @param kind news, feature, podcast …
 * @param language a BCP 47 tag
 * @param image its picture
 * @param audio what there is to hear
 * @param related what the newsroom links beside it
 * @param position where it stands in its feed, from 1; {@code null} when it came by the
 * API
 * @param publishedAt when the newsroom published it
 * @param embargoUntil not to be mailed before
 * @param withdrawnAt since when the newsroom has taken it back
 * @param firstSeenAt when it came in
 * @param changedAt when it last came in different
 */
public record Story(long id, @Nullable Long sourceId, String url, String headline, String summary, String summaryHtml,
		@Nullable String section, List<String> tags, @Nullable String author, StoryKind kind, @Nullable String language,
		@Nullable Image image, @Nullable Audio audio, List<Link> related, @Nullable Integer position,
		Instant publishedAt, @Nullable Instant embargoUntil, @Nullable Instant withdrawnAt, Instant firstSeenAt,
		Instant changedAt) {

	/** The same with these links beside it. */
	public Story with(List<Link> links) {
		return new Story(this.id, this.sourceId, this.url, this.headline, this.summary, this.summaryHtml, this.section,
				this.tags, this.author, this.kind, this.language, this.image, this.audio, List.copyOf(links),
				this.position, this.publishedAt, this.embargoUntil, this.withdrawnAt, this.firstSeenAt, this.changedAt);
	}

	/**
	 * A picture.
	 *
	 * @param url its absolute address
	 * @param alt what it shows, for those who do not see it; empty when unknown
	 * @param credit whose it is
	 * @param width in pixels, if known
	 * @param height in pixels, if known
	 * @param notForEmail whether its licence forbids to mail it
	 */
	public record Image(String url, String alt, @Nullable String credit, @Nullable Integer width,
			@Nullable Integer height, boolean notForEmail) {
	}

	/**
	 * Something to hear.
	 *
	 * @param url its absolute address
	 * @param length how long it runs, if known
	 */
	public record Audio(String url, @Nullable Duration length) {
	}

	/**
	 * A link beside a story.
	 *
	 * @param url its absolute address, http or https
	 * @param title plain text, never empty
	 */
	public record Link(String url, String title) {
	}

}
