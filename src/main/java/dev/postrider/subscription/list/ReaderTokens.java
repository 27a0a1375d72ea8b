package dev.postrider.subscription.list;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Optional;

import dev.postrider.mail.PublicUrl;
import dev.postrider.mail.TokenSigner;
import dev.postrider.subscription.ReaderLinks;

import org.springframework.stereotype.Component;

/**
 * Makes and reads the tokens in readers' links. None of them is stored, so none can be
 * stolen from the database: 128 bits of an HMAC vouch for each, and the record of
 * consents names the one that confirmed by its hash. What makes one good for once only is
 * what it is about: a confirmed sign-up cannot be confirmed again, and a wish to move is
 * done or replaced.
 * <p>
 * What opens a reader's page or verifies an address holds for one mailbox: it carries how
 * often the reader had moved, unless never, and is void after the next move. The way out
 * is open to every mail there ever was.
 */
@Component
class ReaderTokens implements ReaderLinks {

	private static final String CONFIRM = "confirm";

	private static final String UNSUBSCRIBE = "unsubscribe";

	private static final String PREFERENCES = "preferences";

	private static final String ADDRESS = "address";

	private final TokenSigner signer;

	private final PublicUrl url;

	/** A token needs no encoding, and every mail has both. */
	private final String unsubscribe;

	private final String preferences;

	ReaderTokens(TokenSigner signer, PublicUrl url) {
		this.signer = signer;
		this.url = url;
		this.unsubscribe = url.of("/unsubscribe/");
		this.preferences = url.of("/preferences/");
	}

	@Override
	public String unsubscribe(long subscriberId, long newsletterId) {
		return this.unsubscribe + this.signer.sign(UNSUBSCRIBE, subscriberId, newsletterId);
	}

	@Override
	public String preferences(long subscriberId, int moves) {
		return this.preferences + ((moves == 0) ? this.signer.sign(PREFERENCES, subscriberId)
				: this.signer.sign(PREFERENCES, subscriberId, moves));
	}

	/** The same of a reader who is known. */
	String preferences(Subscriber subscriber) {
		return preferences(subscriber.id(), subscriber.moves());
	}

	/** The page that verifies a sign-up, good for a time from its issue. */
	String confirm(long subscriberId, int moves, long newsletterId, Instant issuedAt) {
		long issued = issuedAt.toEpochMilli();
		return this.url.of("/confirm/{token}",
				(moves == 0) ? this.signer.sign(CONFIRM, subscriberId, newsletterId, issued)
						: this.signer.sign(CONFIRM, subscriberId, newsletterId, issued, moves));
	}

	/** The page that moves a reader to another address. */
	String address(long changeId) {
		return this.url.of("/address/{token}", this.signer.sign(ADDRESS, changeId));
	}

	Optional<ConfirmToken> readConfirm(String token) {
		return this.signer.verify(CONFIRM, token)
			.filter((values) -> values.length == 3 || values.length == 4)
			.map((values) -> new ConfirmToken(values[0], moves(values, 3), values[1], Instant.ofEpochMilli(values[2])));
	}

	Optional<UnsubscribeToken> readUnsubscribe(String token) {
		return this.signer.verify(UNSUBSCRIBE, token)
			.filter((values) -> values.length == 2)
			.map((values) -> new UnsubscribeToken(values[0], values[1]));
	}

	Optional<PreferencesToken> readPreferences(String token) {
		return this.signer.verify(PREFERENCES, token)
			.filter((values) -> values.length == 1 || values.length == 2)
			.map((values) -> new PreferencesToken(values[0], moves(values, 1)));
	}

	Optional<Long> readAddress(String token) {
		return this.signer.verify(ADDRESS, token).filter((values) -> values.length == 1).map((values) -> values[0]);
	}

	private static long moves(long[] values, int at) {
		return (values.length > at) ? values[at] : 0;
	}

	/**
	 * What names a token in the record of consents without being of use to anybody: its
	 * SHA-256.
	 */
	static byte[] id(String token) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java has SHA-256", ex);
		}
	}

	record ConfirmToken(long subscriberId, long moves, long newsletterId, Instant issuedAt) {
	}

	record PreferencesToken(long subscriberId, long moves) {
	}

	record UnsubscribeToken(long subscriberId, long newsletterId) {
	}

}
