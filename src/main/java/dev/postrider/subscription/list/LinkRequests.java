package dev.postrider.subscription.list;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.postrider.Retries;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * "Mail me my link", and "write to my new address": notes any address alike, and looks
 * only after the answer whose it is. So neither the answer nor its time tells whether an
 * address is known. Each is worked off in a transaction of its own; what goes wrong with
 * one keeps nobody else waiting.
 */
@Component
public class LinkRequests {

	private static final Logger logger = LoggerFactory.getLogger(LinkRequests.class);

	private static final int BATCH = 20;

	private static final int MOST_ATTEMPTS = 5;

	private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);

	/** Nobody waits for a link any longer. */
	static final Duration KEPT = Duration.ofDays(1);

	private final JdbcClient jdbc;

	private final LinkMails mails;

	private final Retries transactions;

	private final Clock clock;

	LinkRequests(JdbcClient jdbc, LinkMails mails, PlatformTransactionManager transactions, Clock clock) {
		this.jdbc = jdbc;
		this.mails = mails;
		this.transactions = new Retries(new TransactionTemplate(transactions));
		this.clock = clock;
	}

	/** Somebody wants the link to the preferences of this address mailed to it. */
	public void ask(EmailAddress address) {
		ask(address, null);
	}

	/** A reader's wish to move is to be verified by a mail to this address. */
	void ask(EmailAddress address, @Nullable Long changeId) {
		Instant now = this.clock.instant();
		this.jdbc.sql(
				"INSERT INTO link_request (email, change_id, next_attempt_at, requested_at) VALUES (:to, :change, :now, :now)")
			.param("to", address.value())
			.param("change", changeId)
			.param("now", now)
			.update();
	}

	/** Mails those who are to be mailed, and forgets who asked. */
	@Scheduled(fixedDelay = 500)
	void answer() {
		List<Long> due;
		int answered;
		do {
			due = due();
			answered = 0;
			for (long id : due) {
				answered += answer(id) ? 1 : 0;
			}
		}
		while (due.size() == BATCH && answered > 0);
	}

	/** Index link_request_due. */
	private List<Long> due() {
		return this.jdbc
			.sql("SELECT id FROM link_request WHERE next_attempt_at <= ? ORDER BY next_attempt_at, id LIMIT ?")
			.params(this.clock.instant(), BATCH)
			.query(Long.class)
			.list();
	}

	/** Not so when another process has it in hand. */
	private boolean answer(long id) {
		try {
			return this.transactions.of(() -> lock(id).map((request) -> {
				mail(request);
				this.jdbc.sql("DELETE FROM link_request WHERE id = ?").param(id).update();
				return true;
			}).orElse(false));
		}
		catch (RuntimeException ex) {
			putOff(id, ex);
			return true;
		}
	}

	/** Primary key; several processes share them. */
	private Optional<Request> lock(long id) {
		return this.jdbc.sql("""
				SELECT email, change_id FROM link_request WHERE id = ? AND next_attempt_at <= ? FOR UPDATE SKIP LOCKED
				""").params(id, this.clock.instant()).query(Request::of).optional();
	}

	private void mail(Request request) {
		Long change = request.changeId();
		if (change != null) {
			this.mails.move(change);
		}
		else {
			this.mails.link(request.address());
		}
	}

	/** 10 seconds, 20, 40, 80; then it is given up. */
	private void putOff(long id, RuntimeException cause) {
		int attempts = 1 + this.jdbc.sql("SELECT attempts FROM link_request WHERE id = ?")
			.param(id)
			.query(Integer.class)
			.optional()
			.orElse(0);
		if (attempts >= MOST_ATTEMPTS) {
			logger.error("The link that request {} asks for could not be mailed in {} attempts; it is given up", id,
					attempts, cause);
			this.jdbc.sql("DELETE FROM link_request WHERE id = ?").param(id).update();
			return;
		}
		Duration pause = FIRST_PAUSE.multipliedBy(1L << (attempts - 1));
		logger.warn("The link that request {} asks for could not be mailed; it is tried again in {}", id, pause, cause);
		this.jdbc.sql("UPDATE link_request SET attempts = ?, next_attempt_at = ? WHERE id = ?")
			.params(attempts, this.clock.instant().plus(pause), id)
			.update();
	}

	private record Request(EmailAddress address, @Nullable Long changeId) {

		static Request of(ResultSet row, int index) throws SQLException {
			return new Request(new EmailAddress(row.getString("email")), row.getObject("change_id", Long.class));
		}

	}

}
