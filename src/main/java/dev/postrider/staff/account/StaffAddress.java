package dev.postrider.staff.account;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an account's address must look like. Whether it exists, the invitation shows.
 */
public final class StaffAddress {

	private static final int LONGEST = 254;

	// RFC 5321's dot-string in ASCII, then a domain.
	private static final Pattern FORM = Pattern
		.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
				+ "@[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*");

	private StaffAddress() {
	}

	/** What is wrong with an address, in words; nothing when it will do. */
	public static Optional<String> objection(String email) {
		String stripped = email.strip();
		return (stripped.length() <= LONGEST && FORM.matcher(stripped).matches()) ? Optional.empty()
				: Optional.of("This is not an address mail can go to. It should look like robin@news.example.");
	}

}
