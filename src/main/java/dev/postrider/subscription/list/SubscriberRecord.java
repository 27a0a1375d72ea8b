package dev.postrider.subscription.list;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;

import dev.postrider.SqlTime;
import dev.postrider.subscription.SubscriberDirectory.Consent;
import dev.postrider.subscription.SubscriberDirectory.StatusChange;
import dev.postrider.subscription.SubscriberDirectory.Subscribed;
import dev.postrider.subscription.SubscriberStatus;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What is kept about one subscriber, in the staff's words.
 */
@Repository
class SubscriberRecord {

	private final JdbcClient jdbc;

	SubscriberRecord(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** Index subscriber_status_change_subscriber. */
	List<StatusChange> history(long id) {
		return this.jdbc.sql("""
				SELECT status, reason, detail, channel, actor, at FROM subscriber_status_change
				WHERE subscriber_id = ? ORDER BY id DESC
				""")
			.param(id)
			.query((row, index) -> new StatusChange(SubscriberStatus.valueOf(row.getString("status")),
					row.getString("reason"), row.getString("detail"), row.getString("channel"), row.getString("actor"),
					SqlTime.at(row, "at")))
			.list();
	}

	/** Index subscription_subscriber. */
	List<Subscribed> subscriptions(long id) {
		return this.jdbc.sql("""
				SELECT s.*, n.slug, n.name AS title FROM subscription s JOIN newsletter n ON n.id = s.newsletter_id
				WHERE s.subscriber_id = ? ORDER BY n.name
				""").param(id).query((row, index) -> {
			Subscription subscription = Subscription.of(row, index);
			return new Subscribed(subscription.newsletterId(), row.getString("slug"), row.getString("title"),
					subscription.days().stream().map(Days::code).toList(), subscription.topics(),
					subscription.pausedUntil(), subscription.requestedAt(), subscription.confirmedAt(),
					subscription.leftAt());
		}).list();
	}

	/** Index consent_subscriber. */
	List<Consent> consents(long id) {
		return this.jdbc.sql("""
				SELECT c.*, n.slug, e.ip, e.user_agent, e.page
				FROM consent c JOIN newsletter n ON n.id = c.newsletter_id
				LEFT JOIN consent_evidence e ON e.consent_id = c.id
				WHERE c.subscriber_id = ? ORDER BY c.id
				""").param(id).query(SubscriberRecord::consent).list();
	}

	private static Consent consent(ResultSet row, int index) throws SQLException {
		return new Consent(row.getString("slug"), row.getString("action"), row.getString("channel"),
				row.getString("wording_version"), row.getString("wording"), row.getString("privacy_version"),
				row.getString("privacy_url"), hexOrNull(row.getBytes("token_id")), SqlTime.at(row, "at"),
				row.getString("ip"), row.getString("user_agent"), row.getString("page"), row.getInt("chain"),
				row.getLong("link"), hex(row.getBytes("previous")), hex(row.getBytes("hash")));
	}

	private static @Nullable String hexOrNull(byte @Nullable [] bytes) {
		return (bytes != null) ? hex(bytes) : null;
	}

	private static String hex(byte[] bytes) {
		return HexFormat.of().formatHex(bytes);
	}

}
