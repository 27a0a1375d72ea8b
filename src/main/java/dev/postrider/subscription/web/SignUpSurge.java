package dev.postrider.subscription.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Knows whether sign-ups surge: more than so many within five minutes. It is over when
 * there have been fewer than half as many for ten minutes on end. Each process counts for
 * itself.
 */
@Component
class SignUpSurge {

	private static final Logger logger = LoggerFactory.getLogger(SignUpSurge.class);

	private static final int WINDOW = 5;

	private static final Duration CALM = Duration.ofMinutes(10);

	/** Sign-ups by minute; a cell belongs to the minute that is noted beside it. */
	private final int[] counts = new int[2 * WINDOW];

	private final long[] minutes = new long[2 * WINDOW];

	private final int most;

	private final Clock clock;

	private @Nullable Instant since;

	private Instant lastHigh = Instant.EPOCH;

	SignUpSurge(SignUpSettings settings, Clock clock) {
		this.most = settings.surge();
		this.clock = clock;
	}

	/** Counts one that came in, whatever becomes of it. */
	synchronized void count() {
		long minute = minute();
		int cell = (int) (minute % this.counts.length);
		if (this.minutes[cell] != minute) {
			this.minutes[cell] = minute;
			this.counts[cell] = 0;
		}
		this.counts[cell]++;
		look();
	}

	/** Since when they surge; empty when they do not. */
	synchronized Optional<Instant> since() {
		look();
		return Optional.ofNullable(this.since);
	}

	private void look() {
		Instant now = this.clock.instant();
		int recent = recent();
		if (recent > this.most) {
			this.lastHigh = now;
			if (this.since == null) {
				this.since = now;
				logger.warn("Sign-ups surge: {} within {} minutes; browsers have to work for them", recent, WINDOW);
			}
		}
		else if (this.since != null) {
			if (2 * recent >= this.most) {
				this.lastHigh = now;
			}
			else if (!now.isBefore(this.lastHigh.plus(CALM))) {
				this.since = null;
				Arrays.fill(this.counts, 0);
				logger.info("The surge of sign-ups is over");
			}
		}
	}

	/** How many came of late. */
	synchronized int recent() {
		long minute = minute();
		int sum = 0;
		for (int i = 0; i < this.counts.length; i++) {
			if (this.minutes[i] <= minute && this.minutes[i] > minute - WINDOW) {
				sum += this.counts[i];
			}
		}
		return sum;
	}

	private long minute() {
		return this.clock.instant().getEpochSecond() / 60;
	}

}
