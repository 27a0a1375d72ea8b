package dev.postrider.mail.dkim;

/**
 * The form of a message that is signed: what relays may do to white space makes no
 * difference in it (RFC 6376 3.4.2 and 3.4.4).
 */
final class Relaxed {

	private Relaxed() {
	}

	/**
	 * A body: runs of white space are one space, none is at the end of a line, no empty
	 * lines are at the end.
	 * @param message the whole message
	 * @param start where its body begins
	 * @param out gets the body
	 */
	static void body(byte[] message, int start, Bytes out) {
		int begin = out.length();
		// What lies between here and where we are is in that form already; nearly all is.
		int from = start;
		for (int i = start; i < message.length; i++) {
			byte b = message[i];
			if (b > ' ' || (b == ' ' && i + 1 < message.length && message[i + 1] > ' ')) {
				continue;
			}
			if (isSpace(b)) {
				int next = i + 1;
				while (next < message.length && isSpace(message[next])) {
					next++;
				}
				out.add(message, from, i);
				if (next < message.length && !isLineEnd(message, next)) {
					out.add(' ');
				}
				from = next;
				i = next - 1;
			}
		}
		out.add(message, from, message.length);
		while (out.length() >= begin + 2 && isLineEnd(out.array(), out.length() - 2)) {
			out.cut(out.length() - 2);
		}
		if (out.length() > begin) {
			out.add('\r');
			out.add('\n');
		}
	}

	private static boolean isSpace(byte b) {
		return b == ' ' || b == '\t';
	}

	private static boolean isLineEnd(byte[] bytes, int at) {
		return bytes[at] == '\r' && at + 1 < bytes.length && bytes[at + 1] == '\n';
	}

	/**
	 * A header field: its name in lower case, its value on one line, runs of white space
	 * one space, none at either end.
	 * @param from holds the field
	 * @param start where its name begins
	 * @param colon where its colon is
	 * @param end where it ends
	 * @param out gets the field, its line not ended
	 */
	static void header(byte[] from, int start, int colon, int end, Bytes out) {
		out.reserve(end - start + 1);
		for (int i = start; i < colon; i++) {
			byte b = from[i];
			if (!isSpace(b)) {
				out.add((b >= 'A' && b <= 'Z') ? b + ('a' - 'A') : b);
			}
		}
		out.add(':');
		boolean begun = false;
		boolean space = false;
		for (int i = colon + 1; i < end; i++) {
			byte b = from[i];
			if (isSpace(b)) {
				space = true;
			}
			else if (b != '\r' && b != '\n') {
				if (space && begun) {
					out.add(' ');
				}
				out.add(b);
				begun = true;
				space = false;
			}
		}
	}

}
