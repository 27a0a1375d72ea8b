package dev.postrider.subscription;

/**
 * The list of addresses that are not mailed again.
 */
public interface Suppressions {

	/**
	 * Suppresses a subscriber: status {@code SUPPRESSED}, address on the list by its
	 * keyed hash, consent record. A second call changes nothing.
	 * @param subscriberId who
	 * @param reason why
	 * @param detail the relay's words or the like, without an address
	 */
	void suppress(long subscriberId, Reason reason, String detail);

	/**
	 * Suppresses a subscriber whose address a relay called bad for good, unless the
	 * reader has moved to another one since.
	 * @param subscriberId who
	 * @param moves how often the reader had moved when the mail went out
	 * @param reply the relay's words, without an address
	 */
	void bounced(long subscriberId, int moves, String reply);

	/** Why an address is on the list. */
	enum Reason {

		HARD_BOUNCE, COMPLAINT, MANUAL, ERASED, MOVED

	}

}
