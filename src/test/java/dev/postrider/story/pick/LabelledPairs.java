package dev.postrider.story.pick;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import dev.postrider.story.Story;
import dev.postrider.story.StoryKind;

/**
 * The labelled pairs of {@code story/pairs.txt}.
 */
final class LabelledPairs {

	private static final Instant MORNING = Instant.parse("2026-11-20T05:00:00Z");

	private LabelledPairs() {
	}

	/**
	 * Two stories and whether they tell of one event.
	 *
	 * @param heldOut whether it is among the third that was not looked at while tuning
	 */
	record LabelledPair(int number, boolean same, boolean heldOut, Story one, Story other) {
	}

	static List<LabelledPair> all() {
		List<LabelledPair> pairs = new ArrayList<>();
		for (String block : text().split("\\n\\s*\\n")) {
			List<String> lines = block.lines().filter((line) -> !line.startsWith("#")).toList();
			if (lines.isEmpty()) {
				continue;
			}
			if (lines.size() != 5) {
				throw new IllegalStateException("Not five lines: " + block);
			}
			String[] label = lines.get(0).split(" ");
			int number = pairs.size();
			// All within a few hours, so that time does not tell the pairs from each
			// other.
			Instant at = MORNING.plus(Duration.ofMinutes(number));
			pairs.add(new LabelledPair(number, label[0].equals("same"), number % 3 == 2,
					story(2 * number + 1, label[2], lines.get(1), lines.get(2), at), story(2 * number + 2, label[2],
							lines.get(3), lines.get(4), at.plus(Duration.ofHours(Long.parseLong(label[1]))))));
		}
		return pairs;
	}

	private static Story story(long id, String language, String headline, String summary, Instant at) {
		return new Story(id, null, "https://news.example/" + id, headline, summary, "", null, List.of(), null,
				StoryKind.NEWS, language, null, null, List.of(), null, at, null, null, at, at);
	}

	private static String text() {
		try (InputStream in = LabelledPairs.class.getResourceAsStream("/story/pairs.txt")) {
			return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
