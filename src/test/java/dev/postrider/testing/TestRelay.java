package dev.postrider.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import org.subethamail.smtp.DropConnectionException;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.SMTPServer;

import static org.awaitility.Awaitility.await;

/**
 * The one real SMTP server of a test JVM. Tests use recipients of their own and look for
 * those; nobody clears it. How a recipient's address begins decides what happens to it:
 *
 * <pre>
 * unknown…  550 5.1.1 at RCPT            full…    552 5.2.2 at RCPT
 * blocked…  550 5.7.1 at RCPT            grey…    450 4.2.0 the first time
 * spam…     554 5.7.1 after the message  cut…     hangs up after the message, the first time
 * lost…     hangs up after the message, each time
 * busy…     421 the first time                   gate…     waits until a test opens it
 * denied…   454 4.7.1 at RCPT, each time         norelay…  554 5.7.1 at RCPT, each time
 * noroom…   452 4.3.1 at RCPT, each time         shut…     421 4.4.5 at RCPT, each time
 * slam…     hangs up at RCPT, each time
 * </pre>
 *
 * And a test may have it refuse a domain, or let a domain's mail wait.
 */
public final class TestRelay {

	private static final TestRelay INSTANCE = new TestRelay();

	private final List<Received> received = new CopyOnWriteArrayList<>();

	private final Set<String> seenBefore = ConcurrentHashMap.newKeySet();

	private final Map<String, CountDownLatch> gates = new ConcurrentHashMap<>();

	private final Set<String> atGates = ConcurrentHashMap.newKeySet();

	private final Map<String, String> refused = new ConcurrentHashMap<>();

	private final Map<String, CountDownLatch> waiting = new ConcurrentHashMap<>();

	private final SMTPServer server;

	private TestRelay() {
		this.server = new SMTPServer.Builder().bindAddress(InetAddress.getLoopbackAddress())
			.port(0)
			.maxConnections(200)
			.messageHandlerFactory(Handler::new)
			.build();
		this.server.start();
	}

	public static TestRelay get() {
		return INSTANCE;
	}

	public int port() {
		return this.server.getPortAllocated();
	}

	/** Lets the message to a {@code gate…} address, and the lane that sends it, go on. */
	public void open(String recipient) {
		gate(recipient).countDown();
	}

	/** Whether the message to a {@code gate…} address has come and waits. */
	public boolean isAtGate(String recipient) {
		return this.atGates.contains(recipient.toLowerCase(Locale.ROOT));
	}

	/** Gives recipients of a domain this answer, from now on. */
	public void refuse(String domain, String answer) {
		this.refused.put(domain, answer);
	}

	/** Takes a domain's mail again. */
	public void accept(String domain) {
		this.refused.remove(domain);
	}

	/** Lets a domain's mail wait for its answer until it is let go. */
	public void holdUp(String domain) {
		this.waiting.put(domain, new CountDownLatch(1));
	}

	/** Answers a domain's mail again. */
	public void letGo(String domain) {
		CountDownLatch latch = this.waiting.remove(domain);
		if (latch != null) {
			latch.countDown();
		}
	}

	private static String domain(String recipient) {
		return recipient.substring(recipient.indexOf('@') + 1);
	}

	private CountDownLatch gate(String recipient) {
		return this.gates.computeIfAbsent(recipient.toLowerCase(Locale.ROOT), (key) -> new CountDownLatch(1));
	}

	/** What has arrived for an address so far. */
	public List<MimeMessage> to(String recipient) {
		return received(recipient).stream().map(Received::message).toList();
	}

	/** What has arrived for an address so far, with its envelope. */
	public List<Received> received(String recipient) {
		return this.received.stream().filter((mail) -> mail.recipient().equalsIgnoreCase(recipient)).toList();
	}

	/** Waits until a mail for the address is there and gives the newest. */
	public MimeMessage awaitTo(String recipient) {
		await().until(() -> !to(recipient).isEmpty());
		List<MimeMessage> found = to(recipient);
		return found.get(found.size() - 1);
	}

