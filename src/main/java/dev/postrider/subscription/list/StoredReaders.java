package dev.postrider.subscription.list;

import java.time.Clock;
import java.time.Instant;

import dev.postrider.newsletter.Newsletters;
import dev.postrider.subscription.ConsentWording;
import dev.postrider.subscription.Readers;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Adds readers who verified elsewhere.
 */
@Component
public class StoredReaders implements Readers {

	private final JdbcClient jdbc;

	private final Newsletters newsletters;

	private final Subscribers subscribers;

	private final Subscriptions subscriptions;

	private final SuppressionList suppressions;

	private final Consents consents;

	private final Clock clock;

	StoredReaders(JdbcClient jdbc, Newsletters newsletters, Subscribers subscribers, Subscriptions subscriptions,
			SuppressionList suppressions, Consents consents, Clock clock) {
		this.jdbc = jdbc;
		this.newsletters = newsletters;
		this.subscribers = subscribers;
		this.subscriptions = subscriptions;
		this.suppressions = suppressions;
		this.consents = consents;
		this.clock = clock;
	}

	@Override
	@Transactional
	public boolean addVerified(String email, @Nullable String name, long newsletterId, String channel) {
		try {
			EmailAddress address = AddressGate.admit(email);
			if (this.subscribers.lock(address).isPresent() || this.suppressions.find(address).isPresent()) {
				return false;
			}
			add(address, name, newsletterId, Choice.ALL, Evidence.Channel.valueOf(channel), null);
			return true;
		}
		catch (RefusedAddressException ex) {
			throw new IllegalArgumentException("Not an address we can mail: " + ex.getMessage(), ex);
		}
	}

	/** Index subscription's primary key, then subscriber's. */
	@Override
	public int countActive(long newsletterId) {
		return this.jdbc.sql("""
				SELECT COUNT(*) FROM subscription s JOIN subscriber r ON r.id = s.subscriber_id
				WHERE s.newsletter_id = ? AND s.confirmed_at IS NOT NULL AND s.left_at IS NULL AND r.status = 'ACTIVE'
				""").param(newsletterId).query(Integer.class).single();
	}

	/**
	 * Adds a subscription that was verified elsewhere, on those words if they are known.
	 */
	void add(EmailAddress address, @Nullable String name, long newsletterId, Choice choice, Evidence.Channel channel,
			@Nullable ConsentWording wording) {
		Instant now = this.clock.instant();
		Subscriber subscriber = this.subscribers.lockOrAdd(address, name, now);
		this.subscriptions.request(this.newsletters.find(newsletterId).orElseThrow(), subscriber.id(), choice, now);
		this.subscriptions.confirm(newsletterId, subscriber.id(), now);
		this.subscribers.activate(subscriber.id(), Cause.of(channel), now);
		this.consents.record(subscriber.id(), newsletterId, Consents.Action.CONFIRMED, wording, Evidence.none(channel),
				now);
	}

}
