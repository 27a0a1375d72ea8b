package dev.postrider.subscription.list;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.postrider.SqlRows;
import dev.postrider.SqlTime;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.subscription.ConsentWording;
import dev.postrider.subscription.SubscriberStatus;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Adds readers from a file of whom nobody knows anything yet, many by few statements.
 */
@Component
public class NewReaders {

	private final JdbcClient jdbc;

	private final JdbcOperations batches;

	private final SuppressionList suppressions;

	private final StoredAttributes attributes;

	private final Consents consents;

	private final Clock clock;

	NewReaders(JdbcClient jdbc, JdbcOperations batches, SuppressionList suppressions, StoredAttributes attributes,
			Consents consents, Clock clock) {
		this.jdbc = jdbc;
		this.batches = batches;
		this.suppressions = suppressions;
		this.attributes = attributes;
		this.consents = consents;
		this.clock = clock;
	}

	/**
	 * Finds out what is known of addresses, inside the caller's transaction; the
	 * subscribers among them are locked.
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public Known look(Collection<EmailAddress> addresses, long newsletterId) {
		Set<String> keys = new HashSet<>();
		addresses.forEach((address) -> keys.add(address.key()));
		if (keys.isEmpty()) {
			return new Known(Set.of(), Set.of(), Set.of());
		}
		Map<Long, String> active = new HashMap<>();
		Set<String> found = new HashSet<>();
		// Index subscriber_email_key; of a short table the server would rather read, and
		// wait for, every row. Before the list is read: who is being erased is waited for
		// here, and on the list then.
		this.jdbc.sql("""
				SELECT id, email_key, status FROM subscriber FORCE INDEX (subscriber_email_key)
				WHERE email_key IN (:keys) FOR UPDATE
				""").param("keys", keys).query((row) -> {
			String key = row.getString(2);
			found.add(key);
			if (row.getString(3).equals(SubscriberStatus.ACTIVE.name())) {
				active.put(row.getLong(1), key);
			}
		});
		Set<String> listed = this.suppressions.listed(keys);
		active.values().removeAll(listed);
		return new Known(found, listed, subscribed(active, newsletterId));
	}

	/**
	 * Those of some addresses that are on the suppression list, but no subscriber's; by
	 * its primary key and index subscriber_email_key.
	 */
	public Set<String> forgotten(Collection<EmailAddress> addresses) {
		Set<String> listed = this.suppressions.listed(addresses.stream().map(EmailAddress::key).toList());
		if (!listed.isEmpty()) {
			this.jdbc.sql("SELECT email_key FROM subscriber WHERE email_key IN (:keys)")
				.param("keys", List.copyOf(listed))
				.query(String.class)
				.list()
				.forEach(listed::remove);
		}
		return listed;
	}

	/** Primary key. */
	private Set<String> subscribed(Map<Long, String> active, long newsletterId) {
		Set<String> subscribed = new HashSet<>();
		if (!active.isEmpty()) {
			this.jdbc.sql("""
					SELECT subscriber_id FROM subscription WHERE newsletter_id = :newsletter AND subscriber_id IN (:ids)
					AND confirmed_at IS NOT NULL AND left_at IS NULL
					""").param("newsletter", newsletterId).param("ids", active.keySet()).query((row) -> {
				String key = active.get(row.getLong(1));
				if (key != null) {
					subscribed.add(key);
				}
			});
		}
		return subscribed;
	}

