package dev.postrider.subscription.list;

import java.time.Clock;
import java.util.List;

import dev.postrider.Retries;
import dev.postrider.subscription.SubscriberStatus;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * "Mail me my link": notes any address alike, and looks only after the answer whose it
 * is. So neither the answer nor its time tells whether an address is known.
 */
@Component
public class LinkRequests {

	private static final int BATCH = 20;

	private final JdbcClient jdbc;

	private final Subscribers subscribers;

	private final SuppressionList suppressions;

	private final ReaderNotices notices;

	private final Retries transactions;

	private final Clock clock;

	LinkRequests(JdbcClient jdbc, Subscribers subscribers, SuppressionList suppressions, ReaderNotices notices,
			PlatformTransactionManager transactions, Clock clock) {
		this.jdbc = jdbc;
		this.subscribers = subscribers;
		this.suppressions = suppressions;
		this.notices = notices;
		this.transactions = new Retries(new TransactionTemplate(transactions));
		this.clock = clock;
	}

	/** Somebody wants the link to the preferences of this address mailed to it. */
	public void ask(EmailAddress address) {
		this.jdbc.sql("INSERT INTO link_request (email, requested_at) VALUES (?, ?)")
			.params(address.value(), this.clock.instant())
			.update();
	}

	/**
	 * Mails those who are known, at most so often a day, and forgets who asked. Who never
	 * confirmed has nothing to choose yet.
	 */
	@Scheduled(fixedDelay = 500)
	void answer() {
		int answered;
		do {
			answered = this.transactions.of(this::answerSome);
		}
		while (answered == BATCH);
	}

	/** The oldest by the primary key; several processes share them. */
	private int answerSome() {
		List<Request> requests = this.jdbc
			.sql("SELECT id, email FROM link_request ORDER BY id LIMIT ? FOR UPDATE SKIP LOCKED")
			.param(BATCH)
			.query((row, index) -> new Request(row.getLong("id"), new EmailAddress(row.getString("email"))))
			.list();
		for (Request request : requests) {
			this.jdbc.sql("DELETE FROM link_request WHERE id = ?").param(request.id()).update();
			if (this.suppressions.allowsConfirmation(request.address())) {
				this.subscribers.lock(request.address())
					.filter((it) -> it.status() != SubscriberStatus.PENDING)
					.ifPresent(this.notices::link);
			}
		}
		return requests.size();
	}

	private record Request(long id, EmailAddress address) {
	}

}
