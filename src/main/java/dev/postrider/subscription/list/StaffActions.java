package dev.postrider.subscription.list;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

import dev.postrider.mail.Outbox;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.subscription.SubscriberActionException;
import dev.postrider.subscription.SubscriberControl;
import dev.postrider.subscription.SubscriberStatus;
import dev.postrider.subscription.Suppressions.Reason;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What the staff does to a subscriber, by the same means as the reader's own pages.
 */
@Component
class StaffActions implements SubscriberControl {

	private static final Evidence EVIDENCE = Evidence.none(Evidence.Channel.STAFF);

	private final Subscribers subscribers;

	private final Subscriptions subscriptions;

	private final SuppressionList suppressions;

	private final Departures departures;

	private final PersonalData personalData;

	private final ReaderLetters letters;

	private final Newsletters newsletters;

	private final Outbox outbox;

	private final Consents consents;

	private final SubscriptionSettings settings;

	private final Clock clock;

	StaffActions(Subscribers subscribers, Subscriptions subscriptions, SuppressionList suppressions,
			Departures departures, PersonalData personalData, ReaderLetters letters, Newsletters newsletters,
			Outbox outbox, Consents consents, SubscriptionSettings settings, Clock clock) {
		this.subscribers = subscribers;
		this.subscriptions = subscriptions;
		this.suppressions = suppressions;
		this.departures = departures;
		this.personalData = personalData;
		this.letters = letters;
		this.newsletters = newsletters;
		this.outbox = outbox;
		this.consents = consents;
		this.settings = settings;
		this.clock = clock;
	}

	@Override
	@Transactional
	public void suppress(long id, String reason) {
		Subscriber subscriber = lock(id);
		if (this.suppressions.find(address(subscriber)).filter(SuppressionList.Entry::isFinal).isPresent()) {
			throw new SubscriberActionException("This reader is suppressed already.");
		}
		this.suppressions.suppress(id, Reason.MANUAL, reason);
	}

	@Override
	@Transactional
	public void lift(long id, String reason) {
		Subscriber subscriber = lock(id);
		EmailAddress address = address(subscriber);
		Reason present = this.suppressions.find(address).map(SuppressionList.Entry::reason).orElse(null);
		if (subscriber.status() != SubscriberStatus.SUPPRESSED || present != Reason.MANUAL) {
			throw new SubscriberActionException(
					"Only a suppression by the staff can be lifted; after a bounce or a complaint only the reader "
							+ "decides.");
		}
		Instant now = this.clock.instant();
		Cause cause = new Cause(Evidence.Channel.STAFF, reason);
		this.suppressions.liftManual(address);
		List<Subscription> all = this.subscriptions.of(id);
		if (this.subscribers.bounced(id)) {
			this.suppressions.add(address, Reason.HARD_BOUNCE, "Bounced before the staff suppressed it", now);
			this.subscribers.setStatus(id, SubscriberStatus.SUPPRESSED, Reason.HARD_BOUNCE.name(), cause, now);
		}
		else {
			this.subscribers.setStatus(id, statusBy(all), null, cause, now);
		}
		this.consents.recordAll(all.stream()
			.map((it) -> new Consents.Entry(id, it.newsletterId(), Consents.Action.LIFTED, null, null, EVIDENCE, now))
			.toList());
	}

	@Override
	@Transactional
	public void leave(long id, long newsletterId, String reason) {
		Subscriber subscriber = lock(id);
		if (this.subscriptions.find(newsletterId, id).filter((it) -> it.leftAt() == null).isEmpty()) {
			throw new SubscriberActionException("There is no subscription to end: the reader has left already.");
		}
		this.departures.leave(subscriber, newsletterId, EVIDENCE, reason);
	}

	@Override
	@Transactional
	public void erase(long id, String reason) {
		address(lock(id));
		this.personalData.erase(id, Evidence.Channel.STAFF);
	}

	@Override
	@Transactional
	public void askAgain(long id, long newsletterId) {
		Subscriber subscriber = lock(id);
		EmailAddress address = address(subscriber);
		Subscription subscription = this.subscriptions.find(newsletterId, id)
			.filter((it) -> it.confirmedAt() == null && it.leftAt() == null)
			.orElseThrow(() -> new SubscriberActionException("There is no sign-up that waits to be confirmed."));
		if (!this.suppressions.allowsConfirmation(address)) {
			throw new SubscriberActionException("The address is on the suppression list and gets no mail.");
		}
		Instant dayAgo = this.clock.instant().minus(Duration.ofDays(1));
		if (this.outbox.count("confirm", address.value(), dayAgo) >= this.settings.mailsPerAddressPerDay()) {
			throw new SubscriberActionException("The reader has had as many confirmation mails as one gets a day ("
					+ this.settings.mailsPerAddressPerDay() + "); try tomorrow.");
		}
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.MILLIS);
		this.subscriptions.askedAgain(newsletterId, id, now);
		this.letters.confirm(subscriber, this.newsletters.find(newsletterId).orElseThrow(),
				new Choice(subscription.days(), subscription.topics()), now);
	}

	/** What a subscriber is whom nothing keeps from being mailed. */
	private static SubscriberStatus statusBy(List<Subscription> subscriptions) {
		if (subscriptions.stream().anyMatch(Subscription::isLive)) {
			return SubscriberStatus.ACTIVE;
		}
		return subscriptions.stream().anyMatch((it) -> it.leftAt() != null) ? SubscriberStatus.UNSUBSCRIBED
				: SubscriberStatus.PENDING;
	}

	private Subscriber lock(long id) {
		return this.subscribers.lock(id)
			.orElseThrow(() -> new SubscriberActionException("There is no such reader any more."));
	}

	private static EmailAddress address(Subscriber subscriber) {
		if (subscriber.email() == null) {
			throw new SubscriberActionException("This reader is erased; there is nothing left to change.");
		}
		return new EmailAddress(subscriber.email());
	}

}
