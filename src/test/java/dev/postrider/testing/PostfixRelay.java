package dev.postrider.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import static org.awaitility.Awaitility.await;

/**
 * A real Postfix that takes mail on port 2600 and hands it on, as a newsroom's relay
 * does; where it hands it to, each message is kept. Its ports are fixed, so one test JVM
 * has it at a time.
 */
public final class PostfixRelay implements AutoCloseable {

	/** Where it takes mail, on 127.0.0.1. */
	public static final int PORT = 2600;

	private final Path script = Judge.shared("relay");

	private final Path sink2eml = Judge.shared("sink2eml.py");

	private final FileChannel turn;

	private final Path folder;

	private PostfixRelay() throws IOException {
		this.turn = FileChannel.open(Path.of(System.getProperty("java.io.tmpdir"), "postrider-relay.lock"),
				StandardOpenOption.CREATE, StandardOpenOption.WRITE);
		// Kept until the channel is closed; waits for other JVMs.
		this.turn.lock();
		this.folder = Files.createTempDirectory("relay");
		// Postfix' own accounts look into it.
		Files.setPosixFilePermissions(this.folder, PosixFilePermissions.fromString("rwxr-xr-x"));
		Judge.Answer started = Judge.ask("bash", this.script.toString(), "start", this.folder.toString());
		if (started.status() != 0) {
			close();
			throw new IllegalStateException("The relay does not start: " + started.text());
		}
		await().until(() -> log().contains("daemon started"));
	}

	/** Starts it, or skips the test. */
	public static PostfixRelay start() {
		Judge.want("postfix", "postfix");
		Judge.want("smtp-sink", "postfix");
		Judge.want("dovecot", "dovecot-imapd");
		if (!Files.exists(Path.of("/usr/lib/postfix/postfix-pcre.so"))
				&& !Files.exists(Path.of("/etc/postfix/dynamicmaps.cf.d/pcre"))) {
			throw Judge.missing("postfix-pcre is not installed");
		}
		if (!System.getProperty("user.name").equals("root")) {
			throw Judge.missing("Postfix is started by root only");
		}
		try {
			return new PostfixRelay();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Waits until so many messages were handed on, and gives them as files. */
	public List<Path> delivered(int count) {
		await().until(() -> log().split("relay=127\\.0\\.0\\.1\\[127\\.0\\.0\\.1\\]:2701.*status=sent").length > count);
		try (Stream<Path> files = Files.list(this.folder.resolve("mail"))) {
			List<String> command = new ArrayList<>(List.of("/usr/bin/python3", this.sink2eml.toString()));
			files.filter((file) -> file.getFileName().toString().startsWith("accepted."))
				.sorted()
				.forEach((file) -> command.add(file.toString()));
			Path messages = this.folder.resolve("messages");
			command.add(messages.toString());
			Judge.Answer converted = Judge.ask(command);
			if (converted.status() != 0) {
				throw new IllegalStateException(converted.text());
			}
			try (Stream<Path> converts = Files.list(messages)) {
				return converts.sorted().toList();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		Judge.ask("bash", this.script.toString(), "stop", this.folder.toString());
		try {
			this.turn.close();
			Files.walkFileTree(this.folder, new Eraser());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private String log() throws IOException {
		Path log = this.folder.resolve("log/mail.log");
		return Files.exists(log) ? Files.readString(log) : "";
	}

	/** Postfix' last process may still tidy up at the same time. */
	private static final class Eraser extends SimpleFileVisitor<Path> {

		@Override
		public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
			Files.deleteIfExists(file);
			return FileVisitResult.CONTINUE;
		}

		@Override
		public FileVisitResult visitFileFailed(Path file, IOException failure) {
			return FileVisitResult.CONTINUE;
		}

		@Override
		public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) {
			folder.toFile().delete();
			return FileVisitResult.CONTINUE;
		}

	}

}
