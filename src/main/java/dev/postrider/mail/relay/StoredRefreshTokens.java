package dev.postrider.mail.relay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

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

	private final TransactionOperations transaction;

	/** What this process was given last, should the database not keep it. */
	private volatile @Nullable String unkept;

	/**
	 * Makes one.
	 * @param first the refresh token of the settings
	 * @param transaction one of its own
	 */
	StoredRefreshTokens(String relay, String first, JdbcClient jdbc, TransactionOperations transaction) {
		this.relay = relay;
		this.first = first;
		this.jdbc = jdbc;
		this.transaction = transaction;
	}

	/** Under the lock of its row, so that no two processes come with the same token. */
	@Override
	public TokenEndpoint.Answer use(Asking asking) throws IOException {
		AtomicReference<TokenEndpoint.@Nullable Answer> given = new AtomicReference<>();
		try {
			this.transaction.executeWithoutResult((status) -> {
				lock();
				String current = current();
				TokenEndpoint.Answer answer = ask(asking, current);
				given.set(answer);
				String next = next(answer, current);
				if (next != null || this.unkept != null) {
					keep((next != null) ? next : current);
				}
			});
			this.unkept = null;
			return Objects.requireNonNull(given.get());
		}
		catch (UncheckedIOException ex) {
			throw Objects.requireNonNull(ex.getCause());
		}
		catch (RuntimeException ex) {
			return withoutDatabase(asking, given.get(), ex);
		}
	}

	/**
	 * Not with the settings' token, which may have been replaced: an endpoint takes who
	 * comes with it again for a thief.
	 */
	private TokenEndpoint.Answer withoutDatabase(Asking asking, TokenEndpoint.@Nullable Answer given,
			RuntimeException ex) throws IOException {
		String current = this.unkept;
		if (given == null && current == null) {
			throw new IOException("the database, which keeps the refresh token, does not answer", ex);
		}
		TokenEndpoint.Answer answer = (given != null) ? given : asking.with(current);
		String next = answer.refreshToken();
		if (next != null && !next.equals(current)) {
			this.unkept = next;
			logger.warn("Relay {}: its new refresh token could not be kept; after a restart the one of the settings "
					+ "is used again, which may be good no more: {}", this.relay, ex.toString());
		}
		return answer;
	}

	private static TokenEndpoint.Answer ask(Asking asking, String refreshToken) {
		try {
			return asking.with(refreshToken);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The one that is to be used from now on, if it is another. */
	private static @Nullable String next(TokenEndpoint.Answer answer, String current) {
		String next = answer.refreshToken();
		return (next == null || next.equals(current)) ? null : next;
	}

	/** Makes the row where there is none; nothing in it is no token. */
	private void lock() {
		this.jdbc.sql("""
				INSERT INTO relay_token (relay, sealed, changed_at) VALUES (?, '', UTC_TIMESTAMP(6))
				ON DUPLICATE KEY UPDATE relay = relay
				""").param(this.relay).update();
	}

	/** By the primary key. */
	private String current() {
		String unkept = this.unkept;
		if (unkept != null) {
			return unkept;
		}
		byte[] sealed = this.jdbc.sql("SELECT sealed FROM relay_token WHERE relay = ?")
			.param(this.relay)
			.query((row, index) -> row.getBytes("sealed"))
			.single();
		String kept = (sealed.length > 0) ? open(sealed) : null;
		return (kept != null) ? kept : this.first;
	}

	private void keep(String token) {
		this.jdbc.sql("UPDATE relay_token SET sealed = ?, changed_at = UTC_TIMESTAMP(6) WHERE relay = ?")
			.params(seal(token), this.relay)
			.update();
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
