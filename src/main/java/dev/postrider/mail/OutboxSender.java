package dev.postrider.mail;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.postrider.Masked;
import dev.postrider.SqlTime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes mails from the outbox to a relay. Several processes share the work: each row is
 * claimed by moving its next attempt into the future, so a process that dies loses
 * nothing.
 */
@Component
class OutboxSender {

	private static final Logger logger = LoggerFactory.getLogger(OutboxSender.class);

	private static final int BATCH = 50;

	/**
	 * How long a claim holds: nothing is begun in its last two thirds, so that each can
	 * end.
	 */
	private static final Duration CLAIM = Duration.ofMinutes(30);

	private static final Duration ROUND = Duration.ofSeconds(10);

	private static final Duration RELAY_PAUSE = Duration.ofSeconds(15);

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	private final Relays relays;

	private final Clock clock;

	OutboxSender(JdbcClient jdbc, TransactionTemplate transaction, Relays relays, Clock clock) {
		this.jdbc = jdbc;
		this.transaction = transaction;
		this.relays = relays;
		this.clock = clock;
	}

	/** While there are many, one batch after the other; then others have their turn. */
	@Scheduled(fixedDelay = 500)
	void sendDue() {
		long end = System.nanoTime() + ROUND.toNanos();
		boolean more = true;
		while (more && System.nanoTime() - end < 0) {
			more = sendSome();
		}
	}

	/** Whether there may be more that can leave now. */
	private boolean sendSome() {
		Instant claimedAt = this.clock.instant();
		long latest = System.nanoTime() + CLAIM.dividedBy(3).toNanos();
		List<Mail> claimed = claim();
		if (claimed.isEmpty()) {
			return false;
		}
		try (RelayConnection connection = this.relays.connectionForSingleMails()) {
			for (int i = 0; i < claimed.size(); i++) {
				Mail mail = claimed.get(i);
				Instant now = this.clock.instant();
				if (now.isAfter(claimedAt.plus(CLAIM.dividedBy(3))) || System.nanoTime() - latest >= 0) {
					putOff(claimed.subList(i, claimed.size()), Duration.ZERO);
					return false;
				}
				if (now.isAfter(mail.giveUpAt())) {
					expire(mail);
					continue;
				}
				if (!isWanted(mail.id())) {
					continue;
				}
				Attempt attempt = connection.send(mail.envelopeSender(), mail.recipient(), mail.message(), latest);
				if (attempt.result() instanceof SendResult.NotNow notNow) {
					putOff(claimed.subList(i, claimed.size()), notNow.pause());
					return false;
				}
				record(mail, attempt);
				if (isRelays(attempt.result())) {
					putOff(claimed.subList(i + 1, claimed.size()), RELAY_PAUSE);
					return false;
				}
			}
		}
		return claimed.size() == BATCH;
	}

	/** Whoever took it back since it was claimed is heard up to the last moment. */
	private boolean isWanted(long id) {
		return this.jdbc.sql("SELECT EXISTS (SELECT 1 FROM outbox WHERE id = ? AND status = 'PENDING')")
			.param(id)
			.query(Boolean.class)
			.single();
	}

	/** It waited for so long that it is of no use any more: nobody gets it now. */
	private void expire(Mail mail) {
		logger.warn("Mail {} ({}) is given up after {} attempts: it could not leave before {}", mail.id(),
				mail.purpose(), mail.attempts(), mail.giveUpAt());
		this.jdbc.sql("UPDATE outbox SET status = 'FAILED', message = NULL WHERE id = ? AND status = 'PENDING'")
			.param(mail.id())
			.update();
	}

	/**
	 * The relays are away or at their limits, or the claim has lasted long: those that
	 * were not reached need not wait for it to run out.
	 */
	private void putOff(List<Mail> rest, Duration pause) {
		if (rest.isEmpty()) {
			return;
		}
		this.jdbc.sql("UPDATE outbox SET next_attempt_at = :next WHERE id IN (:ids) AND status = 'PENDING'")
			.param("next", this.clock.instant().plus(pause))
			.param("ids", rest.stream().map(Mail::id).toList())
			.update();
	}

