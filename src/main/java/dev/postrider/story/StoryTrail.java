package dev.postrider.story;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What became of a story since it came in.
 *
 * @param changes what it was before each change, the newest first
 * @param sightings the feeds that carry it, the first that did first
 * @param engagement what readers of the site did with it, if the content management
 * system said
 */
public record StoryTrail(List<Change> changes, List<Sighting> sightings, @Nullable Engagement engagement) {

	public StoryTrail {
		changes = List.copyOf(changes);
		sightings = List.copyOf(sightings);
	}

	/**
	 * A change.
	 *
	 * @param at when it came in
	 * @param headline the one before
	 * @param summary the one before
	 * @param fields what was different: {@code headline}, {@code summary},
	 * {@code withdrawn} …
	 * @param substantial whether who had read it would read it again
	 */
	public record Change(Instant at, String headline, String summary, List<String> fields, boolean substantial) {
	}

	/**
	 * A feed that carries it.
	 *
	 * @param sourceId its key
	 * @param source its name, or its address while it has none
	 * @param position where it stands there, from 1; {@code null}: it is no longer there
	 * @param firstSeenAt since when
	 */
	public record Sighting(long sourceId, String source, @Nullable Integer position, Instant firstSeenAt) {
	}

	/**
	 * Counts of all time.
	 *
	 * @param views how often it was opened
	 * @param comments how many there are
	 * @param shares how often it was passed on
	 * @param updatedAt when the counts came in
	 */
	public record Engagement(long views, long comments, long shares, Instant updatedAt) {
	}

}
