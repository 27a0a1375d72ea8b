package dev.postrider.story.pick;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.PickingRules;
import dev.postrider.story.Story;
import dev.postrider.story.StoryPicker.Request;

/**
 * Requests of a newsletter in Berlin with a window of three days.
 */
final class Requests {

	static final Newsletter NEWSLETTER = new Newsletter(1, "highlights", "Highlights", "", "The Courier",
			"news@news.example", null, "1 Quay Street", Set.of(DayOfWeek.MONDAY), LocalTime.of(7, 0),
			ZoneId.of("Europe/Berlin"), "en", "front-page", 7, Duration.ofHours(72), Duration.ofHours(12));

	private Requests() {
	}

	static Request of(PickingRules rules, int count) {
		return of(rules, count, Set.of(), List.of(), Set.of());
	}

	static Request of(PickingRules rules, int count, Set<Long> without, List<Story> kept, Set<String> topics) {
		return new Request(NEWSLETTER, rules, Known.AT, count, without, kept, topics);
	}

}
