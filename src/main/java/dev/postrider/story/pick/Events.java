package dev.postrider.story.pick;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.postrider.story.Story;

/**
 * Which stories are of the same event.
 */
final class Events {

	private final Map<Long, List<Story>> byStory = new HashMap<>();

	private Events() {
	}

	/**
	 * Groups stories.
	 * @param stories in any order; one that comes twice counts once
	 */
	static Events of(List<Story> stories) {
		Events events = new Events();
		Map<Long, Story> once = new HashMap<>();
		List<Story> distinct = new ArrayList<>();
		for (Story story : stories) {
			if (once.put(story.id(), story) == null) {
				distinct.add(story);
			}
		}
		for (Cluster cluster : Clusters.of(distinct)) {
			cluster.stories().forEach((story) -> events.byStory.put(story.id(), cluster.stories()));
		}
		return events;
	}

	/** All stories of a story's event, itself among them. */
	List<Story> of(Story story) {
		return this.byStory.getOrDefault(story.id(), List.of(story));
	}

	/** Whether two stories are of the same event. */
	boolean same(Story one, Story other) {
		return one.id() == other.id()
				|| (this.byStory.containsKey(one.id()) && of(one) == this.byStory.get(other.id()));
	}

}
