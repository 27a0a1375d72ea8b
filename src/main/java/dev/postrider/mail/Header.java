package dev.postrider.mail;

import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;

import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeUtility;

/**
 * One header field, ready for the wire: encoded, folded, without a line break of anyone
 * else's making.
 *
 * @param name such as {@code List-Id}
 * @param value as it goes out
 */
public record Header(String name, String value) {

	private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z",
			Locale.ENGLISH);

	/** A field whose value is plain ASCII already, such as a URI in angle brackets. */
	public static Header of(String name, String value) {
		return new Header(name, noControls(value));
	}

	/** The {@code Date} of a message, with a numeric zone (RFC 5322 3.3). */
	public static Header date(Instant at) {
		return new Header("Date", DATE.format(at.atOffset(ZoneOffset.UTC)));
	}

	/** A field of free text, in encoded-words where it is not ASCII (RFC 2047). */
	public static Header text(String name, String value) {
		String clean = noControls(value);
		String encoded = StandardCharsets.US_ASCII.newEncoder().canEncode(clean)
				? MimeUtility.fold(name.length() + 2, clean) : encodedWords(clean);
		return new Header(name, encoded);
	}

	/** A field with one mailbox, its name encoded where it is not ASCII. */
	public static Header mailbox(String name, String personal, String email) {
		try {
			String mailbox = new InternetAddress(noControls(email), noControls(personal), "UTF-8").toString();
			return new Header(name, MimeUtility.fold(name.length() + 2, mailbox));
		}
		catch (UnsupportedEncodingException ex) {
			throw new IllegalStateException("Every Java platform has UTF-8", ex);
		}
	}

	byte[] bytes() {
		return (this.name + ": " + this.value + "\r\n").getBytes(StandardCharsets.US_ASCII);
	}

	/**
	 * Words of at most 39 bytes each: 64 characters encoded, so that the first fits on
	 * the line of its name. A character is never split between two (RFC 2047 5).
	 */
	private static String encodedWords(String text) {
		StringBuilder encoded = new StringBuilder();
		StringBuilder word = new StringBuilder();
		int bytes = 0;
		for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
			String character = Character.toString(text.codePointAt(i));
			int width = character.getBytes(StandardCharsets.UTF_8).length;
			if (bytes + width > 39) {
				encoded.append(encodedWord(word)).append("\r\n ");
				word.setLength(0);
				bytes = 0;
			}
			word.append(character);
			bytes += width;
		}
		return encoded.append(encodedWord(word)).toString();
	}

	private static String encodedWord(StringBuilder word) {
		byte[] bytes = word.toString().getBytes(StandardCharsets.UTF_8);
		return "=?UTF-8?B?" + Base64.getEncoder().encodeToString(bytes) + "?=";
	}

	/** CWE-93: what comes from outside cannot begin a header of its own. */
	private static String noControls(String value) {
		return value.replaceAll("[\\p{Cc}\\u2028\\u2029]+", " ").strip();
	}

}