	/** Index outbox_due. */
	private List<Mail> claim() {
		Instant now = this.clock.instant();
		List<Mail> claimed = this.transaction.execute((status) -> {
			List<Mail> due = this.jdbc
				.sql("""
						SELECT id, purpose, envelope_sender, recipient, message, attempts, give_up_at FROM outbox
						WHERE status = 'PENDING' AND next_attempt_at <= ? ORDER BY next_attempt_at LIMIT ? FOR UPDATE SKIP LOCKED
						""")
				.params(now, BATCH)
				.query((row, index) -> new Mail(row.getLong("id"), row.getString("purpose"),
						row.getString("envelope_sender"), row.getString("recipient"), row.getBytes("message"),
						row.getInt("attempts"), SqlTime.at(row, "give_up_at")))
				.list();
			if (!due.isEmpty()) {
				this.jdbc.sql("UPDATE outbox SET next_attempt_at = :until WHERE id IN (:ids)")
					.param("until", now.plus(CLAIM))
					.param("ids", due.stream().map(Mail::id).toList())
					.update();
			}
			return due;
		});
		return (claimed != null) ? claimed : List.of();
	}

	private void record(Mail mail, Attempt attempt) {
		SendResult result = attempt.result();
		Instant now = this.clock.instant();
		if (result instanceof SendResult.Accepted accepted) {
			this.jdbc.sql("""
					UPDATE outbox SET status = 'SENT', attempts = attempts + 1, relay = ?, reply = ?, sent_at = ?,
					  message = NULL
					WHERE id = ?
					""").params(attempt.relay(), cut(accepted.reply()), now, mail.id()).update();
			return;
		}
		boolean refused = (result instanceof SendResult.AddressRefused address && address.permanent())
				|| (result instanceof SendResult.MessageRefused message && message.permanent());
		// After a second unclear try it may have arrived twice already.
		boolean unclearAgain = result instanceof SendResult.Unclear && mail.attempts() > 0;
		Instant next = now.plus(pause(mail, result));
		if (refused || unclearAgain || next.isAfter(mail.giveUpAt())) {
			logger.warn("Mail {} ({}) is given up after {} attempts: {}", mail.id(), mail.purpose(),
					mail.attempts() + 1, Masked.in(result.reply()));
			this.jdbc
				.sql("""
						UPDATE outbox SET status = 'FAILED', attempts = attempts + 1, relay = ?, reply = ?, message = NULL WHERE id = ?
						""")
				.params(attempt.relay(), cut(result.reply()), mail.id())
				.update();
			return;
		}
		this.jdbc
			.sql("UPDATE outbox SET attempts = attempts + ?, relay = ?, reply = ?, next_attempt_at = ? WHERE id = ?")
			.params(isRelays(result) ? 0 : 1, attempt.relay(), cut(result.reply()), next, mail.id())
			.update();
	}

	/**
	 * A relay that is away is asked again soon; one that said "later" is given 1, 2, 4 …
	 * minutes.
	 */
	private static Duration pause(Mail mail, SendResult result) {
		if (result instanceof SendResult.RelayFailed failed && isRelays(result)) {
			// Perhaps it is this one's after all: another goes first and tells.
			return ReplyClassifier.mayBeOfOneMessage(failed.answer()) ? RELAY_PAUSE.multipliedBy(2) : RELAY_PAUSE;
		}
		return Duration.ofMinutes(1L << Math.min(mail.attempts(), 6));
	}

	/** The relay fails with all of them, not with this one alone. */
	private static boolean isRelays(SendResult result) {
		return result instanceof SendResult.RelayFailed failed && !failed.ofThisMessage();
	}

	private static String cut(String reply) {
		return reply.substring(0, Math.min(reply.length(), 500));
	}

	private record Mail(long id, String purpose, String envelopeSender, String recipient, byte[] message, int attempts,
			Instant giveUpAt) {
	}

}
