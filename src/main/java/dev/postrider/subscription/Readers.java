package dev.postrider.subscription;

import org.jspecify.annotations.Nullable;

/**
 * Adding readers without the form: the demo's, and imports.
 */
public interface Readers {

	/**
	 * Adds a reader who has verified elsewhere, for every day and topic. A reader who is
	 * known already, whatever the status, is left as is.
	 * @param email the address
	 * @param name the reader's name
	 * @param newsletterId what to subscribe to
	 * @param channel where the consent came from, such as {@code DEMO}
	 * @return whether the reader was new
	 */
	boolean addVerified(String email, @Nullable String name, long newsletterId, String channel);

	/**
	 * How many are subscribed to a newsletter now: verified, not left, not suppressed.
	 */
	int countActive(long newsletterId);

}
