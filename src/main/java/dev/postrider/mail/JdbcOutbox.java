package dev.postrider.mail;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import dev.postrider.SqlTime;

import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

@Repository
class JdbcOutbox implements Outbox {

	private final JdbcClient jdbc;

	private final JdbcOperations batches;

	private final Clock clock;

	JdbcOutbox(JdbcClient jdbc, JdbcOperations batches, Clock clock) {
		this.jdbc = jdbc;
		this.batches = batches;
		this.clock = clock;
	}

	@Override
	public long submit(SingleMail mail) {
		return submit(new LetterForm(mail.purpose(), mail.sender(), mail.letter(), List.of()).to(mail.recipient(),
				Map.of(), this.clock.instant(), mail.usefulFor()));
	}

	@Override
	public long submit(WholeMail mail) {
		Instant now = this.clock.instant();
		GeneratedKeyHolder key = new GeneratedKeyHolder();
		this.jdbc
			.sql("""
					INSERT INTO outbox (purpose, envelope_sender, recipient, message, status, next_attempt_at, give_up_at, created_at)
					VALUES (:purpose, :sender, :recipient, :message, 'PENDING', :now, :giveUpAt, :now)
					""")
			.param("purpose", mail.purpose())
			.param("sender", mail.envelopeSender())
			.param("recipient", mail.recipient())
			.param("message", mail.message())
			.param("now", now)
			.param("giveUpAt", now.plus(mail.usefulFor()))
			.update(key);
		return Objects.requireNonNull(key.getKey()).longValue();
	}

	@Override
	public void submit(List<WholeMail> mails) {
		if (mails.isEmpty()) {
			return;
		}
		Instant now = this.clock.instant();
		this.batches.batchUpdate(
				"""
						INSERT INTO outbox (purpose, envelope_sender, recipient, message, status, next_attempt_at, give_up_at, created_at)
						VALUES (?, ?, ?, ?, 'PENDING', ?, ?, ?)
						""",
				mails, mails.size(), (statement, mail) -> {
					statement.setString(1, mail.purpose());
					statement.setString(2, mail.envelopeSender());
					statement.setString(3, mail.recipient());
					// Of seven bits each, so text: of bytes the driver makes two digits
					// each.
					statement.setString(4, new String(mail.message(), StandardCharsets.US_ASCII));
					statement.setObject(5, now);
					statement.setObject(6, now.plus(mail.usefulFor()));
					statement.setObject(7, now);
				});
	}

	/** Index outbox_recipient. */
	@Override
	public Set<String> recipients(String purpose, Collection<String> recipients, Instant since) {
		if (recipients.isEmpty()) {
			return Set.of();
		}
		return new HashSet<>(this.jdbc.sql("""
				SELECT DISTINCT recipient FROM outbox
				WHERE recipient IN (:recipients) AND purpose = :purpose AND created_at >= :since
				""")
			.param("recipients", recipients)
			.param("purpose", purpose)
			.param("since", since)
			.query(String.class)
			.list());
	}

	/** Index outbox_recipient. */
	@Override
	public List<Instant> times(String purpose, String recipient, Instant since) {
		return this.jdbc.sql("""
				SELECT created_at FROM outbox WHERE recipient = ? AND purpose = ? AND created_at >= ?
				ORDER BY created_at DESC
				""").params(recipient, purpose, since).query((row, index) -> SqlTime.at(row, "created_at")).list();
	}

	/** Index outbox_recipient. */
	@Override
	public int count(String purpose, String recipient, Instant since) {
		return this.jdbc.sql("SELECT COUNT(*) FROM outbox WHERE recipient = ? AND purpose = ? AND created_at >= ?")
			.params(recipient, purpose, since)
			.query(Integer.class)
			.single();
	}

	/** Index outbox_recipient. */
	@Override
	public void forget(String recipient) {
		this.jdbc.sql("DELETE FROM outbox WHERE recipient = ?").param(recipient).update();
	}

	/** Primary key. */
	@Override
	public void forget(long mailId) {
		this.jdbc.sql("DELETE FROM outbox WHERE id = ?").param(mailId).update();
	}

	/** Primary key. */
	@Override
	public boolean withdraw(long mailId) {
		return this.jdbc.sql("DELETE FROM outbox WHERE id = ? AND status = 'PENDING'").param(mailId).update() > 0;
	}

}
