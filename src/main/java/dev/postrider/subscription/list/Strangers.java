package dev.postrider.subscription.list;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.postrider.subscription.list.SignUps.SignUpOrder;

import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Accepts sign-ups of people of whom nobody knows anything yet, as most are: many by few
 * statements.
 */
@Component
class Strangers {

	private final JdbcClient jdbc;

	private final JdbcOperations batches;

	private final SuppressionList suppressions;

	private final Consents consents;

	private final ReaderLetters letters;

	Strangers(JdbcClient jdbc, JdbcOperations batches, SuppressionList suppressions, Consents consents,
			ReaderLetters letters) {
		this.jdbc = jdbc;
		this.batches = batches;
		this.suppressions = suppressions;
		this.consents = consents;
		this.letters = letters;
	}

	/**
	 * Accepts those among sign-ups that are a stranger's, inside the caller's
	 * transaction.
	 * @return the others, in their order
	 * @throws org.springframework.dao.DuplicateKeyException when one of them has become
	 * known meanwhile; the transaction is to be tried anew
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	List<SignUpOrder> accept(Collection<SignUpOrder> orders, Instant now) {
		if (orders.isEmpty()) {
			return List.of();
		}
		Map<String, SignUpOrder> strangers = new LinkedHashMap<>();
		orders.forEach((order) -> strangers.putIfAbsent(order.address().key(), order));
		strangers.keySet().removeAll(known(strangers.keySet()));
		strangers.values()
			.removeIf(this.letters
				.mailed(strangers.values().stream().map((order) -> order.address().value()).toList())::contains);
		add(List.copyOf(strangers.values()), now);
		return orders.stream().filter((order) -> strangers.get(order.address().key()) != order).toList();
	}

	private Set<String> known(Set<String> keys) {
		Set<String> known = new HashSet<>(this.suppressions.listed(keys));
		// Index subscriber_email_key.
		known.addAll(this.jdbc.sql("SELECT email_key FROM subscriber WHERE email_key IN (:keys)")
			.param("keys", keys)
			.query(String.class)
			.list());
		return known;
	}

	private void add(List<SignUpOrder> orders, Instant now) {
		if (orders.isEmpty()) {
			return;
		}
		this.batches.batchUpdate("""
				INSERT INTO subscriber (email, email_key, name, status, created_at, status_changed_at)
				VALUES (?, ?, ?, 'PENDING', ?, ?)
				""", orders, orders.size(), (statement, order) -> {
			statement.setString(1, order.address().value());
			statement.setString(2, order.address().key());
			statement.setString(3, order.name());
			statement.setObject(4, now);
			statement.setObject(5, now);
		});
		// Index subscriber_email_key.
		Map<String, Subscriber> added = this.jdbc
			.sql("SELECT " + Subscriber.COLUMNS + " FROM subscriber WHERE email_key IN (:keys)")
			.param("keys", orders.stream().map((order) -> order.address().key()).toList())
			.query(Subscriber::of)
			.list()
			.stream()
			.collect(Collectors.toMap((it) -> new EmailAddress(String.valueOf(it.email())).key(), Function.identity()));
		List<Stranger> strangers = new ArrayList<>();
		for (SignUpOrder order : orders) {
			Subscriber subscriber = added.get(order.address().key());
			if (subscriber == null) {
				throw new IllegalStateException("A subscriber is gone in the transaction that added it");
			}
			strangers.add(new Stranger(subscriber, order));
		}
		this.batches.batchUpdate("""
				INSERT INTO subscription (newsletter_id, subscriber_id, days, topics, language, requested_at)
				VALUES (?, ?, ?, ?, ?, ?)
				""", strangers, strangers.size(), (statement, it) -> {
			statement.setLong(1, it.order().newsletter().id());
			statement.setLong(2, it.subscriber().id());
			statement.setObject(3, it.order().choice().mask(it.order().newsletter()));
			statement.setString(4, it.order().choice().storedTopics());
			statement.setString(5, it.order().choice().language());
			statement.setObject(6, now);
		});
		this.consents.recordAll(strangers.stream()
			.map((it) -> new Consents.Entry(it.subscriber().id(), it.order().newsletter().id(),
					Consents.Action.SIGNED_UP, it.order().wording(), null, it.order().evidence(), it.order().at()))
			.toList());
		this.letters.confirm(strangers, now);
	}

	/**
	 * Somebody new.
	 */
	record Stranger(Subscriber subscriber, SignUpOrder order) {
	}

}
