package dev.postrider.mail.relay;

import java.net.SocketTimeoutException;
import java.util.Properties;

import dev.postrider.mail.MailProperties;
import dev.postrider.mail.SendResult;
import dev.postrider.mail.SendResult.AddressRefused;
import dev.postrider.mail.SendResult.MessageRefused;
import dev.postrider.mail.SendResult.RelayFailed;
import dev.postrider.mail.SmtpReply;
import dev.postrider.mail.SmtpReply.Stage;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import org.jspecify.annotations.Nullable;

/**
 * A connection to one relay, opened when it is needed and renewed now and then.
 */
final class SmtpConnection implements AutoCloseable {

	private final Properties session;

	private final RelaySettings relay;

	private final Secret secret;

	private final MailProperties properties;

	private final Patience patience;

	private @Nullable Open open;

	private int sent;

	private boolean timedOut;

	SmtpConnection(Properties session, RelaySettings relay, Secret secret, MailProperties properties) {
		this.session = session;
		this.relay = relay;
		this.secret = secret;
		this.properties = properties;
		this.patience = Patience.of(properties);
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
		this.timedOut = false;
		long latest = System.nanoTime() + this.patience.whole().toNanos();
		String wrong = whatIsWrongWith(recipient);
		if (wrong != null) {
			return new AddressRefused(SmtpReply.of(Stage.RCPT, "553 5.1.3 " + wrong));
		}
		if (this.sent >= this.properties.messagesPerConnection()) {
			close();
		}
		Open current = this.open;
		if (current == null) {
			GroupedTransport transport = GroupedTransport.of(this.session);
			try {
				current = connect(transport);
			}
			catch (MessagingException ex) {
				return new RelayFailed(whyNot(transport, ex));
			}
		}
		if (!current.means().utf8() && !(Transaction.isAscii(recipient) && Transaction.isAscii(envelopeSender))) {
			return new AddressRefused(
					SmtpReply.of(Stage.RCPT, "553 5.6.7 This address needs SMTPUTF8, which the relay does not offer"));
		}
		long most = current.transport().mostBytes();
		if (message.length > most) {
			return new MessageRefused(SmtpReply.of(Stage.MAIL,
					"552 5.3.4 The message has " + message.length + " bytes, and the relay takes " + most));
		}
		SendResult result = current.send(envelopeSender, recipient, message, latest);
		this.sent++;
		if (current.transaction().isBroken()) {
			this.timedOut = current.transaction().hasTimedOut();
			close();
		}
		return result;
	}

	/** Whether what was tried last failed because nothing came for too long. */
	boolean hasTimedOut() {
		return this.timedOut;
	}

	/** Whether it is open, as far as we know: the other side may have hung up. */
	boolean isOpen() {
		return this.open != null;
	}

	/**
	 * Opens it, with greeting, encryption and login, if it is not open.
	 * @return what spoke against it, or {@code null}
	 */
	@Nullable SmtpReply tryOut() {
		this.timedOut = false;
		if (this.open == null) {
			GroupedTransport transport = GroupedTransport.of(this.session);
			try {
				connect(transport);
			}
			catch (MessagingException ex) {
				return whyNot(transport, ex);
			}
		}
		return null;
	}

	@Override
	public void close() {
		Open last = this.open;
		this.open = null;
		if (last != null) {
			last.close();
		}
	}

	private Open connect(GroupedTransport transport) throws MessagingException {
		Deadline deadline = new Deadline(transport);
		deadline.begin(System.nanoTime() + this.patience.opening().toNanos());
		boolean loggedIn = false;
		try {
			logIn(transport);
			loggedIn = true;
		}
		finally {
			deadline.end();
			if (!loggedIn) {
				deadline.close();
			}
		}
		Transaction.Means means = Transaction.Means.of(transport, this.properties.pipelining().isOn(),
				this.properties.chunking().isOn());
		Open opened = new Open(transport, means, new Transaction(transport, means, this.patience), deadline);
		this.open = opened;
		this.sent = 0;
		return opened;
	}

	/**
	 * A token that is refused may have been withdrawn: a new one is tried, once. Not
	 * where the relay cannot tell now (454, RFC 4954 6), or knows no tokens.
	 */
	private void logIn(GroupedTransport transport) throws MessagingException {
		String value = this.secret.value();
		try {
			transport.connect(this.relay.host(), this.relay.port(), this.relay.username(), value);
		}
		catch (AuthenticationFailedException ex) {
			if (value == null || !refusesIt(transport.getLastReturnCode()) || !this.secret.refused(value)) {
				throw ex;
			}
			transport.connect(this.relay.host(), this.relay.port(), this.relay.username(), this.secret.value());
		}
	}

	private static boolean refusesIt(int code) {
		return code == Challenge.CODE || code >= 500;
	}

	/** The relay's own words, where it was not the network. */
	private SmtpReply whyNot(GroupedTransport transport, MessagingException failure) {
		this.timedOut = isTimeout(failure);
		if (failure instanceof AuthenticationFailedException && transport.getLastReturnCode() == Challenge.CODE) {
			return SmtpReply.of(Stage.AUTH, Challenge.refusal(transport.getLastServerResponse()));
		}
		boolean refused = transport.getLastReturnCode() >= 400;
		Stage stage = (failure instanceof AuthenticationFailedException) ? Stage.AUTH
				: (refused && !String.valueOf(failure.getMessage()).contains("greeting")) ? Stage.EHLO : Stage.CONNECT;
		return SmtpReply.of(stage, refused ? transport.getLastServerResponse() : reason(failure));
	}

	/** Nothing, mostly: addresses are looked at before they are stored. */
	private static @Nullable String whatIsWrongWith(String address) {
		if (address.chars().anyMatch((c) -> c <= ' ' || c == '<' || c == '>' || c == 0x7F)) {
			return "It has characters that no address has";
		}
		try {
			if (Transaction.isAscii(address)) {
				new InternetAddress(address).validate();
			}
			return null;
		}
		catch (AddressException ex) {
			return ex.getMessage();
		}
	}

	private static boolean isTimeout(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof SocketTimeoutException) {
				return true;
			}
		}
		return false;
	}

	private static String reason(MessagingException failure) {
		Exception cause = failure.getNextException();
		String message = (failure.getMessage() != null) ? failure.getMessage() : failure.getClass().getSimpleName();
		return (cause != null && cause.getMessage() != null) ? message + ": " + cause.getMessage() : message;
	}

	/**
	 * What belongs to one open connection.
	 */
	private record Open(GroupedTransport transport, Transaction.Means means, Transaction transaction,
			Deadline deadline) implements AutoCloseable {

		SendResult send(String envelopeSender, String recipient, byte[] message, long latest) {
			this.deadline.begin(latest);
			try {
				return this.transaction.send(envelopeSender, recipient, message);
			}
			finally {
				this.deadline.end();
			}
		}

		@Override
		public void close() {
			this.deadline.close();
			try {
				this.transport.close();
			}
			catch (MessagingException ex) {
				// It is gone, which is what was wanted.
				return;
			}
		}

	}

}
