package dev.postrider.desk.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.postrider.story.Story;

/**
 * Two choices of stories side by side.
 *
 * @param title what they are for
 * @param href where to read more of it; empty when nowhere
 * @param before the one choice
 * @param after the other
 * @param sentence what differs, in words
 */
public record Compared(String title, String href, List<Line> before, List<Line> after, String sentence) {

	static Compared of(String title, String href, List<Story> before, List<Story> after) {
		List<Line> left = lines(before, after, "Left out");
		List<Line> right = lines(after, before, "New");
		long came = right.stream().filter((line) -> !line.mark().isEmpty()).count();
		long went = left.stream().filter((line) -> !line.mark().isEmpty()).count();
		String sentence = (before.isEmpty() && after.isEmpty()) ? "No stories on either side"
				: (came + went > 0) ? came + " new, " + went + " left out" : ids(before).equals(ids(after))
						? "The same stories in the same order" : "The same stories in another order";
		return new Compared(title, href, left, right, sentence);
	}

	private static List<Line> lines(List<Story> stories, List<Story> others, String mark) {
		Set<Long> known = others.stream().map(Story::id).collect(Collectors.toSet());
		List<Line> lines = new ArrayList<>();
		for (Story story : stories) {
			lines.add(new Line(story.id(), story.headline(), PickView.label(story),
					known.contains(story.id()) ? "" : mark));
		}
		return lines;
	}

	private static List<Long> ids(List<Story> stories) {
		return stories.stream().map(Story::id).toList();
	}

	/**
	 * A story in one of them.
	 *
	 * @param id its key
	 * @param headline its headline
	 * @param label section and kind
	 * @param mark said where the other choice has it not
	 */
	public record Line(long id, String headline, String label, String mark) {
	}

}
