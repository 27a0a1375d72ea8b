package dev.postrider.mail.dkim;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;

import dev.postrider.mail.dkim.DkimKey.Algorithm;
import org.jspecify.annotations.Nullable;

/**
 * Signs with one key, for one thread.
 */
final class KeySignature {

	private final Signature signature;

	/** Ed25519 signs the hash of the header, not the header itself (RFC 8463 3). */
	private final @Nullable MessageDigest first;

	/**
	 * Readies a key.
	 * @param key the key
	 * @param rsa who computes RSA signatures
	 */
	KeySignature(DkimKey key, Provider rsa) throws GeneralSecurityException {
		if (key.algorithm() == Algorithm.RSA) {
			this.signature = Signature.getInstance("SHA256withRSA", rsa);
			// In the provider's own form, or it would be converted for each signature.
			this.signature.initSign(KeyFactory.getInstance("RSA", rsa)
				.generatePrivate(new PKCS8EncodedKeySpec(key.key().getEncoded())));
			this.first = null;
		}
		else {
			this.signature = Signature.getInstance("Ed25519");
			this.signature.initSign(key.key());
			this.first = MessageDigest.getInstance("SHA-256");
		}
	}

	/** Signs what has been canonicalized. */
	byte[] sign(Bytes canonical) throws GeneralSecurityException {
		if (this.first != null) {
			this.first.update(canonical.array(), 0, canonical.length());
			this.signature.update(this.first.digest());
		}
		else {
			this.signature.update(canonical.array(), 0, canonical.length());
		}
		return this.signature.sign();
	}

}
