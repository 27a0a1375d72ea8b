package dev.postrider.mail;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Pattern;

import jakarta.mail.internet.MimeUtility;

/**
 * One header field, ready for the wire: encoded, folded, without a line break of anyone
 * else's making.
 *
 * @param name such as {@code List-Id}
 * @param value as it goes out
 */
public record Header(String name, String value) {

	/** A line of a header should not be longer (RFC 5322 2.1.1). */
	private static final int LONGEST_LINE = 78;

	private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z",
			Locale.ENGLISH);

	private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}\\u2028\\u2029]+");

	/** Words that need no quotation marks (RFC 5322 3.2.3). */
	private static final Pattern ATOMS = Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+");

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
		return new Header(name, isPlain(clean) ? foldedOrEncoded(name, clean, clean) : encodedWords(clean));
	}

	/**
	 * A field with one mailbox, or with a list's name and id, its name encoded where it
	 * is not ASCII.
	 */
	public static Header mailbox(String name, String personal, String address) {
		String words = noControls(personal);
		String mailbox = "<" + noControls(address) + ">";
		if (words.isEmpty()) {
			return new Header(name, mailbox);
		}
		String quoted = ATOMS.matcher(words).matches() ? words
				: '"' + words.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
		String phrase = isPlain(words) ? foldedOrEncoded(name, quoted, words) : encodedWords(words);
		int begun = phrase.contains("\r\n") ? phrase.length() - phrase.lastIndexOf('\n') - 1
				: name.length() + 2 + phrase.length();
		return new Header(name, phrase + ((begun + 1 + mailbox.length() > LONGEST_LINE) ? "\r\n " : " ") + mailbox);
	}

	byte[] bytes() {
		return (this.name + ": " + this.value + "\r\n").getBytes(StandardCharsets.US_ASCII);
	}

	/** Whether it is ASCII and nobody would decode it. */
	private static boolean isPlain(String text) {
		return text.chars().allMatch((c) -> c < 0x7F) && !text.contains("=?");
	}

	/** Encoded also when a word is so long that its line cannot be folded. */
	private static String foldedOrEncoded(String name, String value, String words) {
		String folded = MimeUtility.fold(name.length() + 2, value);
		return Arrays.stream((name + ": " + folded).split("\r\n")).allMatch((line) -> line.length() <= LONGEST_LINE)
				? folded : encodedWords(words);
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
		return CONTROLS.matcher(value).replaceAll(" ").strip();
	}

}
