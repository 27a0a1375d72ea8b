package dev.postrider.mail.dkim;

import java.security.PrivateKey;
import java.time.Instant;

/**
 * A private key that signs for a domain.
 *
 * @param domain in lower case
 * @param selector where its public key lies in the DNS
 * @param algorithm what it signs by
 * @param key the key itself
 * @param from when it begins to sign
 */
record DkimKey(String domain, String selector, Algorithm algorithm, PrivateKey key, Instant from) {

	/** Signs for a domain and those below it (relaxed alignment, RFC 9989). */
	boolean isFor(String sender) {
		return sender.endsWith(this.domain) && (sender.length() == this.domain.length()
				|| sender.charAt(sender.length() - this.domain.length() - 1) == '.');
	}

	/** Without the key. */
	@Override
	public String toString() {
		return this.selector + "._domainkey." + this.domain + " (" + this.algorithm.tag() + ")";
	}

	/**
	 * What a key signs by, in the order of the signatures: what all receivers know comes
	 * first. SHA-1 is not to be used (RFC 8301 3.1).
	 */
	enum Algorithm {

		/** Known to everybody. */
		RSA("rsa-sha256", "rsa"),

		/** Short and modern, known to some (RFC 8463). */
		ED25519("ed25519-sha256", "ed25519");

		private final String tag;

		private final String keyType;

		Algorithm(String tag, String keyType) {
			this.tag = tag;
			this.keyType = keyType;
		}

		/** The {@code a=} of a signature. */
		String tag() {
			return this.tag;
		}

		/** The {@code k=} of a DNS record. */
		String keyType() {
			return this.keyType;
		}

	}

}
