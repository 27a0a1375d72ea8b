package dev.postrider.story.pick;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

import dev.postrider.story.Mailings.Mailing;
import dev.postrider.story.Story;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a story when it may be picked.
 *
 * @param story the story
 * @param sightings where it was seen, at most one for a source
 * @param engagement what the site's readers did with it, if the newsroom says
 * @param boost an editor's push, 0 for none
 * @param updatedAt when it last became substantially different
 * @param ban who does not want it in this newsletter
 * @param mailing when this newsletter carried it last
 */
record Facts(Story story, List<Sighting> sightings, @Nullable Engagement engagement, double boost,
		@Nullable Instant updatedAt, @Nullable Ban ban, @Nullable Mailing mailing) {

	/** Stands for all that came by the API. */
	private static final long API = 0;

	Facts {
		sightings = List.copyOf(sightings);
	}

	long id() {
		return this.story.id();
	}

	/** From when its age counts. */
	Instant freshAt() {
		return isUpdated() ? Objects.requireNonNull(this.updatedAt) : this.story.publishedAt();
	}

	boolean isUpdated() {
		return this.updatedAt != null && this.updatedAt.isAfter(this.story.publishedAt());
	}

	/** Whether the newsletter carried it and it is no other story since. */
	boolean isMailed() {
		return this.mailing != null && (this.updatedAt == null || !this.updatedAt.isAfter(this.mailing.at()));
	}

	/** Keys of the sources that have it. */
	List<Long> sources() {
		if (this.sightings.isEmpty()) {
			Long source = this.story.sourceId();
			return List.of((source != null) ? source : API);
		}
		return this.sightings.stream().map(Sighting::sourceId).toList();
	}

	/**
	 * A place in a feed.
	 *
	 * @param sourceId the feed
	 * @param feed its name, empty when it has none
	 * @param section whose feed it is, or {@code null} for a front page
	 * @param position from 1; {@code null} when it has left the feed
	 */
	record Sighting(long sourceId, String feed, @Nullable String section, @Nullable Integer position) {
	}

	/**
	 * What readers of the site did.
	 *
	 * @param views how often it was opened
	 * @param comments how many it has
	 * @param shares how often it was passed on
	 */
	record Engagement(long views, long comments, long shares) {

		/** Who writes or passes on cares more than who looks. */
		double interest() {
			return this.views + 20.0 * this.comments + 10.0 * this.shares;
		}

	}

	/**
	 * A ban.
	 *
	 * @param actor who set it
	 * @param at when
	 */
	record Ban(String actor, Instant at) {
	}

}