	/**
	 * A message and its envelope.
	 *
	 * @param envelopeSender what MAIL FROM said
	 * @param recipient what RCPT TO said
	 * @param bytes the message as it came
	 */
	public record Received(String envelopeSender, String recipient, byte[] bytes) {

		public MimeMessage message() {
			try {
				return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(this.bytes));
			}
			catch (MessagingException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

	private final class Handler implements MessageHandler {

		private final MessageContext context;

		private String sender = "";

		private String recipient = "";

		Handler(MessageContext context) {
			this.context = context;
		}

		@Override
		public void from(String sender) {
			this.sender = sender;
		}

		@Override
		public void recipient(String recipient) throws RejectException {
			this.recipient = recipient;
			String refusal = TestRelay.this.refused.get(domain(recipient));
			if (refusal != null && refusal.startsWith("421")) {
				throw new DropConnectionException(421, refusal.substring(4));
			}
			if (refusal != null) {
				throw new RejectException(Integer.parseInt(refusal.substring(0, 3)), refusal.substring(4));
			}
			if (is("unknown")) {
				throw new RejectException(550, "5.1.1 <" + recipient + ">: User unknown");
			}
			if (is("full")) {
				throw new RejectException(552, "5.2.2 Mailbox full");
			}
			if (is("blocked")) {
				throw new RejectException(550, "5.7.1 Service unavailable; client host blocked");
			}
			if (is("grey") && firstTime()) {
				throw new RejectException(450, "4.2.0 Greylisted, try again later");
			}
			if (is("busy") && firstTime()) {
				throw new DropConnectionException(421, "4.3.2 Too busy");
			}
			failEachTime();
		}

		private void failEachTime() throws RejectException {
			if (is("denied")) {
				throw new RejectException(454, "4.7.1 <" + this.recipient + ">: Relay access denied");
			}
			if (is("norelay")) {
				throw new RejectException(554, "5.7.1 <" + this.recipient + ">: Relay access denied");
			}
			if (is("noroom")) {
				throw new RejectException(452, "4.3.1 Insufficient system storage");
			}
			if (is("shut")) {
				throw new DropConnectionException(421, "4.4.5 Server busy, try again later.");
			}
			if (is("slam")) {
				slam();
				throw new DropConnectionException(421, "Nobody hears this");
			}
		}

		private void slam() {
			try {
				((org.subethamail.smtp.server.Session) this.context).getSocket().close();
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		}

		@Override
		public String data(InputStream message) throws RejectException, IOException {
			byte[] bytes = message.readAllBytes();
			if (is("gate")) {
				TestRelay.this.atGates.add(this.recipient.toLowerCase(Locale.ROOT));
				await(gate(this.recipient));
			}
			CountDownLatch waiting = TestRelay.this.waiting.get(domain(this.recipient));
			if (waiting != null) {
				await(waiting);
			}
			if (is("spam")) {
				throw new RejectException(554, "5.7.1 This looks like spam");
			}
			if (is("lost") || (is("cut") && firstTime())) {
				hangUp();
			}
			TestRelay.this.received.add(new Received(this.sender, this.recipient, bytes));
			return "2.0.0 Ok: queued as " + Integer.toHexString(this.recipient.hashCode());
		}

		@Override
		public void done() {
			this.recipient = "";
		}

		private void await(CountDownLatch latch) {
			try {
				latch.await(30, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

		private void hangUp() throws IOException {
			((org.subethamail.smtp.server.Session) this.context).getSocket().close();
			throw new IOException("Hung up, as told");
		}

		private boolean is(String prefix) {
			return this.recipient.toLowerCase(Locale.ROOT).startsWith(prefix);
		}

		private boolean firstTime() {
			return TestRelay.this.seenBefore.add(this.recipient);
		}

	}

}
