package dev.postrider.mail;

import java.nio.charset.StandardCharsets;

/**
 * Quoted-printable (RFC 2045 6.7) for pieces that are joined later: each piece begins at
 * the start of a line, and {@link #SOFT_BREAK} joins it to the next without a trace after
 * decoding.
 */
final class QuotedPrintable {

	static final byte[] SOFT_BREAK = { '=', '\r', '\n' };

	private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

	private static final byte[] FROM = "From ".getBytes(StandardCharsets.US_ASCII);

	/** Of the 76 characters a line may have, one is for the soft break's "=". */
	private static final int LONGEST = 75;

	private QuotedPrintable() {
	}

	/**
	 * Encodes text, which may end anywhere, even in the middle of a line.
	 * @param text any text; its line ends become CRLF
	 * @return pure ASCII in lines of at most 76 characters
	 */
	static byte[] encode(String text) {
		WireBuffer out = new WireBuffer(text.length() + text.length() / 8 + 16);
		encode(text, out);
		return out.toByteArray();
	}

	/**
	 * The same, into a message.
	 * @param text any text
	 * @param out where to
	 */
	static void encode(String text, WireBuffer out) {
		byte[] in = text.getBytes(StandardCharsets.UTF_8);
		int column = 0;
		for (int i = 0; i < in.length; i++) {
			int b = in[i] & 0xFF;
			if (b == '\n' || b == '\r') {
				if (b == '\r' && i + 1 < in.length && in[i + 1] == '\n') {
					i++;
				}
				out.put('\r');
				out.put('\n');
				column = 0;
				continue;
			}
			boolean literal = isLiteral(b, i + 1 == in.length || in[i + 1] == '\n' || in[i + 1] == '\r');
			if (column + (literal ? 1 : 3) > LONGEST) {
				out.put(SOFT_BREAK);
				column = 0;
			}
			literal = literal && !(column == 0 && isMangled(in, i));
			if (literal) {
				out.put(b);
				column++;
			}
			else {
				out.put('=');
				out.put(HEX[b >> 4]);
				out.put(HEX[b & 0xF]);
				column += 3;
			}
		}
	}

	/**
	 * White space at the end of a line would be lost on the way, so it is encoded there.
	 */
	private static boolean isLiteral(int b, boolean lastOfLine) {
		if (b == ' ' || b == '\t') {
			return !lastOfLine;
		}
		return b > ' ' && b < 0x7F && b != '=';
	}

	/**
	 * At the start of a line, "From " gets a ">" from some mailboxes and a dot is lost in
	 * bad relays (RFC 2049 3).
	 */
	private static boolean isMangled(byte[] in, int at) {
		if (in[at] == '.') {
			return true;
		}
		for (int i = 0; i < FROM.length; i++) {
			if (at + i >= in.length || in[at + i] != FROM[i]) {
				return false;
			}
		}
		return true;
	}

}
