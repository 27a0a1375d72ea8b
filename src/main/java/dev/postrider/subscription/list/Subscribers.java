package dev.postrider.subscription.list;

import java.time.Instant;
import java.util.Optional;

import dev.postrider.staff.StaffDirectory;
import dev.postrider.subscription.SubscriberStatus;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The rows of {@code subscriber}. Whoever changes one, or its subscriptions, locks it
 * first, so that two requests about one reader come one after the other.
 */
@Repository
class Subscribers {

	private final JdbcClient jdbc;

	private final StaffDirectory staff;

	Subscribers(JdbcClient jdbc, StaffDirectory staff) {
		this.jdbc = jdbc;
		this.staff = staff;
	}

	Optional<Subscriber> find(long id) {
		return this.jdbc.sql("SELECT " + Subscriber.COLUMNS + " FROM subscriber WHERE id = ?")
			.param(id)
			.query(Subscriber::of)
			.optional();
	}

	/** Index subscriber_email_key. */
	Optional<Subscriber> find(EmailAddress address) {
		return this.jdbc.sql("SELECT " + Subscriber.COLUMNS + " FROM subscriber WHERE email_key = ?")
			.param(address.key())
			.query(Subscriber::of)
			.optional();
	}

	Optional<Subscriber> lock(long id) {
		return this.jdbc.sql("SELECT " + Subscriber.COLUMNS + " FROM subscriber WHERE id = ? FOR UPDATE")
			.param(id)
			.query(Subscriber::of)
			.optional();
	}

	/** Index subscriber_email_key. */
	Optional<Subscriber> lock(EmailAddress address) {
		return this.jdbc.sql("SELECT " + Subscriber.COLUMNS + " FROM subscriber WHERE email_key = ? FOR UPDATE")
			.param(address.key())
			.query(Subscriber::of)
			.optional();
	}

	/**
	 * The subscriber of an address, made {@code PENDING} when there is none. Of two who
	 * come at once with a new address, the second waits at the unique key and finds the
	 * first one's row.
	 */
	Subscriber lockOrAdd(EmailAddress address, @Nullable String name, Instant now) {
		return lock(address).orElseGet(() -> {
			this.jdbc.sql("""
					INSERT INTO subscriber (email, email_key, name, status, created_at, status_changed_at)
					VALUES (:email, :key, :name, 'PENDING', :now, :now)
					ON DUPLICATE KEY UPDATE id = id
					""")
				.param("email", address.value())
				.param("key", address.key())
				.param("name", name)
				.param("now", now)
				.update();
			return lock(address).orElseThrow();
		});
	}

	void rename(long id, String name) {
		this.jdbc.sql("UPDATE subscriber SET name = ? WHERE id = ?").params(name, id).update();
	}

	/**
	 * To an address that was just verified. Another spelling of the same mailbox is no
	 * move; servers set columns in the order they stand in.
	 * @throws org.springframework.dao.DuplicateKeyException when it is another's
	 */
	void move(long id, EmailAddress address, Instant now) {
		this.jdbc.sql("""
				UPDATE subscriber SET moves = moves + (email_key <> :key), email = :email, email_key = :key,
				  confirmed_at = :now
				WHERE id = :id
				""")
			.param("email", address.value())
			.param("key", address.key())
			.param("now", now)
			.param("id", id)
			.update();
	}

	void activate(long id, Cause cause, Instant now) {
		note(id, SubscriberStatus.ACTIVE, null, cause, now);
		this.jdbc
			.sql("""
					UPDATE subscriber SET status = 'ACTIVE', status_reason = NULL, confirmed_at = :now, status_changed_at = :now
					WHERE id = :id
					""")
			.param("now", now)
			.param("id", id)
			.update();
	}

	void setStatus(long id, SubscriberStatus status, @Nullable String reason, Cause cause, Instant now) {
		note(id, status, reason, cause, now);
		this.jdbc.sql("""
				UPDATE subscriber SET status = :status, status_reason = :reason, status_changed_at = :now WHERE id = :id
				""").param("status", status.name()).param("reason", reason).param("now", now).param("id", id).update();
	}

	/**
	 * Whether the last that became of a subscriber, but for what the staff did, is a
	 * bounce; index subscriber_status_change_subscriber.
	 */
	boolean bounced(long id) {
		return this.jdbc.sql("""
				SELECT reason <=> 'HARD_BOUNCE' FROM subscriber_status_change
				WHERE subscriber_id = ? AND NOT (reason <=> 'MANUAL') ORDER BY id DESC LIMIT 1
				""").param(id).query(Boolean.class).optional().orElse(false);
	}

	/** Forgets the person, and what relays and staff had to say about it. */
	void erase(long id, Cause cause, Instant now) {
		// Index subscriber_status_change_subscriber.
		this.jdbc.sql("UPDATE subscriber_status_change SET detail = NULL WHERE subscriber_id = ?").param(id).update();
		note(id, SubscriberStatus.ERASED, null, cause, now);
		this.jdbc.sql("""
				UPDATE subscriber SET email = NULL, email_key = NULL, name = NULL, status = 'ERASED',
				  status_reason = NULL, status_changed_at = :now
				WHERE id = :id
				""").param("now", now).param("id", id).update();
	}

	/** Keeps what changes, before it does; what stays the same is no change. */
	private void note(long id, SubscriberStatus status, @Nullable String reason, Cause cause, Instant now) {
		this.jdbc.sql("""
				INSERT INTO subscriber_status_change (subscriber_id, status, reason, detail, channel, actor, at)
				SELECT id, :status, :reason, :detail, :channel, :actor, :now FROM subscriber
				WHERE id = :id AND NOT (status = :status AND status_reason <=> :reason)
				""")
			.param("id", id)
			.param("status", status.name())
			.param("reason", reason)
			.param("detail", cause.detail())
			.param("channel", cause.channel().name())
			.param("actor", (cause.channel() == Evidence.Channel.STAFF) ? this.staff.currentActor() : null)
			.param("now", now)
			.update();
	}

}
