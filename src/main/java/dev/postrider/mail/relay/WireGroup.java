package dev.postrider.mail.relay;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What goes out in one write: commands and perhaps a message. Used again for message
 * after message.
 */
final class WireGroup {

	private byte[] bytes = new byte[32 * 1024];

	private int length;

	void clear() {
		this.length = 0;
	}

	/** A command, without its line's end. */
	void line(String command) {
		put(command.getBytes(StandardCharsets.UTF_8));
		put((byte) '\r');
		put((byte) '\n');
	}

	/** A message as it is, for BDAT. */
	void counted(byte[] message) {
		put(message);
	}

	/**
	 * A message for DATA: lines that begin with a dot get another (RFC 5321 4.5.2), and a
	 * dot on a line of its own ends it.
	 */
	void dotted(byte[] message) {
		int from = 0;
		for (int i = 0; i < message.length; i++) {
			if (message[i] == '.' && (i == 0 || message[i - 1] == '\n')) {
				put(message, from, i);
				put((byte) '.');
				from = i;
			}
		}
		put(message, from, message.length);
		if (message.length < 2 || message[message.length - 2] != '\r' || message[message.length - 1] != '\n') {
			line("");
		}
		line(".");
	}

	void writeTo(OutputStream out) throws IOException {
		out.write(this.bytes, 0, this.length);
		out.flush();
	}

	private void put(byte[] more) {
		put(more, 0, more.length);
	}

	private void put(byte[] more, int start, int end) {
		room(end - start);
		System.arraycopy(more, start, this.bytes, this.length, end - start);
		this.length += end - start;
	}

	private void put(byte b) {
		room(1);
		this.bytes[this.length++] = b;
	}

	private void room(int more) {
		if (this.bytes.length - this.length < more) {
			this.bytes = Arrays.copyOf(this.bytes, Math.max(2 * this.bytes.length, this.length + more));
		}
	}

}
