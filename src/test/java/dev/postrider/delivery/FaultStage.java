package dev.postrider.delivery;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;

import dev.postrider.testing.PostriderProcess;
import dev.postrider.testing.SmtpSink;
import dev.postrider.testing.TcpProxy;
import dev.postrider.testing.TestDatabase;
import org.jspecify.annotations.Nullable;

/**
 * Postrider as a process of its own between a database and a relay that can be taken
 * away. Tests share it, since starting one is dear; each begins an edition of a
 * newsletter of its own.
 */
final class FaultStage implements AutoCloseable {

	private final TestDatabase database = TestDatabase.get().another();

	private final SmtpSink sink = SmtpSink.start();

	private final TcpProxy relay = new TcpProxy(this.sink.port());

	private final TcpProxy databaseProxy = new TcpProxy(this.database.port());

	private final Map<String, String> settings;

	private @Nullable PostriderProcess process;

	private int editions;

	FaultStage(int lanes) throws IOException {
		this.settings = Map.of("spring.datasource.url", this.database.urlThrough(this.databaseProxy.port()),
				"spring.datasource.username", this.database.user(), "spring.datasource.password",
				this.database.password(), "spring.datasource.hikari.connection-timeout", "3000", "spring.mail.port",
				String.valueOf(this.relay.port()), "postrider.delivery.lanes", String.valueOf(lanes),
				"postrider.delivery.first-retry", "1s");
	}

	/** With a process that is healthy: a new one where the last has ended. */
	FaultStage running() {
		PostriderProcess last = this.process;
		if (last == null || !last.isAlive()) {
			this.process = PostriderProcess.start(this.settings);
		}
		return this;
	}

	PostriderProcess process() {
		PostriderProcess running = this.process;
		if (running == null) {
			throw new IllegalStateException("Nothing was started yet");
		}
		return running;
	}

	TcpProxy relay() {
		return this.relay;
	}

	TcpProxy databaseProxy() {
		return this.databaseProxy;
	}

	SmtpSink sink() {
		return this.sink;
	}

	/**
	 * Readers, stories, and an edition of today that is due now and worth sending for two
	 * days; its run is started.
	 */
	FaultEdition begin(int readers) throws SQLException {
		String slug = "fault-" + ++this.editions;
		try (Connection connection = connect(); Statement statement = connection.createStatement()) {
			statement.execute(
					"""
							INSERT INTO newsletter (slug, name, description, days, send_time, time_zone, useless_after_minutes, created_at)
							VALUES ('%s', 'Faults', 'Of bad luck', 127, '00:00:00', 'UTC', 2880, UTC_TIMESTAMP(6))
							"""
						.formatted(slug));
			connection.setAutoCommit(false);
			try (PreparedStatement insert = connection.prepareStatement("""
					INSERT INTO subscriber (email, email_key, status, created_at, confirmed_at, status_changed_at)
					VALUES (?, ?, 'ACTIVE', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))
					""")) {
				for (int i = 1; i <= readers; i++) {
					insert.setString(1, "reader" + i + "@" + slug + ".example");
					insert.setString(2, "reader" + i + "@" + slug + ".example");
					insert.addBatch();
				}
				insert.executeBatch();
			}
			statement.execute("""
					INSERT INTO subscription (newsletter_id, subscriber_id, requested_at, confirmed_at)
					SELECT n.id, s.id, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) FROM newsletter n JOIN subscriber s
					WHERE n.slug = '%s' AND s.email LIKE '%%@%s.example'
					""".formatted(slug, slug));
			connection.commit();
		}
		process().post("/api/v1/stories", """
				[{"headline": "Harbour bridge opens", "url": "https://news.example/bridge", "summary": "It is open."},
				 {"headline": "Night trains return", "url": "https://news.example/trains", "summary": "They are back."}]
				""");
		String today = LocalDate.now(ZoneOffset.UTC).toString();
		String editions = "/api/v1/newsletters/" + slug + "/editions";
		process().post(editions, "{\"date\": \"" + today + "\"}");
		process().post(editions + "/" + today + "/send", "");
		return new FaultEdition(this, slug);
	}

	/** A connection that does not go through the proxy. */
	Connection connect() throws SQLException {
		return DriverManager.getConnection(this.database.url(), this.database.user(), this.database.password());
	}

	@Override
	public void close() throws IOException {
		PostriderProcess last = this.process;
		if (last != null) {
			last.close();
		}
		this.relay.close();
		this.databaseProxy.close();
		this.sink.close();
	}

}
