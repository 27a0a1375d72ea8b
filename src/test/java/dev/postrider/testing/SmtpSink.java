package dev.postrider.testing;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.opentest4j.TestAbortedException;

/**
 * Postfix' smtp-sink: a fast SMTP server that nobody here wrote, which keeps every
 * message it answered with 250.
 */
public final class SmtpSink implements AutoCloseable {

	private static final Pattern RECIPIENT = Pattern.compile("(?m)^X-Rcpt-Args: <([^>]*)>");

	private static final Pattern UNSUBSCRIBE = Pattern.compile("(?mi)^List-Unsubscribe:\\s*<([^>]*)>");

	private static final Pattern MESSAGE_ID = Pattern.compile("(?mi)^Message-ID:\\s*(<[^>]*>)");

	private static final int HEAD = 16 * 1024;

	private static final int TAIL = 64;

	private final Path folder;

	private final int port;

	private Process process;

	private SmtpSink(Path folder, int port) throws IOException {
		this.folder = folder;
		this.port = port;
		this.process = run();
	}

	/**
	 * Starts one, or skips the test with a word on what is missing; in CI that is a
	 * failure.
	 */
	public static SmtpSink start() {
		return start(freePort());
	}

	/** Starts one on a given port. */
	public static SmtpSink start(int port) {
		if (!isInstalled()) {
			String missing = "smtp-sink is not installed (Debian: postfix); the test is skipped";
			if ("true".equals(System.getenv("CI"))) {
				throw new IllegalStateException(missing + " and must not be in CI");
			}
			throw new TestAbortedException(missing);
		}
		try {
			// Readable and writable for whoever smtp-sink becomes when it is started by
			// root.
			Path folder = Files.createTempDirectory("smtp-sink");
			folder.toFile().setWritable(true, false);
			folder.toFile().setReadable(true, false);
			folder.toFile().setExecutable(true, false);
			return new SmtpSink(folder, port);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public static int freePort() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public int port() {
		return this.port;
	}

	/** Message-IDs of all copies it holds, by recipient. */
	public Map<String, List<String>> copies() {
		return headers(MESSAGE_ID);
	}

	/** The addresses that end their subscriptions, in all copies, by recipient. */
	public Map<String, List<String>> unsubscribeLinks() {
		return headers(UNSUBSCRIBE);
	}

	private Map<String, List<String>> headers(Pattern wanted) {
		Map<String, List<String>> found = new HashMap<>();
		try (Stream<Path> files = Files.list(this.folder)) {
			for (Path file : (Iterable<Path>) files::iterator) {
				String head = head(file);
				Matcher recipient = RECIPIENT.matcher(head);
				Matcher value = wanted.matcher(head);
				if (isWhole(file) && recipient.find() && value.find()) {
					found.computeIfAbsent(recipient.group(1), (key) -> new ArrayList<>()).add(value.group(1));
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return found;
	}

	private static String head(Path file) throws IOException {
		try (InputStream in = Files.newInputStream(file)) {
			return new String(in.readNBytes(HEAD), StandardCharsets.ISO_8859_1);
		}
	}

	/** A file without an end is a message that was never answered. */
	private static boolean isWhole(Path file) throws IOException {
		try (RandomAccessFile message = new RandomAccessFile(file.toFile(), "r")) {
			byte[] end = new byte[(int) Math.min(TAIL, message.length())];
			message.seek(message.length() - end.length);
			message.readFully(end);
			return new String(end, StandardCharsets.ISO_8859_1).contains("--\n");
		}
	}

	/** Forgets all it holds. */
	public void clear() {
		try (Stream<Path> files = Files.list(this.folder)) {
			files.map(Path::toFile).forEach(File::delete);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Bytes of one of the messages as it came: lines were ended by CRLF, and what stands
	 * before "Received" is the sink's own, as are the three lines of that.
	 */
	public int messageSize() {
		try (Stream<Path> files = Files.list(this.folder)) {
			String message = Files.readString(files.findAny().orElseThrow(), StandardCharsets.ISO_8859_1);
			String own = message.substring(message.indexOf("\nReceived:") + 1);
			for (int i = 0; i < 3; i++) {
				own = own.substring(own.indexOf('\n') + 1);
			}
			return own.length() + (int) own.chars().filter((c) -> c == '\n').count() - 2;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		this.process.destroy();
		try (Stream<Path> files = Files.walk(this.folder)) {
			files.sorted((a, b) -> b.compareTo(a)).map(Path::toFile).forEach(File::delete);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Process run() throws IOException {
		List<String> command = new ArrayList<>(List.of("smtp-sink"));
		if (System.getProperty("user.name").equals("root")) {
			command.addAll(List.of("-u", "nobody"));
		}
		command.addAll(List.of("-d", this.folder + "/%H%M%S.", "127.0.0.1:" + this.port, "1000"));
		return new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
	}

	private static boolean isInstalled() {
		return Stream.of((System.getenv("PATH") + ":/usr/sbin").split(File.pathSeparator))
			.anyMatch((folder) -> new File(folder, "smtp-sink").canExecute());
	}

}
