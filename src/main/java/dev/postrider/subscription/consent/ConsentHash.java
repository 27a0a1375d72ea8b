package dev.postrider.subscription.consent;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

import org.jspecify.annotations.Nullable;

/**
 * SHA-256 over the hash of the row before and all that a row says. Every field is
 * preceded by its length, or by -1 where it is NULL, so that no two rows are written the
 * same.
 */
final class ConsentHash {

	/** What stands before the first row of a chain. */
	static final byte[] NONE = new byte[32];

	private static final byte[] FORM = "postrider consent 1".getBytes(StandardCharsets.US_ASCII);

	private final MessageDigest digest;

	private final ByteBuffer number = ByteBuffer.allocate(Long.BYTES);

	private ConsentHash() {
		try {
			this.digest = MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java has SHA-256", ex);
		}
	}

	/**
	 * The hash of a row.
	 * @param previous the hash of the row before, 32 bytes
	 * @param chain which chain
	 * @param link the row's place in it, from 1
	 * @param row what it says
	 */
	static byte[] of(byte[] previous, int chain, long link, ConsentRow row) {
		return new ConsentHash().bytes(FORM)
			.bytes(previous)
			.number(chain)
			.number(link)
			.number(row.subscriberId())
			.number(row.newsletterId())
			.text(row.action())
			.text(row.channel())
			.text(row.wordingVersion())
			.text(row.wording())
			.text(row.privacyVersion())
			.text(row.privacyUrl())
			.bytes(row.tokenId())
			.number(row.keptAt().getEpochSecond())
			.number(row.keptAt().getNano()).digest.digest();
	}

	private ConsentHash text(@Nullable String text) {
		return bytes((text != null) ? text.getBytes(StandardCharsets.UTF_8) : null);
	}

	private ConsentHash number(long number) {
		this.digest.update(this.number.putLong(0, number).array());
		return this;
	}

	private ConsentHash bytes(byte @Nullable [] bytes) {
		number((bytes != null) ? bytes.length : -1);
		if (bytes != null) {
			this.digest.update(bytes);
		}
		return this;
	}

}
