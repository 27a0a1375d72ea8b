package dev.postrider.mail.relay;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What a relay says instead of a refusal when it will not have a token (XOAUTH2): a
 * status in base64, that nobody could read.
 */
final class Challenge {

	/** The reply code it comes with (RFC 4954 4). */
	static final int CODE = 334;

	private static final int LONGEST = 300;

	private Challenge() {
	}

	/**
	 * The same in words.
	 * @param reply the relay's reply, its code first
	 */
	static String refusal(String reply) {
		return "The access token was refused: " + said(reply.strip().substring(3).strip());
	}

	private static String said(String base64) {
		String status;
		try {
			status = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			// Not in base64 after all.
			status = base64;
		}
		String line = status.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
		if (line.isEmpty()) {
			return "the relay does not say why";
		}
		return (line.length() <= LONGEST) ? line : line.substring(0, LONGEST) + "…";
	}

}
