package dev.postrider.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Keeps a folder to one process. The lock is the operating system's, so it is gone with
 * its owner, however that one ended; the file beside it says who the owner is.
 */
public final class FolderLock implements AutoCloseable {

	/** Past any content, so that others may read the file while it is locked. */
	private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

	private final FileChannel channel;

	private FolderLock(FileChannel channel) {
		this.channel = channel;
	}

	/**
	 * Takes the folder, which is made if need be.
	 * @param folder what to lock
	 * @return the lock, to be closed by the owner
	 * @throws DemoStartException when another process has it, or it cannot be written
	 */
	public static FolderLock take(Path folder) {
		FolderLock lock = tryTake(folder);
		if (lock == null) {
			throw inUse(folder);
		}
		return lock;
	}

	/**
	 * Takes the folder if nobody has it.
	 * @param folder what to lock
	 * @return the lock, or {@code null} when another process has it
	 */
	public static @Nullable FolderLock tryTake(Path folder) {
		try {
			Files.createDirectories(folder);
			FileChannel channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE,
					StandardOpenOption.WRITE);
			if (!isLocked(channel)) {
				channel.close();
				return null;
			}
			ProcessHandle me = ProcessHandle.current();
			String owner = me.pid() + " " + me.info().startInstant().orElseGet(Instant::now) + "\n";
			channel.truncate(0).write(ByteBuffer.wrap(owner.getBytes(StandardCharsets.US_ASCII)));
			return new FolderLock(channel);
		}
		catch (IOException ex) {
			throw new DemoStartException("The folder " + folder.toAbsolutePath().normalize() + " cannot be used: " + ex,
					"Make it writable, or name another one with POSTRIDER_DEMO_FOLDER.", ex);
		}
	}

	@SuppressWarnings("resource") // closing the channel gives the lock back
	private static boolean isLocked(FileChannel channel) throws IOException {
		try {
			FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
			return lock != null;
		}
		catch (OverlappingFileLockException ex) {
			return false; // this very process has it
		}
	}

	private static DemoStartException inUse(Path folder) {
		String owner;
		String stop = "Stop that one first";
		try {
			String[] words = Files.readString(folder.resolve("lock")).trim().split(" ");
			owner = "process " + words[0] + ((words.length > 1) ? ", running since " + words[1] : "");
			stop += " (kill " + words[0] + ")";
		}
		catch (IOException ex) {
			owner = "another process";
		}
		return new DemoStartException(
				"The folder " + folder.toAbsolutePath().normalize() + " is in use by " + owner
						+ ". Two Postriders cannot share one folder.",
				stop + ", or give this one a folder and ports of its own: "
						+ "POSTRIDER_DEMO_FOLDER=./data2 SERVER_PORT=8081 SPRING_MAIL_PORT=3026",
				null);
	}

	@Override
	public void close() {
		try {
			this.channel.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
