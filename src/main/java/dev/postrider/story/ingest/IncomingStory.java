package dev.postrider.story.ingest;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import dev.postrider.story.Story.Audio;
import dev.postrider.story.Story.Image;
import dev.postrider.story.Story.Link;
import dev.postrider.story.StoryKind;
import dev.postrider.story.feed.LanguageTags;
import dev.postrider.story.feed.PlainText;
import dev.postrider.story.feed.SafeHtml;
import dev.postrider.story.feed.WebAddress;
import org.jspecify.annotations.Nullable;

/**
 * A story as it is to be stored: plain text that fits its columns, and addresses a
 * browser may follow. Whoever makes one gets that, whatever the parts were.
 *
 * @param url canonical, at most 2000 characters
 * @param headline plain text, never empty
 * @param summary plain text, may be empty
 * @param summaryHtml the summary as safe HTML, see
 * {@link dev.postrider.story.Story#summaryHtml()}; empty when there is no more than the
 * plain text
 * @param section where it belongs
 * @param tags without commas
 * @param author the byline
 * @param kind what sort of item it is
 * @param language a BCP 47 tag
 * @param image its picture
 * @param audio what there is to hear
 * @param related what it links beside itself
 * @param publishedAt when it was published, or {@code null} when nobody said
 * @param embargoUntil not to be mailed before
 * @param withdrawn whether it was taken back
 * @param position in its feed from 1, or {@code null}
 */
public record IncomingStory(String url, String headline, String summary, String summaryHtml, @Nullable String section,
		List<String> tags, @Nullable String author, StoryKind kind, @Nullable String language, @Nullable Image image,
		@Nullable Audio audio, List<Link> related, @Nullable Instant publishedAt, @Nullable Instant embargoUntil,
		boolean withdrawn, @Nullable Integer position) {

	/** An address longer than this is no story's. */
	public static final int MAX_URL = 2000;

	/** A mail wants a few lines, not the article. */
	private static final int MAX_SUMMARY = 1000;

	private static final int MAX_HTML = 8000;

	private static final int MAX_HEADLINE = 300;

	private static final int MAX_TAGS = 20;

	private static final int MAX_RELATED = 10;

	public IncomingStory {
		headline = PlainText.fit(headline, MAX_HEADLINE);
		summary = PlainText.fit(summary, MAX_SUMMARY);
		// HTML cannot be cut anywhere: one that is too long is left out.
		summaryHtml = SafeHtml.of(summaryHtml);
		summaryHtml = (summaryHtml.length() > MAX_HTML) ? "" : summaryHtml;
		section = shorten(section, 100);
		author = shorten(author, 200);
		tags = tags.stream()
			.map((tag) -> PlainText.fit(tag.replace(',', ' ').replaceAll(" +", " ").strip(), 48))
			.filter((tag) -> !tag.isEmpty())
			.distinct()
			.limit(MAX_TAGS)
			.toList();
		language = LanguageTags.of(language).orElse(null);
		image = fit(image);
		audio = (audio != null && audio.url().length() <= MAX_URL && WebAddress.http(audio.url(), null).isPresent())
				? audio : null;
		related = related.stream()
			.filter((link) -> link.url().length() <= MAX_URL && WebAddress.http(link.url(), null).isPresent())
			.map((link) -> new Link(link.url(), PlainText.fit(link.title(), 300)))
			.filter((link) -> !link.title().isBlank())
			.distinct()
			.limit(MAX_RELATED)
			.toList();
	}

	/**
	 * The canonical address for a link.
	 * @param link absolute, or {@code null}
	 * @return the address, or empty when there is none that can be stored
	 */
	public static Optional<String> url(@Nullable URI link) {
		return Optional.ofNullable(link).map(StoryIdentity::canonical).filter((url) -> url.length() <= MAX_URL);
	}

	byte[] identity() {
		return StoryIdentity.hash(this.url);
	}

	private static @Nullable String shorten(@Nullable String text, int max) {
		return (text == null || text.isBlank()) ? null : PlainText.fit(text, max);
	}

	private static @Nullable Image fit(@Nullable Image image) {
		if (image == null || image.url().length() > MAX_URL || WebAddress.http(image.url(), null).isEmpty()) {
			return null;
		}
		return new Image(image.url(), PlainText.fit(Objects.requireNonNullElse(image.alt(), ""), 500),
				shorten(image.credit(), 200), image.width(), image.height(), image.notForEmail());
	}

}
