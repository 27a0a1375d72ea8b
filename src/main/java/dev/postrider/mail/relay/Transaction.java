package dev.postrider.mail.relay;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.Deque;

import dev.postrider.mail.SendResult;
import dev.postrider.mail.SendResult.Accepted;
import dev.postrider.mail.SendResult.AddressRefused;
import dev.postrider.mail.SendResult.MessageRefused;
import dev.postrider.mail.SendResult.RelayFailed;
import dev.postrider.mail.SendResult.Unclear;
import dev.postrider.mail.SmtpReply;
import dev.postrider.mail.SmtpReply.Stage;
import org.jspecify.annotations.Nullable;

/**
 * One message over an open connection, in as few round trips as the relay allows:
 * <ul>
 * <li>MAIL, RCPT and the message by BDAT in one write, where it offers PIPELINING and
 * CHUNKING (RFC 2920, 3030);</li>
 * <li>MAIL, RCPT and DATA in one write, then the message, where it offers
 * PIPELINING;</li>
 * <li>else one by one.</li>
 * </ul>
 * The outcome is unclear exactly when the last byte of the message was written and
 * neither a refusal nor a final reply came. A write that fails has not written all: the
 * message had no end, and no relay may take it.
 */
final class Transaction {

	private static final int OK = 250;

	private static final int GO_ON = 354;

	private static final int NOT_AVAILABLE = 421;

	private final GroupedTransport transport;

	private final Means means;

	private final Patience patience;

	private final WireGroup group = new WireGroup();

	private final Deque<Stage> unanswered = new ArrayDeque<>();

	/** Whether all of the message has gone out. */
	private boolean written;

	/** Whether some part of it was refused in words that can only be a refusal. */
	private boolean isRefused;

	private boolean isDataAwaited;

	private boolean broken;

	private boolean timedOut;

	Transaction(GroupedTransport transport, Means means, Patience patience) {
		this.transport = transport;
		this.means = means;
		this.patience = patience;
	}

	/** Whether the connection is of no use any more. */
	boolean isBroken() {
		return this.broken;
	}

	/** Whether it broke because the relay said nothing for too long. */
	boolean hasTimedOut() {
		return this.timedOut;
	}

	/**
	 * Hands one message over.
	 * @param sender a bare address; empty for the null reverse-path
	 * @param recipient a bare address
	 * @param message lines ended by CRLF
	 */
	SendResult send(String sender, String recipient, byte[] message) {
		this.written = false;
		this.isRefused = false;
		this.isDataAwaited = false;
		this.group.clear();
		this.unanswered.clear();
		try {
			SmtpReply refusal = exchange(sender, recipient, message);
			return (refusal == null) ? new Accepted(this.transport.lastWords()) : refused(refusal);
		}
		catch (IOException ex) {
			this.broken = true;
			this.timedOut = ex instanceof SocketTimeoutException;
			Stage reached = this.unanswered.isEmpty() ? Stage.MAIL : this.unanswered.getFirst();
			String reason = "Connection lost: " + ex.getMessage();
			return this.written ? new Unclear("No answer after the message. " + reason)
					: new RelayFailed(SmtpReply.of(reached, reason));
		}
	}

	/** Nothing when the message was accepted, else the reply that speaks against it. */
	private @Nullable SmtpReply exchange(String sender, String recipient, byte[] message) throws IOException {
		command(Stage.MAIL, "MAIL FROM:<" + sender + ">" + (this.means.size() ? " SIZE=" + message.length : "")
				+ (this.means.dsn() ? " RET=HDRS" : "") + (isAscii(sender) && isAscii(recipient) ? "" : " SMTPUTF8"));
		SmtpReply refusal = this.means.pipelining() ? null : answers();
		if (refusal != null) {
			return refusal;
		}
		command(Stage.RCPT, "RCPT TO:<" + recipient + ">" + (this.means.dsn() ? " NOTIFY=FAILURE" : ""));
		refusal = this.means.pipelining() ? null : answers();
		if (refusal != null) {
			return refusal;
		}
		if (this.means.chunking()) {
			command(Stage.MESSAGE, "BDAT " + message.length + " LAST");
			this.group.counted(message);
			return answers();
		}
		command(Stage.DATA, "DATA");
		refusal = answers();
		if (refusal == null) {
			this.group.dotted(message);
			this.unanswered.add(Stage.MESSAGE);
			refusal = answers();
		}
		return refusal;
	}

