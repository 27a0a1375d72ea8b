package dev.postrider.mail.relay;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

import dev.postrider.mail.SendResult;
import dev.postrider.mail.SendResult.Accepted;
import dev.postrider.mail.SendResult.AddressRefused;
import dev.postrider.mail.SendResult.MessageRefused;
import dev.postrider.mail.SendResult.RelayFailed;
import dev.postrider.mail.SendResult.Unclear;
import dev.postrider.mail.SmtpReply;
import dev.postrider.mail.SmtpReply.Stage;
import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.NoSuchProviderException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;

/**
 * A connection to one relay over Angus Mail, and the reading of its exceptions.
 */
final class SmtpConnection implements AutoCloseable {

	private static final int SERVICE_NOT_AVAILABLE = 421;

	private final Session session;

	private final RelaySettings relay;

	private final int messagesPerConnection;

	private @Nullable SMTPTransport transport;

	private int sent;

	SmtpConnection(Session session, RelaySettings relay, int messagesPerConnection) {
		this.session = session;
		this.relay = relay;
		this.messagesPerConnection = messagesPerConnection;
	}

	/**
	 * Hands one message over.
	 * @param envelopeSender where bounces go, a bare address; empty for the null
	 * reverse-path
	 * @param recipient a bare address
	 * @param message lines ended by CRLF, as it goes out
	 * @return what came of it; nothing is thrown for what SMTP may answer
	 */
	SendResult send(String envelopeSender, String recipient, byte[] message) {
		if (!StandardCharsets.US_ASCII.newEncoder().canEncode(recipient)) {
			// Angus would cut each character down to a byte: somebody else's address.
			return new AddressRefused(
					SmtpReply.of(Stage.RCPT, "553 5.6.7 This address needs SMTPUTF8, which is not used"));
		}
		WireMessage wire = new WireMessage(this.session, envelopeSender, message);
		try {
			SMTPTransport open = open();
			open.sendMessage(wire, new Address[] { new InternetAddress(recipient) });
			this.sent++;
			return new Accepted(reply(open.getLastServerResponse()));
		}
		catch (IllegalStateException ex) {
			// Angus closed the connection by itself when a reset after a refusal failed.
			close();
			return new RelayFailed(SmtpReply.of(Stage.RCPT, "Connection lost: " + ex.getMessage()));
		}
		catch (AddressException ex) {
			return new AddressRefused(SmtpReply.of(Stage.RCPT, "553 5.1.3 " + ex.getMessage()));
		}
		catch (MessagingException ex) {
			return read(ex, wire);
		}
	}

	@Override
	public void close() {
		SMTPTransport open = this.transport;
		this.transport = null;
		if (open != null) {
			try {
				open.close();
			}
			catch (MessagingException ex) {
				// It is gone, which is what was wanted.
				return;
			}
		}
	}

	private SMTPTransport open() throws MessagingException {
		if (this.sent >= this.messagesPerConnection) {
			close();
		}
		SMTPTransport open = this.transport;
		if (open == null) {
			try {
				open = (SMTPTransport) this.session.getTransport("smtp");
			}
			catch (NoSuchProviderException ex) {
				throw new IllegalStateException("Angus Mail is not on the classpath", ex);
			}
			open.connect(this.relay.host(), this.relay.port(), this.relay.username(), this.relay.password());
			this.transport = open;
			this.sent = 0;
		}
		return open;
	}

	private SendResult read(MessagingException failure, WireMessage wire) {
		for (Exception ex = failure; ex != null; ex = (ex instanceof MessagingException m) ? m.getNextException()
				: null) {
			if (ex instanceof SMTPAddressFailedException refused && isRefusal(refused.getReturnCode())) {
				return new AddressRefused(SmtpReply.of(Stage.RCPT, refused.getMessage()));
			}
			if (ex instanceof SMTPSenderFailedException refused && isRefusal(refused.getReturnCode())) {
				return messageRefused(Stage.MAIL, refused.getMessage());
			}
			if (ex instanceof SMTPSendFailedException refused && isRefusal(refused.getReturnCode())) {
				return messageRefused(stage(refused.getCommand()), refused.getMessage());
			}
		}
		SMTPTransport open = this.transport;
		boolean answered421 = open != null && open.getLastReturnCode() == SERVICE_NOT_AVAILABLE;
		close();
		String reason = reason(failure);
		if (wire.isWritten() && !answered421) {
			return new Unclear("Connection lost after the message, before the answer: " + reason);
		}
		Stage stage = (failure instanceof AuthenticationFailedException) ? Stage.AUTH
				: (open == null) ? Stage.CONNECT : wire.isWritten() ? Stage.MESSAGE : Stage.MAIL;
		return new RelayFailed(SmtpReply.of(stage, reason));
	}

	private SendResult messageRefused(Stage stage, @Nullable String reply) {
		// The next message begins on a clean connection.
		close();
		return new MessageRefused(SmtpReply.of(stage, reply));
	}

	private static Stage stage(@Nullable String command) {
		String verb = (command != null) ? command.toUpperCase(Locale.ROOT) : "";
		return verb.startsWith("MAIL") ? Stage.MAIL : verb.startsWith("DATA") ? Stage.DATA : Stage.MESSAGE;
	}

	private static boolean isRefusal(int code) {
		return code >= 400 && code <= 599 && code != SERVICE_NOT_AVAILABLE;
	}

	private static String reason(MessagingException failure) {
		Exception cause = failure.getNextException();
		String message = (failure.getMessage() != null) ? failure.getMessage() : failure.getClass().getSimpleName();
		return reply((cause != null && cause.getMessage() != null) ? message + ": " + cause.getMessage() : message);
	}

	private static String reply(@Nullable String text) {
		return (text == null) ? "" : text.replaceAll("\\s+", " ").strip();
	}

}
