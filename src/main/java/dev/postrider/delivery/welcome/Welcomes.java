package dev.postrider.delivery.welcome;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.postrider.SqlTime;
import dev.postrider.delivery.AudienceRule;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.newsletter.PublicationCalendar;
import dev.postrider.newsletter.Slot;
import dev.postrider.subscription.SubscriptionConfirmed;
import org.jspecify.annotations.Nullable;

import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The rows of {@code welcome}: who has just become a reader, and what they got for it.
 */
@Repository
class Welcomes {

	/** Who waits for longer has an edition soon anyway. */
	private static final Duration PATIENCE = Duration.ofHours(1);

	private static final Duration PAUSE = Duration.ofSeconds(30);

	private final JdbcClient jdbc;

	private final Newsletters newsletters;

	private final WelcomeProperties properties;

	private final Clock clock;

	Welcomes(JdbcClient jdbc, Newsletters newsletters, WelcomeProperties properties, Clock clock) {
		this.jdbc = jdbc;
		this.newsletters = newsletters;
		this.properties = properties;
		this.clock = clock;
	}

	/**
	 * Notes it in the transaction that confirms; the mail is made after it, where nobody
	 * waits for it.
	 */
	@EventListener
	void noted(SubscriptionConfirmed confirmed) {
		if (!this.newsletters.welcomes(confirmed.newsletterId())) {
			return;
		}
		this.jdbc.sql("""
				INSERT INTO welcome (newsletter_id, subscriber_id, asked_at, due_at)
				VALUES (:newsletter, :subscriber, :now, :now) ON DUPLICATE KEY UPDATE asked_at = :now, due_at = :now
				""")
			.param("newsletter", confirmed.newsletterId())
			.param("subscriber", confirmed.subscriberId())
			.param("now", this.clock.instant())
			.update();
	}

	/** Who is to be looked at, locked; index welcome_due. */
	List<Welcome> due(int limit) {
		return this.jdbc.sql("""
				SELECT newsletter_id, subscriber_id, asked_at, edition_id FROM welcome
				WHERE due_at <= ? ORDER BY due_at LIMIT ? FOR UPDATE SKIP LOCKED
				""")
			.params(this.clock.instant(), limit)
			.query((row, index) -> new Welcome(row.getLong("newsletter_id"), row.getLong("subscriber_id"),
					SqlTime.at(row, "asked_at"), row.getObject("edition_id", Long.class)))
			.list();
	}

	/**
	 * The edition a new reader is to get: the newest that is sent or being sent, unless
	 * it is old, or the reader's next one is due so soon that two would come together.
	 */
	Choice choose(Welcome welcome) {
		Newsletter newsletter = this.newsletters.find(welcome.newsletterId()).orElseThrow();
		Instant now = this.clock.instant();
		Latest latest = latest(newsletter.id()).orElse(null);
		if (latest == null || latest.startedAt().plus(this.properties.newest()).isBefore(now)
				|| isSoon(newsletter, welcome.subscriberId(), now)) {
			return Choice.NONE;
		}
		if (!latest.frozen()) {
			// The reader may be among those it is being prepared for.
			return now.isBefore(welcome.askedAt().plus(PATIENCE)) ? Choice.LATER : Choice.NONE;
		}
		return (welcome.editionId() != null && welcome.editionId() == latest.id())
				|| isSentTo(latest.id(), welcome.subscriberId()) ? Choice.NONE : new Choice(latest.id(), false);
	}

	/** Index edition_number, from its end. A correction means nothing to new readers. */
	private Optional<Latest> latest(long newsletterId) {
		return this.jdbc.sql("""
				SELECT id, frozen_at, started_at FROM edition
				WHERE newsletter_id = ? AND status IN ('SENDING', 'SENT') AND corrects_id IS NULL
				  AND started_at IS NOT NULL
				ORDER BY edition_date DESC, number DESC LIMIT 1
				""")
			.param(newsletterId)
			.query((row, index) -> new Latest(row.getLong("id"), SqlTime.orNull(row, "frozen_at") != null,
					SqlTime.at(row, "started_at")))
			.optional();
	}

	private boolean isSoon(Newsletter newsletter, long subscriberId, Instant now) {
		Slot next = PublicationCalendar.next(newsletter, now);
		return !next.dueAt().isAfter(now.plus(this.properties.notBefore())) && this.jdbc.sql("""
				SELECT days IS NULL OR days & ? <> 0 FROM subscription WHERE newsletter_id = ? AND subscriber_id = ?
				""")
			.params(AudienceRule.bit(next.date()), newsletter.id(), subscriberId)
			.query(Boolean.class)
			.optional()
			.orElse(false);
	}

	/** Or is about to be; by the unique key delivery_once. */
	private boolean isSentTo(long editionId, long subscriberId) {
		return this.jdbc.sql("""
				SELECT EXISTS (SELECT 1 FROM delivery WHERE edition_id = ? AND subscriber_id = ?
				  AND (status IN ('PENDING', 'DEFERRED', 'SENT') OR unclear))
				""").params(editionId, subscriberId).query(Boolean.class).single();
	}

	/** It was mailed. */
	void mailed(Welcome welcome, long editionId) {
		this.jdbc
			.sql("""
					UPDATE welcome SET due_at = NULL, edition_id = ?, mailed_at = ? WHERE newsletter_id = ? AND subscriber_id = ?
					""")
			.params(editionId, this.clock.instant(), welcome.newsletterId(), welcome.subscriberId())
			.update();
	}

	/** There is nothing to mail. */
	void done(Welcome welcome) {
		this.jdbc.sql("UPDATE welcome SET due_at = NULL WHERE newsletter_id = ? AND subscriber_id = ?")
			.params(welcome.newsletterId(), welcome.subscriberId())
			.update();
	}

	/** To be looked at again in a while; given up when that has lasted. */
	void putOff(Welcome welcome) {
		Instant now = this.clock.instant();
		if (now.isAfter(welcome.askedAt().plus(PATIENCE))) {
			done(welcome);
			return;
		}
		this.jdbc.sql("UPDATE welcome SET due_at = ? WHERE newsletter_id = ? AND subscriber_id = ?")
			.params(now.plus(PAUSE), welcome.newsletterId(), welcome.subscriberId())
			.update();
	}

	/**
	 * A new reader.
	 *
	 * @param newsletterId of what
	 * @param subscriberId who
	 * @param askedAt since when
	 * @param editionId what was mailed at an earlier welcome
	 */
	record Welcome(long newsletterId, long subscriberId, Instant askedAt, @Nullable Long editionId) {
	}

	/**
	 * What a new reader is to get.
	 *
	 * @param editionId which, or {@code null} for nothing
	 * @param later whether that cannot be told yet
	 */
	record Choice(@Nullable Long editionId, boolean later) {

		static final Choice NONE = new Choice(null, false);

		static final Choice LATER = new Choice(null, true);

	}

	private record Latest(long id, boolean frozen, Instant startedAt) {
	}

}
