package dev.postrider.subscription.list;

import java.util.Optional;

import dev.postrider.subscription.SubscriberStatus;
import dev.postrider.subscription.list.AddressWishes.Wish;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Finds out whether a link that was asked for may be mailed, and mails it; within the
 * caller's transaction.
 */
@Component
class LinkMails {

	private final AddressWishes wishes;

	private final Subscribers subscribers;

	private final SuppressionList suppressions;

	private final ReaderNotices notices;

	LinkMails(AddressWishes wishes, Subscribers subscribers, SuppressionList suppressions, ReaderNotices notices) {
		this.wishes = wishes;
		this.subscribers = subscribers;
		this.suppressions = suppressions;
		this.notices = notices;
	}

	/**
	 * The link to the preferences, where the address is a reader's; at most so often a
	 * day. Who never confirmed has nothing to choose yet.
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public void link(EmailAddress address) {
		if (this.suppressions.allowsConfirmation(address)) {
			this.subscribers.lock(address)
				.filter((it) -> it.status() != SubscriberStatus.PENDING)
				.ifPresent(this.notices::link);
		}
	}

	/**
	 * Asks the new address of a wish to move; where that is a reader's already, tells
	 * this one. A sign-up that nobody confirmed does not make it one's.
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public void move(long changeId) {
		Subscriber subscriber = wish(changeId).flatMap((wish) -> this.subscribers.lock(wish.subscriberId()))
			.orElse(null);
		// Now that nobody can replace it.
		EmailAddress wanted = wish(changeId).map(Wish::email).orElse(null);
		if (subscriber == null || wanted == null || !this.suppressions.allowsConfirmation(wanted)) {
			return;
		}
		Subscriber owner = this.subscribers.find(wanted)
			.filter((it) -> it.id() != subscriber.id() && it.status() != SubscriberStatus.PENDING)
			.orElse(null);
		if (owner != null) {
			this.notices.taken(owner);
			return;
		}
		this.notices.move(subscriber, wanted, changeId).ifPresent((mailId) -> this.wishes.mailed(changeId, mailId));
	}

	private Optional<Wish> wish(long id) {
		return this.wishes.find(id).filter((it) -> it.doneAt() == null);
	}

}
