package dev.postrider.subscription;

/**
 * Something that cannot be done to a subscriber; the message is for people.
 */
public class SubscriberActionException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public SubscriberActionException(String message) {
		super(message);
	}

}
