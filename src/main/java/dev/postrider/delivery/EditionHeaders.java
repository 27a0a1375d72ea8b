package dev.postrider.delivery;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

import dev.postrider.edition.Edition;
import dev.postrider.mail.Header;
import dev.postrider.mail.PublicUrl;
import dev.postrider.newsletter.Newsletter;

/**
 * The header fields of an edition's mails, those of RFC 5322 and of a list's (RFC 2369,
 * 2919, 8058).
 */
final class EditionHeaders {

	private EditionHeaders() {
	}

	/**
	 * Those that every reader gets alike.
	 * @param date when the edition's sending began
	 */
	static List<Header> common(Edition edition, Newsletter newsletter, PublicUrl publicUrl, Instant date) {
		String domain = MessageIds.senderDomain(newsletter);
		String answers = (newsletter.replyTo() != null) ? newsletter.replyTo() : newsletter.senderEmail();
		String form = publicUrl.of("/") + "?newsletter=" + newsletter.slug();
		return List.of(Header.mailbox("From", newsletter.senderName(), newsletter.senderEmail()),
				Header.of("Reply-To", answers), Header.date(date),
				Header.mailbox("List-Id", newsletter.name(), newsletter.slug() + "." + domain),
				Header.of("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
				Header.of("List-Help", "<" + form + ">"), Header.of("List-Subscribe", "<" + form + ">"),
				Header.of("List-Owner", "<mailto:" + answers + ">"), Header.of("List-Post", "NO"),
				Header.of("List-Archive", "<" + publicUrl.of("/editions/{slug}", newsletter.slug()) + ">"),
				Header.of("Feedback-ID", edition.label() + ":" + newsletter.slug() + ":digest:" + senderId(domain)),
				Header.of("Auto-Submitted", "auto-generated"), Header.of("Precedence", "bulk"),
				Header.of("X-Auto-Response-Suppress", "OOF, AutoReply"));
	}

	/** Those that are one reader's own. */
	static List<Header> own(String email, String messageId, String unsubscribe) {
		return List.of(Header.of("To", email), Header.of("Message-ID", messageId),
				Header.of("List-Unsubscribe", "<" + unsubscribe + ">"));
	}

	/**
	 * Gmail wants 5 to 15 characters that never change: the domain's letters and digits.
	 */
	private static String senderId(String domain) {
		String id = domain.replaceAll("[^a-z0-9]", "") + "news";
		return id.toLowerCase(Locale.ROOT).substring(0, Math.min(id.length(), 15));
	}

}
