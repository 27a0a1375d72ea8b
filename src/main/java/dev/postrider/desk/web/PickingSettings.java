package dev.postrider.desk.web;

import java.time.Duration;

import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.PickingRules;

/**
 * How a newsletter's stories are picked, all of it.
 *
 * @param stories how many an edition carries
 * @param window how old they may be
 * @param rules how they are ranked and chosen
 */
record PickingSettings(int stories, Duration window, PickingRules rules) {

	/** The newsletter as it would be. */
	Newsletter in(Newsletter newsletter) {
		return newsletter.carrying(this.stories, this.window);
	}

}
