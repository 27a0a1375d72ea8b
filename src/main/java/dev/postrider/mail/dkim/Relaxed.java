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
		// At most two bytes more than came in: the last line's end.
		out.reserve(message.length - start + 2);
		byte[] to = out.array();
		int begin = out.length();
		int n = begin;
		int pendingLines = 0;
		boolean space = false;
		for (int i = start; i < message.length; i++) {
			byte b = message[i];
			if (b == ' ' || b == '\t') {
				space = true;
			}
			else if (b == '\r' && i + 1 < message.length && message[i + 1] == '\n') {
				i++;
				space = false;
				pendingLines++;
			}
			else {
				for (; pendingLines > 0; pendingLines--) {
					to[n++] = '\r';
					to[n++] = '\n';
				}
				if (space) {
					to[n++] = ' ';
					space = false;
				}
				to[n++] = b;
			}
		}
		if (n > begin) {
			to[n++] = '\r';
			to[n++] = '\n';
		}
		out.cut(n);
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
			if (b != ' ' && b != '\t') {
				out.add((b >= 'A' && b <= 'Z') ? b + ('a' - 'A') : b);
			}
		}
		out.add(':');
		boolean begun = false;
		boolean space = false;
		for (int i = colon + 1; i < end; i++) {
			byte b = from[i];
			if (b == ' ' || b == '\t') {
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
