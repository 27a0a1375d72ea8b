package dev.postrider.demo.mailbox;

import java.io.IOException;
import java.time.Clock;

import com.icegreen.greenmail.mail.MailAddress;
import com.icegreen.greenmail.mail.MovingMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.user.UserException;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.postrider.demo.LocalPort;
import jakarta.mail.MessagingException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * GreenMail's SMTP server on 127.0.0.1. It takes mail for everybody and puts it into the
 * mailbox instead of its own memory.
 */
public final class MailServer implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(MailServer.class);

	private final Mailbox mailbox;

	private final Clock clock;

	private final GreenMail server;

	/**
	 * Starts the server.
	 * @param port its port
	 * @param mailbox where the mail goes
	 * @param clock tells when it came
	 * @throws dev.postrider.demo.DemoStartException when the port is taken
	 */
	public MailServer(int port, Mailbox mailbox, Clock clock) {
		this.mailbox = mailbox;
		this.clock = clock;
		this.server = new GreenMail(new ServerSetup(LocalPort.free(port, "the demo's mail server", "SPRING_MAIL_PORT"),
				"127.0.0.1", ServerSetup.PROTOCOL_SMTP));
		this.server.getUserManager().setMessageDeliveryHandler(this::deliver);
		this.server.start();
		logger.info("Mail server on 127.0.0.1:{}; what it gets is on the page /mailbox", port());
	}

	/** The port it listens on. */
	public int port() {
		return this.server.getSmtp().getPort();
	}

	private GreenMailUser deliver(MovingMessage message, MailAddress to) throws MessagingException, UserException {
		try {
			this.mailbox.add(to.getEmail(), message.getMessage(), this.clock.instant());
		}
		catch (IOException ex) {
			throw new UserException("The mail could not be kept", ex);
		}
		return new Delivered(to.getEmail());
	}

	@Override
	public void close() {
		this.server.stop();
	}

	/** GreenMail wants an account to deliver to; the mail is in the mailbox already. */
	private record Delivered(String email) implements GreenMailUser {

		@Override
		public String getEmail() {
			return this.email;
		}

		@Override
		public String getLogin() {
			return this.email;
		}

		@Override
		public void deliver(MovingMessage message) {
		}

		@Override
		public void deliver(jakarta.mail.internet.MimeMessage message) {
		}

		@Override
		public void create() {
		}

		@Override
		public void delete() {
		}

		@Override
		public String getPassword() {
			return "";
		}

		@Override
		public void setPassword(String password) {
		}

		@Override
		public void authenticate(String password) {
		}

		@Override
		public String getQualifiedMailboxName() {
			return this.email;
		}

	}

}
