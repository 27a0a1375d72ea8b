package dev.postrider.run;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Says that this process lives: by a named lock, which the server takes away the moment
 * its connection dies, and by a beat in the table {@code process}. Only one that has lost
 * the lock and missed its beats is dead: neither a network hiccup nor a pause alone makes
 * it so.
 */
@Component
class ProcessHeartbeat implements DisposableBean {

	private static final Logger logger = LoggerFactory.getLogger(ProcessHeartbeat.class);

	private static final Duration SLOWEST_RETURN = Duration.ofSeconds(150);

	static final String LOCK = "postrider.process.";

	private final String id = newId();

	private final DataSource dataSource;

	private final ScheduledExecutorService beats = Executors.newSingleThreadScheduledExecutor((work) -> {
		Thread thread = new Thread(work, "heartbeat");
		thread.setDaemon(true);
		return thread;
	});

	private volatile @Nullable Connection connection;

	private volatile @Nullable Instant registeredAgainAt;

	ProcessHeartbeat(DataSource dataSource, RunProperties properties) throws SQLException {
		this.dataSource = dataSource;
		this.connection = register();
		long pause = properties.heartbeat().toMillis();
		this.beats.scheduleWithFixedDelay(this::beat, pause, pause, TimeUnit.MILLISECONDS);
	}

	/**
	 * Whether this process may judge others dead. After the database was away all
	 * processes look dead until each has been heard of again, the slowest after a
	 * connection's timeout.
	 */
	boolean isSteady() {
		Instant again = this.registeredAgainAt;
		return this.connection != null && (again == null || again.plus(SLOWEST_RETURN).isBefore(Instant.now()));
	}

	/** This process among all that share the database. */
	String id() {
		return this.id;
	}

	@Override
	public void destroy() throws SQLException {
		this.beats.shutdownNow();
		Connection open = this.connection;
		if (open != null) {
			// Ends the session, and the lock with it; a pooled connection would live on.
			open.abort(Runnable::run);
		}
	}

	private void beat() {
		try {
			Connection open = this.connection;
			if (open == null) {
				this.connection = register();
				this.registeredAgainAt = Instant.now();
				return;
			}
			try (PreparedStatement update = open
				.prepareStatement("UPDATE process SET seen_at = UTC_TIMESTAMP(6) WHERE id = ?")) {
				update.setQueryTimeout(10);
				update.setString(1, this.id);
				update.executeUpdate();
			}
		}
		catch (SQLException ex) {
			logger.warn("The database did not take this process' heartbeat: {}. Trying again", ex.getMessage());
			abandon();
		}
	}

	private void abandon() {
		Connection broken = this.connection;
		this.connection = null;
		if (broken != null) {
			try {
				broken.abort(Runnable::run);
				broken.close();
			}
			catch (SQLException ex) {
				logger.debug("The heartbeat's connection was gone already", ex);
			}
		}
	}

	private Connection register() throws SQLException {
		Connection open = this.dataSource.getConnection();
		open.setAutoCommit(true);
		try (PreparedStatement insert = open.prepareStatement("""
				INSERT INTO process (id, host, pid, started_at, seen_at)
				VALUES (?, ?, ?, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6)) ON DUPLICATE KEY UPDATE seen_at = VALUES(seen_at)
				""")) {
			insert.setString(1, this.id);
			insert.setString(2, host());
			insert.setLong(3, ProcessHandle.current().pid());
			insert.executeUpdate();
			NamedLock.acquire(open, LOCK + this.id, Duration.ofSeconds(5));
			return open;
		}
		catch (SQLException ex) {
			open.close();
			throw ex;
		}
	}

	private static String host() {
		try {
			return InetAddress.getLocalHost().getHostName();
		}
		catch (UnknownHostException ex) {
			return "unknown";
		}
	}

	private static String newId() {
		SecureRandom random = new SecureRandom();
		StringBuilder id = new StringBuilder();
		for (int i = 0; i < 26; i++) {
			id.append(Integer.toString(random.nextInt(32), 32));
		}
		return id.toString().toLowerCase(Locale.ROOT);
	}

}
