package dev.postrider.mail.dkim;

import java.util.Arrays;

/**
 * Bytes that grow, used again for message after message.
 */
final class Bytes {

	private byte[] array = new byte[32 * 1024];

	private int length;

	byte[] array() {
		return this.array;
	}

	int length() {
		return this.length;
	}

	void clear() {
		this.length = 0;
	}

	void cut(int newLength) {
		this.length = newLength;
	}

	/** Makes room for so many more bytes. */
	void reserve(int more) {
		if (this.array.length - this.length < more) {
			this.array = Arrays.copyOf(this.array, Math.max(this.array.length * 2, this.length + more));
		}
	}

	void add(int b) {
		reserve(1);
		this.array[this.length++] = (byte) b;
	}

	void add(byte[] from, int start, int end) {
		reserve(end - start);
		System.arraycopy(from, start, this.array, this.length, end - start);
		this.length += end - start;
	}

	void add(byte[] from) {
		add(from, 0, from.length);
	}

	/** Adds text that is pure ASCII. */
	void add(String ascii) {
		reserve(ascii.length());
		for (int i = 0; i < ascii.length(); i++) {
			this.array[this.length++] = (byte) ascii.charAt(i);
		}
	}

}
