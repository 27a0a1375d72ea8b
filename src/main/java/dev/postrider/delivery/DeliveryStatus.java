package dev.postrider.delivery;

/**
 * Where a delivery stands.
 */
public enum DeliveryStatus {

	/** Not tried yet. */
	PENDING,

	/** The relay answered 250 after the message. */
	SENT,

	/** To be tried again. */
	DEFERRED,

	/** The address does not exist. */
	BOUNCED,

	/** Not sent on purpose; the reply says why. */
	SKIPPED,

	/** Given up; the reply says why. */
	FAILED

}
