package dev.postrider.mail.relay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Connections that all processes together may have open to a relay. Each is held by a
 * lease that is renewed for as long as the connection is open, so those of a dead process
 * come free by themselves.
 */
final class ConnectionSlots implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(ConnectionSlots.class);

	private final JdbcClient jdbc;

	private final Duration lease;

	private final Map<String, Slot> held = new ConcurrentHashMap<>();

	private final Map<String, Integer> made = new ConcurrentHashMap<>();

	private @Nullable ScheduledExecutorService renewer;

	ConnectionSlots(JdbcClient jdbc, Duration lease) {
		this.jdbc = jdbc;
		this.lease = lease;
	}

	/**
	 * Takes a free one. By the primary key.
	 * @param most how many the relay may have
	 * @param usable how many of them the caller may use
	 * @return {@code null} if none is free
	 */
	@Nullable Slot take(String relay, int most, int usable) {
		begin(relay, most);
		String holder = UUID.randomUUID().toString();
		long asked = System.nanoTime();
		int taken = this.jdbc.sql("""
				UPDATE relay_connection SET holder = ?, lease_until = UTC_TIMESTAMP(6) + INTERVAL ? SECOND
				WHERE relay = ? AND slot < ? AND (holder IS NULL OR lease_until < UTC_TIMESTAMP(6))
				ORDER BY slot LIMIT 1
				""").params(holder, this.lease.toSeconds(), relay, usable).update();
		if (taken == 0) {
			return null;
		}
		Slot slot = new Slot(relay, holder, asked + this.lease.toNanos());
		this.held.put(holder, slot);
		return slot;
	}

	/** Connections of a relay that are open now, in all processes. */
	int used(String relay) {
		return this.jdbc.sql("""
				SELECT COUNT(*) FROM relay_connection
				WHERE relay = ? AND holder IS NOT NULL AND lease_until >= UTC_TIMESTAMP(6)
				""").param(relay).query(Integer.class).single();
	}

	@Override
	public synchronized void close() {
		if (this.renewer != null) {
			this.renewer.shutdownNow();
		}
	}

	/** The rows of a relay, and somebody to renew those that are held: once a process. */
	private void begin(String relay, int most) {
		if (this.made.containsKey(relay)) {
			return;
		}
		for (int slot = 0; slot < most; slot++) {
			this.jdbc.sql("INSERT IGNORE INTO relay_connection (relay, slot, lease_until) VALUES (?, ?, '2000-01-01')")
				.params(relay, slot)
				.update();
		}
		this.made.put(relay, most);
		synchronized (this) {
			if (this.renewer == null) {
				this.renewer = Executors.newSingleThreadScheduledExecutor((work) -> {
					Thread thread = new Thread(work, "relay-connections");
					thread.setDaemon(true);
					return thread;
				});
				long every = this.lease.toMillis() / 5;
				this.renewer.scheduleWithFixedDelay(this::renew, every, every, TimeUnit.MILLISECONDS);
			}
		}
	}

	private void renew() {
		List<Slot> slots = new ArrayList<>(this.held.values());
		try {
			for (Slot slot : slots) {
				long asked = System.nanoTime();
				int kept = this.jdbc.sql("""
						UPDATE relay_connection SET lease_until = UTC_TIMESTAMP(6) + INTERVAL ? SECOND
						WHERE relay = ? AND holder = ?
						""").params(this.lease.toSeconds(), slot.relay, slot.holder).update();
				if (kept > 0) {
					slot.until = asked + this.lease.toNanos();
				}
			}
		}
		catch (RuntimeException ex) {
			// An executor would end at an exception; connections end with their leases.
			logger.warn("Leases of relay connections were not renewed, they will be tried again: {}", ex.toString());
		}
	}

	/**
	 * Leave to have one connection open.
	 */
	final class Slot implements AutoCloseable {

		private final String relay;

		private final String holder;

		/** By the monotonic clock. */
		private volatile long until;

		private Slot(String relay, String holder, long until) {
			this.relay = relay;
			this.holder = holder;
			this.until = until;
		}

		/** Whether nobody else can have it yet. */
		boolean isHeld() {
			return System.nanoTime() - this.until < 0;
		}

		@Override
		public void close() {
			ConnectionSlots.this.held.remove(this.holder);
			try {
				ConnectionSlots.this.jdbc
					.sql("UPDATE relay_connection SET holder = NULL WHERE relay = ? AND holder = ?")
					.params(this.relay, this.holder)
					.update();
			}
			catch (RuntimeException ex) {
				logger.warn("A connection to relay {} counts as open until its lease ends: {}", this.relay,
						ex.toString());
			}
		}

	}

}
