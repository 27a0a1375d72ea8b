package dev.postrider.subscription.list;

import org.jspecify.annotations.Nullable;

/**
 * Where an agreement or withdrawal came from. Kept apart from it, and not for ever.
 *
 * @param channel by what way
 * @param ip the reader's IP address, if it came over the web
 * @param userAgent the reader's program
 * @param page the page it was given on
 */
public record Evidence(Channel channel, @Nullable String ip, @Nullable String userAgent, @Nullable String page) {

	/** Evidence of something that no web request caused. */
	public static Evidence none(Channel channel) {
		return new Evidence(channel, null, null, null);
	}

	boolean isEmpty() {
		return this.ip == null && this.userAgent == null && this.page == null;
	}

	/** By what way a reader, or somebody for the reader, told us. */
	public enum Channel {

		FORM, API, IMPORT, ONE_CLICK, PAGE, BOUNCE, COMPLAINT, DEMO, STAFF

	}

}
