package dev.postrider.story.pick;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.postrider.story.Story;
import dev.postrider.testing.Figures;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * {@code mvn -q -Pbench verify -Dbench=clusters}: how long it takes to find the stories
 * of one event, as their number grows.
 */
@Tag("bench")
@Tag("clusters")
class ClustersBenchmark {

	private static final Instant NOW = Instant.parse("2026-11-23T06:00:00Z");

	@Test
	void clusters() {
		Wire wire = new Wire(7, NOW);
		for (int i = 0; i < 3; i++) {
			Clusters.of(wire.stories(1_000));
		}
		for (int count : new int[] { 1_000, 10_000, 100_000 }) {
			List<Story> stories = wire.stories(count);
			long from = System.nanoTime();
			List<Cluster> clusters = Clusters.of(stories);
			double millis = (System.nanoTime() - from) / 1e6;
			Set<String> events = new HashSet<>();
			stories.forEach((story) -> events.add(story.url().replaceFirst("/\\d+$", "")));
			Figures.of("clusters")
				.add("stories", count)
				.add("events", events.size())
				.add("clusters", clusters.size())
				.add("millis", millis)
				.add("micros_per_story", millis * 1000 / count)
				.print();
		}
	}

}
