package dev.postrider.mail.relay;

import java.time.LocalDate;

import org.jspecify.annotations.Nullable;

/**
 * What a relay may be given, by all processes together.
 *
 * @param connections at the same time; 0 for any number
 * @param perSecond messages a second; 0 for any number
 * @param perHour messages in an hour of the clock; 0 for any number
 * @param perDay messages in a day (UTC); 0 for any number
 * @param warmUp a cap a day that grows, or {@code null}
 */
record Limits(int connections, int perSecond, int perHour, int perDay, RelaysProperties.@Nullable WarmUp warmUp) {

	static final Limits NONE = new Limits(0, 0, 0, 0, null);

	/** So much of a limit is left to single mails, as a part. */
	private static final int RESERVE = 50;

	private static final int LARGEST_RESERVE = 500;

	/** Whether messages are limited, apart from connections. */
	boolean countMessages() {
		return this.perSecond > 0 || countWindows();
	}

	/** Whether the messages of an hour or a day are limited. */
	boolean countWindows() {
		return this.perHour > 0 || this.perDay > 0 || this.warmUp != null;
	}

	/** Messages of one hour. */
	long hour() {
		return (this.perHour > 0) ? this.perHour : Long.MAX_VALUE;
	}

	/** Messages of one day. */
	long day(LocalDate day) {
		long most = (this.perDay > 0) ? this.perDay : Long.MAX_VALUE;
		return (this.warmUp != null) ? Math.min(most, this.warmUp.cap(day)) : most;
	}

	/** What editions leave of a limit: a fiftieth, one at least, but never all of it. */
	static long reserve(long limit) {
		return (limit <= 1) ? 0 : Math.min(Math.max(limit / RESERVE, 1), LARGEST_RESERVE);
	}

}
