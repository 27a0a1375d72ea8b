package dev.postrider.subscription;

/**
 * The signed links that stand in a reader's mails.
 */
public interface ReaderLinks {

	/**
	 * The page and one-click address that ends a subscription; never expires.
	 * @param subscriberId who
	 * @param newsletterId which
	 */
	String unsubscribe(long subscriberId, long newsletterId);

	/**
	 * The page to choose days and topics, pause and leave; good until the reader moves to
	 * another address.
	 * @param subscriberId who
	 * @param moves how often the reader has moved, as the row says that the address was
	 * read from
	 */
	String preferences(long subscriberId, int moves);

}
