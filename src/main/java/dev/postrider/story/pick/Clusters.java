package dev.postrider.story.pick;

import java.util.List;

import dev.postrider.story.Story;

/**
 * Finds the stories of one event.
 */
final class Clusters {

	private Clusters() {
	}

	static List<Cluster> of(List<Story> stories) {
		return stories.stream().map((story) -> new Cluster(List.of(story))).toList();
	}

}
