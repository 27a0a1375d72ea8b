package dev.postrider.subscription.list;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import dev.postrider.mail.Outbox;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Deletes what may not be kept: sign-ups that nobody confirmed, the notes of single mails
 * to them and to others, and evidence past its time (GDPR article 5). The rows of the
 * consent ledger stay, as numbers without a person. Several processes may do it at once.
 */
@Component
public class Retention {

	private static final Logger logger = LoggerFactory.getLogger(Retention.class);

	private static final int BATCH = 500;

	private static final int MAILS = 5000;

	private final JdbcClient jdbc;

	private final UnconfirmedSubscribers subscribers;

	private final Outbox outbox;

	private final SubscriptionSettings settings;

	private final Clock clock;

	Retention(JdbcClient jdbc, UnconfirmedSubscribers subscribers, Outbox outbox, SubscriptionSettings settings,
			Clock clock) {
		this.jdbc = jdbc;
		this.subscribers = subscribers;
		this.outbox = outbox;
		this.settings = settings;
		this.clock = clock;
	}

	/**
	 * One round: at most {@value #BATCH} sign-ups and {@value #MAILS} mails, so that
	 * locks stay short; the rest falls to the next.
	 */
	@Scheduled(initialDelay = 2, fixedDelay = 10, timeUnit = TimeUnit.MINUTES)
	@Transactional
	public void purge() {
		Instant now = this.clock.instant();
		// Few: whoever works them off leaves none for long. First, as
		// that one may wait for a subscriber.
		this.jdbc.sql("DELETE FROM link_request WHERE requested_at < ?").param(now.minus(LinkRequests.KEPT)).update();
		// Index subscriber_status; a row that somebody is just confirming is locked and
		// so passed over.
		List<Long> unconfirmed = this.jdbc.sql("""
				SELECT id FROM subscriber r WHERE status = 'PENDING' AND created_at < :before
				AND NOT EXISTS (SELECT 1 FROM subscription s WHERE s.subscriber_id = r.id AND s.requested_at >= :before)
				ORDER BY id LIMIT :batch FOR UPDATE SKIP LOCKED
				""")
			.param("before", now.minus(this.settings.unconfirmedKeptFor()))
			.param("batch", BATCH)
			.query(Long.class)
			.list();
		if (!unconfirmed.isEmpty()) {
			this.jdbc.sql("SELECT email FROM subscriber WHERE id IN (:ids)")
				.param("ids", unconfirmed)
				.query(String.class)
				.list()
				.stream()
				.filter(Objects::nonNull)
				.forEach(this.outbox::forget);
			this.subscribers.delete(unconfirmed);
			logger.info("Deleted {} sign-ups that nobody confirmed", unconfirmed.size());
		}
		// Index outbox_due: what has ended keeps the end of its last claim.
		for (String ended : List.of("SENT", "FAILED")) {
			this.jdbc.sql("DELETE FROM outbox WHERE status = ? AND next_attempt_at < ? LIMIT ?")
				.params(ended, now.minus(this.settings.singleMailsKeptFor()), MAILS)
				.update();
		}
		// Index address_change_age; a done one says for a while that it is.
		this.jdbc.sql("DELETE FROM address_change WHERE requested_at < ?")
			.param(now.minus(this.settings.confirmWithin()).minus(this.settings.unconfirmedKeptFor()))
			.update();
		// Index consent_evidence_expiry.
		this.jdbc.sql("DELETE FROM consent_evidence WHERE expires_at < ?").param(now).update();
	}

}
