package dev.postrider.demo.mailbox;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

import dev.postrider.demo.FolderLock;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All mail of the demo, whoever it is for: one {@code .eml} file each, so that it is
 * still there after a restart. The oldest go when there are too many.
 */
public final class Mailbox implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(Mailbox.class);

	private static final String ENDING = ".eml";

	private final Path folder;

	private final int limit;

	private final FolderLock lock;

	private final TreeMap<Long, StoredMail> mails = new TreeMap<>();

	private long lastId;

	/**
	 * Opens the mailbox with what is in it.
	 * @param folder where the files are
	 * @param limit how many it keeps
	 * @throws dev.postrider.demo.DemoStartException when another process has it
	 */
	public Mailbox(Path folder, int limit) {
		this.folder = folder;
		this.limit = limit;
		this.lock = FolderLock.take(folder);
		try (Stream<Path> files = Files.list(folder)) {
			files.filter((file) -> file.getFileName().toString().endsWith(ENDING)).forEach(this::load);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The mailbox in " + folder, ex);
		}
		this.lastId = this.mails.isEmpty() ? 0 : this.mails.lastKey();
	}

	/** Keeps a mail; it is on disk when this returns. */
	synchronized void add(String to, MimeMessage message, Instant receivedAt) throws IOException, MessagingException {
		long id = this.lastId + 1;
		Path part = this.folder.resolve(id + ".part");
		try (OutputStream out = Files.newOutputStream(part)) {
			out.write(("Delivered-To: " + to + "\r\n").getBytes(StandardCharsets.UTF_8));
			message.writeTo(out);
		}
		Files.setLastModifiedTime(part, FileTime.from(receivedAt));
		Files.move(part, file(id), StandardCopyOption.ATOMIC_MOVE);
		this.lastId = id;
		load(file(id));
		while (this.mails.size() > this.limit) {
			Files.deleteIfExists(file(this.mails.pollFirstEntry().getKey()));
		}
	}

	/**
	 * Mails, newest first.
	 * @param words part of a recipient or subject, or blank for all
	 * @param before only those with a smaller id, or {@code null} for the newest
	 * @param limit at most so many
	 */
	synchronized List<StoredMail> list(String words, @Nullable Long before, int limit) {
		return this.mails.headMap((before != null) ? before : Long.MAX_VALUE, false)
			.descendingMap()
			.values()
			.stream()
			.filter((mail) -> mail.matches(words))
			.limit(limit)
			.toList();
	}

	/** How many mails match. */
	synchronized int count(String words) {
		return (int) this.mails.values().stream().filter((mail) -> mail.matches(words)).count();
	}

	/** One mail. */
	synchronized Optional<StoredMail> find(long id) {
		return Optional.ofNullable(this.mails.get(id));
	}

	/** A mail as it came in. */
	byte[] source(long id) {
		try {
			return Files.readAllBytes(file(id));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Mail " + id, ex);
		}
	}

	private void load(Path file) {
		String name = file.getFileName().toString();
		try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
			long id = Long.parseLong(name.substring(0, name.length() - ENDING.length()));
			InternetHeaders headers = new InternetHeaders(in, true);
			this.mails.put(id,
					new StoredMail(id, Files.getLastModifiedTime(file).toInstant(), header(headers, "Delivered-To"),
							header(headers, "From"), header(headers, "Subject"), Files.size(file)));
		}
		catch (IOException | MessagingException | NumberFormatException ex) {
			logger.warn("{} is no mail of the mailbox: {}", file, ex.toString());
		}
	}

	private static String header(InternetHeaders headers, String name) throws IOException {
		String value = headers.getHeader(name, ", ");
		return (value != null) ? MimeUtility.decodeText(MimeUtility.unfold(value)) : "";
	}

	private Path file(long id) {
		return this.folder.resolve(id + ENDING);
	}

	@Override
	public void close() {
		this.lock.close();
	}

}
