package dev.postrider.mail;

import java.util.List;
import java.util.Optional;

/**
 * Signs the tokens that stand in links, envelope senders and message ids with
 * HMAC-SHA256. A token is bound to its purpose: one made for unsubscribing confirms
 * nothing. It carries the id of the key, so that keys can change while old links live on,
 * and survives a restart.
 */
public interface TokenSigner {

	/**
	 * Makes a token safe in a URL path (base64url, no padding).
	 * @param purpose what the token is for, such as {@code unsubscribe}
	 * @param values the numbers the token carries, readable by whoever holds it
	 * @return the token, the same each time for the same input
	 */
	String sign(String purpose, long... values);

	/**
	 * Reads a token back.
	 * @param purpose what it must be for
	 * @param token as received; anything
	 * @return its numbers, or empty when it is not one of ours for that purpose
	 */
	Optional<long[]> verify(String purpose, String token);

	/**
	 * A keyed digest for values that must not be guessed or reversed, such as an address
	 * on the suppression list.
	 * @param purpose what it is for
	 * @param value any text
	 * @return 32 bytes
	 */
	byte[] digest(String purpose, String value);

	/**
	 * The digest of a value under every secret, the present one first: what was kept
	 * under a former secret must still be found.
	 * @param purpose what it is for
	 * @param value any text
	 */
	List<byte[]> digests(String purpose, String value);

	/**
	 * The signer that the application has, under secrets of its caller.
	 * @param secret the present one, of at least 32 characters
	 * @param formerSecrets those that are still known, for what was made under them
	 * @throws IllegalStateException when a secret is too short
	 */
	static TokenSigner of(String secret, List<String> formerSecrets) {
		return new HmacTokenSigner(secret, formerSecrets);
	}

}