	private void command(Stage stage, String line) {
		this.group.line(line);
		this.unanswered.add(stage);
	}

	/**
	 * Sends what has been put together and reads a reply to each part of it, so that we
	 * stay in step; gives the first that is not as wished.
	 */
	private @Nullable SmtpReply answers() throws IOException {
		this.transport.write(this.group);
		this.written = this.unanswered.contains(Stage.MESSAGE);
		if (this.written && this.unanswered.size() > 1) {
			this.transport.acknowledgeAtOnce();
		}
		this.group.clear();
		this.transport.waitFor(this.written ? this.patience.message() : this.patience.envelope());
		SmtpReply refusal = null;
		while (!this.unanswered.isEmpty()) {
			int code;
			try {
				code = this.transport.read();
			}
			catch (IOException ex) {
				if (refusal == null) {
					throw ex;
				}
				// Where the envelope was refused, the rest cannot have had an effect.
				this.broken = true;
				return refusal;
			}
			Stage stage = this.unanswered.removeFirst();
			this.isDataAwaited = stage == Stage.DATA && code == GO_ON;
			this.isRefused |= isRefusal(code);
			if (refusal == null && !isAsWished(stage, code)) {
				refusal = this.transport.answer(stage);
			}
			if (code == NOT_AVAILABLE) {
				this.broken = true;
				break;
			}
		}
		return refusal;
	}

	private static boolean isAsWished(Stage stage, int code) {
		return switch (stage) {
			case MAIL, RCPT -> code >= 200 && code <= 299;
			case DATA -> code == GO_ON;
			default -> code == OK;
		};
	}

	private static boolean isRefusal(int code) {
		return code >= 400 && code <= 599;
	}

	private SendResult refused(SmtpReply refusal) {
		if (refusal.code() == NOT_AVAILABLE) {
			this.broken = true;
			return new RelayFailed(refusal);
		}
		if (!isRefusal(refusal.code())) {
			this.broken = true;
			String reason = "Not a reply to this: " + refusal.text();
			return (this.written && !this.isRefused) ? new Unclear(reason)
					: new RelayFailed(SmtpReply.of(refusal.stage(), reason));
		}
		reset();
		return (refusal.stage() == Stage.RCPT) ? new AddressRefused(refusal) : new MessageRefused(refusal);
	}

	/** The next message begins on a clean slate, or on another connection. */
	private void reset() {
		try {
			this.transport.waitFor(this.patience.envelope());
			if (this.isDataAwaited && !this.broken) {
				// It wants a message though it refused its recipient: none (RFC 2920
				// 3.1).
				this.group.line(".");
				this.transport.write(this.group);
				this.group.clear();
				this.transport.read();
			}
			if (!this.broken) {
				this.group.line("RSET");
				this.transport.write(this.group);
				this.broken = this.transport.read() != OK;
			}
		}
		catch (IOException ex) {
			this.broken = true;
		}
	}

	static boolean isAscii(String address) {
		return address.chars().allMatch((c) -> c < 0x80);
	}

	/**
	 * What a relay offers and we use.
	 *
	 * @param pipelining commands in one write
	 * @param chunking the message counted, not ended by a dot
	 * @param size its size is told beforehand (RFC 1870)
	 * @param utf8 addresses that are not ASCII (RFC 6531)
	 * @param dsn what a bounce is to say: of failures only, with the headers (RFC 3461)
	 */
	record Means(boolean pipelining, boolean chunking, boolean size, boolean utf8, boolean dsn) {

		static Means of(GroupedTransport transport, boolean pipelining, boolean chunking) {
			return new Means(pipelining && transport.supportsExtension("PIPELINING"),
					chunking && transport.supportsExtension("CHUNKING") && transport.canAcknowledgeAtOnce(),
					transport.supportsExtension("SIZE"), transport.supportsExtension("SMTPUTF8"),
					transport.supportsExtension("DSN"));
		}

	}

}
