package dev.postrider.subscription.list;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

import dev.postrider.mail.Writings;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.subscription.ConsentWording;
import dev.postrider.subscription.SubscriberStatus;
import dev.postrider.subscription.SubscriptionConfirmed;
import dev.postrider.subscription.Suppressions.Reason;
import dev.postrider.subscription.list.ReaderTokens.ConfirmToken;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Verifies sign-ups by the token in the confirmation mail.
 */
@Component
public class Confirmations {

	private final ReaderTokens tokens;

	private final Subscribers subscribers;

	private final Subscriptions subscriptions;

	private final SuppressionList suppressions;

	private final Newsletters newsletters;

	private final Consents consents;

	private final ReaderLetters letters;

	private final SubscriptionSettings settings;

	private final Writings writings;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	Confirmations(ReaderTokens tokens, Subscribers subscribers, Subscriptions subscriptions,
			SuppressionList suppressions, Newsletters newsletters, Consents consents, ReaderLetters letters,
			SubscriptionSettings settings, Writings writings, ApplicationEventPublisher events, Clock clock) {
		this.tokens = tokens;
		this.subscribers = subscribers;
		this.subscriptions = subscriptions;
		this.suppressions = suppressions;
		this.newsletters = newsletters;
		this.consents = consents;
		this.letters = letters;
		this.settings = settings;
		this.writings = writings;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * What a token would do; changes nothing.
	 * @return empty when the token is not ours, or its sign-up is gone or was of an
	 * address that the reader has moved away from
	 */
	public Optional<Confirmation> look(String token) {
		return this.tokens.readConfirm(token)
			.flatMap((read) -> this.subscribers.find(read.subscriberId())
				.flatMap((subscriber) -> judge(read, subscriber)));
	}

	/**
	 * Verifies the sign-up if the token still may.
	 * @param evidence where the click came from
	 * @return how it stands then, empty as in {@link #look}
	 */
	@Transactional
	public Optional<Confirmation> confirm(String token, Evidence evidence) {
		Optional<Confirmation> found = lockAndJudge(token);
		if (found.isEmpty() || found.get().state() != State.OPEN) {
			return found;
		}
		Confirmation open = found.get();
		long subscriberId = open.subscriber().id();
		long newsletterId = open.newsletter().id();
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.MILLIS);
		this.subscriptions.confirm(newsletterId, subscriberId, now);
		this.subscribers.activate(subscriberId, Cause.of(evidence.channel()), now);
		if (open.subscriber().email() != null) {
			this.suppressions.lift(new EmailAddress(open.subscriber().email()));
		}
		// What was agreed to is what stood on the form, which may have changed since.
		ConsentWording wording = this.consents.lastSignUp(subscriberId, newsletterId)
			.orElseGet(() -> this.settings.beside(ConsentWording.of(open.newsletter(),
					this.writings.letter(open.subscription().look().language(), open.newsletter().language()))));
		this.consents.record(new Consents.Entry(subscriberId, newsletterId, Consents.Action.CONFIRMED, wording,
				ReaderTokens.id(token), evidence, now));
		this.events.publishEvent(new SubscriptionConfirmed(subscriberId, newsletterId));
		return Optional.of(open.is(State.CONFIRMED_NOW));
	}

	/**
	 * Sends a new link in place of an expired one, within the day's cap.
	 * @return how the old link stands, empty as in {@link #look}
	 */
	@Transactional
	public Optional<Confirmation> sendAgain(String token) {
		Optional<Confirmation> found = lockAndJudge(token);
		found.filter((it) -> it.state() == State.EXPIRED).ifPresent((it) -> {
			Choice choice = it.subscription().choice();
			Instant now = this.clock.instant().truncatedTo(ChronoUnit.MILLIS);
			this.subscriptions.askedAgain(it.newsletter().id(), it.subscriber().id(), now);
			this.letters.confirm(it.subscriber(), it.newsletter(), choice, now);
		});
		return found;
	}

	private Optional<Confirmation> lockAndJudge(String token) {
		return this.tokens.readConfirm(token)
			.flatMap((read) -> this.subscribers.lock(read.subscriberId())
				.flatMap((subscriber) -> judge(read, subscriber)));
	}

	private Optional<Confirmation> judge(ConfirmToken token, Subscriber subscriber) {
		if (subscriber.email() == null || subscriber.moves() != token.moves()) {
			return Optional.empty();
		}
		Optional<Newsletter> newsletter = this.newsletters.find(token.newsletterId());
		Optional<Subscription> subscription = this.subscriptions.find(token.newsletterId(), subscriber.id());
		if (newsletter.isEmpty() || subscription.isEmpty()) {
			return Optional.empty();
		}
		return Optional.of(new Confirmation(state(token, subscriber, subscription.get()), subscriber, newsletter.get(),
				subscription.get()));
	}

	private State state(ConfirmToken token, Subscriber subscriber, Subscription subscription) {
		Optional<SuppressionList.Entry> suppressed = this.suppressions
			.find(new EmailAddress(java.util.Objects.requireNonNull(subscriber.email())));
		Instant issuedAt = token.issuedAt();
		Instant leftAt = subscription.leftAt();
		boolean stale = leftAt != null && !issuedAt.isAfter(leftAt);
		boolean overruled = suppressed
			.filter((it) -> it.isFinal() || (it.reason() == Reason.HARD_BOUNCE && !it.createdAt().isBefore(issuedAt)))
			.isPresent();
		if (stale || overruled) {
			return State.OUTDATED;
		}
		if (subscriber.status() == SubscriberStatus.ACTIVE && subscription.isLive()) {
			return State.CONFIRMED;
		}
		return issuedAt.plus(this.settings.confirmWithin()).isBefore(this.clock.instant()) ? State.EXPIRED : State.OPEN;
	}

	/** How a confirmation link stands. */
	public enum State {

		/** A click would verify. */
		OPEN,

		/** This click has verified. */
		CONFIRMED_NOW,

		/** Verified before. */
		CONFIRMED,

		/** Too old; a new one can be sent. */
		EXPIRED,

		/** The reader has left, or was taken off, since. */
		OUTDATED

	}

	/**
	 * A confirmation link and what it is about.
	 *
	 * @param state how it stands
	 * @param subscriber whose
	 * @param newsletter for what
	 * @param subscription what was asked for
	 */
	public record Confirmation(State state, Subscriber subscriber, Newsletter newsletter, Subscription subscription) {

		Confirmation is(State state) {
			return new Confirmation(state, this.subscriber, this.newsletter, this.subscription);
		}

	}

}
