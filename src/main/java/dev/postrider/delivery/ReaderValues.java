package dev.postrider.delivery;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import dev.postrider.edition.Edition;
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

	private final String page;

	private final PublicUrl publicUrl;

	private final ReaderLinks links;

	ReaderValues(Edition edition, Newsletter newsletter, PublicUrl publicUrl, ReaderLinks links) {
		this.newsletter = newsletter;
		this.page = publicUrl.of("/editions/{slug}/{label}", newsletter.slug(), edition.label());
		this.publicUrl = publicUrl;
		this.links = links;
	}

	/**
	 * The one address that ends this reader's subscription; of an example, a dead one.
	 */
	String unsubscribe(EditionReader reader) {
		return (reader.subscriberId() == EditionReader.EXAMPLE) ? this.publicUrl.of("/unsubscribe/{token}", "example")
				: this.links.unsubscribe(reader.subscriberId(), this.newsletter.id());
	}

	/** By field. */
	Map<ReaderField, String> of(EditionReader reader, String unsubscribe) {
		Map<ReaderField, String> values = new HashMap<>();
		values.put(ReaderField.EMAIL, reader.email());
		values.put(ReaderField.NAME, Objects.requireNonNullElse(reader.name(), ""));
		values.put(ReaderField.UNSUBSCRIBE_URL, unsubscribe);
		values.put(ReaderField.PREFERENCES_URL, preferences(reader));
		values.put(ReaderField.ONLINE_URL, this.page);
		values.put(ReaderField.SHARE_URL, this.page);
		values.put(ReaderField.TOPICS, topics(reader.topics()));
		return values;
	}

	private String preferences(EditionReader reader) {
		return (reader.subscriberId() == EditionReader.EXAMPLE) ? this.publicUrl.of("/preferences/{token}", "example")
				: this.links.preferences(reader.subscriberId());
	}

	private static String topics(@Nullable String stored) {
		return (stored == null) ? "all topics" : stored.replace(",", ", ");
	}

}
