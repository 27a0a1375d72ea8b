package dev.postrider.mail.relay;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Keeps what the endpoint gave in place of the settings' refresh token, for all processes
 * and the next start. It is sealed (AES-GCM) with a key made of the settings' one: the
 * database alone tells nobody a token, and who writes another one into the settings
 * begins anew.
 */
final class StoredRefreshTokens implements RefreshTokens {

	private static final Logger logger = LoggerFactory.getLogger(StoredRefreshTokens.class);

	private static final String CIPHER = "AES/GCM/NoPadding";

	private static final int NONCE = 12;

	private static final int TAG_BITS = 128;

	private static final SecureRandom RANDOM = new SecureRandom();

	private final String relay;

	private final String first;

	private final JdbcClient jdbc;

	/** What this process was given last, should the database not keep it. */
	private volatile @Nullable String unkept;

	/**
	 * Makes one.
	 * @param first the refresh token of the settings
	 */
	StoredRefreshTokens(String relay, String first, JdbcClient jdbc) {
		this.relay = relay;
		this.first = first;
		this.jdbc = jdbc;
	}

	/** By the primary key. */
	@Override
	public String current() {
		String unkept = this.unkept;
		if (unkept != null) {
			return unkept;
		}
		try {
			Optional<byte[]> sealed = this.jdbc.sql("SELECT sealed FROM relay_token WHERE relay = ?")
				.param(this.relay)
				.query((row, index) -> row.getBytes("sealed"))
				.optional();
			String kept = sealed.isPresent() ? open(sealed.get()) : null;
			return (kept != null) ? kept : this.first;
		}
		catch (RuntimeException ex) {
			logger.warn("Relay {}: the refresh token that was kept cannot be read, that of the settings is used: {}",
					this.relay, ex.toString());
			return this.first;
		}
	}

	@Override
	public void replace(String token) {
		try {
			byte[] sealed = seal(token);
			this.jdbc.sql("""
					INSERT INTO relay_token (relay, sealed, changed_at) VALUES (?, ?, UTC_TIMESTAMP(6))
					ON DUPLICATE KEY UPDATE sealed = VALUES(sealed), changed_at = VALUES(changed_at)
					""").params(this.relay, sealed).update();
			this.unkept = null;
		}
		catch (RuntimeException ex) {
			this.unkept = token;
			logger.warn("Relay {}: its new refresh token could not be kept; after a restart the one of the settings "
					+ "is used again, which may be good no more: {}", this.relay, ex.toString());
		}
	}

	private byte[] seal(String token) {
		byte[] nonce = new byte[NONCE];
		RANDOM.nextBytes(nonce);
		try {
			byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(token.getBytes(StandardCharsets.UTF_8));
			byte[] all = Arrays.copyOf(nonce, NONCE + sealed.length);
			System.arraycopy(sealed, 0, all, NONCE, sealed.length);
			return all;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("This Java has no " + CIPHER, ex);
		}
	}

	/** Nothing, where it was sealed with another token of the settings. */
	private @Nullable String open(byte[] all) {
		try {
			byte[] token = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(all, NONCE)).doFinal(all, NONCE,
					all.length - NONCE);
			return new String(token, StandardCharsets.UTF_8);
		}
		catch (GeneralSecurityException ex) {
			logger.info("Relay {}: the refresh token of the settings is another one now, and is used", this.relay);
			return null;
		}
	}

	private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
		MessageDigest digest = MessageDigest.getInstance("SHA-256");
		digest.update("Postrider refresh token\0".getBytes(StandardCharsets.UTF_8));
		byte[] key = digest.digest(this.first.getBytes(StandardCharsets.UTF_8));
		Cipher cipher = Cipher.getInstance(CIPHER);
		cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
		cipher.updateAAD(this.relay.getBytes(StandardCharsets.UTF_8));
		return cipher;
	}

}
