package dev.postrider.delivery;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionRenderer.Variant;
import dev.postrider.mail.Header;
import dev.postrider.mail.MessageTemplate;
import dev.postrider.newsletter.Newsletter;

/**
 * The mails of one edition: its variants encoded once, and each reader's copy of them.
 */
public final class EditionMessages {

	/**
	 * Readers of one variant lie together in the ledger, so lanes are in few at a time;
	 * with many, those not needed for long make room.
	 */
	private static final int KEPT = 48;

	private final Map<Integer, Encoded> encoded = new LinkedHashMap<>(16, 0.75F, true) {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<Integer, Encoded> eldest) {
			return size() > KEPT;
		}

	};

	private final Edition edition;

	private final Newsletter newsletter;

	private final IntFunction<Optional<Variant>> variants;

	private final List<Header> common;

	private final ReaderValues values;

	private final MessageIds ids;

	private final BounceAddresses bounces;

	private final String bounceDomain;

	/**
	 * Begins with no variant encoded.
	 * @param variants gives the rendered variants
	 * @param common the headers that all copies share
	 */
	EditionMessages(Edition edition, Newsletter newsletter, IntFunction<Optional<Variant>> variants,
			List<Header> common, ReaderValues values, MessageIds ids, BounceAddresses bounces, String bounceDomain) {
		this.edition = edition;
		this.newsletter = newsletter;
		this.variants = variants;
		this.common = common;
		this.values = values;
		this.ids = ids;
		this.bounces = bounces;
		this.bounceDomain = bounceDomain;
	}

	/** Whose mails these are. */
	public Edition edition() {
		return this.edition;
	}

	/** Its newsletter. */
	public Newsletter newsletter() {
		return this.newsletter;
	}

	/** Whether attributes of readers are wanted to make their copies. */
	public boolean wantsAttributes() {
		return this.values.hasAttributes();
	}

	/** Where a bounce of a reader's copy comes back to (VERP). */
	public String envelopeSender(long subscriberId) {
		return this.bounces.localPart(this.edition.id(), subscriberId, this.edition.date()) + "@" + this.bounceDomain;
	}

	/**
	 * One reader's copy, the same each time.
	 * @param variant which body
	 * @param reader whose
	 * @throws IllegalStateException when that variant is not rendered
	 */
	public byte[] copy(int variant, EditionReader reader) {
		String unsubscribe = this.values.unsubscribe(reader);
		Encoded encoded = encoded(variant);
		return encoded.template()
			.copy(EditionHeaders.own(reader.email(),
					this.ids.messageId(this.newsletter, this.edition.id(), reader.subscriberId()), unsubscribe),
					this.values.of(reader, encoded.look(), unsubscribe, encoded.template().fields()));
	}

	private synchronized Encoded encoded(int variant) {
		return this.encoded.computeIfAbsent(variant,
				(key) -> this.variants.apply(key)
					.map((found) -> new Encoded(new MessageTemplate(this.common, found.letter(), this.values.fields()),
							this.values.lookOf(found)))
					.orElseThrow(() -> new IllegalStateException("Edition " + this.edition.id() + " has no variant "
							+ key + "; restart the run, which renders it")));
	}

	private record Encoded(MessageTemplate template, ReaderValues.Look look) {
	}

}
