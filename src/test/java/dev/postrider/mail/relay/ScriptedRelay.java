package dev.postrider.mail.relay;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.postrider.mail.SmtpReply.Stage;

/**
 * A relay that offers what it is told to and misbehaves at one place as it is told to,
 * the first time it comes there; a second try goes well. It keeps what it was sent.
 */
final class ScriptedRelay implements AutoCloseable {

	/** In place of a reply: it closes the connection. */
	static final String CUT = "cut";

	/**
	 * In place of a reply to the message: it closes the connection after its first bytes.
	 */
	static final String CUT_IN_THE_MIDDLE = "cut in the middle";

	private final ServerSocket listener;

	private final List<String> offers;

	private final Map<Stage, String> faults;

	private final List<String> commands = new CopyOnWriteArrayList<>();

	private final List<String> messages = new CopyOnWriteArrayList<>();

	private volatile int connections;

	ScriptedRelay(List<String> offers, Map<Stage, String> faults) throws IOException {
		this(new ServerSocket(0, 10, InetAddress.getLoopbackAddress()), offers, faults);
	}

	ScriptedRelay(ServerSocket listener, List<String> offers, Map<Stage, String> faults) {
		this.listener = listener;
		this.offers = offers;
		this.faults = new ConcurrentHashMap<>(faults);
		Thread thread = new Thread(this::accept, "scripted-relay");
		thread.setDaemon(true);
		thread.start();
	}

	int port() {
		return this.listener.getLocalPort();
	}

	/** All lines that were commands, of all connections. */
	List<String> commands() {
		return this.commands;
	}

	/** Messages it answered with 250, dots unstuffed. */
	List<String> messages() {
		return this.messages;
	}

	int connections() {
		return this.connections;
	}

	@Override
	public void close() throws IOException {
		this.listener.close();
	}

	private void accept() {
		while (!this.listener.isClosed()) {
			try (Socket client = this.listener.accept()) {
				this.connections++;
				new Talk(new BufferedInputStream(client.getInputStream()), client.getOutputStream()).run();
			}
			catch (IOException ex) {
				// The other side hung up, or we did.
				continue;
			}
		}
	}

	private final class Talk {

		private final InputStream in;

		private final OutputStream out;

		private boolean hasSender;

		private boolean hasRecipient;

		Talk(InputStream in, OutputStream out) {
			this.in = in;
			this.out = out;
		}

		void run() throws IOException {
			if (!answer(Stage.CONNECT, "220 relay.example ESMTP")) {
				return;
			}
			for (String line = line(); line != null; line = line()) {
				ScriptedRelay.this.commands.add(line);
				String verb = line.toUpperCase(Locale.ROOT).replaceFirst("[ :].*", "");
				boolean goesOn = switch (verb) {
					case "EHLO" -> answer(Stage.EHLO, hello());
					case "MAIL" -> this.hasSender = answer(Stage.MAIL, "250 2.1.0 Ok");
					case "RCPT" -> recipient();
					case "DATA" -> data();
					case "BDAT" -> chunk(Integer.parseInt(line.split(" ")[1]));
					case "RSET" -> {
						this.hasSender = false;
						this.hasRecipient = false;
						yield answer("250 2.0.0 Reset");
					}
					case "QUIT" -> false;
					default -> answer("500 5.5.2 What?");
				};
				if (!goesOn && !this.refused) {
					return;
				}
				this.refused = false;
			}
		}

		private boolean refused;

		private boolean recipient() throws IOException {
			this.hasRecipient = this.hasSender ? answer(Stage.RCPT, "250 2.1.5 Ok") : !answer("503 5.5.1 No sender");
			return this.hasRecipient || this.refused || !this.hasSender;
		}

		private boolean data() throws IOException {
			// Some want a message though they refused its recipient.
			boolean lenient = ScriptedRelay.this.offers.contains("X-LENIENT");
			if (!this.hasRecipient && !lenient) {
				return answer("554 5.5.1 No recipients");
			}
			if (!answer(Stage.DATA, "354 Go on")) {
				return false;
			}
			if (CUT_IN_THE_MIDDLE.equals(ScriptedRelay.this.faults.get(Stage.MESSAGE))) {
				ScriptedRelay.this.faults.remove(Stage.MESSAGE);
				this.in.readNBytes(100);
				return false;
			}
			ByteArrayOutputStream message = new ByteArrayOutputStream();
			for (String line = line(); line != null && !line.equals("."); line = line()) {
				message.writeBytes(
						(line.startsWith(".") ? line.substring(1) : line).getBytes(StandardCharsets.ISO_8859_1));
				message.writeBytes(new byte[] { '\r', '\n' });
			}
			return this.hasRecipient ? accept(message.toByteArray()) : answer("554 5.5.1 No recipients");
		}

		private boolean chunk(int bytes) throws IOException {
			if (CUT_IN_THE_MIDDLE.equals(ScriptedRelay.this.faults.get(Stage.MESSAGE))) {
				ScriptedRelay.this.faults.remove(Stage.MESSAGE);
				this.in.readNBytes(100);
				return false;
			}
			byte[] message = this.in.readNBytes(bytes);
			return this.hasRecipient ? accept(message) : answer("503 5.5.1 No recipients");
		}

		private boolean accept(byte[] message) throws IOException {
			this.hasSender = false;
			this.hasRecipient = false;
			String fault = ScriptedRelay.this.faults.get(Stage.MESSAGE);
			if (fault == null) {
				ScriptedRelay.this.messages.add(new String(message, StandardCharsets.ISO_8859_1));
			}
			return answer(Stage.MESSAGE, "250 2.0.0 Ok: queued as " + ScriptedRelay.this.messages.size());
		}

		private String hello() {
			StringBuilder hello = new StringBuilder("250-relay.example\r\n");
			ScriptedRelay.this.offers.forEach((offer) -> hello.append("250-").append(offer).append("\r\n"));
			return hello + "250 HELP";
		}

		/** As wished, or as told; whether it was as wished. */
		private boolean answer(Stage stage, String wished) throws IOException {
			String fault = ScriptedRelay.this.faults.remove(stage);
			if (fault == null) {
				return answer(wished);
			}
			if (!fault.equals(CUT)) {
				answer(fault);
				this.refused = !fault.startsWith("421");
			}
			return false;
		}

		private boolean answer(String reply) throws IOException {
			this.out.write((reply + "\r\n").getBytes(StandardCharsets.UTF_8));
			this.out.flush();
			return true;
		}

		private String line() throws IOException {
			ByteArrayOutputStream line = new ByteArrayOutputStream();
			for (int b = this.in.read(); b >= 0; b = this.in.read()) {
				if (b == '\n') {
					String text = line.toString(StandardCharsets.UTF_8);
					return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
				}
				line.write(b);
			}
			return null;
		}

	}

	static ScriptedRelay offering(String... offers) {
		try {
			return new ScriptedRelay(List.of(offers), Map.of());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
