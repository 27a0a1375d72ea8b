package dev.postrider.subscription.list;

import dev.postrider.mail.Writing;

/**
 * What was typed is not an address we can mail. The message tells the reader what to
 * change, and does not repeat the address.
 */
public class RefusedAddressException extends Exception {

	private static final long serialVersionUID = 1L;

	private final Refusal why;

	private final String value;

	RefusedAddressException(Refusal why) {
		this(why, "");
	}

	RefusedAddressException(Refusal why, String value) {
		super(why.english().replace("{0}", value));
		this.why = why;
		this.value = value;
	}

	/** The message in a reader's language. */
	public String in(Writing writing) {
		return writing.tell("refused." + this.why.name(), this.value);
	}

}