	/**
	 * Adds verified readers, inside the caller's transaction.
	 * @param readers each of another address, all found new by {@link #look}
	 * @param newsletter what they are subscribed to
	 * @param wording what they agreed to, if that is known
	 * @throws org.springframework.dao.DuplicateKeyException when somebody has signed up
	 * with one of the addresses meanwhile; the transaction is to be tried anew
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public void add(List<NewReader> readers, Newsletter newsletter, @Nullable ConsentWording wording) {
		if (readers.isEmpty()) {
			return;
		}
		Instant now = this.clock.instant();
		String moment = SqlTime.text(now);
		SqlRows.insert(this.batches,
				"""
						INSERT INTO subscriber (email, email_key, name, status, created_at, confirmed_at, status_changed_at) VALUES
						""",
				"(?, ?, ?, 'ACTIVE', ?, ?, ?)", readers, (statement, next, reader) -> {
					statement.setString(next++, reader.address().value());
					statement.setString(next++, reader.address().key());
					statement.setString(next++, reader.name());
					statement.setString(next++, moment);
					statement.setString(next++, moment);
					statement.setString(next++, moment);
					return next;
				});
		Map<String, Long> ids = ids(readers);
		SqlRows.insert(this.batches, """
				INSERT INTO subscription (newsletter_id, subscriber_id, days, topics, requested_at, confirmed_at) VALUES
				""", "(?, ?, ?, ?, ?, ?)", readers, (statement, next, reader) -> {
			statement.setLong(next++, newsletter.id());
			statement.setLong(next++, id(ids, reader));
			statement.setObject(next++, reader.choice().mask(newsletter));
			statement.setString(next++, reader.choice().storedTopics());
			statement.setString(next++, moment);
			statement.setString(next++, moment);
			return next;
		});
		this.attributes.addAll(newsletter.id(),
				readers.stream()
					.filter((reader) -> !reader.attributes().isEmpty())
					.map((reader) -> Map.entry(id(ids, reader), reader.attributes()))
					.toList());
		Evidence evidence = Evidence.none(Evidence.Channel.IMPORT);
		this.consents.recordAll(readers.stream()
			.map((reader) -> new Consents.Entry(id(ids, reader), newsletter.id(), Consents.Action.CONFIRMED, wording,
					null, evidence, now))
			.toList());
	}

	/**
	 * The ids of those just added. Mostly they follow each other up to the last
	 * statement's, and are read as a range of the primary key; but servers do not promise
	 * that, so what is not there is looked up by index subscriber_email_key.
	 */
	private Map<String, Long> ids(List<NewReader> readers) {
		Map<String, Long> ids = new HashMap<>();
		RowCallbackHandler taker = (row) -> ids.put(row.getString(2), row.getLong(1));
		// The first of the last statement.
		long last = this.jdbc.sql("SELECT LAST_INSERT_ID()").query(Long.class).single();
		this.jdbc.sql("SELECT id, email_key FROM subscriber WHERE id > ? AND id < ? AND email_key IS NOT NULL")
			.params(last - readers.size(), last + SqlRows.MOST)
			.query(taker);
		List<String> missing = readers.stream()
			.map((reader) -> reader.address().key())
			.filter((key) -> !ids.containsKey(key))
			.toList();
		if (!missing.isEmpty()) {
			this.jdbc.sql("SELECT id, email_key FROM subscriber WHERE email_key IN (:keys)")
				.param("keys", missing)
				.query(taker);
		}
		return ids;
	}

	private static Long id(Map<String, Long> ids, NewReader reader) {
		Long id = ids.get(reader.address().key());
		if (id == null) {
			throw new IllegalStateException("A subscriber who was just added is not there");
		}
		return id;
	}

	/**
	 * A reader to be added.
	 *
	 * @param address whose
	 * @param name what the reader is called
	 * @param choice what the reader wants
	 * @param attributes what is known of the reader, by the attribute's name
	 */
	public record NewReader(EmailAddress address, @Nullable String name, Choice choice,
			Map<String, String> attributes) {
	}

	/**
	 * What is known of some addresses.
	 *
	 * @param subscribers keys of those that are a subscriber's
	 * @param listed of those that are on the suppression list
	 * @param subscribed of those that get the newsletter already
	 */
	public record Known(Set<String> subscribers, Set<String> listed, Set<String> subscribed) {

		/** Whether nothing is known. */
		public boolean isNew(EmailAddress address) {
			String key = address.key();
			return !this.subscribers.contains(key) && !this.listed.contains(key);
		}

		/** Whether all that is known is that it must not be mailed. */
		public boolean isForgotten(EmailAddress address) {
			return this.listed.contains(address.key()) && !this.subscribers.contains(address.key());
		}

		/** Whether there is nothing to be done. */
		public boolean isSubscribed(EmailAddress address) {
			return this.subscribed.contains(address.key());
		}

	}

}
