package dev.postrider.mail;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

@Repository
class JdbcOutbox implements Outbox {

	private final JdbcClient jdbc;

	private final Clock clock;

	JdbcOutbox(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	@Override
	public long submit(SingleMail mail) {
		return submit(new WholeMail(mail.purpose(), mail.sender().email(), mail.recipient(),
				encode(mail, this.clock.instant()), mail.usefulFor()));
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

	private static byte[] encode(SingleMail mail, Instant now) {
		String domain = mail.sender().email().substring(mail.sender().email().lastIndexOf('@') + 1);
		List<Header> headers = List.of(Header.mailbox("From", mail.sender().name(), mail.sender().email()),
				Header.of("To", mail.recipient()), Header.date(now),
				Header.of("Message-ID", "<" + UUID.randomUUID() + "@" + domain + ">"),
				Header.of("Auto-Submitted", "auto-generated"), Header.of("X-Auto-Response-Suppress", "OOF, AutoReply"));
		return new MessageTemplate(headers, mail.letter()).copy(List.of(), Map.of());
	}

}
