package dev.postrider.subscription;

/**
 * What the staff may do to a subscriber, always with a reason. A reason holds no address.
 * Whatever cannot be done is refused by a {@link SubscriberActionException} that says
 * why.
 */
public interface SubscriberControl {

	/** Sends no mail any more, to be lifted by the staff only. */
	void suppress(long id, String reason);

	/**
	 * Takes back a suppression by the staff: the subscriber is again what the
	 * subscriptions say. A complaint, a bounce or an erasure is never taken back so.
	 */
	void lift(long id, String reason);

	/** Ends a subscription. Only the reader can sign up again. */
	void leave(long id, long newsletterId, String reason);

	/** Forgets the person, as the reader's own page does. */
	void erase(long id, String reason);

	/** Mails the confirmation link once more, within the day's cap. */
	void askAgain(long id, long newsletterId);

}
