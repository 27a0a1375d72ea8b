package dev.postrider.mail.dkim;

import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;

import dev.postrider.mail.dkim.DkimKey.Algorithm;

/**
 * A public key as receivers find it (RFC 6376 3.6.1).
 *
 * @param name where it lies
 * @param value the text of the TXT record
 */
record DnsRecord(String name, String value) {

	/** A TXT record is made of strings of at most 255 characters (RFC 1035 3.3). */
	private static final int LONGEST_STRING = 255;

	private static final int ED25519_LENGTH = 32;

	static DnsRecord of(String domain, String selector, Algorithm algorithm, PublicKey key) {
		byte[] encoded = key.getEncoded();
		byte[] published = (algorithm == Algorithm.RSA) ? encoded
				// The bare key, without what X.509 says around it (RFC 8463 4).
				: Arrays.copyOfRange(encoded, encoded.length - ED25519_LENGTH, encoded.length);
		return new DnsRecord(selector + "._domainkey." + domain,
				"v=DKIM1; k=" + algorithm.keyType() + "; h=sha256; p=" + Base64.getEncoder().encodeToString(published));
	}

	/** As a line of a zone file; long values in several strings. */
	String zoneLine() {
		StringBuilder line = new StringBuilder(this.name).append(". IN TXT (");
		for (int i = 0; i < this.value.length(); i += LONGEST_STRING) {
			line.append(" \"").append(this.value, i, Math.min(i + LONGEST_STRING, this.value.length())).append('"');
		}
		return line.append(" )").toString();
	}

}
