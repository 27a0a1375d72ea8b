package dev.postrider.mail;

import java.util.Arrays;

/**
 * Bytes on their way to a message. One thread writes one message after the other into the
 * same buffer, so that only the finished message is allocated.
 */
final class WireBuffer {

	private byte[] bytes;

	private int length;

	WireBuffer(int capacity) {
		this.bytes = new byte[capacity];
	}

	void put(byte[] more) {
		put(more, 0, more.length);
	}

	void put(byte[] more, int from, int count) {
		room(count);
		System.arraycopy(more, from, this.bytes, this.length, count);
		this.length += count;
	}

	void put(int b) {
		room(1);
		this.bytes[this.length++] = (byte) b;
	}

	void clear() {
		this.length = 0;
	}

	int length() {
		return this.length;
	}

	byte[] toByteArray() {
		return Arrays.copyOf(this.bytes, this.length);
	}

	private void room(int count) {
		if (this.bytes.length - this.length < count) {
			this.bytes = Arrays.copyOf(this.bytes, Math.max(2 * this.bytes.length, this.length + count));
		}
	}

}
