package dev.postrider.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Postfix' smtp-source: how fast a program in C, which keeps no account of anything, hands
 * the same message to the same sink over and over.
 */
public final class SmtpSource {

	private SmtpSource() {
	}

	/**
	 * Sends.
	 * @param port of the sink
	 * @param sessions at a time, each kept for all its messages
	 * @param messages how many in all
	 * @param bytes the size of each
	 * @return messages a second
	 */
	public static double rate(int port, int sessions, int messages, int bytes) {
		List<String> command = List.of("smtp-source", "-d", "-s", String.valueOf(sessions), "-m",
				String.valueOf(messages), "-l", String.valueOf(bytes), "-f", "bounces@news.example", "-t",
				"reader@readers.example", "127.0.0.1:" + port);
		try {
			long from = System.nanoTime();
			Process process = new ProcessBuilder(command).inheritIO()
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start();
			if (process.waitFor() != 0) {
				throw new IllegalStateException("smtp-source ended with " + process.exitValue());
			}
			return messages * 1e9 / (System.nanoTime() - from);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("smtp-source is needed (Debian: postfix)", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
