package dev.postrider.mail;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Quoted-printable (RFC 2045 6.7) for pieces that are joined later: each piece begins at
 * the start of a line, and {@link #SOFT_BREAK} joins it to the next without a trace after
 * decoding.
 */
final class QuotedPrintable {

	static final byte[] SOFT_BREAK = { '=', '\r', '\n' };

	private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

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
		byte[] in = text.getBytes(StandardCharsets.UTF_8);
		ByteArrayOutputStream out = new ByteArrayOutputStream(in.length + in.length / 8 + 16);
		int column = 0;
		for (int i = 0; i < in.length; i++) {
			int b = in[i] & 0xFF;
			if (b == '\n' || b == '\r') {
				if (b == '\r' && i + 1 < in.length && in[i + 1] == '\n') {
					i++;
				}
				out.write('\r');
				out.write('\n');
				column = 0;
				continue;
			}
			boolean literal = isLiteral(b, i + 1 == in.length || in[i + 1] == '\n' || in[i + 1] == '\r');
			int width = literal ? 1 : 3;
			if (column + width > LONGEST) {
				out.writeBytes(SOFT_BREAK);
				column = 0;
			}
			if (literal) {
				out.write(b);
			}
			else {
				out.write('=');
				out.write(HEX[b >> 4]);
				out.write(HEX[b & 0xF]);
			}
			column += width;
		}
		return out.toByteArray();
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

}
