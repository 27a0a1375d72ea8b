package dev.postrider.mail.dkim;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.postrider.mail.dkim.DkimKey.Algorithm;

/**
 * Private keys as text (RFC 7468): PKCS#8, and the older PKCS#1 of RSA keys.
 */
final class Pem {

	private static final Pattern PRIVATE_KEY = Pattern
		.compile("-----BEGIN ((?:[A-Z]+ )*)PRIVATE KEY-----([^-]*)-----END \\1PRIVATE KEY-----");

	/**
	 * Version 0 and the algorithm identifier rsaEncryption (RFC 5208 5, RFC 8017 A.1).
	 */
	private static final byte[] RSA_IDENTIFIER = { 0x02, 0x01, 0x00, 0x30, 0x0D, 0x06, 0x09, 0x2A, (byte) 0x86, 0x48,
			(byte) 0x86, (byte) 0xF7, 0x0D, 0x01, 0x01, 0x01, 0x05, 0x00 };

	/** Ed25519's OID 1.3.101.112 (RFC 8410 3). */
	private static final byte[] ED25519_OID = { 0x06, 0x03, 0x2B, 0x65, 0x70 };

	private Pem() {
	}

	/**
	 * Reads a private key.
	 * @param text the PEM file
	 * @return an RSA or Ed25519 key
	 * @throws IllegalArgumentException if there is none; the message says why, and holds
	 * nothing of the key
	 */
	static PrivateKey privateKey(String text) {
		Matcher found = PRIVATE_KEY.matcher(text);
		if (!found.find()) {
			throw new IllegalArgumentException("has no private key: it must begin with -----BEGIN PRIVATE KEY-----");
		}
		String kind = found.group(1).strip();
		byte[] der = decoded(found.group(2));
		return switch (kind) {
			case "" -> key(isEd25519(der) ? Algorithm.ED25519 : Algorithm.RSA, der);
			case "RSA" -> key(Algorithm.RSA, pkcs8(der));
			case "ENCRYPTED" -> throw new IllegalArgumentException(
					"is locked by a passphrase: unlock it with \"openssl pkcs8\" and keep the file readable by Postrider only");
			default -> throw new IllegalArgumentException(
					"holds a private key of the kind " + kind + "; DKIM has RSA and Ed25519");
		};
	}

	/** Writes a key in lines of 64 characters. */
	static String of(PrivateKey key) {
		return "-----BEGIN PRIVATE KEY-----\n" + lines(key) + "\n-----END PRIVATE KEY-----\n";
	}

	private static String lines(Key key) {
		return Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(key.getEncoded());
	}

	private static byte[] decoded(String body) {
		try {
			return Base64.getMimeDecoder().decode(body);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("holds a private key that is cut short or damaged", ex);
		}
	}

	private static PrivateKey key(Algorithm algorithm, byte[] pkcs8) {
		try {
			return KeyFactory.getInstance(algorithm.name()).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalArgumentException(
					"holds a private key that is damaged, or neither RSA nor Ed25519, which are DKIM's", ex);
		}
	}

	private static boolean isEd25519(byte[] der) {
		for (int i = 0; i + ED25519_OID.length <= Math.min(der.length, 24); i++) {
			if (Arrays.equals(der, i, i + ED25519_OID.length, ED25519_OID, 0, ED25519_OID.length)) {
				return true;
			}
		}
		return false;
	}

	/** What PKCS#8 says around a PKCS#1 key. */
	private static byte[] pkcs8(byte[] pkcs1) {
		ByteArrayOutputStream inner = new ByteArrayOutputStream();
		inner.writeBytes(RSA_IDENTIFIER);
		inner.write(0x04);
		inner.writeBytes(length(pkcs1.length));
		inner.writeBytes(pkcs1);
		ByteArrayOutputStream outer = new ByteArrayOutputStream();
		outer.write(0x30);
		outer.writeBytes(length(inner.size()));
		outer.writeBytes(inner.toByteArray());
		return outer.toByteArray();
	}

	/** A DER length; keys are between 128 and 65,535 bytes long. */
	private static byte[] length(int length) {
		return new byte[] { (byte) 0x82, (byte) (length >> 8), (byte) length };
	}

}
