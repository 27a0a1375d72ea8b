package dev.postrider.edition;

import java.time.Duration;

import dev.postrider.mail.Writing;
import dev.postrider.story.Story;
import dev.postrider.story.StoryKind;
import org.jspecify.annotations.Nullable;

/**
 * What a letter says of a story's kind, and of what there is to hear.
 *
 * @param writing of the letter's language
 */
record KindWords(Writing writing) {

	/** Plain news has none. */
	@Nullable String badge(Story story) {
		return switch (story.kind()) {
			case NEWS -> null;
			case FEATURE -> this.writing.say("kindFeature");
			case OPINION -> this.writing.say("kindOpinion");
			case LIVE -> this.writing.say("kindLive");
			case PODCAST -> podcast(story.audio());
		};
	}

	/** A podcast's badge tells its length; beside another story the link does. */
	String listen(StoryKind kind, Story.Audio audio) {
		String length = length(audio);
		return (kind == StoryKind.PODCAST) ? this.writing.say("listenEpisode")
				: (length != null) ? this.writing.say("listenLength", length) : this.writing.say("listen");
	}

	private String podcast(Story.@Nullable Audio audio) {
		String length = (audio != null) ? length(audio) : null;
		return (length != null) ? this.writing.say("kindPodcast") + " · " + length : this.writing.say("kindPodcast");
	}

	private @Nullable String length(Story.Audio audio) {
		Duration length = audio.length();
		if (length == null || length.isZero() || length.isNegative()) {
			return null;
		}
		long minutes = Math.max(1, Math.round(length.toSeconds() / 60.0));
		return (minutes < 60) ? this.writing.say("minutes", minutes)
				: (minutes % 60 == 0) ? this.writing.say("hours", minutes / 60)
						: this.writing.say("hoursMinutes", minutes / 60, minutes % 60);
	}

}
