package dev.postrider.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.SocketFactory;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;

/**
 * What one would write with Jakarta Mail alone, its defaults mended: connections that are
 * kept, {@code TCP_NODELAY}, timeouts. Each reader's message is built as a MimeMessage of
 * text and HTML; no account is kept of who got it.
 */
public final class PlainLoop {

	private final Session session;

	private final int port;

	private final String html;

	private final String text;

	private PlainLoop(int port, int bytes) {
		Properties properties = new Properties();
		properties.put("mail.smtp.localhost", "news.example");
		properties.put("mail.smtp.connectiontimeout", "15000");
		properties.put("mail.smtp.timeout", "60000");
		properties.put("mail.smtp.quitwait", "false");
		properties.put("mail.smtp.socketFactory", new NoDelay());
		this.session = Session.getInstance(properties);
		this.port = port;
		String words = "The first ferries left at dawn, and by noon the harbour was full again.\n";
		this.text = words.repeat(bytes / 4 / words.length());
		this.html = "<html><body>" + ("<p>" + words.strip() + "</p>\n").repeat((bytes * 3 / 4 - 1000) / (words.length() + 7))
				+ "</body></html>";
	}

	/**
	 * Sends.
	 * @param port of the relay
	 * @param lanes threads, each with a connection
	 * @param messages how many in all
	 * @param bytes the size of each, roughly
	 * @return messages a second
	 */
	public static double rate(int port, int lanes, int messages, int bytes) {
		PlainLoop loop = new PlainLoop(port, bytes);
		loop.send(lanes, Math.min(messages, 5_000));
		long from = System.nanoTime();
		loop.send(lanes, messages);
		return messages * 1e9 / (System.nanoTime() - from);
	}

	private void send(int lanes, int messages) {
		AtomicInteger next = new AtomicInteger();
		ExecutorService threads = Executors.newFixedThreadPool(lanes);
		List<Future<?>> ends = new ArrayList<>();
		for (int i = 0; i < lanes; i++) {
			ends.add(threads.submit(() -> {
				try (Transport transport = this.session.getTransport("smtp")) {
					transport.connect("127.0.0.1", this.port, null, null);
					for (int reader = next.getAndIncrement(); reader < messages; reader = next.getAndIncrement()) {
						MimeMessage message = message(reader);
						transport.sendMessage(message, message.getAllRecipients());
					}
				}
				return null;
			}));
		}
		threads.shutdown();
		for (Future<?> end : ends) {
			try {
				end.get();
			}
			catch (InterruptedException | ExecutionException ex) {
				throw new IllegalStateException(ex);
			}
		}
	}

	private MimeMessage message(int reader) throws MessagingException {
		MimeMessage message = new MimeMessage(this.session);
		String address = "reader" + reader + "@readers.example";
		message.setFrom(new InternetAddress("news@news.example"));
		message.setRecipient(MimeMessage.RecipientType.TO, new InternetAddress(address));
		message.setSubject("The harbour is open again");
		String unsubscribe = "https://news.example/unsubscribe/" + reader;
		message.setHeader("List-Unsubscribe", "<" + unsubscribe + ">");
		message.setHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
		MimeBodyPart plain = new MimeBodyPart();
		plain.setText(this.text + unsubscribe, "UTF-8");
		MimeBodyPart rich = new MimeBodyPart();
		rich.setText(this.html.replace("</body>", "<a href=\"" + unsubscribe + "\">Leave</a></body>"), "UTF-8", "html");
		MimeMultipart both = new MimeMultipart("alternative", plain, rich);
		message.setContent(both);
		message.saveChanges();
		return message;
	}

	private static final class NoDelay extends SocketFactory {

		@Override
		public Socket createSocket() throws IOException {
			Socket socket = new Socket();
			socket.setTcpNoDelay(true);
			return socket;
		}

		@Override
		public Socket createSocket(String host, int port) throws IOException {
			throw new IOException("Not used");
		}

		@Override
		public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
			throw new IOException("Not used");
		}

		@Override
		public Socket createSocket(InetAddress host, int port) throws IOException {
			throw new IOException("Not used");
		}

		@Override
		public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
				throws IOException {
			throw new IOException("Not used");
		}

	}

}
