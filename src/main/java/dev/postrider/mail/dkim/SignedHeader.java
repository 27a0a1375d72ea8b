package dev.postrider.mail.dkim;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * A header field that a signature covers (RFC 6376 5.4.1).
 *
 * @param name as it stands in {@code h=}
 * @param oversigned whether it is named once more than it occurs, so that nobody can add
 * another (RFC 6376 5.4.2 and 8.15): what a mail program shows, and what says how to
 * leave
 * @param bytes the name in lower case
 */
record SignedHeader(String name, boolean oversigned, byte[] bytes) {

	/** In the order of {@code h=}. */
	static final List<SignedHeader> ALL = List.of(oversigned("From"), oversigned("To"), oversigned("Subject"),
			oversigned("Date"), oversigned("Reply-To"), oversigned("Cc"), oversigned("List-Unsubscribe"),
			oversigned("List-Unsubscribe-Post"), oversigned("MIME-Version"), oversigned("Content-Type"), once("Sender"),
			once("Message-ID"), once("In-Reply-To"), once("References"), once("Content-Transfer-Encoding"),
			once("List-Id"), once("List-Help"), once("List-Subscribe"), once("List-Owner"), once("List-Post"),
			once("List-Archive"), once("Feedback-ID"), once("Auto-Submitted"), once("Precedence"));

	/** Where {@code From} stands in it. */
	static final int FROM = 0;

	private static SignedHeader oversigned(String name) {
		return new SignedHeader(name, true, lowerCase(name));
	}

	private static SignedHeader once(String name) {
		return new SignedHeader(name, false, lowerCase(name));
	}

	private static byte[] lowerCase(String name) {
		return name.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
	}

	/**
	 * Which of {@link #ALL} a field is.
	 * @return its place there, or -1
	 */
	static int indexOf(byte[] message, int start, int colon) {
		for (int i = 0; i < ALL.size(); i++) {
			if (matches(ALL.get(i).bytes(), message, start, colon)) {
				return i;
			}
		}
		return -1;
	}

	private static boolean matches(byte[] name, byte[] message, int start, int colon) {
		if (name.length != colon - start) {
			return false;
		}
		for (int i = 0; i < name.length; i++) {
			// Letters alone differ from their capitals in this bit; "-" has it too.
			if (name[i] != (message[start + i] | 0x20)) {
				return false;
			}
		}
		return true;
	}

}
