package dev.postrider.delivery.batch;

import dev.postrider.mail.Attempt;
import dev.postrider.mail.RelayConnection;
import dev.postrider.mail.SendResult;

/**
 * Takes every message and hands it to nobody; counts what it took.
 */
final class NullTransport implements RelayConnection {

	private static final Attempt TAKEN = new Attempt("nobody", new SendResult.Accepted("250 2.0.0 Taken by nobody"));

	private int messages;

	private long bytes;

	@Override
	public Attempt send(String envelopeSender, String recipient, byte[] message) {
		this.messages++;
		this.bytes += message.length;
		return TAKEN;
	}

	int messages() {
		return this.messages;
	}

	long bytes() {
		return this.bytes;
	}

	@Override
	public void close() {
		// Nothing is open.
	}

}
