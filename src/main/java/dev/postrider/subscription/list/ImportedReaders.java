package dev.postrider.subscription.list;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

import dev.postrider.newsletter.Newsletter;
import dev.postrider.subscription.ConsentWording;
import dev.postrider.subscription.SubscriberStatus;
import dev.postrider.subscription.Suppressions.Reason;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Takes in readers that another system knew. What readers have told us themselves
 * outweighs any file, which does not say when it learnt what it says: nobody who left or
 * complained is brought back by one, nobody who has yet to confirm is subscribed, and
 * nobody who verified the address here is taken off. Of two files the later one holds.
 */
@Component
public class ImportedReaders {

	private static final Evidence EVIDENCE = Evidence.none(Evidence.Channel.IMPORT);

	private static final String LEFT = "Left before the import";

	private final Subscribers subscribers;

	private final Subscriptions subscriptions;

	private final SuppressionList suppressions;

	private final StoredReaders readers;

	private final Departures departures;

	private final Consents consents;

	private final Clock clock;

	ImportedReaders(Subscribers subscribers, Subscriptions subscriptions, SuppressionList suppressions,
			StoredReaders readers, Departures departures, Consents consents, Clock clock) {
		this.subscribers = subscribers;
		this.subscriptions = subscriptions;
		this.suppressions = suppressions;
		this.readers = readers;
		this.departures = departures;
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
	 * in; inside the caller's transaction. Who gets the newsletter by a file leaves it,
	 * who gets only others will not get this one by a file.
	 * @return why not, or empty
	 */
	public Optional<String> noteLeft(EmailAddress address, @Nullable String name, Newsletter newsletter) {
		Subscriber known = this.subscribers.lock(address).orElse(null);
		Subscription subscription = (known != null) ? this.subscriptions.find(newsletter.id(), known.id()).orElse(null)
				: null;
		if (known != null && subscription != null) {
			return leave(known, subscription);
		}
		if (known != null || this.suppressions.find(address).isEmpty()) {
			Instant now = this.clock.instant();
			Subscriber left = this.subscribers.lockOrAdd(address, name, now);
			this.subscriptions.request(newsletter, left.id(), Choice.ALL, now);
			this.subscriptions.setLeft(newsletter.id(), left.id(), now);
			// Who has yet to confirm another newsletter still can, but is not forgotten
			// with that sign-up.
			if (left.status() == SubscriberStatus.PENDING) {
				this.subscribers.setStatus(left.id(), SubscriberStatus.UNSUBSCRIBED, LEFT,
						Cause.of(Evidence.Channel.IMPORT), now);
			}
			this.consents.record(left.id(), newsletter.id(), Consents.Action.UNSUBSCRIBED, null, EVIDENCE, now);
		}
		return Optional.empty();
	}

	private Optional<String> leave(Subscriber known, Subscription subscription) {
		if (subscription.leftAt() != null) {
			return Optional.empty();
		}
		if (subscription.confirmedAt() == null) {
			return Optional.of(reason(SubscriberStatus.PENDING));
		}
		if (this.consents.lastOwn(known.id(), subscription.newsletterId()).isPresent()) {
			return Optional.of("signed up here too; only the reader can end that");
		}
		this.departures.leave(known, subscription.newsletterId(), EVIDENCE, LEFT);
		return Optional.empty();
	}

	/**
	 * Puts an address on the suppression list; inside the caller's transaction.
	 * @return why not, or empty
	 */
	public Optional<String> suppress(EmailAddress address, Reason reason) {
		Subscriber known = this.subscribers.lock(address).orElse(null);
		if (known == null) {
			this.suppressions.add(address, reason, "Imported", this.clock.instant());
			return Optional.empty();
		}
		Instant own = (known.status() == SubscriberStatus.ACTIVE) ? this.consents.lastOwn(known.id()).orElse(null)
				: null;
		if (own != null) {
			return Optional.of("verified the address here (" + day(own)
					+ "), which counts for more than a file; the reader's page can still suppress it");
		}
		this.suppressions.suppress(known.id(), reason, "Imported");
		return Optional.empty();
	}

	private static Optional<String> whyNot(Subscription subscription) {
		if (subscription.leftAt() != null) {
			return Optional.of("left on " + day(subscription.leftAt()) + "; only the reader can sign up again");
		}
		return subscription.isLive() ? Optional.empty() : Optional.of(reason(SubscriberStatus.PENDING));
	}

	private static LocalDate day(Instant moment) {
		return moment.atZone(ZoneOffset.UTC).toLocalDate();
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
