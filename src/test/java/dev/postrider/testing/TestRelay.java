package dev.postrider.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;

import static org.awaitility.Awaitility.await;

/**
 * The one real SMTP server of a test JVM. Tests use recipients of their own and look for
 * those; nobody clears it.
 */
public final class TestRelay {

	private static final TestRelay INSTANCE = new TestRelay();

	private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

	private TestRelay() {
		this.server.start();
	}

	public static TestRelay get() {
		return INSTANCE;
	}

	public int port() {
		return this.server.getSmtp().getPort();
	}

	/** What has arrived for an address so far. */
	public List<MimeMessage> to(String recipient) {
		return Arrays.stream(this.server.getReceivedMessages()).filter((message) -> isTo(message, recipient)).toList();
	}

	/** Waits until a mail for the address is there and gives the newest. */
	public MimeMessage awaitTo(String recipient) {
		await().until(() -> !to(recipient).isEmpty());
		List<MimeMessage> found = to(recipient);
		return found.get(found.size() - 1);
	}

	private static boolean isTo(MimeMessage message, String recipient) {
		try {
			return Arrays.stream(message.getRecipients(Message.RecipientType.TO))
				.anyMatch((to) -> ((InternetAddress) to).getAddress().equalsIgnoreCase(recipient));
		}
		catch (MessagingException ex) {
			throw new UncheckedIOException(new IOException(ex));
		}
	}

}
