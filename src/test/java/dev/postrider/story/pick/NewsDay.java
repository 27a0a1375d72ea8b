package dev.postrider.story.pick;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import dev.postrider.story.StoryKind;

import org.springframework.core.io.ClassPathResource;

/**
 * A news day as the files in {@code news-days} tell it: stories, and those an editor
 * took.
 *
 * @param title what day it is
 * @param stories all that came in
 * @param events by story's key the event that the editor wants, of those she wants
 */
record NewsDay(String title, List<Facts> stories, Map<Long, String> events) {

	private static final Map<Character, String[]> FEEDS = Map.of('A', new String[] { "1", "Harnold Courier", "" }, 'B',
			new String[] { "2", "The Coast", "" }, 'S', new String[] { "3", "Courier Sport", "Sport" }, 'C',
			new String[] { "4", "Courier Culture", "Culture" });

	static List<NewsDay> all() {
		List<NewsDay> days = new ArrayList<>();
		for (int week = 1; week <= 4; week++) {
			days.addAll(of("news-days/week-" + week + ".txt"));
		}
		return days;
	}

	/** Days that nobody had in sight when the built-in weights were set. */
	static List<NewsDay> heldOut() {
		return of("news-days/held-out.txt");
	}

	private static List<NewsDay> of(String file) {
		List<NewsDay> days = new ArrayList<>();
		for (String block : read(file).split("(?m)^== ")) {
			if (!block.isBlank() && !block.startsWith("#")) {
				days.add(parse(block, days.size() * 1000L));
			}
		}
		return days;
	}

	/** How many stories the editor took. */
	int wanted() {
		return new TreeSet<>(this.events.values()).size();
	}

	/** How many of the editor's stories are among these. */
	int agreement(List<Long> picks) {
		Set<String> found = new TreeSet<>();
		picks.forEach((pick) -> {
			if (this.events.containsKey(pick)) {
				found.add(this.events.get(pick));
			}
		});
		return found.size();
	}

	private static NewsDay parse(String block, long base) {
		String[] lines = block.strip().split("\n");
		List<Facts> stories = new ArrayList<>();
		Map<Long, String> events = new LinkedHashMap<>();
		for (int i = 1; i < lines.length; i++) {
			String[] cells = lines[i].split(" \\| ");
			if (cells.length != 9) {
				throw new IllegalStateException(lines[0] + ": nine cells wanted in: " + lines[i]);
			}
			long id = base + i;
			if (!cells[0].equals("-")) {
				events.put(id, cells[0].equals("*") ? "own " + id : cells[0].substring(1));
			}
			stories.add(story(id, cells));
		}
		return new NewsDay(lines[0], stories, events);
	}

	private static Facts story(long id, String[] cells) {
		Known story = Known.story(id)
			.says(cells[7], cells[8])
			.section(cells[3])
			.kind(StoryKind.valueOf(cells[4]))
			.old(Duration.parse("PT" + cells[2]));
		if (!cells[1].equals("api")) {
			for (String place : cells[1].split(" ")) {
				String[] feed = FEEDS.get(place.charAt(0));
				story.seen(Long.parseLong(feed[0]), feed[1], feed[2].isEmpty() ? null : feed[2],
						Integer.valueOf(place.substring(1)));
			}
		}
		if (!cells[5].equals("?")) {
			String[] numbers = cells[5].split("/");
			story.engagement(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]), Long.parseLong(numbers[2]));
		}
		if (!cells[6].equals("n")) {
			story.picture(cells[6].equals("x"));
		}
		return story.facts();
	}

	private static String read(String file) {
		try {
			return new ClassPathResource(file).getContentAsString(StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(file, ex);
		}
	}

}
