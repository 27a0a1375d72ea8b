package dev.postrider.demo.newsroom;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.springframework.core.io.ClassPathResource;

/**
 * Reads the stories from the files in {@code demo/}; their head says how they are
 * written.
 */
final class StoryFile {

	private static final List<String> FILES = List.of("demo/stories-1.txt", "demo/stories-2.txt", "demo/stories-3.txt");

	private StoryFile() {
	}

	/** All stories, in the order of the front page. */
	static List<NewsroomStory> readAll() {
		List<NewsroomStory> stories = new ArrayList<>();
		for (String file : FILES) {
			try {
				String text = new ClassPathResource(file).getContentAsString(StandardCharsets.UTF_8)
					.replaceAll("(?m)^#.*\n", "");
				Arrays.stream(text.split("(?m)^===\n"))
					.filter((block) -> !block.isBlank())
					.map((block) -> parse(file, block.strip()))
					.forEach(stories::add);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(file, ex);
			}
		}
		return List.copyOf(stories);
	}

	private static NewsroomStory parse(String file, String block) {
		String[] parts = block.split("\n\n");
		Map<String, String> head = new HashMap<>();
		for (String line : parts[0].split("\n")) {
			int colon = line.indexOf(": ");
			head.put(line.substring(0, colon), line.substring(colon + 2).strip());
		}
		return new NewsroomStory(get(file, head, "Slug"), get(file, head, "Section"), get(file, head, "Kind"),
				get(file, head, "By"), List.of(get(file, head, "Tags").split(", ")), get(file, head, "Headline"),
				get(file, head, "Summary"), get(file, head, "Picture"), get(file, head, "Alt"),
				get(file, head, "Credit"), List.of(parts).subList(1, parts.length));
	}

	private static String get(String file, Map<String, String> head, String name) {
		String value = head.get(name);
		if (value == null) {
			throw new IllegalStateException(file + ": a story lacks \"" + name + "\": " + head);
		}
		return value;
	}

}
