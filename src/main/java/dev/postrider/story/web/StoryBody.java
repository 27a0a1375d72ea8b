package dev.postrider.story.web;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

import dev.postrider.story.Story;
import dev.postrider.story.StoryKind;
import dev.postrider.story.feed.PlainText;
import dev.postrider.story.feed.SafeHtml;
import dev.postrider.story.feed.WebAddress;
import dev.postrider.story.ingest.IncomingStory;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * A story as a content management system sends it.
 *
 * @param url where it can be read, http or https; its identity
 * @param headline text, markup is taken out
 * @param summary text or HTML: plain text and safe HTML are made of it
 * @param section such as {@code Business}
 * @param tags any
 * @param author the byline
 * @param kind {@code NEWS} if absent
 * @param language a BCP 47 tag
 * @param publishedAt when it was published; now, if absent on the first delivery
 * @param embargoUntil not to be mailed before
 * @param withdrawn taken back: no edition picks it any more
 * @param image its picture
 * @param audio what there is to hear
 * @param related links beside it, at most 10
 */
record StoryBody(@NotBlank(message = REQUIRED) @HttpUrl @Nullable String url,
		@NotBlank(message = REQUIRED) @Size(max = 500) @Nullable String headline,
		@Size(max = 20000) @Nullable String summary, @Size(max = 100) @Nullable String section,
		@Size(max = 20) @Nullable List<@NotBlank(message = "is blank") @Size(max = 48) String> tags,
		@Size(max = 200) @Nullable String author, @Nullable StoryKind kind, @Size(max = 16) @Nullable String language,
		@Nullable Instant publishedAt, @Nullable Instant embargoUntil, @Nullable Boolean withdrawn,
		@Valid @Nullable Image image, @Valid @Nullable Audio audio,
		@Size(max = 10) @Nullable List<@NotNull(message = REQUIRED) @Valid Link> related) {

	private static final String REQUIRED = "is required";

	IncomingStory story() {
		List<String> words = (this.tags != null) ? this.tags : List.of();
		String canonical = WebAddress.http(this.url, null).flatMap((URI uri) -> IncomingStory.url(uri)).orElseThrow();
		return new IncomingStory(canonical, PlainText.of(this.headline), PlainText.of(this.summary),
				SafeHtml.of(this.summary), PlainText.of(this.section), words.stream().map(PlainText::of).toList(),
				PlainText.of(this.author), Objects.requireNonNullElse(this.kind, StoryKind.NEWS), this.language,
				(this.image != null) ? this.image.image() : null, (this.audio != null) ? this.audio.audio() : null,
				(this.related != null) ? this.related.stream().map(Link::link).toList() : List.of(), this.publishedAt,
				this.embargoUntil, Boolean.TRUE.equals(this.withdrawn), null);
	}

	/**
	 * A picture.
	 *
	 * @param url its absolute address
	 * @param alt what it shows
	 * @param credit whose it is
	 * @param width in pixels
	 * @param height in pixels
	 * @param notForEmail whether its licence forbids to mail it; {@code false} if absent
	 */
	record Image(@NotBlank(message = REQUIRED) @HttpUrl @Nullable String url, @Size(max = 500) @Nullable String alt,
			@Size(max = 200) @Nullable String credit, @Positive @Nullable Integer width,
			@Positive @Nullable Integer height, @Nullable Boolean notForEmail) {

		Story.Image image() {
			String credits = PlainText.of(this.credit);
			return new Story.Image(address(this.url), PlainText.of(this.alt), credits.isEmpty() ? null : credits,
					this.width, this.height, Boolean.TRUE.equals(this.notForEmail));
		}

	}

	/**
	 * Something to hear.
	 *
	 * @param url its absolute address
	 * @param seconds how long it runs
	 */
	record Audio(@NotBlank(message = REQUIRED) @HttpUrl @Nullable String url, @Positive @Nullable Integer seconds) {

		Story.Audio audio() {
			return new Story.Audio(address(this.url), (this.seconds != null) ? Duration.ofSeconds(this.seconds) : null);
		}

	}

	/**
	 * A link beside the story.
	 *
	 * @param url its absolute address
	 * @param title what the reader clicks on
	 */
	record Link(@NotBlank(message = REQUIRED) @HttpUrl @Nullable String url,
			@NotBlank(message = REQUIRED) @Size(max = 300) @Nullable String title) {

		Story.Link link() {
			return new Story.Link(address(this.url), PlainText.of(this.title));
		}

	}

	private static String address(@Nullable String url) {
		return WebAddress.http(url, null).orElseThrow().toString();
	}

}
