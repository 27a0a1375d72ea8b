package dev.postrider.subscription.list;

/**
 * What was typed is not an address we can mail. The message tells the reader what to
 * change, and does not repeat the address.
 */
public class RefusedAddressException extends Exception {

	private static final long serialVersionUID = 1L;

	RefusedAddressException(String message) {
		super(message);
	}

}
