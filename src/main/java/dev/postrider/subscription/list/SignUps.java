package dev.postrider.subscription.list;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import dev.postrider.newsletter.Newsletter;
import dev.postrider.subscription.ConsentWording;
import dev.postrider.subscription.SubscriberStatus;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Works off what {@link SignUpIntake} took down. Whoever asked learns nothing about the
 * address: what differs is only the mail that its owner gets, if any.
 */
@Component
public class SignUps {

	private final Subscribers subscribers;

	private final Subscriptions subscriptions;

	private final SuppressionList suppressions;

	private final Consents consents;

	private final ReaderLetters letters;

	private final Strangers strangers;

	private final Clock clock;

	SignUps(Subscribers subscribers, Subscriptions subscriptions, SuppressionList suppressions, Consents consents,
			ReaderLetters letters, Strangers strangers, Clock clock) {
		this.subscribers = subscribers;
		this.subscriptions = subscriptions;
		this.suppressions = suppressions;
		this.consents = consents;
		this.letters = letters;
		this.strangers = strangers;
		this.clock = clock;
	}

	/**
	 * Notes sign-ups and mails the addresses' owners: a confirmation, or to somebody
	 * subscribed already the way to the preferences. An address that must not be mailed
	 * is left in peace. One that had its mails of the day for another newsletter is to be
	 * asked later: nothing is noted of such a sign-up, which has to come again.
	 * @param orders what was asked for
	 * @return those that must come again, and when
	 */
	@Transactional
	public Map<SignUpOrder, Instant> accept(Collection<SignUpOrder> orders) {
		// Tokens carry milliseconds, and are compared with what is stored.
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.MILLIS);
		Map<SignUpOrder, Instant> later = new HashMap<>();
		for (SignUpOrder order : this.strangers.accept(orders, now)) {
			accept(order, now).ifPresent((at) -> later.put(order, at));
		}
		return later;
	}

	private Optional<Instant> accept(SignUpOrder order, Instant now) {
		Newsletter newsletter = order.newsletter();
		if (!this.suppressions.allowsConfirmation(order.address())) {
			return Optional.empty();
		}
		Subscriber subscriber = this.subscribers.lockOrAdd(order.address(), order.name(), now);
		Optional<Subscription> present = this.subscriptions.find(newsletter.id(), subscriber.id());
		if (subscriber.status() == SubscriberStatus.ACTIVE && present.filter(Subscription::isLive).isPresent()) {
			// In the reader's language, whoever typed the address.
			this.letters.known(subscriber, newsletter, present.get().choice());
			return Optional.empty();
		}
		Optional<Instant> again = present.filter((it) -> isAsked(it, now)).isPresent() ? Optional.empty()
				: this.letters.confirmAgainAt(subscriber);
		if (again.isPresent()) {
			return again;
		}
		// A stranger's typing does not change the name of somebody we know.
		if (subscriber.status() == SubscriberStatus.PENDING && order.name() != null) {
			this.subscribers.rename(subscriber.id(), order.name());
		}
		this.subscriptions.request(newsletter, subscriber.id(), order.choice(), now);
		this.consents.record(subscriber.id(), newsletter.id(), Consents.Action.SIGNED_UP, order.wording(),
				order.evidence(), order.at());
		this.letters.confirm(subscriber, newsletter, order.choice(), now);
		return Optional.empty();
	}

	/** Whether the owner has a mail about it that still is of use. */
	private static boolean isAsked(Subscription subscription, Instant now) {
		Instant leftAt = subscription.leftAt();
		return subscription.requestedAt().isAfter(now.minus(Duration.ofDays(1)))
				&& (leftAt == null || subscription.requestedAt().isAfter(leftAt));
	}

	/**
	 * A checked sign-up.
	 *
	 * @param newsletter what for
	 * @param address whose
	 * @param name the reader's name, if given
	 * @param choice days and topics
	 * @param wording what was agreed to
	 * @param evidence where it came from
	 * @param at when
	 */
	public record SignUpOrder(Newsletter newsletter, EmailAddress address, @Nullable String name, Choice choice,
			ConsentWording wording, Evidence evidence, Instant at) {
	}

}
