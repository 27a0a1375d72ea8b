package dev.postrider.staff.account;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a password must be: long. Rules about its characters make worse passwords.
 */
public final class PasswordRules {

	/** Shortest password, in characters. */
	public static final int MINIMUM = 12;

	// bcrypt reads no further.
	private static final int MAXIMUM_BYTES = 72;

	private PasswordRules() {
	}

	/**
	 * What is wrong with a password, in words.
	 * @param password as chosen
	 * @param email the account's address, which is no password
	 * @return nothing when it will do
	 */
	public static Optional<String> objection(String password, String email) {
		if (password.codePointCount(0, password.length()) < MINIMUM) {
			return Optional
				.of("Choose at least " + MINIMUM + " characters. A few unrelated words make a good password.");
		}
		if (password.getBytes(StandardCharsets.UTF_8).length > MAXIMUM_BYTES) {
			return Optional
				.of("This is too long: at most " + MAXIMUM_BYTES + " characters, fewer with accents or emoji.");
		}
		if (password.strip().equalsIgnoreCase(email.strip())) {
			return Optional.of("Your address is too easy to guess. Choose something else.");
		}
		if (password.codePoints().distinct().count() < 4) {
			return Optional.of("The same few characters over and over are too easy to guess. Choose something else.");
		}
		return Optional.empty();
	}

}
