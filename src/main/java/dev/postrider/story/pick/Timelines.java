package dev.postrider.story.pick;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells feeds that put the newest first from those that an editor put in order. In the
 * first a place says no more than the age does, so it must not count twice.
 */
final class Timelines {

	/** With fewer stories chance may have put them in order. */
	private static final int ENOUGH = 8;

	/** One in twenty may be out of order, as after a correction of its date. */
	private static final double STRAY = 0.05;

	private Timelines() {
	}

	/** Keys of the feeds that are in order of time. */
	static Set<Long> among(List<Facts> all) {
		Map<Long, List<Place>> feeds = new HashMap<>();
		for (Facts facts : all) {
			for (Facts.Sighting sighting : facts.sightings()) {
				Integer position = sighting.position();
				if (position != null) {
					feeds.computeIfAbsent(sighting.sourceId(), (id) -> new ArrayList<>())
						.add(new Place(position, facts.story().publishedAt()));
				}
			}
		}
		Set<Long> found = new HashSet<>();
		feeds.forEach((feed, places) -> {
			if (isTimeline(places)) {
				found.add(feed);
			}
		});
		return found;
	}

	private static boolean isTimeline(List<Place> places) {
		if (places.size() < ENOUGH) {
			return false;
		}
		places.sort(Comparator.comparingInt(Place::position).thenComparing(Place::at, Comparator.reverseOrder()));
		int strays = 0;
		int later = 0;
		for (int i = 1; i < places.size(); i++) {
			int order = places.get(i - 1).at.compareTo(places.get(i).at);
			strays += (order < 0) ? 1 : 0;
			later += (order > 0) ? 1 : 0;
		}
		// Stories without a date of their own all came at once: that is no order.
		return strays <= STRAY * places.size() && later >= places.size() / 2;
	}

	private record Place(int position, Instant at) {
	}

}
