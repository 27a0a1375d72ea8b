package dev.postrider.subscription.list;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.subscription.ConsentWording;
import dev.postrider.subscription.SubscriberStatus;
import dev.postrider.subscription.SubscriptionEnded;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Ends subscriptions, and takes that back for a while. The token in a link is all it
 * needs (RFC 8058).
 */
@Component
public class Departures {

	private final ReaderTokens tokens;

	private final Subscribers subscribers;

	private final Subscriptions subscriptions;

	private final Newsletters newsletters;

	private final Consents consents;

	private final ApplicationEventPublisher events;

	private final SubscriptionSettings settings;

	private final Clock clock;

	Departures(ReaderTokens tokens, Subscribers subscribers, Subscriptions subscriptions, Newsletters newsletters,
			Consents consents, ApplicationEventPublisher events, SubscriptionSettings settings, Clock clock) {
		this.tokens = tokens;
		this.subscribers = subscribers;
		this.subscriptions = subscriptions;
		this.newsletters = newsletters;
		this.consents = consents;
		this.events = events;
		this.settings = settings;
		this.clock = clock;
	}

	/**
	 * What a token is about; changes nothing.
	 * @return empty when the token is not ours
	 */
	public Optional<Departure> look(String token) {
		return this.tokens.readUnsubscribe(token)
			.flatMap((read) -> this.subscribers.find(read.subscriberId())
				.flatMap((subscriber) -> departure(subscriber, read.newsletterId())));
	}

	/**
	 * Ends the subscription; a second time changes nothing.
	 * @param evidence where the wish came from
	 * @return how it stands then, empty as in {@link #look}
	 */
	@Transactional
	public Optional<Departure> leave(String token, Evidence evidence) {
		return this.tokens.readUnsubscribe(token)
			.flatMap((read) -> this.subscribers.lock(read.subscriberId()).flatMap((subscriber) -> {
				leave(subscriber, read.newsletterId(), evidence);
				return departure(subscriber, read.newsletterId());
			}));
	}

	/** As above, for a subscriber that the caller has locked. */
	void leave(Subscriber subscriber, long newsletterId, Evidence evidence) {
		leave(subscriber, newsletterId, evidence, null);
	}

	/** As above, with what the staff says about it. */
	void leave(Subscriber subscriber, long newsletterId, Evidence evidence, @Nullable String why) {
		Subscription subscription = this.subscriptions.find(newsletterId, subscriber.id()).orElse(null);
		if (subscription == null || subscription.leftAt() != null) {
			return;
		}
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.MILLIS);
		this.subscriptions.setLeft(newsletterId, subscriber.id(), now);
		if (subscriber.status() == SubscriberStatus.ACTIVE && !this.subscriptions.hasLive(subscriber.id())) {
			this.subscribers.setStatus(subscriber.id(), SubscriberStatus.UNSUBSCRIBED, null,
					new Cause(evidence.channel(), why), now);
		}
		this.consents.record(subscriber.id(), newsletterId, Consents.Action.UNSUBSCRIBED, null, evidence, now);
		this.events.publishEvent(new SubscriptionEnded(subscriber.id(), newsletterId));
	}

	/**
	 * Takes an unsubscription back while it is fresh.
	 * @return how it stands then, empty as in {@link #look}
	 */
	@Transactional
	public Optional<Departure> undo(String token, Evidence evidence) {
		return this.tokens.readUnsubscribe(token)
			.flatMap((read) -> this.subscribers.lock(read.subscriberId()).flatMap((subscriber) -> {
				Optional<Departure> found = departure(subscriber, read.newsletterId());
				if (found.filter(Departure::undoable).isEmpty()) {
					return found;
				}
				Instant now = this.clock.instant();
				this.subscriptions.setLeft(read.newsletterId(), subscriber.id(), null);
				this.subscribers.setStatus(subscriber.id(), SubscriberStatus.ACTIVE, null, Cause.of(evidence.channel()),
						now);
				this.consents.record(subscriber.id(), read.newsletterId(), Consents.Action.CHANGED,
						new ConsentWording("undo-1", "Took the unsubscription back."), evidence, now);
				return departure(subscriber, read.newsletterId());
			}));
	}

	private Optional<Departure> departure(Subscriber subscriber, long newsletterId) {
		return this.newsletters.find(newsletterId).map((newsletter) -> {
			Subscription subscription = this.subscriptions.find(newsletterId, subscriber.id()).orElse(null);
			boolean subscribed = subscription != null && subscription.leftAt() == null
					&& subscriber.status() != SubscriberStatus.ERASED;
			return new Departure(subscriber, newsletter, subscribed, undoable(subscriber, subscription));
		});
	}

	private boolean undoable(Subscriber subscriber, @Nullable Subscription subscription) {
		if (subscription == null || subscription.leftAt() == null || subscription.confirmedAt() == null) {
			return false;
		}
		boolean mailable = subscriber.status() == SubscriberStatus.ACTIVE
				|| subscriber.status() == SubscriberStatus.UNSUBSCRIBED;
		return mailable && !subscription.leftAt().plus(this.settings.undoWithin()).isBefore(this.clock.instant());
	}

	/**
	 * How a subscription stands for somebody about to leave.
	 *
	 * @param subscriber whose
	 * @param newsletter which
	 * @param subscribed whether there is something to leave
	 * @param undoable whether it was left so lately that it can be taken back
	 */
	public record Departure(Subscriber subscriber, Newsletter newsletter, boolean subscribed, boolean undoable) {
	}

}
