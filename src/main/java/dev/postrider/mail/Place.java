package dev.postrider.mail;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Where in a letter a reader's value stands, which decides how it is written: whatever it
 * is, it stays one value on one line and ends nothing that stands around it.
 */
enum Place {

	/** In plain text or in a header. */
	TEXT {
		@Override
		String write(String value) {
			return clean(value);
		}
	},

	/** In HTML, between tags or in an attribute that is no address. */
	HTML {
		@Override
		String write(String value) {
			return escape(clean(value));
		}
	},

	/** The beginning of an address in HTML, which the value may be all of. */
	URL {
		@Override
		String write(String value) {
			String clean = clean(value);
			String start = clean.substring(0, Math.min(clean.length(), 8)).toLowerCase(Locale.ROOT);
			boolean address = start.startsWith("https://") || start.startsWith("http://");
			// Anything else could be a scheme that runs something: it becomes a harmless
			// relative address.
			return escape(percent(clean, address ? IN_ADDRESS : IN_PART));
		}
	},

	/** Within an address in HTML, in its path, query or fragment. */
	URL_PART {
		@Override
		String write(String value) {
			return escape(percent(clean(value), IN_PART));
		}
	};

	private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

	/** What may stand in an address as it is (RFC 3986 2). */
	private static final boolean[] IN_ADDRESS = ascii(UNRESERVED + ":/?#[]@!$&'()*+,;=%");

	/** The at-sign separates nothing in a path or query, and mailto needs it. */
	private static final boolean[] IN_PART = ascii(UNRESERVED + "@");

	private static final char[] HEX = "0123456789ABCDEF".toCharArray();

	/**
	 * The value as it stands there, not yet encoded for transport.
	 * @param value any text
	 */
	abstract String write(String value);

	/**
	 * Line breaks and other controls become a blank; what marks fields or turns the
	 * direction of the text around it goes.
	 */
	private static String clean(String value) {
		int i = 0;
		while (i < value.length() && value.charAt(i) >= ' ' && value.charAt(i) < 0x7F) {
			i++;
		}
		if (i == value.length()) {
			return value;
		}
		StringBuilder clean = new StringBuilder(value.length()).append(value, 0, i);
		boolean broken = false;
		while (i < value.length()) {
			int c = value.codePointAt(i);
			i += Character.charCount(c);
			switch (Character.getType(c)) {
				case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> {
					if (!broken) {
						clean.append(' ');
					}
					broken = true;
					continue;
				}
				case Character.PRIVATE_USE, Character.SURROGATE -> {
				}
				default -> {
					if (!turnsDirection(c)) {
						clean.appendCodePoint(c);
					}
				}
			}
			broken = false;
		}
		return clean.toString();
	}

	private static boolean turnsDirection(int c) {
		return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
	}

	private static String escape(String value) {
		StringBuilder escaped = null;
		for (int i = 0; i < value.length(); i++) {
			char c = value.charAt(i);
			String entity = switch (c) {
				case '&' -> "&amp;";
				case '<' -> "&lt;";
				case '>' -> "&gt;";
				case '"' -> "&quot;";
				case '\'' -> "&#39;";
				default -> null;
			};
			if (entity != null && escaped == null) {
				escaped = new StringBuilder(value.length() + 32).append(value, 0, i);
			}
			if (escaped != null) {
				if (entity != null) {
					escaped.append(entity);
				}
				else {
					escaped.append(c);
				}
			}
		}
		return (escaped != null) ? escaped.toString() : value;
	}

	private static String percent(String value, boolean[] asItIs) {
		int i = 0;
		while (i < value.length() && isIn(asItIs, value.charAt(i))) {
			i++;
		}
		if (i == value.length()) {
			return value;
		}
		StringBuilder encoded = new StringBuilder(value.length() + 32);
		for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
			if (isIn(asItIs, b & 0xFF)) {
				encoded.append((char) b);
			}
			else {
				encoded.append('%').append(HEX[(b >> 4) & 0xF]).append(HEX[b & 0xF]);
			}
		}
		return encoded.toString();
	}

	private static boolean isIn(boolean[] characters, int c) {
		return c < characters.length && characters[c];
	}

	private static boolean[] ascii(String characters) {
		boolean[] ascii = new boolean[128];
		characters.chars().forEach((c) -> ascii[c] = true);
		return ascii;
	}

}
