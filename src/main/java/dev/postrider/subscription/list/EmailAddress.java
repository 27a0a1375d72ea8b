package dev.postrider.subscription.list;

import java.util.Locale;

/**
 * An address that {@link AddressGate} let in.
 *
 * @param value as mail is addressed: the local part as typed, the domain in lower-case
 * ASCII
 */
public record EmailAddress(String value) {

	/** What makes two spellings one subscriber: the address in lower case. */
	public String key() {
		return this.value.toLowerCase(Locale.ROOT);
	}

	/** The part before the @, as typed. */
	public String local() {
		return this.value.substring(0, this.value.lastIndexOf('@'));
	}

	/** The part after the @, in lower-case ASCII. */
	public String domain() {
		return this.value.substring(this.value.lastIndexOf('@') + 1);
	}

	/** For pages that whoever holds a link can see: {@code j•••@example.com}. */
	public String masked() {
		return mask(this.value);
	}

	static String mask(String address) {
		int at = address.lastIndexOf('@');
		return address.charAt(0) + "•••" + address.substring(at);
	}

	/** Without the address itself: it must not reach a log. */
	@Override
	public String toString() {
		return "EmailAddress[" + masked() + "]";
	}

}
