package dev.postrider.subscription.list;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import dev.postrider.Retries;
import dev.postrider.subscription.ConsentWording;
import dev.postrider.subscription.SubscriberStatus;
import dev.postrider.subscription.list.AddressWishes.Wish;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Moves a reader to another address. Nothing changes before the owner of the new one has
 * pressed the button behind a link mailed there; then the old one is told.
 * <p>
 * Two subscribers are never made one: where the new address is a subscriber's already,
 * whoever asked gets the same answer as ever, that address is told how to reach its own
 * preferences, and nothing moves. A sign-up that nobody confirmed makes no subscriber.
 * Days, topics and consents of two histories have no right way to be merged, and whoever
 * owns both can leave with one.
 */
@Component
public class AddressChanges {

	static final ConsentWording WORDING = new ConsentWording("address-1",
			"Moved the subscription to another address, verified by a mail to it.");

	private static final int ATTEMPTS = 3;

	private final AddressWishes wishes;

	private final ReaderTokens tokens;

	private final Subscribers subscribers;

	private final Subscriptions subscriptions;

	private final SuppressionList suppressions;

	private final Consents consents;

	private final UnconfirmedSubscribers unconfirmed;

	private final LinkRequests requests;

	private final ReaderNotices notices;

	private final Retries transactions;

	private final SubscriptionSettings settings;

	private final Clock clock;

	AddressChanges(AddressWishes wishes, ReaderTokens tokens, Subscribers subscribers, Subscriptions subscriptions,
			SuppressionList suppressions, Consents consents, UnconfirmedSubscribers unconfirmed, LinkRequests requests,
			ReaderNotices notices, PlatformTransactionManager transactions, SubscriptionSettings settings,
			Clock clock) {
		this.wishes = wishes;
		this.tokens = tokens;
		this.subscribers = subscribers;
		this.subscriptions = subscriptions;
		this.suppressions = suppressions;
		this.consents = consents;
		this.unconfirmed = unconfirmed;
		this.requests = requests;
		this.notices = notices;
		this.transactions = new Retries(new TransactionTemplate(transactions));
		this.settings = settings;
		this.clock = clock;
	}

	/**
	 * Whether a subscriber may move: not before the present address was verified, and not
	 * away from a complaint.
	 */
	public boolean isOpenTo(Subscriber subscriber) {
		return subscriber.email() != null && subscriber.status() != SubscriberStatus.PENDING
				&& !this.suppressions.isFinal(new EmailAddress(subscriber.email()));
	}

	/**
	 * Has the new address mailed, where it may be, behind the answer: whose it is, and
	 * how often it was written to, is not to be told by the time that takes. A later wish
	 * replaces an earlier one.
	 * @param subscriberId who wants to move
	 * @param wanted where to
	 */
	@Transactional
	public void ask(long subscriberId, EmailAddress wanted) {
		if (this.subscribers.lock(subscriberId).filter(this::isOpenTo).isEmpty()) {
			return;
		}
		this.requests.ask(wanted, this.wishes.replace(subscriberId, wanted, this.clock.instant()));
	}

	/**
	 * What a link would do; changes nothing.
	 * @return empty when the token is not ours, or a later wish has replaced it
	 */
	public Optional<Change> look(String token) {
		return this.tokens.readAddress(token)
			.flatMap(this.wishes::find)
			.flatMap((row) -> this.subscribers.find(row.subscriberId()).map((subscriber) -> judge(row, subscriber)));
	}

	/**
	 * Moves the reader, if the link still may.
	 * @param evidence where the click came from
	 * @return how it stands then, empty as in {@link #look}
	 */
	public Optional<Change> confirm(String token, Evidence evidence) {
		for (int attempt = 1;; attempt++) {
			try {
				return this.transactions.of(() -> move(token, evidence));
			}
			catch (DuplicateKeyException ex) {
				// The address has become somebody's in this very moment: looked at again.
				if (attempt == ATTEMPTS) {
					return look(token).map((change) -> change.is(State.IMPOSSIBLE));
				}
			}
		}
	}

