package dev.postrider.edition;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Something about a rendered edition that should not reach readers.
 *
 * @param rule the name of the rule that found it, such as {@code contrast}
 * @param severity how bad it is
 * @param what what is wrong and what to do about it, in a sentence or two
 * @param where the place in the mail, such as a headline or a link's words; the same
 * place reads the same whenever the edition is checked
 */
public record GateFinding(String rule, Severity severity, String what, String where) {

	/**
	 * How bad it is.
	 */
	public enum Severity {

		/** Nothing goes out with it. */
		ERROR,

		/** Goes out once an editor has accepted it, or when nobody approved by hand. */
		WARNING

	}

	/** Something that stops the edition. */
	public static GateFinding error(String rule, String what, String where) {
		return new GateFinding(rule, Severity.ERROR, what, where);
	}

	/** Something an editor may accept. */
	public static GateFinding warning(String rule, String what, String where) {
		return new GateFinding(rule, Severity.WARNING, what, where);
	}

	/**
	 * Its name within the edition: rule and place. What was accepted once stays accepted
	 * there, and nowhere else.
	 */
	public String key() {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256")
				.digest((this.rule + "\n" + this.where).getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(hash, 0, 8);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java has SHA-256", ex);
		}
	}

	/** In one sentence, for a reason or a refusal. */
	public String sentence() {
		return this.where + ": " + this.what;
	}

}
