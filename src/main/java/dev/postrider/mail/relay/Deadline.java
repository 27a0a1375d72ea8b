package dev.postrider.mail.relay;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * By when a connection must be open or a message over, whatever the relay does: writes
 * have no timeout of their own, and one that answers a byte a minute would never run into
 * that of reads. One thread looks after all connections; a message costs it nothing.
 */
final class Deadline implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(Deadline.class);

	private static final long LOOK = 500;

	private static final Set<Deadline> OPEN = ConcurrentHashMap.newKeySet();

	static {
		Thread watcher = new Thread(Deadline::watch, "relay-deadlines");
		watcher.setDaemon(true);
		watcher.start();
	}

	private final GroupedTransport transport;

	/** By the monotonic clock; 0 when there is none. */
	private volatile long end;

	Deadline(GroupedTransport transport) {
		this.transport = transport;
		OPEN.add(this);
	}

	/**
	 * Something begins.
	 * @param latest when it must be over, by {@link System#nanoTime()}
	 */
	void begin(long latest) {
		this.end = (latest == 0) ? 1 : latest;
	}

	/** It is over. */
	void end() {
		this.end = 0;
	}

	/** The connection is closed. */
	@Override
	public void close() {
		OPEN.remove(this);
	}

	private void look(long now) {
		long ends = this.end;
		if (ends != 0 && now - ends > 0) {
			this.end = 0;
			try {
				this.transport.cut();
			}
			catch (IOException ex) {
				logger.debug("A relay's connection that took too long was closed already", ex);
			}
		}
	}

	private static void watch() {
		try {
			while (true) {
				TimeUnit.MILLISECONDS.sleep(LOOK);
				long now = System.nanoTime();
				OPEN.forEach((deadline) -> deadline.look(now));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