	private Optional<Change> move(String token, Evidence evidence) {
		Wish row = this.tokens.readAddress(token).flatMap(this.wishes::find).orElse(null);
		Subscriber subscriber = (row != null) ? this.subscribers.lock(row.subscriberId()).orElse(null) : null;
		// Once more, now that nobody else is at it.
		Wish locked = (row != null) ? this.wishes.find(row.id()).orElse(null) : null;
		if (subscriber == null || locked == null) {
			return Optional.empty();
		}
		Change change = judge(locked, subscriber);
		if (change.state() != State.OPEN) {
			return Optional.of(change);
		}
		if (!makesRoom(locked.email(), subscriber)) {
			return Optional.of(change.is(State.IMPOSSIBLE));
		}
		EmailAddress old = new EmailAddress(Objects.requireNonNull(subscriber.email()));
		boolean left = !old.key().equals(locked.email().key());
		Instant now = this.clock.instant();
		this.wishes.done(locked.id(), now);
		this.suppressions.lift(locked.email());
		this.subscribers.move(subscriber.id(), locked.email(), now);
		if (left) {
			leaveBehind(old, subscriber, locked.email(), now);
		}
		if (subscriber.status() == SubscriberStatus.SUPPRESSED) {
			this.subscribers.setStatus(subscriber.id(), this.subscriptions.hasLive(subscriber.id())
					? SubscriberStatus.ACTIVE : SubscriberStatus.UNSUBSCRIBED, null, Cause.of(evidence.channel()), now);
		}
		this.subscriptions.of(subscriber.id())
			.stream()
			.filter(Subscription::isLive)
			.forEach((it) -> this.consents.record(subscriber.id(), it.newsletterId(), Consents.Action.CHANGED, WORDING,
					evidence, now));
		return Optional.of(change.done(left ? subscriber.moves() + 1 : subscriber.moves()));
	}

	/** No file brings the old address back; its owner can sign up with it again. */
	private void leaveBehind(EmailAddress old, Subscriber subscriber, EmailAddress present, Instant now) {
		if (this.suppressions.find(old).isEmpty()) {
			this.notices.moved(old, subscriber, present);
		}
		this.suppressions.movedAway(old, now);
	}

	/**
	 * A sign-up with the new address that nobody confirmed ends: the owner of the address
	 * has pressed a button in a mail to it, which is more.
	 * @return whether the address is nobody else's then
	 */
	private boolean makesRoom(EmailAddress wanted, Subscriber subscriber) {
		Subscriber other = this.subscribers.lock(wanted).filter((it) -> it.id() != subscriber.id()).orElse(null);
		if (other != null && other.status() == SubscriberStatus.PENDING) {
			this.unconfirmed.delete(List.of(other.id()));
			return true;
		}
		return other == null;
	}

	private Change judge(Wish row, Subscriber subscriber) {
		boolean expired = row.requestedAt().plus(this.settings.confirmWithin()).isBefore(this.clock.instant());
		boolean taken = this.subscribers.find(row.email())
			.filter((it) -> it.id() != subscriber.id() && it.status() != SubscriberStatus.PENDING)
			.isPresent();
		State state = (row.doneAt() != null) ? State.DONE
				: expired ? State.EXPIRED : (taken || !isOpenTo(subscriber) || this.suppressions.isFinal(row.email()))
						? State.IMPOSSIBLE : State.OPEN;
		return new Change(state, subscriber.id(), subscriber.moves(), subscriber.masked(), row.email().masked());
	}

	/** How a link to a new address stands. */
	public enum State {

		/** A click would move the reader. */
		OPEN,

		/** It has. */
		DONE,

		/** Too old; the reader may ask again. */
		EXPIRED,

		/** The new address is a subscriber's by now, or either may not be used. */
		IMPOSSIBLE

	}

	/**
	 * A link to a new address and what it is about.
	 *
	 * @param state how it stands
	 * @param subscriberId who moves
	 * @param moves how often the reader has moved by now
	 * @param from the present address, masked
	 * @param to the new one, masked
	 */
	public record Change(State state, long subscriberId, int moves, String from, String to) {

		Change is(State state) {
			return new Change(state, this.subscriberId, this.moves, this.from, this.to);
		}

		Change done(int moves) {
			return new Change(State.DONE, this.subscriberId, moves, this.from, this.to);
		}

	}

}
