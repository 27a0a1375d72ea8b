package dev.postrider.delivery;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionRenderer.Variant;
import dev.postrider.mail.MailWords;
import dev.postrider.mail.PublicUrl;
import dev.postrider.mail.ReaderField;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.subscription.ReaderLinks;
import org.jspecify.annotations.Nullable;

/**
 * What stands in one reader's copy where the letter has tokens.
 */
final class ReaderValues {

	private final Newsletter newsletter;

	private final Map<String, String> fallbacks;

	private final String page;

	private final PublicUrl publicUrl;

	private final ReaderLinks links;

	private final MailWords words;

	/**
	 * For the mails of an edition.
	 * @param fallbacks what stands for an attribute that a reader has not, by its name
	 */
	ReaderValues(Edition edition, Newsletter newsletter, Map<String, String> fallbacks, PublicUrl publicUrl,
			ReaderLinks links, MailWords words) {
		this.newsletter = newsletter;
		this.fallbacks = Map.copyOf(fallbacks);
		this.page = publicUrl.of("/editions/{slug}/{label}", newsletter.slug(), edition.label());
		this.publicUrl = publicUrl;
		this.links = links;
		this.words = words;
	}

	/**
	 * The one address that ends this reader's subscription; of an example, a dead one.
	 */
	String unsubscribe(EditionReader reader) {
		return (reader.subscriberId() == EditionReader.EXAMPLE) ? this.publicUrl.of("/unsubscribe/{token}", "example")
				: this.links.unsubscribe(reader.subscriberId(), this.newsletter.id());
	}

	/**
	 * By field; only those wanted, for links take time to sign.
	 * @param reader whose
	 * @param look of the variant the reader gets
	 * @param unsubscribe as given by {@link #unsubscribe}
	 * @param wanted which
	 */
	Map<ReaderField, String> of(EditionReader reader, Look look, String unsubscribe, Set<ReaderField> wanted) {
		Map<ReaderField, String> values = new HashMap<>();
		for (ReaderField field : wanted) {
			values.put(field, of(field, reader, look, unsubscribe));
		}
		return values;
	}

	private String of(ReaderField field, EditionReader reader, Look look, String unsubscribe) {
		return switch (field.key()) {
			case "email" -> reader.email();
			case "name" -> Objects.requireNonNullElse(reader.name(), "");
			case "unsubscribeUrl" -> unsubscribe;
			case "preferencesUrl" -> preferences(reader);
			case "onlineUrl" -> look.online();
			case "shareUrl" -> this.page;
			case "topics" -> topics(reader.topics(), look.language());
			default -> attribute(field.key(), reader);
		};
	}

	private String attribute(String name, EditionReader reader) {
		String fallback = this.fallbacks.get(name);
		if (fallback == null) {
			throw new IllegalArgumentException("No value for the reader's field " + name);
		}
		return reader.attributes().getOrDefault(name, fallback);
	}

	boolean hasAttributes() {
		return !this.fallbacks.isEmpty();
	}

	/** The fields that there are values for. */
	List<ReaderField> fields() {
		return Stream
			.concat(ReaderField.BUILT_IN.stream(), this.fallbacks.keySet().stream().map(ReaderField::attribute))
			.toList();
	}

	private String preferences(EditionReader reader) {
		return (reader.subscriberId() == EditionReader.EXAMPLE) ? this.publicUrl.of("/preferences/{token}", "example")
				: this.links.preferences(reader.subscriberId(), reader.moves());
	}

	/** In words, as its language lists things. */
	private String topics(@Nullable String stored, String language) {
		List<String> topics = (stored == null) ? List.of()
				: Arrays.stream(stored.split(",")).map(String::strip).filter((topic) -> !topic.isEmpty()).toList();
		if (topics.isEmpty()) {
			return this.words.say(language, "allTopics");
		}
		int last = topics.size() - 1;
		return (last == 0) ? topics.get(0) : String.join(this.words.say(language, "listComma"), topics.subList(0, last))
				+ this.words.say(language, "listAnd") + topics.get(last);
	}

	/** How an edition looks to those who get a variant of it. */
	Look lookOf(Variant variant) {
		return new Look(variant.language(),
				variant.isOf(this.newsletter) ? this.page : this.page + "/" + variant.variant());
	}

	/** How it looks as the newsletter has it. */
	Look look() {
		return new Look(this.newsletter.language(), this.page);
	}

	/**
	 * What differs from variant to variant.
	 *
	 * @param language of its words
	 * @param online the page of its stories
	 */
	record Look(String language, String online) {
	}

}
