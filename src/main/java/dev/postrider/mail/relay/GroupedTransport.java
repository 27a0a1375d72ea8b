package dev.postrider.mail.relay;

import java.io.IOException;
import java.time.Duration;
import java.util.Properties;

import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;

import dev.postrider.mail.SmtpReply;
import dev.postrider.mail.SmtpReply.Stage;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;

/**
 * Angus Mail's SMTP, but that commands can go out together in one write and be answered
 * one by one (RFC 2920). Connecting, greeting, TLS, logging in, reading replies and
 * saying goodbye are all Angus'.
 */
final class GroupedTransport extends SMTPTransport {

	private final RelaySockets sockets;

	private @Nullable Duration patience;

	private GroupedTransport(Session session, RelaySockets sockets) {
		super(session, new URLName("smtp", null, -1, null, null, null));
		this.sockets = sockets;
	}

	/**
	 * One that is not connected yet.
	 * @param settings Angus' properties
	 */
	static GroupedTransport of(Properties settings) {
		Properties own = new Properties();
		own.putAll(settings);
		Object tls = settings.get("mail.smtp.ssl.socketFactory");
		RelaySockets sockets = new RelaySockets(SocketFactory.getDefault(),
				(tls instanceof SSLSocketFactory given) ? given : (SSLSocketFactory) SSLSocketFactory.getDefault());
		own.put("mail.smtp.socketFactory", sockets);
		own.put("mail.smtp.ssl.socketFactory", sockets.encrypted());
		return new GroupedTransport(Session.getInstance(own), sockets);
	}

	/** How long each reply is waited for from now on. */
	void waitFor(Duration longest) throws IOException {
		if (!longest.equals(this.patience)) {
			this.sockets.timeout(longest);
			this.patience = longest;
		}
	}

	/** Sends all of it at once. */
	void write(WireGroup group) throws IOException {
		group.writeTo(this.sockets.output());
	}

	/** Without it a message in one piece is slower than one in two. */
	boolean canAcknowledgeAtOnce() {
		return this.sockets.canAcknowledgeAtOnce();
	}

	/**
	 * See {@link RelaySockets#acknowledgeAtOnce}; for as long as nothing more is sent.
	 */
	void acknowledgeAtOnce() throws IOException {
		this.sockets.acknowledgeAtOnce();
	}

	/**
	 * Reads the next reply.
	 * @return its code
	 * @throws IOException if the connection is lost, the relay silent for too long, or
	 * what it says no reply
	 */
	synchronized int read() throws IOException {
		try {
			int code = readServerResponse();
			if (code == -1) {
				throw new IOException("[EOF]".equals(getLastServerResponse()) ? "The relay closed the connection"
						: "The relay said what is no reply: " + getLastServerResponse());
			}
			return code;
		}
		catch (MessagingException ex) {
			throw (ex.getNextException() instanceof IOException cause) ? cause : new IOException(ex);
		}
	}

	/**
	 * The reply that was read last.
	 * @param stage what it answered to
	 */
	SmtpReply answer(Stage stage) {
		return SmtpReply.of(stage, getLastServerResponse());
	}

	/** What the relay said last, on one line. */
	String lastWords() {
		String words = getLastServerResponse().strip();
		return (words.indexOf('\n') < 0) ? words : SmtpReply.of(Stage.MESSAGE, words).text();
	}

	/**
	 * The most bytes the relay takes (RFC 1870); what it does not tell is without end.
	 */
	long mostBytes() {
		String limit = getExtensionParameter("SIZE");
		if (limit == null || !limit.strip().matches("\\d{1,18}")) {
			return Long.MAX_VALUE;
		}
		long bytes = Long.parseLong(limit.strip());
		return (bytes == 0) ? Long.MAX_VALUE : bytes;
	}

	/** Breaks the connection, from whichever thread. */
	void cut() throws IOException {
		this.sockets.cut();
	}

}
