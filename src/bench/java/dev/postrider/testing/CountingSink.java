package dev.postrider.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.awaitility.Awaitility.await;

/**
 * Postfix' smtp-sink, which keeps nothing and counts what it answered with 250: the
 * fastest relay there is, so that what is measured is the sender.
 */
public final class CountingSink implements AutoCloseable {

	private static final Pattern COUNT = Pattern.compile("mesg=(\\d+)");

	private final Process process;

	private volatile long messages;

	private CountingSink(int port) throws IOException {
		List<String> command = new ArrayList<>(List.of("smtp-sink"));
		if (System.getProperty("user.name").equals("root")) {
			command.addAll(List.of("-u", "nobody"));
		}
		command.addAll(List.of("-c", "127.0.0.1:" + port, "1000"));
		this.process = new ProcessBuilder(command).redirectErrorStream(true).start();
		Thread reader = new Thread(this::read, "smtp-sink");
		reader.setDaemon(true);
		reader.start();
	}

	/** Starts one on a port. */
	public static CountingSink start(int port) {
		try {
			return new CountingSink(port);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("smtp-sink is needed (Debian: postfix)", ex);
		}
	}

	/**
	 * Messages so far. What it writes reaches us a little later, the more so on a busy
	 * machine, so the count is good once it stands still.
	 */
	public long messages() {
		AtomicLong last = new AtomicLong(-1);
		await().pollInterval(Duration.ofMillis(300)).until(() -> last.getAndSet(this.messages) == this.messages);
		return last.get();
	}

	/** Seconds its processor worked so far. */
	public double cpuSeconds() {
		return Cpu.seconds(this.process.toHandle());
	}

	@Override
	public void close() {
		this.process.destroy();
		try {
			this.process.waitFor(10, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** It writes its counts over and over, separated by carriage returns. */
	private void read() {
		byte[] buffer = new byte[64 * 1024];
		String rest = "";
		try (InputStream in = this.process.getInputStream()) {
			for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
				String text = rest + new String(buffer, 0, n, StandardCharsets.US_ASCII);
				int end = text.lastIndexOf('\r');
				int start = text.lastIndexOf('\r', end - 1);
				if (end > 0) {
					Matcher count = COUNT.matcher(text.substring(Math.max(start, 0), end));
					if (count.find()) {
						this.messages = Long.parseLong(count.group(1));
					}
				}
				rest = text.substring(end + 1);
			}
		}
		catch (IOException ex) {
			// It was closed.
			return;
		}
	}

}
