package dev.postrider.mail;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A token is base64url of: key id (1 byte), the numbers (8 bytes each), and the first 16
 * bytes of HMAC-SHA256 over purpose, key id and numbers. The key id is derived from the
 * secret, so changing secrets needs no numbering.
 */
final class HmacTokenSigner implements TokenSigner {

	private static final int MAC_LENGTH = 16;

	private static final int LONGEST_TOKEN = 200;

	private final List<Key> keys = new ArrayList<>();

	HmacTokenSigner(String secret, List<String> formerSecrets) {
		this.keys.add(Key.of("postrider.secret", secret));
		formerSecrets.forEach((former) -> this.keys.add(Key.of("postrider.former-secrets", former)));
	}

	@Override
	public String sign(String purpose, long... values) {
		Key key = this.keys.get(0);
		ByteBuffer token = ByteBuffer.allocate(1 + values.length * Long.BYTES + MAC_LENGTH).put(key.id());
		for (long value : values) {
			token.putLong(value);
		}
		byte[] mac = key.mac(purpose, Arrays.copyOf(token.array(), token.position()));
		token.put(mac, 0, MAC_LENGTH);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(token.array());
	}

	@Override
	public Optional<long[]> verify(String purpose, String token) {
		byte[] bytes = decode(token);
		int valuesLength = bytes.length - 1 - MAC_LENGTH;
		if (valuesLength < 0 || valuesLength % Long.BYTES != 0) {
			return Optional.empty();
		}
		byte[] signed = Arrays.copyOf(bytes, 1 + valuesLength);
		byte[] mac = Arrays.copyOfRange(bytes, 1 + valuesLength, bytes.length);
		for (Key key : this.keys) {
			if (key.id() == bytes[0]
					&& MessageDigest.isEqual(mac, Arrays.copyOf(key.mac(purpose, signed), MAC_LENGTH))) {
				long[] values = new long[valuesLength / Long.BYTES];
				ByteBuffer.wrap(bytes, 1, valuesLength).asLongBuffer().get(values);
				return Optional.of(values);
			}
		}
		return Optional.empty();
	}

	@Override
	public byte[] digest(String purpose, String value) {
		return digests(purpose, value).get(0);
	}

	@Override
	public List<byte[]> digests(String purpose, String value) {
		byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
		return this.keys.stream().map((key) -> key.mac(purpose, bytes)).toList();
	}

	private static byte[] decode(String token) {
		if (token.length() > LONGEST_TOKEN) {
			return new byte[0];
		}
		try {
			byte[] bytes = Base64.getUrlDecoder().decode(token);
			// Only the one spelling that we would write ourselves.
			boolean canonical = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(token);
			return canonical ? bytes : new byte[0];
		}
		catch (IllegalArgumentException ex) {
			return new byte[0];
		}
	}

	/** Macs are made once a thread: a mail has several links. */
	private static final class Key {

		private final ThreadLocal<Mac> mac;

		private final byte id;

		private Key(SecretKeySpec spec) {
			this.mac = ThreadLocal.withInitial(() -> mac(spec));
			this.id = hmac(new byte[] { 0 })[0];
		}

		byte id() {
			return this.id;
		}

		static Key of(String setting, String secret) {
			if (secret.length() < 32) {
				throw new IllegalStateException(setting + " has " + secret.length()
						+ " characters; it signs every link and needs at least 32 random ones");
			}
			return new Key(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
		}

		byte[] mac(String purpose, byte[] data) {
			byte[] name = purpose.getBytes(StandardCharsets.UTF_8);
			return hmac(ByteBuffer.allocate(Integer.BYTES + name.length + data.length)
				.putInt(name.length)
				.put(name)
				.put(data)
				.array());
		}

		private byte[] hmac(byte[] data) {
			return Objects.requireNonNull(this.mac.get()).doFinal(data);
		}

		private static Mac mac(SecretKeySpec spec) {
			try {
				Mac mac = Mac.getInstance("HmacSHA256");
				mac.init(spec);
				return mac;
			}
			catch (GeneralSecurityException ex) {
				throw new IllegalStateException("Every Java platform has HmacSHA256", ex);
			}
		}

	}

}
