package dev.postrider.delivery.batch;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;

import dev.postrider.delivery.MessageIds;
import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionRenderer.Variant;
import dev.postrider.mail.Header;
import dev.postrider.mail.MessageTemplate;
import dev.postrider.mail.PublicUrl;
import dev.postrider.mail.ReaderField;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.subscription.ReaderLinks;
import org.jspecify.annotations.Nullable;

/**
 * The mails of one edition: its variants encoded once, and each reader's copy of them.
 */
final class EditionMessages {

	/**
	 * Readers of one variant lie together in the ledger, so lanes are in few at a time;
	 * with many, those not needed for long make room.
	 */
	private static final int KEPT = 48;

	private final Map<Integer, MessageTemplate> templates = new LinkedHashMap<>(16, 0.75F, true) {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<Integer, MessageTemplate> eldest) {
			return size() > KEPT;
		}

	};

	private final IntFunction<Optional<Variant>> variants;

	private final List<Header> common;

	private final String page;

	private final Edition edition;

	private final Newsletter newsletter;

	private final String bounceDomain;

	private final ReaderLinks links;

	private final MessageIds ids;

	EditionMessages(Edition edition, Newsletter newsletter, IntFunction<Optional<Variant>> variants,
			String bounceDomain, PublicUrl publicUrl, ReaderLinks links, MessageIds ids, Instant now) {
		this.edition = edition;
		this.newsletter = newsletter;
		this.bounceDomain = bounceDomain;
		this.links = links;
		this.ids = ids;
		this.variants = variants;
		this.page = publicUrl.of("/editions/{slug}/{label}", newsletter.slug(), edition.label());
		this.common = commonHeaders(edition, newsletter, publicUrl, now);
	}

	Edition edition() {
		return this.edition;
	}

	Newsletter newsletter() {
		return this.newsletter;
	}

	/** Where a bounce of this delivery comes back to (VERP). */
	String envelopeSender(LedgerRow row) {
		return this.ids.bounceLocalPart(this.edition.id(), row.subscriberId()) + "@" + this.bounceDomain;
	}

	/** One reader's copy, the same each time. */
	byte[] copy(LedgerRow row, String email) {
		MessageTemplate template = template(row.variant());
		String unsubscribe = this.links.unsubscribe(row.subscriberId(), this.newsletter.id());
		List<Header> own = List.of(Header.of("To", email),
				Header.of("Message-ID", this.ids.messageId(this.newsletter, this.edition.id(), row.subscriberId())),
				Header.of("List-Unsubscribe", "<" + unsubscribe + ">"));
		return template.copy(own,
				Map.of(ReaderField.EMAIL, email, ReaderField.NAME, Objects.requireNonNullElse(row.name(), ""),
						ReaderField.UNSUBSCRIBE_URL, unsubscribe, ReaderField.PREFERENCES_URL,
						this.links.preferences(row.subscriberId()), ReaderField.ONLINE_URL, this.page,
						ReaderField.SHARE_URL, this.page, ReaderField.TOPICS, topics(row.topics())));
	}

	private static String topics(@Nullable String stored) {
		return (stored == null) ? "all topics" : stored.replace(",", ", ");
	}

	private synchronized MessageTemplate template(int variant) {
		return this.templates.computeIfAbsent(variant,
				(key) -> this.variants.apply(key)
					.map((found) -> new MessageTemplate(this.common, found.letter()))
					.orElseThrow(() -> new IllegalStateException("Edition " + this.edition.id() + " has no variant "
							+ key + "; restart the run, which renders it")));
	}

	private static List<Header> commonHeaders(Edition edition, Newsletter newsletter, PublicUrl publicUrl,
			Instant now) {
		String domain = MessageIds.senderDomain(newsletter);
		String replyTo = (newsletter.replyTo() != null) ? newsletter.replyTo() : newsletter.senderEmail();
		return List.of(Header.mailbox("From", newsletter.senderName(), newsletter.senderEmail()),
				Header.of("Reply-To", replyTo), Header.date(now),
				Header.mailbox("List-Id", newsletter.name(), newsletter.slug() + "." + domain),
				Header.of("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
				Header.of("List-Archive", "<" + publicUrl.of("/editions") + ">"),
				Header.of("Feedback-ID", edition.label() + ":" + newsletter.slug() + ":digest:" + senderId(domain)),
				Header.of("Auto-Submitted", "auto-generated"), Header.of("Precedence", "bulk"),
				Header.of("X-Auto-Response-Suppress", "OOF, AutoReply"));
	}

	/**
	 * Gmail wants 5 to 15 characters that never change: the domain's letters and digits.
	 */
	private static String senderId(String domain) {
		String id = domain.replaceAll("[^a-z0-9]", "") + "news";
		return id.toLowerCase(Locale.ROOT).substring(0, Math.min(id.length(), 15));
	}

}
