package dev.postrider.testing;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.util.Arrays;
import java.util.Base64;

/**
 * The DKIM keys of a test JVM, made when first wanted.
 */
public final class TestKeys {

	/** The domain of the newsletters' senders in tests. */
	public static final String DOMAIN = "news.example";

	private static final KeyPair RSA = newRsa(2048);

	private static final KeyPair ED25519 = pair("Ed25519");

	private TestKeys() {
	}

	public static KeyPair rsa() {
		return RSA;
	}

	public static KeyPair ed25519() {
		return ED25519;
	}

	/** An RSA key of one's own. */
	public static KeyPair newRsa(int bits) {
		try {
			KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
			generator.initialize(bits);
			return generator.generateKeyPair();
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** A private key as a PEM file has it. */
	public static String pem(PrivateKey key) {
		return "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(key.getEncoded())
				+ "\n-----END PRIVATE KEY-----\n";
	}

	/** A public key as the DNS has it: of Ed25519 only the last 32 bytes (RFC 8463 4). */
	public static String record(KeyPair pair) {
		byte[] encoded = pair.getPublic().getEncoded();
		return Base64.getEncoder().encodeToString((pair == ED25519) ? Arrays.copyOfRange(encoded, 12, 44) : encoded);
	}

	private static KeyPair pair(String algorithm) {
		try {
			return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
