package dev.postrider.subscription.list;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.postrider.SqlTime;
import dev.postrider.mail.Outbox;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The rows of {@code address_change}, one a subscriber: all by primary key or the unique
 * key address_change_one. Whoever changes one has locked its subscriber.
 */
@Repository
class AddressWishes {

	private final JdbcClient jdbc;

	private final Outbox outbox;

	AddressWishes(JdbcClient jdbc, Outbox outbox) {
		this.jdbc = jdbc;
		this.outbox = outbox;
	}

	Optional<Wish> find(long id) {
		return this.jdbc.sql("SELECT id, subscriber_id, email, requested_at, done_at FROM address_change WHERE id = ?")
			.param(id)
			.query((row, index) -> new Wish(row.getLong("id"), row.getLong("subscriber_id"),
					new EmailAddress(row.getString("email")), SqlTime.at(row, "requested_at"),
					SqlTime.orNull(row, "done_at")))
			.optional();
	}

	/**
	 * Notes a wish in place of an earlier one, whose link is void from now on.
	 * @return its key
	 */
	long replace(long subscriberId, EmailAddress wanted, Instant now) {
		// A mail that has left stays noted: it counts for what its recipient may get.
		mails(subscriberId).forEach(this.outbox::withdraw);
		delete(subscriberId);
		this.jdbc.sql("INSERT INTO address_change (subscriber_id, email, requested_at) VALUES (?, ?, ?)")
			.params(subscriberId, wanted.value(), now)
			.update();
		return this.jdbc.sql("SELECT id FROM address_change WHERE subscriber_id = ?")
			.param(subscriberId)
			.query(Long.class)
			.single();
	}

	void mailed(long id, long mailId) {
		this.jdbc.sql("UPDATE address_change SET mail_id = ? WHERE id = ?").params(mailId, id).update();
	}

	void done(long id, Instant now) {
		this.jdbc.sql("UPDATE address_change SET done_at = ? WHERE id = ?").params(now, id).update();
	}

	/**
	 * Forgets a subscriber's wish and the mail about it. Other mails to that address, and
	 * how many it got, are its owner's.
	 */
	void forget(long subscriberId) {
		mails(subscriberId).forEach((Long mail) -> this.outbox.forget(mail.longValue()));
		delete(subscriberId);
	}

	private List<Long> mails(long subscriberId) {
		return this.jdbc.sql("SELECT mail_id FROM address_change WHERE subscriber_id = ? AND mail_id IS NOT NULL")
			.param(subscriberId)
			.query(Long.class)
			.list();
	}

	private void delete(long subscriberId) {
		this.jdbc.sql("DELETE FROM address_change WHERE subscriber_id = ?").param(subscriberId).update();
	}

	/**
	 * A reader's new address.
	 *
	 * @param id its key
	 * @param subscriberId whose
	 * @param email the address
	 * @param requestedAt when it was asked for
	 * @param doneAt when the reader moved there
	 */
	record Wish(long id, long subscriberId, EmailAddress email, Instant requestedAt, @Nullable Instant doneAt) {
	}

}
