package dev.postrider.subscription.list;

import java.util.Optional;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The languages in which readers want to be written to.
 */
@Repository
public class ReaderLanguages {

	private final JdbcClient jdbc;

	ReaderLanguages(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Of a reader in all: what was chosen for the first newsletter the reader gets, or
	 * that newsletter's own. Index subscription_subscriber.
	 * @return a BCP 47 tag; empty for who never subscribed to anything
	 */
	public Optional<String> of(long subscriberId) {
		return this.jdbc.sql("""
				SELECT COALESCE(s.language, n.language) FROM subscription s JOIN newsletter n ON n.id = s.newsletter_id
				WHERE s.subscriber_id = ?
				ORDER BY s.confirmed_at IS NOT NULL AND s.left_at IS NULL DESC, s.newsletter_id LIMIT 1
				""").param(subscriberId).query(String.class).optional();
	}

	/**
	 * What a reader chose for one newsletter; primary key.
	 * @return a BCP 47 tag; empty where it is the newsletter's own
	 */
	public Optional<String> of(long subscriberId, long newsletterId) {
		return this.jdbc.sql(
				"SELECT language FROM subscription WHERE newsletter_id = ? AND subscriber_id = ? AND language IS NOT NULL")
			.params(newsletterId, subscriberId)
			.query(String.class)
			.optional();
	}

}
