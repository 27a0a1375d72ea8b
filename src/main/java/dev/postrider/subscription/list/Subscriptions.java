package dev.postrider.subscription.list;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

import dev.postrider.newsletter.Newsletter;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The rows of {@code subscription}; all by primary key or index subscription_subscriber.
 */
@Repository
class Subscriptions {

	private final JdbcClient jdbc;

	Subscriptions(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	Optional<Subscription> find(long newsletterId, long subscriberId) {
		return this.jdbc.sql("SELECT * FROM subscription WHERE newsletter_id = ? AND subscriber_id = ?")
			.params(newsletterId, subscriberId)
			.query(Subscription::of)
			.optional();
	}

	List<Subscription> of(long subscriberId) {
		return this.jdbc.sql("SELECT * FROM subscription WHERE subscriber_id = ? ORDER BY newsletter_id")
			.param(subscriberId)
			.query(Subscription::of)
			.list();
	}

	/**
	 * Notes a sign-up that is yet to be verified; one that was left stays left till then.
	 */
	void request(Newsletter newsletter, long subscriberId, Choice choice, Instant now) {
		this.jdbc.sql("""
				INSERT INTO subscription (newsletter_id, subscriber_id, days, topics, language, requested_at)
				VALUES (:newsletter, :subscriber, :days, :topics, :language, :now)
				ON DUPLICATE KEY UPDATE days = VALUES(days), topics = VALUES(topics),
				  language = COALESCE(VALUES(language), language), requested_at = VALUES(requested_at)
				""")
			.param("newsletter", newsletter.id())
			.param("subscriber", subscriberId)
			.param("days", choice.mask(newsletter))
			.param("topics", choice.storedTopics())
			.param("language", choice.language())
			.param("now", now)
			.update();
	}

	/** A new link is on its way: the sign-up is kept as long as one of today. */
	void askedAgain(long newsletterId, long subscriberId, Instant now) {
		this.jdbc.sql("UPDATE subscription SET requested_at = ? WHERE newsletter_id = ? AND subscriber_id = ?")
			.params(now, newsletterId, subscriberId)
			.update();
	}

	void confirm(long newsletterId, long subscriberId, Instant now) {
		this.jdbc.sql("""
				UPDATE subscription SET confirmed_at = :now, left_at = NULL, paused_until = NULL
				WHERE newsletter_id = :newsletter AND subscriber_id = :subscriber
				""").param("now", now).param("newsletter", newsletterId).param("subscriber", subscriberId).update();
	}

	/** Leaves at a moment, or with {@code null} takes it back. */
	void setLeft(long newsletterId, long subscriberId, @Nullable Instant leftAt) {
		this.jdbc.sql("UPDATE subscription SET left_at = ? WHERE newsletter_id = ? AND subscriber_id = ?")
			.params(java.util.Arrays.asList(leftAt, newsletterId, subscriberId))
			.update();
	}

	void choose(Newsletter newsletter, long subscriberId, Choice choice) {
		this.jdbc.sql("""
				UPDATE subscription SET days = :days, topics = :topics
				WHERE newsletter_id = :newsletter AND subscriber_id = :subscriber
				""")
			.param("days", choice.mask(newsletter))
			.param("topics", choice.storedTopics())
			.param("newsletter", newsletter.id())
			.param("subscriber", subscriberId)
			.update();
	}

	void look(long newsletterId, long subscriberId, Look look) {
		this.jdbc.sql("""
				UPDATE subscription SET language = :language, design = :design
				WHERE newsletter_id = :newsletter AND subscriber_id = :subscriber
				""")
			.param("language", look.language())
			.param("design", look.design())
			.param("newsletter", newsletterId)
			.param("subscriber", subscriberId)
			.update();
	}

	void pause(long newsletterId, long subscriberId, @Nullable LocalDate until) {
		this.jdbc.sql("UPDATE subscription SET paused_until = ? WHERE newsletter_id = ? AND subscriber_id = ?")
			.params(java.util.Arrays.asList(until, newsletterId, subscriberId))
			.update();
	}

	boolean hasLive(long subscriberId) {
		return of(subscriberId).stream().anyMatch(Subscription::isLive);
	}

}
