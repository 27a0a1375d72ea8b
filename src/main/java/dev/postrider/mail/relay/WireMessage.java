package dev.postrider.mail.relay;

import java.io.IOException;
import java.io.OutputStream;

import jakarta.mail.Session;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import org.jspecify.annotations.Nullable;

/**
 * A message that is bytes already, and goes out as those bytes: nothing may rewrite a
 * header once it is signed.
 */
final class WireMessage extends SMTPMessage {

	/** The null reverse-path (RFC 5321 4.5.5). */
	private static final String NULL_SENDER = "<>";

	private final byte[] bytes;

	private boolean written;

	WireMessage(Session session, String envelopeSender, byte[] bytes) {
		super(session);
		this.bytes = bytes;
		// Left empty, Angus would take its own machine's name and user.
		setEnvelopeFrom(envelopeSender.isEmpty() ? NULL_SENDER : envelopeSender);
	}

	/** Whether all of it has been written: from then on a lost connection is unclear. */
	boolean isWritten() {
		return this.written;
	}

	@Override
	public void writeTo(OutputStream out, String @Nullable [] ignored) throws IOException {
		out.write(this.bytes);
		this.written = true;
	}

	@Override
	public int getSize() {
		return this.bytes.length;
	}

	@Override
	public void saveChanges() {
		// Would write a new Message-ID and break a signature.
	}

}
