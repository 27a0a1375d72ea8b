package dev.postrider.story.pick;

import dev.postrider.story.Score;
import dev.postrider.story.Story;
import dev.postrider.story.StoryKind;

/**
 * A story and what it is worth.
 *
 * @param facts what is known of it
 * @param score what it is worth
 * @param total the score's sum
 * @param reason what speaks for it, in one sentence
 */
record Ranked(Facts facts, Score score, double total, String reason) {

	Story story() {
		return this.facts.story();
	}

	long id() {
		return this.facts.id();
	}

	StoryKind kind() {
		return this.facts.story().kind();
	}

}
