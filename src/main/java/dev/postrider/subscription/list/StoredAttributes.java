package dev.postrider.subscription.list;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import dev.postrider.newsletter.Attribute;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.subscription.ReaderAttributes;

import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The rows of {@code subscriber_attribute}.
 */
@Component
public class StoredAttributes implements ReaderAttributes {

	/** Longest value, in characters. */
	public static final int LONGEST = 400;

	private final JdbcClient jdbc;

	private final JdbcOperations batches;

	private final Newsletters newsletters;

	private final Subscribers subscribers;

	StoredAttributes(JdbcClient jdbc, JdbcOperations batches, Newsletters newsletters, Subscribers subscribers) {
		this.jdbc = jdbc;
		this.batches = batches;
		this.newsletters = newsletters;
		this.subscribers = subscribers;
	}

	/** Ranges of the primary key. */
	@Override
	public Map<Long, Map<String, String>> of(long newsletterId, Collection<Long> subscriberIds) {
		Map<Long, Map<String, String>> known = new HashMap<>();
		if (!subscriberIds.isEmpty()) {
			this.jdbc.sql("""
					SELECT subscriber_id, name, value FROM subscriber_attribute
					WHERE subscriber_id IN (:subscribers) AND newsletter_id = :newsletter
					""").param("subscribers", subscriberIds).param("newsletter", newsletterId).query((row) -> {
				known.computeIfAbsent(row.getLong(1), (id) -> new TreeMap<>()).put(row.getString(2), row.getString(3));
			});
		}
		return known;
	}

	/**
	 * Whether values can be kept.
	 * @param newsletterId whose attributes they are
	 * @param values by the attribute's name
	 * @return why not, or empty
	 */
	public Optional<String> whyNot(long newsletterId, Map<String, String> values) {
		return values.isEmpty() ? Optional.empty() : whyNot(Set.copyOf(names(newsletterId)), values);
	}

	/**
	 * The same where it is known which attributes there are.
	 * @param declared their names
	 * @param values by the attribute's name
	 */
	public static Optional<String> whyNot(Set<String> declared, Map<String, String> values) {
		return values.entrySet()
			.stream()
			.flatMap((it) -> whyNot(declared, it.getKey(), it.getValue()).stream())
			.findFirst();
	}

	private static Optional<String> whyNot(Set<String> declared, String name, String value) {
		if (!declared.contains(name)) {
			return Optional.of(name + ": the newsletter has no such attribute"
					+ (declared.isEmpty() ? "" : "; it has " + String.join(", ", declared.stream().sorted().toList())));
		}
		return (value.length() > LONGEST || value.chars().anyMatch(Character::isISOControl))
				? Optional.of(name + ": longer than " + LONGEST + " characters, or with line breaks")
				: Optional.empty();
	}

	/**
	 * Keeps values about a subscriber of any newsletter of ours, in the caller's
	 * transaction; an empty value forgets what was kept.
	 * @return whether the address is a subscriber's
	 */
	public boolean set(EmailAddress address, long newsletterId, Map<String, String> values) {
		return this.subscribers.lock(address).map((subscriber) -> {
			set(subscriber.id(), newsletterId, values);
			return true;
		}).orElse(false);
	}

	private void set(long subscriberId, long newsletterId, Map<String, String> values) {
		values.forEach((name, value) -> {
			if (value.isEmpty()) {
				this.jdbc
					.sql("DELETE FROM subscriber_attribute WHERE subscriber_id = ? AND newsletter_id = ? AND name = ?")
					.params(subscriberId, newsletterId, name)
					.update();
			}
			else {
				this.jdbc.sql("""
						INSERT INTO subscriber_attribute (subscriber_id, newsletter_id, name, value)
						VALUES (:subscriber, :newsletter, :name, :value) ON DUPLICATE KEY UPDATE value = :value
						""")
					.param("subscriber", subscriberId)
					.param("newsletter", newsletterId)
					.param("name", name)
					.param("value", value)
					.update();
			}
		});
	}

	/** Keeps values about subscribers who are new, in the caller's transaction. */
	void addAll(long newsletterId, Collection<Map.Entry<Long, Map<String, String>>> readers) {
		List<Object[]> rows = readers.stream()
			.flatMap((reader) -> reader.getValue()
				.entrySet()
				.stream()
				.map((it) -> new Object[] { reader.getKey(), newsletterId, it.getKey(), it.getValue() }))
			.toList();
		if (!rows.isEmpty()) {
			this.batches.batchUpdate(
					"INSERT INTO subscriber_attribute (subscriber_id, newsletter_id, name, value) VALUES (?, ?, ?, ?)",
					rows);
		}
	}

	/** Forgets all about a subscriber. */
	void forget(long subscriberId) {
		this.jdbc.sql("DELETE FROM subscriber_attribute WHERE subscriber_id = ?").param(subscriberId).update();
	}

	/** The names of a newsletter's attributes. */
	public List<String> names(long newsletterId) {
		return this.newsletters.attributes(newsletterId).stream().map(Attribute::name).toList();
	}

}
