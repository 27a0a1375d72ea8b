package dev.postrider.delivery;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Locale;

import dev.postrider.mail.TokenSigner;
import dev.postrider.newsletter.Newsletter;

import org.springframework.stereotype.Component;

/**
 * The names a delivery bears outside. Each is derived from edition and subscriber, so a
 * second copy bears the same, and keyed, so nobody can guess one.
 */
@Component
public class MessageIds {

	private final TokenSigner signer;

	MessageIds(TokenSigner signer) {
		this.signer = signer;
	}

	/** The {@code Message-ID} of a delivery, in its angle brackets (RFC 5322 3.6.4). */
	public String messageId(Newsletter newsletter, long editionId, long subscriberId) {
		return "<" + keyed("message-id", editionId, subscriberId, 16) + "@" + senderDomain(newsletter) + ">";
	}

	/** The domain of a newsletter's sender. */
	public static String senderDomain(Newsletter newsletter) {
		return newsletter.senderEmail()
			.substring(newsletter.senderEmail().lastIndexOf('@') + 1)
			.toLowerCase(Locale.ROOT);
	}

	private String keyed(String purpose, long editionId, long subscriberId, int bytes) {
		byte[] digest = this.signer.digest(purpose, editionId + ":" + subscriberId);
		return new BigInteger(1, Arrays.copyOf(digest, bytes)).toString(36);
	}

}
