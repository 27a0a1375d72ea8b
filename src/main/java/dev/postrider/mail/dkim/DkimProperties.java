package dev.postrider.mail.dkim;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Signing by DKIM. Without keys nothing is signed, which is right where the relay signs.
 *
 * @param keys every private key in use, or soon to be
 */
@ConfigurationProperties("postrider.dkim")
record DkimProperties(@DefaultValue List<Key> keys) {

	/**
	 * One private key. A domain may have an RSA and an Ed25519 key, which both sign. Of
	 * several of a kind the one signs whose time has come last, so that a new key can be
	 * named here before it is used.
	 *
	 * @param domain of the senders it signs for; those of its subdomains too, unless they
	 * have a key of their own
	 * @param selector the name of its public key in the DNS, before
	 * {@code ._domainkey.DOMAIN}
	 * @param file a PEM file with the private key, PKCS#8 or PKCS#1
	 * @param pem the private key itself, instead of a file
	 * @param from when it begins to sign, such as {@code 2026-12-01T00:00:00Z}; by
	 * default at once
	 */
	record Key(@Nullable String domain, @Nullable String selector, @Nullable Path file, @Nullable String pem,
			@Nullable Instant from) {

		/** Without the key. */
		@Override
		public String toString() {
			return "Key[domain=" + this.domain + ", selector=" + this.selector + ", file=" + this.file + ", from="
					+ this.from + "]";
		}

	}

}
