package dev.postrider.subscription.list;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.postrider.mail.Outbox;
import dev.postrider.subscription.Suppressions.Reason;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * A reader's right to see and to erase what is kept (GDPR articles 15 and 17).
 */
@Component
public class PersonalData {

	private final JdbcClient jdbc;

	private final Subscribers subscribers;

	private final SuppressionList suppressions;

	private final Departures departures;

	private final Subscriptions subscriptions;

	private final Consents consents;

	private final StoredAttributes attributes;

	private final WaitingSignUps waiting;

	private final AddressWishes wishes;

	private final Outbox outbox;

	private final Clock clock;

	PersonalData(JdbcClient jdbc, Subscribers subscribers, SuppressionList suppressions, Departures departures,
			Subscriptions subscriptions, Consents consents, StoredAttributes attributes, WaitingSignUps waiting,
			AddressWishes wishes, Outbox outbox, Clock clock) {
		this.jdbc = jdbc;
		this.subscribers = subscribers;
		this.suppressions = suppressions;
		this.departures = departures;
		this.subscriptions = subscriptions;
		this.consents = consents;
		this.attributes = attributes;
		this.waiting = waiting;
		this.wishes = wishes;
		this.outbox = outbox;
		this.clock = clock;
	}

	/** Everything this module keeps about a subscriber, by table. */
	@Transactional(readOnly = true)
	public Map<String, Object> export(long subscriberId) {
		Map<String, Object> data = new LinkedHashMap<>();
		data.put("exportedAt", this.clock.instant());
		data.put("times", "UTC");
		data.put("subscriber", rows("""
				SELECT email, name, status, status_reason, created_at, confirmed_at, status_changed_at
				FROM subscriber WHERE id = ?
				""", subscriberId));
		List<Map<String, Object>> subscriptions = rows(
				"""
						SELECT n.slug AS newsletter, s.days, s.topics, s.language, s.design, s.paused_until, s.requested_at, s.confirmed_at, s.left_at
						FROM subscription s JOIN newsletter n ON n.id = s.newsletter_id WHERE s.subscriber_id = ?
						""",
				subscriberId);
		// A mask of bits says nothing to a reader.
		subscriptions.forEach((it) -> it.computeIfPresent("days",
				(column, mask) -> Days.of(((Number) mask).intValue()).stream().map(Days::name).toList()));
		data.put("status_changes",
				rows("""
						SELECT status, reason, detail, channel, at FROM subscriber_status_change WHERE subscriber_id = ? ORDER BY id
						""",
						subscriberId));
		data.put("subscriptions", subscriptions);
		data.put("attributes", rows("""
				SELECT n.slug AS newsletter, a.name, a.value
				FROM subscriber_attribute a JOIN newsletter n ON n.id = a.newsletter_id
				WHERE a.subscriber_id = ? ORDER BY n.slug, a.name
				""", subscriberId));
		data.put("address_changes",
				rows("SELECT email, requested_at, done_at FROM address_change WHERE subscriber_id = ?", subscriberId));
		data.put("sign_ups_in_hand",
				this.subscribers.find(subscriberId)
					.map(Subscriber::email)
					.map((email) -> this.waiting.of(new EmailAddress(email)))
					.orElse(List.of()));
		data.put("reasons_for_leaving", rows("""
				SELECT n.slug AS newsletter, r.reason, r.at
				FROM departure_reason r JOIN newsletter n ON n.id = r.newsletter_id WHERE r.subscriber_id = ?
				""", subscriberId));
		data.put("consents", rows("""
				SELECT n.slug AS newsletter, c.action, c.channel, c.wording_version, c.wording, c.privacy_version,
				  c.privacy_url, c.at, e.ip, e.user_agent, e.page, e.expires_at
				FROM consent c JOIN newsletter n ON n.id = c.newsletter_id
				LEFT JOIN consent_evidence e ON e.consent_id = c.id
				WHERE c.subscriber_id = ? ORDER BY c.id
				""", subscriberId));
		return data;
	}

	/**
	 * Erases a reader: leaves every newsletter, forgets address, name and evidence. What
	 * stays is the record of consents without a person, and a keyed hash, so that no
	 * import brings the address back.
	 */
	@Transactional
	public void erase(long subscriberId, Evidence.Channel channel) {
		Subscriber subscriber = this.subscribers.lock(subscriberId).orElse(null);
		if (subscriber == null || subscriber.email() == null) {
			return;
		}
		Instant now = this.clock.instant();
		Evidence evidence = Evidence.none(channel);
		this.subscriptions.of(subscriberId).forEach((it) -> {
			this.departures.leave(subscriber, it.newsletterId(), evidence);
			this.consents.record(subscriberId, it.newsletterId(), Consents.Action.ERASED, null, evidence, now);
		});
		this.suppressions.erased(new EmailAddress(subscriber.email()), now);
		// Primary key consent_evidence by index consent_subscriber.
		this.jdbc.sql("""
				DELETE FROM consent_evidence WHERE consent_id IN (SELECT id FROM consent WHERE subscriber_id = ?)
				""").param(subscriberId).update();
		// Index subscriber_import_row_email_key; rows of files that are not taken in yet
		// are passed over by the list.
		this.jdbc.sql("DELETE FROM subscriber_import_row WHERE email_key = ?")
			.param(new EmailAddress(subscriber.email()).key())
			.update();
		this.wishes.forget(subscriberId);
		this.attributes.forget(subscriberId);
		this.waiting.forget(new EmailAddress(subscriber.email()));
		this.outbox.forget(subscriber.email());
		this.subscribers.erase(subscriberId, Cause.of(channel), now);
	}

	private List<Map<String, Object>> rows(String sql, long subscriberId) {
		return this.jdbc.sql(sql).param(subscriberId).query().listOfRows();
	}

}
