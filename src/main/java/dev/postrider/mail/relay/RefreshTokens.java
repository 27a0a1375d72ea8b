package dev.postrider.mail.relay;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

/**
 * The refresh token of a relay's mailbox: that of the settings, until the endpoint gives
 * another in its place (RFC 6749 6). From then on the first may be good for nothing, and
 * who comes with it again may be taken for a thief.
 */
interface RefreshTokens {

	/** For a client that asks in its own name, and needs none (RFC 6749 4.4.3). */
	RefreshTokens NONE = (asking) -> asking.with(null);

	/**
	 * Asks with the token that is good now, while nobody else does, and keeps the one
	 * that comes in its place.
	 * @param asking asks the endpoint
	 * @return its answer
	 * @throws IOException as the endpoint does
	 */
	TokenEndpoint.Answer use(Asking asking) throws IOException;

	/**
	 * Asks the endpoint.
	 */
	@FunctionalInterface
	interface Asking {

		TokenEndpoint.Answer with(@Nullable String refreshToken) throws IOException;

	}

}
