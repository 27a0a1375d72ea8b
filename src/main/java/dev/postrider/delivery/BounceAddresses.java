package dev.postrider.delivery;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import dev.postrider.mail.TokenSigner;

import org.springframework.stereotype.Component;

/**
 * Envelope senders, each of one delivery's own (VERP): whoever a bounce comes back to
 * knows by the address alone whose it is, whatever the bounce says.
 * <p>
 * The local part is {@code b+} and a token: one AES block of edition, subscriber and
 * date, so that it tells nothing to others, and the first 10 bytes of an HMAC-SHA256 over
 * that block, so that nobody can make one up. In base 32, as relays may change the case
 * of letters: 44 characters, whatever the reader's address (RFC 5321 4.5.3.1.1 allows
 * 64).
 */
@Component
public class BounceAddresses {

	/** Bounces of an edition so much later are nobody's. */
	static final int DAYS_VALID = 60;

	private static final String PREFIX = "b+";

	private static final String DIGITS = "abcdefghijklmnopqrstuvwxyz234567";

	private static final int BLOCK = 16;

	private static final int MAC = 10;

	private static final int TOKEN_DIGITS = (8 * (BLOCK + MAC) + 4) / 5;

	private final List<Key> keys;

	BounceAddresses(TokenSigner signer) {
		List<byte[]> encryption = signer.digests("bounce-address", "encryption");
		List<byte[]> authentication = signer.digests("bounce-address", "authentication");
		this.keys = IntStream.range(0, encryption.size())
			.mapToObj((i) -> new Key(encryption.get(i), authentication.get(i)))
			.toList();
	}

	/**
	 * The local part for one delivery, the same each time.
	 * @param editionId which edition
	 * @param subscriberId whose copy
	 * @param date the edition's
	 */
	public String localPart(long editionId, long subscriberId, LocalDate date) {
		Key key = this.keys.get(0);
		ByteBuffer plain = ByteBuffer.allocate(BLOCK);
		putSix(plain, editionId);
		putSix(plain, subscriberId);
		plain.putInt((int) date.toEpochDay());
		byte[] block = key.crypt(Cipher.ENCRYPT_MODE, plain.array());
		byte[] token = Arrays.copyOf(block, BLOCK + MAC);
		System.arraycopy(key.mac(block), 0, token, BLOCK, MAC);
		return PREFIX + base32(token);
	}

	/**
	 * Whose bounce came to an address.
	 * @param localPart what stands before its at-sign
	 * @param today in any zone
	 * @return the delivery; empty when we did not make the address, or too long ago
	 */
	public Optional<Bounced> read(String localPart, LocalDate today) {
		byte[] token = bytes(localPart.toLowerCase(Locale.ROOT));
		if (token.length == 0) {
			return Optional.empty();
		}
		byte[] block = Arrays.copyOf(token, BLOCK);
		byte[] mac = Arrays.copyOfRange(token, BLOCK, token.length);
		for (Key key : this.keys) {
			if (MessageDigest.isEqual(mac, Arrays.copyOf(key.mac(block), MAC))) {
				ByteBuffer plain = ByteBuffer.wrap(key.crypt(Cipher.DECRYPT_MODE, block));
				Bounced bounced = new Bounced(six(plain), six(plain));
				LocalDate sent = LocalDate.ofEpochDay(plain.getInt());
				return sent.plusDays(DAYS_VALID).isBefore(today) ? Optional.empty() : Optional.of(bounced);
			}
		}
		return Optional.empty();
	}

	private static void putSix(ByteBuffer out, long value) {
		if (value < 0 || value >= 1L << 48) {
			throw new IllegalArgumentException(value + " is no key of a row");
		}
		out.putShort((short) (value >> 32)).putInt((int) value);
	}

	private static long six(ByteBuffer in) {
		return (in.getShort() & 0xFFFFL) << 32 | in.getInt() & 0xFFFFFFFFL;
	}

	private static String base32(byte[] bytes) {
		StringBuilder text = new StringBuilder(TOKEN_DIGITS);
		int bits = 0;
		int held = 0;
		for (byte b : bytes) {
			held = (held << 8 | b & 0xFF) & 0xFFF;
			bits += 8;
			while (bits >= 5) {
				bits -= 5;
				text.append(DIGITS.charAt(held >> bits & 31));
			}
		}
		if (bits > 0) {
			text.append(DIGITS.charAt(held << (5 - bits) & 31));
		}
		return text.toString();
	}

	/** Nothing unless it is the one spelling that we would write ourselves. */
	private static byte[] bytes(String localPart) {
		if (localPart.length() != PREFIX.length() + TOKEN_DIGITS || !localPart.startsWith(PREFIX)) {
			return new byte[0];
		}
		ByteBuffer token = ByteBuffer.allocate(BLOCK + MAC);
		int bits = 0;
		int held = 0;
		for (int i = PREFIX.length(); i < localPart.length(); i++) {
			int digit = DIGITS.indexOf(localPart.charAt(i));
			if (digit < 0) {
				return new byte[0];
			}
			held = (held << 5 | digit) & 0xFFF;
			bits += 5;
			if (bits >= 8) {
				bits -= 8;
				token.put((byte) (held >> bits));
			}
		}
		return base32(token.array()).equals(localPart.substring(PREFIX.length())) ? token.array() : new byte[0];
	}

	/**
	 * A delivery that bounced.
	 *
	 * @param editionId of which edition
	 * @param subscriberId whose copy
	 */
	public record Bounced(long editionId, long subscriberId) {
	}

	/** Ciphers are made once a thread. */
	private static final class Key {

		private final SecretKeySpec encryption;

		private final ThreadLocal<Cipher> encrypting;

		private final ThreadLocal<Mac> mac;

		Key(byte[] encryption, byte[] authentication) {
			this.encryption = new SecretKeySpec(encryption, 0, 16, "AES");
			SecretKeySpec authenticating = new SecretKeySpec(authentication, "HmacSHA256");
			this.encrypting = ThreadLocal.withInitial(() -> cipher(Cipher.ENCRYPT_MODE));
			this.mac = ThreadLocal.withInitial(() -> {
				try {
					Mac made = Mac.getInstance("HmacSHA256");
					made.init(authenticating);
					return made;
				}
				catch (GeneralSecurityException ex) {
					throw new IllegalStateException("Every Java platform has HmacSHA256", ex);
				}
			});
		}

		byte[] mac(byte[] data) {
			return Objects.requireNonNull(this.mac.get()).doFinal(data);
		}

		/** One block, which no other has: a mode for several is not needed. */
		byte[] crypt(int mode, byte[] block) {
			try {
				Cipher cipher = (mode == Cipher.ENCRYPT_MODE) ? this.encrypting.get() : cipher(mode);
				return Objects.requireNonNull(cipher).doFinal(block);
			}
			catch (GeneralSecurityException ex) {
				throw new IllegalStateException("A block of AES cannot fail", ex);
			}
		}

		private Cipher cipher(int mode) {
			try {
				Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
				cipher.init(mode, this.encryption);
				return cipher;
			}
			catch (GeneralSecurityException ex) {
				throw new IllegalStateException("Every Java platform has AES", ex);
			}
		}

	}

}
