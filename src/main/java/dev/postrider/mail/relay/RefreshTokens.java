package dev.postrider.mail.relay;

import org.jspecify.annotations.Nullable;

/**
 * The refresh token of a relay's mailbox: that of the settings, until the endpoint gives
 * another in its place (RFC 6749 6). From then on the first may be good for nothing.
 */
interface RefreshTokens {

	/** For a client that asks in its own name. */
	RefreshTokens NONE = new RefreshTokens() {

		@Override
		public @Nullable String current() {
			return null;
		}

		@Override
		public void replace(String token) {
			// It needs none.
		}

	};

	/** The one to come with now; {@code null} where there is none. */
	@Nullable String current();

	/** The endpoint gave this one in its place. */
	void replace(String token);

}
