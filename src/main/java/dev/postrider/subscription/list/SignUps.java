package dev.postrider.subscription.list;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

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

	private final Clock clock;

	SignUps(Subscribers subscribers, Subscriptions subscriptions, SuppressionList suppressions, Consents consents,
			ReaderLetters letters, Clock clock) {
		this.subscribers = subscribers;
		this.subscriptions = subscriptions;
		this.suppressions = suppressions;
		this.consents = consents;
		this.letters = letters;
		this.clock = clock;
	}

	/**
	 * Notes a sign-up and mails the address's owner: a confirmation, or to somebody
	 * subscribed already the way to the preferences. An address that must not be mailed
	 * is left in peace.
	 * @param order what was asked for
	 */
	@Transactional
	public void accept(SignUpOrder order) {
		Newsletter newsletter = order.newsletter();
		if (!this.suppressions.allowsConfirmation(order.address())) {
			return;
		}
		// Tokens carry milliseconds, and are compared with what is stored.
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.MILLIS);
		Subscriber subscriber = this.subscribers.lockOrAdd(order.address(), order.name(), now);
		boolean live = subscriber.status() == SubscriberStatus.ACTIVE
				&& this.subscriptions.find(newsletter.id(), subscriber.id()).filter(Subscription::isLive).isPresent();
		if (live) {
			this.letters.known(subscriber, newsletter, order.choice());
			return;
		}
		// A stranger's typing does not change the name of somebody we know.
		if (subscriber.status() == SubscriberStatus.PENDING && order.name() != null) {
			this.subscribers.rename(subscriber.id(), order.name());
		}
		this.subscriptions.request(newsletter, subscriber.id(), order.choice(), now);
		this.consents.record(subscriber.id(), newsletter.id(), Consents.Action.SIGNED_UP, order.wording(),
				order.evidence(), now);
		this.letters.confirm(subscriber, newsletter, order.choice(), now);
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
	 */
	public record SignUpOrder(Newsletter newsletter, EmailAddress address, @Nullable String name, Choice choice,
			ConsentWording wording, Evidence evidence) {
	}

}
