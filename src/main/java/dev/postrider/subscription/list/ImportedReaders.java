package dev.postrider.subscription.list;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

import dev.postrider.newsletter.Newsletter;
import dev.postrider.subscription.ConsentWording;
import dev.postrider.subscription.SubscriberStatus;
import dev.postrider.subscription.Suppressions.Reason;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Takes in readers that another system knew. What a reader has told us ourselves
 * outweighs any file: nobody who left, complained or has yet to confirm is changed by
 * one.
 */
@Component
public class ImportedReaders {

	private static final Evidence EVIDENCE = Evidence.none(Evidence.Channel.IMPORT);

	private final Subscribers subscribers;

	private final Subscriptions subscriptions;

	private final SuppressionList suppressions;

	private final StoredReaders readers;

	private final Consents consents;

	private final Clock clock;

	ImportedReaders(Subscribers subscribers, Subscriptions subscriptions, SuppressionList suppressions,
			StoredReaders readers, Consents consents, Clock clock) {
		this.subscribers = subscribers;
		this.subscriptions = subscriptions;
		this.suppressions = suppressions;
		this.readers = readers;
		this.consents = consents;
		this.clock = clock;
	}

	/**
	 * Takes in a reader who verified the address elsewhere, inside the caller's
	 * transaction. One who is subscribed already is left as is.
	 * @param wording what the reader agreed to, if that is known
	 * @return why not, or empty
	 */
	public Optional<String> subscribe(EmailAddress address, @Nullable String name, Newsletter newsletter, Choice choice,
			@Nullable ConsentWording wording) {
		// Before the list is read: who is being erased is waited for here.
		Subscriber known = this.subscribers.lock(address).orElse(null);
		Optional<SuppressionList.Entry> suppressed = this.suppressions.find(address);
		if (suppressed.isPresent()) {
			return Optional.of("is on the suppression list (" + suppressed.get().reason() + ")");
		}
		if (known != null) {
			if (known.status() != SubscriberStatus.ACTIVE) {
				return Optional.of(reason(known.status()));
			}
			Subscription subscription = this.subscriptions.find(newsletter.id(), known.id()).orElse(null);
			if (subscription != null) {
				return whyNot(subscription);
			}
		}
		this.readers.add(address, name, newsletter.id(), choice, Evidence.Channel.IMPORT, wording);
		return Optional.empty();
	}

	/**
	 * Notes somebody who has left elsewhere, so that later files do not bring the reader
	 * in; inside the caller's transaction.
	 * @return why not, or empty
	 */
	public Optional<String> noteLeft(EmailAddress address, @Nullable String name, Newsletter newsletter) {
		Subscriber known = this.subscribers.lock(address).orElse(null);
		if (known != null) {
			return (known.status() == SubscriberStatus.ACTIVE || known.status() == SubscriberStatus.PENDING)
					? Optional.of("signed up here too; only the reader can end that") : Optional.empty();
		}
		if (this.suppressions.find(address).isEmpty()) {
			Instant now = this.clock.instant();
			Subscriber added = this.subscribers.lockOrAdd(address, name, now);
			this.subscriptions.request(newsletter, added.id(), Choice.ALL, now);
			this.subscriptions.setLeft(newsletter.id(), added.id(), now);
			this.subscribers.setStatus(added.id(), SubscriberStatus.UNSUBSCRIBED, "Left before the import",
					Cause.of(Evidence.Channel.IMPORT), now);
			this.consents.record(added.id(), newsletter.id(), Consents.Action.UNSUBSCRIBED, null, EVIDENCE, now);
		}
		return Optional.empty();
	}

	/** Puts an address on the suppression list; inside the caller's transaction. */
	public void suppress(EmailAddress address, Reason reason) {
		Subscriber known = this.subscribers.lock(address).orElse(null);
		if (known != null) {
			this.suppressions.suppress(known.id(), reason, "Imported");
		}
		else {
			this.suppressions.add(address, reason, "Imported", this.clock.instant());
		}
	}

	private static Optional<String> whyNot(Subscription subscription) {
		if (subscription.leftAt() != null) {
			return Optional.of("left on " + subscription.leftAt().atZone(ZoneOffset.UTC).toLocalDate()
					+ "; only the reader can sign up again");
		}
		return subscription.isLive() ? Optional.empty() : Optional.of(reason(SubscriberStatus.PENDING));
	}

	private static String reason(SubscriberStatus status) {
		return switch (status) {
			case PENDING -> "signed up and has not confirmed yet; the confirmation mail decides";
			case UNSUBSCRIBED -> "has left; only the reader can sign up again";
			case SUPPRESSED -> "is suppressed";
			case ERASED, ACTIVE -> throw new IllegalStateException("No reason against " + status);
		};
	}

}
