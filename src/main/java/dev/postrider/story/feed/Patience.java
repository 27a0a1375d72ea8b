package dev.postrider.story.feed;

import java.time.Duration;

/**
 * How long the requests for one thing may take together. Waiting for a turn is nothing a
 * host can be blamed for.
 */
final class Patience {

	private final Duration whole;

	private long left;

	Patience(Duration whole) {
		this.whole = whole;
		this.left = whole.toNanos();
	}

	Duration whole() {
		return this.whole;
	}

	/** Nanoseconds, always some. */
	long left() {
		return Math.max(1, this.left);
	}

	void spend(long nanos) {
		this.left -= nanos;
	}

}
