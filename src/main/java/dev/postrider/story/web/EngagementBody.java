package dev.postrider.story.web;

import dev.postrider.story.feed.WebAddress;
import dev.postrider.story.ingest.IncomingStory;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.PositiveOrZero;
import org.jspecify.annotations.Nullable;

/**
 * What readers of the site did with a story, counted from its beginning.
 *
 * @param url the story's address
 * @param views how often it was opened; absent: as told before
 * @param comments how many there are; absent: as told before
 * @param shares how often it was passed on; absent: as told before
 */
@Schema(name = "Engagement")
record EngagementBody(@NotBlank(message = "is required") @HttpUrl @Nullable String url,
		@PositiveOrZero @Max(MOST) @Nullable Long views, @PositiveOrZero @Max(MOST) @Nullable Long comments,
		@PositiveOrZero @Max(MOST) @Nullable Long shares) {

	private static final long MOST = 1_000_000_000_000L;

	String canonical() {
		return WebAddress.http(this.url, null).flatMap(IncomingStory::url).orElseThrow();
	}

}
