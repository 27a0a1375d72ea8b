package dev.postrider.subscription.list;

import org.jspecify.annotations.Nullable;

/**
 * Why a subscriber's status changes.
 *
 * @param channel by what way
 * @param detail the relay's words, or the staff's; without an address
 */
record Cause(Evidence.Channel channel, @Nullable String detail) {

	private static final int LONGEST = 300;

	Cause {
		detail = (detail != null && detail.length() > LONGEST) ? detail.substring(0, LONGEST) : detail;
	}

	static Cause of(Evidence.Channel channel) {
		return new Cause(channel, null);
	}

}
