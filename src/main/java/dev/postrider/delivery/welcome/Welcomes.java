package dev.postrider.delivery.welcome;

import java.sql.ResultSet;
import java.sql.SQLException;
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
import dev.postrider.subscription.SubscriptionEnded;
import org.jspecify.annotations.Nullable;

import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The rows of {@code welcome}: who has just become a reader, and is to be looked at.
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

	/** In the transaction that ends the subscription. */
	@EventListener
	void ended(SubscriptionEnded ended) {
		done(ended.newsletterId(), ended.subscriberId());
	}

	/** Who is to be looked at; index welcome_due. */
	List<Welcome> due(int limit) {
		return this.jdbc.sql("""
				SELECT newsletter_id, subscriber_id, asked_at FROM welcome
				WHERE due_at <= ? ORDER BY due_at LIMIT ?
				""").params(this.clock.instant(), limit).query(Welcome::of).list();
	}

	/**
	 * Locks one, if it is still to be looked at. The subscriber is locked first, as by
	 * whoever ends a subscription: from here on nobody can leave before the mail is
	 * noted, and no other process is at it. By primary keys.
	 */
	Optional<Welcome> lock(Welcome due) {
		this.jdbc.sql("SELECT id FROM subscriber WHERE id = ? FOR UPDATE")
			.param(due.subscriberId())
			.query(Long.class)
			.optional();
		return this.jdbc.sql("""
				SELECT newsletter_id, subscriber_id, asked_at FROM welcome
				WHERE newsletter_id = ? AND subscriber_id = ? AND due_at <= ? FOR UPDATE
				""").params(due.newsletterId(), due.subscriberId(), this.clock.instant()).query(Welcome::of).optional();
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
		return isSentTo(latest.id(), welcome.subscriberId()) ? Choice.NONE : new Choice(latest.id(), false);
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

	/** Or is about to be; by the unique key delivery_once, and the primary key. */
	private boolean isSentTo(long editionId, long subscriberId) {
		return this.jdbc.sql("""
				SELECT EXISTS (SELECT 1 FROM delivery WHERE edition_id = :edition AND subscriber_id = :subscriber
				    AND (status IN ('PENDING', 'DEFERRED', 'SENT') OR unclear))
				  OR EXISTS (SELECT 1 FROM welcome_delivery WHERE edition_id = :edition
				    AND subscriber_id = :subscriber AND status <> 'FAILED')
				""").param("edition", editionId).param("subscriber", subscriberId).query(Boolean.class).single();
	}

	/** It was mailed, or there is nothing to mail. */
	void done(Welcome welcome) {
		done(welcome.newsletterId(), welcome.subscriberId());
	}

	private void done(long newsletterId, long subscriberId) {
		this.jdbc.sql("UPDATE welcome SET due_at = NULL WHERE newsletter_id = ? AND subscriber_id = ?")
			.params(newsletterId, subscriberId)
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
	 */
	record Welcome(long newsletterId, long subscriberId, Instant askedAt) {

		static Welcome of(ResultSet row, int index) throws SQLException {
			return new Welcome(row.getLong("newsletter_id"), row.getLong("subscriber_id"), SqlTime.at(row, "asked_at"));
		}

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
