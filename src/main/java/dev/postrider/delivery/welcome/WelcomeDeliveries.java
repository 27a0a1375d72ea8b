package dev.postrider.delivery.welcome;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

import dev.postrider.Masked;
import dev.postrider.SqlTime;
import dev.postrider.mail.Outbox;
import dev.postrider.subscription.SubscriptionEnded;
import org.jspecify.annotations.Nullable;

import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The rows of {@code welcome_delivery}: which editions new readers were mailed, and what
 * became of each mail. While it is on its way the outbox knows more.
 */
@Repository
class WelcomeDeliveries {

	private static final int BATCH = 500;

	private final JdbcClient jdbc;

	private final Outbox outbox;

	private final Clock clock;

	WelcomeDeliveries(JdbcClient jdbc, Outbox outbox, Clock clock) {
		this.jdbc = jdbc;
		this.outbox = outbox;
		this.clock = clock;
	}

	/**
	 * A copy has been handed to the outbox; one that failed before makes room for it.
	 * @param mailId its number there
	 */
	void mailed(long editionId, long subscriberId, int variant, long mailId) {
		this.jdbc.sql("""
				INSERT INTO welcome_delivery (edition_id, subscriber_id, variant, mail_id)
				VALUES (:edition, :subscriber, :variant, :mail)
				ON DUPLICATE KEY UPDATE variant = :variant, status = 'PENDING', mail_id = :mail, attempts = 0,
				  at = NULL, relay = NULL, reply = NULL
				""")
			.param("edition", editionId)
			.param("subscriber", subscriberId)
			.param("variant", variant)
			.param("mail", mailId)
			.update();
	}

	/**
	 * In the transaction that ends a subscription: what has not left yet never leaves,
	 * and was no delivery. Index welcome_delivery_subscriber.
	 */
	@EventListener
	void ended(SubscriptionEnded ended) {
		this.jdbc
			.sql("""
					SELECT w.edition_id, w.subscriber_id, w.mail_id FROM welcome_delivery w JOIN edition e ON e.id = w.edition_id
					WHERE w.subscriber_id = ? AND e.newsletter_id = ? AND w.mail_id IS NOT NULL
					""")
			.params(ended.subscriberId(), ended.newsletterId())
			.query((row, index) -> new Open(row.getLong("edition_id"), row.getLong("subscriber_id"),
					row.getLong("mail_id")))
			.list()
			.stream()
			.filter((open) -> this.outbox.withdraw(open.mailId()))
			.forEach((open) -> this.jdbc.sql("DELETE FROM welcome_delivery WHERE edition_id = ? AND subscriber_id = ?")
				.params(open.editionId(), open.subscriberId())
				.update());
	}

	/**
	 * Notes how mails have ended since the last look, for the outbox forgets them after a
	 * while. Index welcome_delivery_mail, then the outbox's primary key.
	 */
	void settle() {
		List<Ended> ended;
		do {
			ended = this.jdbc.sql("""
					SELECT w.edition_id, w.subscriber_id, w.mail_id, o.status, o.attempts, o.relay, o.reply, o.sent_at
					FROM welcome_delivery w LEFT JOIN outbox o ON o.id = w.mail_id
					WHERE w.mail_id IS NOT NULL AND (o.id IS NULL OR o.status <> 'PENDING') LIMIT ?
					""").param(BATCH).query(Ended::of).list();
			ended.forEach(this::settle);
		}
		while (ended.size() == BATCH);
	}

	private void settle(Ended ended) {
		// What the outbox was made to forget is not called sent: nobody has its reply.
		this.jdbc.sql("""
				UPDATE welcome_delivery SET status = :status, mail_id = NULL, attempts = :attempts, at = :at,
				  relay = :relay, reply = :reply
				WHERE edition_id = :edition AND subscriber_id = :subscriber AND mail_id = :mail
				""")
			.param("status", Objects.requireNonNullElse(ended.status(), "FAILED"))
			.param("attempts", ended.attempts())
			.param("at", Objects.requireNonNullElseGet(ended.sentAt(), this.clock::instant))
			.param("relay", ended.relay())
			.param("reply", reply(ended))
			.param("edition", ended.open().editionId())
			.param("subscriber", ended.open().subscriberId())
			.param("mail", ended.open().mailId())
			.update();
	}

	/** As the ledger keeps it: relays like to repeat the address. */
	private static @Nullable String reply(Ended ended) {
		if (ended.status() == null) {
			return "Forgotten before it was noted";
		}
		return (ended.reply() != null) ? Masked.in(ended.reply()) : null;
	}

	private record Open(long editionId, long subscriberId, long mailId) {
	}

	private record Ended(Open open, @Nullable String status, int attempts, @Nullable String relay,
			@Nullable String reply, @Nullable Instant sentAt) {

		static Ended of(ResultSet row, int index) throws SQLException {
			return new Ended(new Open(row.getLong("edition_id"), row.getLong("subscriber_id"), row.getLong("mail_id")),
					row.getString("status"), row.getInt("attempts"), row.getString("relay"), row.getString("reply"),
					SqlTime.orNull(row, "sent_at"));
		}

	}

}
