package dev.postrider.subscription.list;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

import dev.postrider.SqlTime;
import dev.postrider.subscription.SubscriberDirectory;
import dev.postrider.subscription.SubscriberStatus;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Searches the list by keyset: each page is a range of an index.
 */
@Repository
class StoredDirectory implements SubscriberDirectory {

	private static final String SELECT = """
			SELECT id, email, name, status, status_reason, created_at, confirmed_at, status_changed_at FROM subscriber\s""";

	/** Sorts after everything that an address can go on with. */
	private static final String LAST = Character.toString(Character.MAX_CODE_POINT);

	private static final int EXPORTED = 1000;

	private final JdbcClient jdbc;

	private final SubscriberRecord records;

	private final SuppressionList suppressions;

	StoredDirectory(JdbcClient jdbc, SubscriberRecord records, SuppressionList suppressions) {
		this.jdbc = jdbc;
		this.records = records;
		this.suppressions = suppressions;
	}

	@Override
	public List<Entry> search(Search search, @Nullable Long after, int limit) {
		return search(search, after, this::keyOf, limit);
	}

	/**
	 * As above; where the page before ended is asked for in the order of addresses only.
	 */
	private List<Entry> search(Search search, @Nullable Long after, LongFunction<String> keyOf, int limit) {
		String typed = search.email().strip();
		if (typed.isEmpty() || typed.equals("*")) {
			return newest(search.status(), after, limit);
		}
		if (typed.endsWith("*")) {
			return beginning(typed.substring(0, typed.length() - 1).toLowerCase(Locale.ROOT), search.status(), after,
					keyOf, limit);
		}
		String key = key(typed);
		List<Entry> exact = (after == null) ? exactly(key, search.status()) : List.of();
		return exact.isEmpty() ? beginning(key, search.status(), after, keyOf, limit) : exact;
	}

	/** Index subscriber_email_key. */
	private List<Entry> exactly(String key, @Nullable SubscriberStatus status) {
		return this.jdbc.sql(SELECT + "WHERE email_key = :key" + of(status))
			.param("key", key)
			.param("status", name(status))
			.query(StoredDirectory::entry)
			.list();
	}

	/**
	 * A range of index subscriber_email_key, or of subscriber_status_email, which servers
	 * rather pass over and sort every subscriber of the status.
	 */
	private List<Entry> beginning(String start, @Nullable SubscriberStatus status, @Nullable Long after,
			LongFunction<String> keyOf, int limit) {
		String from = (after != null) ? keyOf.apply(after) : "";
		return this.jdbc
			.sql(SELECT + ((status != null) ? "FORCE INDEX (subscriber_status_email) " : "")
					+ "WHERE email_key >= :start AND email_key < :end AND email_key > :from" + of(status)
					+ " ORDER BY email_key LIMIT :limit")
			.param("start", start)
			.param("end", start + LAST)
			.param("from", from)
			.param("status", name(status))
			.param("limit", limit)
			.query(StoredDirectory::entry)
			.list();
	}

	/** The primary key, or index subscriber_status, backwards. */
	private List<Entry> newest(@Nullable SubscriberStatus status, @Nullable Long after, int limit) {
		return this.jdbc.sql(SELECT + "WHERE id < :before" + of(status) + " ORDER BY id DESC LIMIT :limit")
			.param("before", (after != null) ? after : Long.MAX_VALUE)
			.param("status", name(status))
			.param("limit", limit)
			.query(StoredDirectory::entry)
			.list();
	}

	@Override
	public Optional<Entry> find(long id) {
		return this.jdbc.sql(SELECT + "WHERE id = ?").param(id).query(StoredDirectory::entry).optional();
	}

	@Override
	public List<StatusChange> history(long id) {
		return this.records.history(id);
	}

	@Override
	public List<Subscribed> subscriptions(long id) {
		return this.records.subscriptions(id);
	}

	@Override
	public List<Consent> consents(long id) {
		return this.records.consents(id);
	}

	@Override
	public Optional<Suppressed> suppression(long id) {
		return find(id).map(Entry::email)
			.flatMap((email) -> this.suppressions.find(new EmailAddress(email)))
			.map((entry) -> new Suppressed(entry.reason(), entry.createdAt()));
	}

	@Override
	public void export(Search search, Consumer<Line> taker) {
		List<Entry> page = search(search, null, EXPORTED);
		while (true) {
			lines(page).forEach(taker);
			if (page.size() < EXPORTED) {
				return;
			}
			// As it was read: who is erased, or moves, meanwhile does not end the file.
			Entry last = page.get(page.size() - 1);
			page = search(search, last.id(),
					(id) -> Objects.requireNonNullElse(last.email(), "").toLowerCase(Locale.ROOT), EXPORTED);
		}
	}

	/** Index subscription_subscriber. */
	private List<Line> lines(List<Entry> subscribers) {
		if (subscribers.isEmpty()) {
			return List.of();
		}
		Map<Long, List<Line>> lines = new TreeMap<>();
		Map<Long, Entry> byId = subscribers.stream().collect(Collectors.toMap(Entry::id, (it) -> it));
		this.jdbc.sql("""
				SELECT s.*, n.slug FROM subscription s JOIN newsletter n ON n.id = s.newsletter_id
				WHERE s.subscriber_id IN (:ids) ORDER BY s.subscriber_id, n.slug
				""").param("ids", byId.keySet()).query((row) -> {
			Subscription subscription = Subscription.of(row, 0);
			Entry subscriber = byId.get(subscription.subscriberId());
			if (subscriber != null) {
				lines.computeIfAbsent(subscriber.id(), (id) -> new ArrayList<>())
					.add(new Line(subscriber, row.getString("slug"),
							subscription.days().stream().map(Days::code).toList(), subscription.topics(),
							subscription.confirmedAt(), subscription.leftAt()));
			}
		});
		return subscribers.stream()
			.flatMap((it) -> lines.getOrDefault(it.id(), List.of(new Line(it, "", List.of(), List.of(), null, null)))
				.stream())
			.toList();
	}

	private String keyOf(long id) {
		return this.jdbc.sql("SELECT email_key FROM subscriber WHERE id = ? AND email_key IS NOT NULL")
			.param(id)
			.query(String.class)
			.optional()
			.orElseThrow(() -> new IllegalArgumentException(
					"The last reader of the page before is no longer there; search anew."));
	}

	/** As it is stored, where it is a whole address; else as it was typed. */
	private static String key(String typed) {
		try {
			return AddressGate.admit(typed).key();
		}
		catch (RefusedAddressException ex) {
			return typed.toLowerCase(Locale.ROOT);
		}
	}

	private static String of(@Nullable SubscriberStatus status) {
		return (status != null) ? " AND status = :status" : "";
	}

	private static @Nullable String name(@Nullable SubscriberStatus status) {
		return (status != null) ? status.name() : null;
	}

	private static Entry entry(ResultSet row, int index) throws SQLException {
		return new Entry(row.getLong("id"), row.getString("email"), row.getString("name"),
				SubscriberStatus.valueOf(row.getString("status")), row.getString("status_reason"),
				SqlTime.at(row, "created_at"), SqlTime.orNull(row, "confirmed_at"),
				SqlTime.at(row, "status_changed_at"));
	}

}
