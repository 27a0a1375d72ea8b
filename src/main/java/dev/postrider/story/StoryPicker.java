package dev.postrider.story;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import dev.postrider.newsletter.Newsletter;

/**
 * Chooses the stories of an edition. The same request on the same stories gives the same
 * answer.
 */
public interface StoryPicker {

	/**
	 * Picks stories, best first.
	 * @param request for whom, when, and what is fixed already
	 * @return at most {@code request.count()} picks; fewer when there are fewer
	 */
	List<Pick> pick(Request request);

	/**
	 * What to pick for.
	 *
	 * @param newsletter whose rules hold: window, bans
	 * @param at the moment the edition is due; stories under embargo then are left out
	 * @param count how many to pick
	 * @param without stories not to pick: those the edition has already, was told to
	 * drop, or that an earlier edition of the newsletter carried
	 */
	record Request(Newsletter newsletter, Instant at, int count, Set<Long> without) {
	}

	/**
	 * A story and why it was chosen.
	 *
	 * @param story the story
	 * @param reason one plain sentence for the editor
	 */
	record Pick(Story story, String reason) {
	}

}
