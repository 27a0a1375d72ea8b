package dev.postrider.delivery;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.IntFunction;

import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionRenderer.Variant;
import dev.postrider.mail.Header;
import dev.postrider.mail.MessageTemplate;
import dev.postrider.newsletter.Newsletter;
import org.jspecify.annotations.Nullable;

/**
 * The mails of one edition: its variants encoded once, and each reader's copy of them.
 */
public final class EditionMessages {

	/**
	 * Readers of one variant lie together in the ledger, so lanes are in few at a time;
	 * with many, those not needed for long make room.
	 */
	private static final int KEPT = 48;

	private final Map<Integer, CompletableFuture<Encoded>> encoded = new LinkedHashMap<>(16, 0.75F, true) {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<Integer, CompletableFuture<Encoded>> eldest) {
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
		return copy(encoded(variant), reader);
	}

	/** One thread's way to copies; it remembers the body it had last. */
	public Copies copies() {
		return new Copies();
	}

	private byte[] copy(Encoded encoded, EditionReader reader) {
		String unsubscribe = this.values.unsubscribe(reader);
		return encoded.template()
			.copy(EditionHeaders.own(reader.email(),
					this.ids.messageId(this.newsletter, this.edition.id(), reader.subscriberId()), unsubscribe),
					this.values.of(reader, encoded.look(), unsubscribe, encoded.template().fields()));
	}

	/**
	 * Encoded by whoever wants it first, while the others go on; who wants the same
	 * waits.
	 */
	private Encoded encoded(int variant) {
		CompletableFuture<Encoded> mine = new CompletableFuture<>();
		CompletableFuture<Encoded> known;
		synchronized (this.encoded) {
			known = this.encoded.putIfAbsent(variant, mine);
		}
		if (known != null) {
			return await(known);
		}
		try {
			Encoded made = encode(variant);
			mine.complete(made);
			return made;
		}
		catch (RuntimeException | Error ex) {
			synchronized (this.encoded) {
				this.encoded.remove(variant, mine);
			}
			mine.completeExceptionally(ex);
			throw ex;
		}
	}

	private static Encoded await(CompletableFuture<Encoded> encoded) {
		try {
			return encoded.join();
		}
		catch (CompletionException ex) {
			if (ex.getCause() instanceof RuntimeException cause) {
				throw cause;
			}
			throw ex;
		}
	}

	private Encoded encode(int variant) {
		return this.variants.apply(variant)
			.map((found) -> new Encoded(new MessageTemplate(this.common, found.letter(), this.values.fields()),
					this.values.lookOf(found)))
			.orElseThrow(() -> new IllegalStateException("Edition " + this.edition.id() + " has no variant " + variant
					+ "; restart the run, which renders it"));
	}

	/**
	 * Copies for one thread. Not safe for several.
	 */
	public final class Copies {

		private int variant;

		private @Nullable Encoded last;

		private Copies() {
		}

		/** See {@link EditionMessages#copy}. */
		public byte[] of(int variant, EditionReader reader) {
			Encoded known = this.last;
			if (known == null || this.variant != variant) {
				known = encoded(variant);
				this.last = known;
				this.variant = variant;
			}
			return copy(known, reader);
		}

	}

	private record Encoded(MessageTemplate template, ReaderValues.Look look) {
	}

}
