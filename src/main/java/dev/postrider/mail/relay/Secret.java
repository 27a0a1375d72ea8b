package dev.postrider.mail.relay;

import jakarta.mail.AuthenticationFailedException;
import org.jspecify.annotations.Nullable;

/**
 * What proves to a relay who we are.
 */
interface Secret {

	/** None is wanted. */
	Secret NONE = () -> null;

	/**
	 * The password or token as it is now.
	 * @throws AuthenticationFailedException if none is to be had
	 */
	@Nullable String value() throws AuthenticationFailedException;

	/**
	 * The relay would not have it.
	 * @return whether {@link #value()} may be a better one now
	 */
	default boolean refused(String value) {
		return false;
	}

}
