package dev.postrider.mail;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What a relay answered, and to which part of the conversation.
 *
 * @param stage what it answered to
 * @param code the reply code (RFC 5321 4.2); 0 where it said nothing
 * @param enhanced the enhanced code at its beginning, such as {@code 5.1.1} (RFC 2034);
 * {@code null} where it gave none
 * @param text its words on one line, the codes once at the beginning; or ours where it
 * said nothing
 */
public record SmtpReply(Stage stage, int code, @Nullable String enhanced, String text) {

	private static final Pattern CODES = Pattern.compile("^([2-5]\\d\\d)[ -]?([245]\\.\\d{1,3}\\.\\d{1,3}(?![\\d.]))?");

	/** The codes again, as each line of a long reply begins with them. */
	private static final Pattern NEXT_LINE = Pattern
		.compile("[\\r\\n]+[2-5]\\d\\d[ -](?:[245]\\.\\d{1,3}\\.\\d{1,3}(?![\\d.]))?");

	private static final Pattern SPACE = Pattern.compile("\\s+");

	/**
	 * Reads a reply as it came over the wire.
	 * @param stage what it answers to
	 * @param lines all its lines, or our own words where there are none
	 * @return the reply; its code is 0 where the words begin with none
	 */
	public static SmtpReply of(Stage stage, @Nullable String lines) {
		String text = (lines == null) ? "" : lines.strip();
		Matcher codes = CODES.matcher(text);
		String line = SPACE.matcher(NEXT_LINE.matcher(text).replaceAll(" ")).replaceAll(" ");
		return codes.find() ? new SmtpReply(stage, Integer.parseInt(codes.group(1)), codes.group(2), line)
				: new SmtpReply(stage, 0, null, line);
	}

	/** Whether trying again is no use (RFC 5321 4.2.1). */
	public boolean permanent() {
		return this.code >= 500;
	}

	/**
	 * The parts of a conversation that a relay may refuse.
	 */
	public enum Stage {

		/** Opening the connection, up to and with the greeting. */
		CONNECT,

		/** EHLO, STARTTLS and what goes with them. */
		EHLO,

		/** Logging in. */
		AUTH,

		/** The envelope's sender. */
		MAIL,

		/** The recipient. */
		RCPT,

		/** The wish to send the message, before any of it went out. */
		DATA,

		/** The message itself, after its last byte. */
		MESSAGE

	}

}
