package dev.postrider.delivery;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionRenderer;
import dev.postrider.edition.EditionRenderer.Variant;
import dev.postrider.mail.Header;
import dev.postrider.mail.Letter;
import dev.postrider.mail.MailProperties;
import dev.postrider.mail.MailWords;
import dev.postrider.mail.MessageSigner;
import dev.postrider.mail.MessageTemplate;
import dev.postrider.mail.Outbox;
import dev.postrider.mail.PublicUrl;
import dev.postrider.newsletter.Attribute;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.subscription.ReaderLinks;

import org.springframework.stereotype.Component;

/**
 * Whole messages of editions: those that go to readers, and the same for those who want
 * to see one first.
 */
@Component
public class EditionMail {

	private static final Duration TEST_USEFUL_FOR = Duration.ofHours(1);

	private final EditionRenderer renderer;

	private final Newsletters newsletters;

	private final MailWords words;

	private final MailProperties mail;

	private final PublicUrl publicUrl;

	private final ReaderLinks links;

	private final MessageIds ids;

	private final BounceAddresses bounces;

	private final MessageSigner signer;

	private final Outbox outbox;

	private final Clock clock;

	EditionMail(EditionRenderer renderer, Newsletters newsletters, MailWords words, MailProperties mail,
			PublicUrl publicUrl, ReaderLinks links, MessageIds ids, BounceAddresses bounces, MessageSigner signer,
			Outbox outbox, Clock clock) {
		this.renderer = renderer;
		this.newsletters = newsletters;
		this.words = words;
		this.mail = mail;
		this.publicUrl = publicUrl;
		this.links = links;
		this.ids = ids;
		this.bounces = bounces;
		this.signer = signer;
		this.outbox = outbox;
		this.clock = clock;
	}

	/**
	 * The mails of an edition whose variants are rendered. An attribute that they name
	 * and that was forgotten since stands there as its last fallback.
	 */
	public EditionMessages messages(Edition edition, Newsletter newsletter) {
		return messages(edition, newsletter, (variant) -> this.renderer.variant(edition.id(), variant));
	}

	/**
	 * The mails of an edition.
	 * @param variants gives its rendered variants
	 */
	public EditionMessages messages(Edition edition, Newsletter newsletter, IntFunction<Optional<Variant>> variants) {
		Map<String, String> fallbacks = new HashMap<>(this.newsletters.formerFallbacks(newsletter.id()));
		fallbacks.putAll(fallbacks(newsletter));
		return new EditionMessages(edition, newsletter, variants,
				EditionHeaders.common(edition, newsletter, this.publicUrl, this.clock.instant()),
				values(edition, newsletter, fallbacks), this.ids, this.bounces, bounceDomain(newsletter));
	}

	/**
	 * The whole message as it would leave for a reader, but for its personal links: those
	 * are an example's, so that nobody but the reader can use them.
	 * @param edition may be a draft
	 * @param newsletter its newsletter
	 * @param letter a variant with its tokens, see {@link EditionRenderer#letter} and
	 * {@link EditionRenderer#variant}
	 * @param reader whose, may be {@link EditionReader#example}
	 * @return headers and body as they go out
	 */
	public MimePreview preview(Edition edition, Newsletter newsletter, Letter letter, EditionReader reader) {
		byte[] message = message(edition, newsletter, letter, reader,
				this.ids.messageId(newsletter, edition.id(), EditionReader.EXAMPLE));
		return new MimePreview(this.signer.sign(message), this.signer.signs(MessageIds.senderDomain(newsletter)));
	}

	/**
	 * Sends the mail to one person of the staff, with an example's links. Each such mail
	 * is a message of its own, or a mail program would show only the first.
	 * @param letter a variant with its tokens
	 * @param email where to
	 */
	public void sendTest(Edition edition, Newsletter newsletter, Letter letter, String email) {
		String id = "<" + UUID.randomUUID() + "@" + MessageIds.senderDomain(newsletter) + ">";
		this.outbox.submit(new Outbox.WholeMail("test-edition", newsletter.senderEmail(), email,
				message(edition, newsletter, letter, EditionReader.example(email), id), TEST_USEFUL_FOR));
	}

	private byte[] message(Edition edition, Newsletter newsletter, Letter letter, EditionReader reader, String id) {
		ReaderValues values = values(edition, newsletter, fallbacks(newsletter));
		EditionReader masked = new EditionReader(EditionReader.EXAMPLE, 0, reader.email(), reader.name(),
				reader.topics(), reader.attributes());
		String unsubscribe = values.unsubscribe(masked);
		List<Header> common = EditionHeaders.common(edition, newsletter, this.publicUrl, this.clock.instant());
		MessageTemplate template = new MessageTemplate(common, letter, values.fields());
		return template.copy(EditionHeaders.own(masked.email(), id, unsubscribe),
				values.of(masked, values.look(), unsubscribe, template.fields()));
	}

	private ReaderValues values(Edition edition, Newsletter newsletter, Map<String, String> fallbacks) {
		return new ReaderValues(edition, newsletter, fallbacks, this.publicUrl, this.links, this.words);
	}

	private Map<String, String> fallbacks(Newsletter newsletter) {
		return this.newsletters.attributes(newsletter.id())
			.stream()
			.collect(Collectors.toMap(Attribute::name, Attribute::fallback));
	}

	private String bounceDomain(Newsletter newsletter) {
		String domain = this.mail.bounceDomain();
		return (domain != null) ? domain : MessageIds.senderDomain(newsletter);
	}

	/**
	 * A message that is not sent.
	 *
	 * @param bytes all of it, lines ended by CRLF
	 * @param signed whether it bears our DKIM signature; without one, either the relay
	 * signs or nobody does
	 */
	public record MimePreview(byte[] bytes, boolean signed) {
	}

}
