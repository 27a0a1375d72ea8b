package dev.postrider.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * A clock that stands still until a test moves it. It starts on Monday 23 November 2026,
 * 06:00 UTC, which is 07:00 in Berlin.
 */
public final class TestClock extends Clock {

	public static final Instant START = Instant.parse("2026-11-23T06:00:00Z");

	private volatile Instant now = START;

	public void set(Instant now) {
		this.now = now;
	}

	public void advance(Duration by) {
		this.now = this.now.plus(by);
	}

	public void reset() {
		this.now = START;
	}

	@Override
	public ZoneId getZone() {
		return ZoneOffset.UTC;
	}

	@Override
	public Clock withZone(ZoneId zone) {
		return Clock.fixed(this.now, zone);
	}

	@Override
	public Instant instant() {
		return this.now;
	}

}
