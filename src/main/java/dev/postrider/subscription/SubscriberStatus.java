package dev.postrider.subscription;

/**
 * Where a subscriber stands.
 */
public enum SubscriberStatus {

	/** Signed up, address not yet verified. */
	PENDING,

	/** Verified; may be mailed. */
	ACTIVE,

	/** Left the last newsletter. */
	UNSUBSCRIBED,

	/** The address bounced hard, or its owner complained. */
	SUPPRESSED,

	/** Erased at the reader's wish; no address is kept. */
	ERASED

}
