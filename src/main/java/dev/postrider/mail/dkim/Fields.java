package dev.postrider.mail.dkim;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * Where the header fields of a message lie, of those that are signed, and where its body
 * begins. Used again for message after message.
 */
final class Fields {

	private int count;

	private int[] ids = new int[32];

	private int[] starts = new int[32];

	private int[] colons = new int[32];

	private int[] ends = new int[32];

	private int bodyStart;

	/** Reads the header of a message. */
	void read(byte[] message) {
		this.count = 0;
		int at = 0;
		while (at < message.length && message[at] != '\r') {
			int colon = -1;
			int i = at;
			// A line that begins with white space goes on with the field before it.
			for (; i < message.length; i++) {
				if (message[i] == ':' && colon < 0) {
					colon = i;
				}
				else if (message[i] == '\n' && (i + 1 == message.length || !isSpace(message[i + 1]))) {
					break;
				}
			}
			if (colon > 0) {
				add(SignedHeader.indexOf(message, at, colon), at, colon, i);
			}
			at = i + 1;
		}
		this.bodyStart = Math.min(at + 2, message.length);
	}

	int bodyStart() {
		return this.bodyStart;
	}

	/** How often a signed header occurs. */
	int count(int header) {
		int found = 0;
		for (int i = 0; i < this.count; i++) {
			if (this.ids[i] == header) {
				found++;
			}
		}
		return found;
	}

	/** Adds all fields of a signed header, the last of them first (RFC 6376 5.4.2). */
	void addRelaxed(byte[] message, int header, Bytes out) {
		for (int i = this.count - 1; i >= 0; i--) {
			if (this.ids[i] == header) {
				Relaxed.header(message, this.starts[i], this.colons[i], this.ends[i], out);
				out.add('\r');
				out.add('\n');
			}
		}
	}

	/**
	 * The domain of the one mailbox in {@code From}, in lower case; empty if there is
	 * none.
	 */
	String senderDomain(byte[] message) {
		for (int i = 0; i < this.count; i++) {
			if (this.ids[i] == SignedHeader.FROM) {
				return domain(message, this.colons[i], this.ends[i]);
			}
		}
		return "";
	}

	/** What follows the last "@": a name in quotes may have one too. */
	private static String domain(byte[] message, int start, int end) {
		for (int i = end - 1; i > start; i--) {
			if (message[i] == '@') {
				int last = i + 1;
				while (last < end && isOfDomain(message[last])) {
					last++;
				}
				return new String(message, i + 1, last - i - 1, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
			}
		}
		return "";
	}

	private static boolean isOfDomain(byte b) {
		return b == '.' || b == '-' || (b >= '0' && b <= '9') || ((b | 0x20) >= 'a' && (b | 0x20) <= 'z');
	}

	private static boolean isSpace(byte b) {
		return b == ' ' || b == '\t';
	}

	private void add(int id, int start, int colon, int end) {
		if (id < 0) {
			return;
		}
		if (this.count == this.ids.length) {
			int more = this.count * 2;
			this.ids = Arrays.copyOf(this.ids, more);
			this.starts = Arrays.copyOf(this.starts, more);
			this.colons = Arrays.copyOf(this.colons, more);
			this.ends = Arrays.copyOf(this.ends, more);
		}
		this.ids[this.count] = id;
		this.starts[this.count] = start;
		this.colons[this.count] = colon;
		this.ends[this.count] = end;
		this.count++;
	}

}
