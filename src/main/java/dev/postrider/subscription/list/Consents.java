package dev.postrider.subscription.list;

import java.time.Instant;
import java.util.Collection;

import dev.postrider.subscription.ConsentWording;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

/**
 * Writes the record of what readers agreed to and withdrew (GDPR article 7); it is only
 * ever appended to.
 */
@Repository
class Consents {

	private final JdbcClient jdbc;

	private final JdbcOperations batches;

	private final SubscriptionSettings settings;

	Consents(JdbcClient jdbc, JdbcOperations batches, SubscriptionSettings settings) {
		this.jdbc = jdbc;
		this.batches = batches;
		this.settings = settings;
	}

	/** What happened. */
	enum Action {

		SIGNED_UP, CONFIRMED, CHANGED, UNSUBSCRIBED, SUPPRESSED, ERASED

	}

	/** Records any number that have no evidence; inside a transaction. */
	void recordAll(Collection<Entry> entries) {
		this.batches.batchUpdate("""
				INSERT INTO consent (subscriber_id, newsletter_id, action, channel, wording_version, wording, at)
				VALUES (?, ?, ?, ?, ?, ?, ?)
				""", entries, 1000, (statement, entry) -> {
			ConsentWording wording = entry.wording();
			statement.setLong(1, entry.subscriberId());
			statement.setLong(2, entry.newsletterId());
			statement.setString(3, entry.action().name());
			statement.setString(4, entry.evidence().channel().name());
			statement.setString(5, (wording != null) ? wording.version() : null);
			statement.setString(6, (wording != null) ? wording.text() : null);
			statement.setObject(7, entry.at());
		});
	}

	record Entry(long subscriberId, long newsletterId, Action action, @Nullable ConsentWording wording,
			byte @Nullable [] tokenId, Evidence evidence, Instant at) {
	}

	void record(long subscriberId, long newsletterId, Action action, @Nullable ConsentWording wording,
			Evidence evidence, Instant now) {
		GeneratedKeyHolder key = new GeneratedKeyHolder();
		this.jdbc.sql("""
				INSERT INTO consent (subscriber_id, newsletter_id, action, channel, wording_version, wording, at)
				VALUES (:subscriber, :newsletter, :action, :channel, :version, :wording, :now)
				""")
			.param("subscriber", subscriberId)
			.param("newsletter", newsletterId)
			.param("action", action.name())
			.param("channel", evidence.channel().name())
			.param("version", (wording != null) ? wording.version() : null)
			.param("wording", (wording != null) ? wording.text() : null)
			.param("now", now)
			.update(key);
		if (!evidence.isEmpty()) {
			this.jdbc.sql("""
					INSERT INTO consent_evidence (consent_id, ip, user_agent, page, expires_at)
					VALUES (:consent, :ip, :agent, :page, :expires)
					""")
				.param("consent", java.util.Objects.requireNonNull(key.getKey()).longValue())
				.param("ip", evidence.ip())
				.param("agent", evidence.userAgent())
				.param("page", evidence.page())
				.param("expires", now.plus(this.settings.evidenceKeptFor()))
				.update();
		}
	}

}
