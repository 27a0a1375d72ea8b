package dev.postrider.desk.web;

import java.util.ArrayList;
import java.util.List;

import dev.postrider.newsletter.Newsletter;
import dev.postrider.story.Stories;
import org.jspecify.annotations.Nullable;

/**
 * How a story stands with a newsletter.
 *
 * @param slug the newsletter's
 * @param newsletter its name
 * @param bannedBy who banned it, if anybody did
 * @param pushes how far it can be pushed in the ranking
 */
public record StoryStanding(String slug, String newsletter, @Nullable String bannedBy, List<Push> pushes) {

	private static final List<Push> PUSHES = List.of(new Push(Stories.MOST_BOOST, "To the top", false),
			new Push(3, "Far up", false), new Push(1, "Up", false), new Push(0, "No push", false),
			new Push(-1, "Down", false), new Push(-3, "Far down", false));

	static StoryStanding of(Newsletter newsletter, long story, Stories stories) {
		double boost = stories.boost(newsletter.id(), story);
		List<Push> pushes = new ArrayList<>(PUSHES.stream().map((push) -> push.chosen(push.value() == boost)).toList());
		if (pushes.stream().noneMatch(Push::chosen)) {
			pushes.add(new Push(boost, "As it is: " + boost, true));
		}
		return new StoryStanding(newsletter.slug(), newsletter.name(),
				stories.bannedBy(newsletter.id(), story).orElse(null), List.copyOf(pushes));
	}

	/**
	 * A push.
	 *
	 * @param value what it adds to a story's points at a weight of 1
	 * @param words what an editor calls it
	 * @param chosen whether it is the one that holds
	 */
	public record Push(double value, String words, boolean chosen) {

		Push chosen(boolean now) {
			return new Push(this.value, this.words, now);
		}

	}

}
