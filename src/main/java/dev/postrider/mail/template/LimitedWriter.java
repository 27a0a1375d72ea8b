package dev.postrider.mail.template;

import java.io.IOException;
import java.io.Writer;

/**
 * Keeps what a template writes, up to a limit, while it may still run.
 */
class LimitedWriter extends Writer {

	private final StringBuilder text = new StringBuilder(16 * 1024);

	private final long most;

	private final Runnable before;

	/**
	 * Empty.
	 * @param most how many characters it takes
	 * @param before is run before it refuses to take more, while the template is still
	 * where it was
	 */
	LimitedWriter(long most, Runnable before) {
		this.most = most;
		this.before = before;
	}

	@Override
	public void write(char[] from, int offset, int length) throws IOException {
		room(length);
		this.text.append(from, offset, length);
	}

	@Override
	public void write(String from, int offset, int length) throws IOException {
		room(length);
		this.text.append(from, offset, offset + length);
	}

	private void room(int length) throws IOException {
		if (this.text.length() + (long) length > this.most) {
			this.before.run();
			throw new TooMuchException(this.most);
		}
		if (Thread.currentThread().isInterrupted()) {
			throw new IOException("Stopped");
		}
	}

	/** How many characters were written so far. */
	int length() {
		return this.text.length();
	}

	@Override
	public String toString() {
		return this.text.toString();
	}

	@Override
	public void flush() {
		// Nothing is held back.
	}

	@Override
	public void close() {
		// Nothing is held.
	}

	/**
	 * A template writes more than it may.
	 */
	static final class TooMuchException extends IOException {

		private static final long serialVersionUID = 1L;

		TooMuchException(long most) {
			super("it writes more than " + most + " characters, the most that postrider.mail.render-size allows. "
					+ "A loop that never ends?");
		}

	}

}
