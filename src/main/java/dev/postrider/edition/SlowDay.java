package dev.postrider.edition;

import java.time.Duration;
import java.time.Instant;

import dev.postrider.newsletter.SlowNews;

/**
 * A day with fewer stories than the newsletter's minimum, and what its rule makes of it.
 *
 * @param at when that was found
 * @param found how many stories there were
 * @param minimum how many there should be
 * @param rule what happens then
 * @param stories how many the edition has by that rule
 * @param reach how far back they reach
 */
public record SlowDay(Instant at, int found, int minimum, SlowNews rule, int stories, Duration reach) {

	/** Whether the edition is not sent unless an editor does something. */
	public boolean isCalledOff() {
		return this.stories == 0 || this.rule == SlowNews.SKIP || this.rule == SlowNews.MERGE;
	}

	/**
	 * What an edition of that day would come to, to be read after its name:
	 * {@code would have 3 of at least 5 stories: it would be skipped}.
	 */
	public String words() {
		return "would have " + counted() + ": " + outcome();
	}

	/** Why an edition was not sent. */
	String reason() {
		return "Only " + counted() + ": " + ((this.rule == SlowNews.MERGE) ? "they go into the next edition"
				: "by the newsletter's rule it is not sent then");
	}

	private String counted() {
		return this.found + " of at least " + this.minimum + ((this.minimum == 1) ? " story" : " stories");
	}

	private String outcome() {
		if (this.rule == SlowNews.MERGE) {
			return "it would be skipped, and its stories go into the next one";
		}
		if (isCalledOff()) {
			return "it would be skipped";
		}
		String has = "it has " + this.stories + ((this.stories < this.minimum) ? " and goes out with these" : "");
		return (this.rule == SlowNews.WIDEN) ? "reaching back " + age(this.reach) + " " + has
				: "filled with stories that do not age " + has;
	}

	private static String age(Duration duration) {
		long hours = duration.toHours();
		return (hours < 48 || hours % 24 != 0) ? hours + " hours" : hours / 24 + " days";
	}

}
