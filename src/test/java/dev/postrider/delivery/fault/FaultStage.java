package dev.postrider.delivery.fault;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.postrider.testing.PostriderProcess;
import dev.postrider.testing.SmtpSink;
import dev.postrider.testing.TcpProxy;
import dev.postrider.testing.TestDatabase;
import org.jspecify.annotations.Nullable;

/**
 * Postrider as a process of its own between a database and a relay that can be taken
 * away. Tests may share it, since starting one is dear; each begins an edition of a
 * newsletter of its own.
 */
final class FaultStage implements AutoCloseable {

	static final int LANES = 8;

	private final TestDatabase database;

	private final SmtpSink sink = SmtpSink.start();

	private @Nullable SmtpSink second;

	private final TcpProxy relay = new TcpProxy(this.sink.port());

	private final TcpProxy databaseProxy;

	private final Map<String, String> settings = new LinkedHashMap<>();

	private final Map<String, String> environment;

	private final List<PostriderProcess> all = new ArrayList<>();

	private @Nullable PostriderProcess process;

	private int editions;

	/** On a scratch schema of the tests' database. */
	FaultStage() throws IOException {
		this(TestDatabase.get().another(), Map.of(), Map.of());
	}

	/** With settings that come after the stage's own. */
	FaultStage(Map<String, String> more) throws IOException {
		this(TestDatabase.get().another(), more, Map.of());
	}

	/** With settings and environment variables of its own. */
	FaultStage(TestDatabase database, Map<String, String> more, Map<String, String> environment) throws IOException {
		this.database = database;
		this.databaseProxy = new TcpProxy(database.port());
		this.environment = environment;
		this.settings.putAll(Map.of("spring.datasource.url", database.urlThrough(this.databaseProxy.port()),
				"spring.datasource.username", database.user(), "spring.datasource.password", database.password(),
				"spring.datasource.hikari.connection-timeout", "3000", "spring.mail.port",
				String.valueOf(this.relay.port()), "postrider.delivery.lanes", String.valueOf(LANES),
				"postrider.delivery.first-retry", "1s"));
		this.settings.putAll(more);
	}

	/** With a second relay beside the one that can be taken away; each gets half. */
	static FaultStage withTwoRelays() throws IOException {
		FaultStage stage = new FaultStage();
		SmtpSink second = SmtpSink.start();
		stage.second = second;
		stage.settings.remove("spring.mail.port");
		int[] ports = { stage.relay.port(), second.port() };
		for (int i = 0; i < ports.length; i++) {
			String relay = "postrider.mail.relays[" + i + "].";
			stage.settings.putAll(Map.of(relay + "name", "relay-" + (i + 1), relay + "host", "127.0.0.1",
					relay + "port", String.valueOf(ports[i])));
		}
		return stage;
	}

	/** Message-IDs of all copies that any relay holds, by recipient. */
	Map<String, List<String>> copies() {
		Map<String, List<String>> copies = this.sink.copies();
		if (this.second != null) {
			this.second.copies()
				.forEach((recipient, ids) -> copies.computeIfAbsent(recipient, (key) -> new ArrayList<>()).addAll(ids));
		}
		return copies;
	}

	/** With a process that is healthy: a new one where the last has ended. */
	FaultStage running() {
		PostriderProcess last = this.process;
		if (last == null || !last.isAlive()) {
			this.process = another();
		}
		return this;
	}

	/** The process that {@link #running} started last. */
	PostriderProcess process() {
		PostriderProcess running = this.process;
		if (running == null) {
			throw new IllegalStateException("Nothing was started yet");
		}
		return running;
	}

	/** From now on that one is the stage's. */
	void use(PostriderProcess other) {
		this.process = other;
	}

	/** One more process beside it, on the same database and relay. */
	PostriderProcess another() {
		PostriderProcess started = PostriderProcess.launch(this.settings, this.environment);
		this.all.add(started);
		started.awaitHealth();
		return started;
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

	/** An edition of today that is due now and worth sending for two days; it is sent. */
	FaultEdition begin(int readers) throws SQLException {
		return begin(FaultReaders.plain(readers));
	}

	/** As the other, to readers of one's choice. */
	FaultEdition begin(FaultReaders readers) throws SQLException {
		FaultEdition edition = compose(readers);
		edition.send(process());
		return edition;
	}

	/** As {@link #begin}, but nobody has started it. */
	FaultEdition compose(FaultReaders readers) throws SQLException {
		return FaultEdition.composed(this, subscribe(readers), 1);
	}

	/** An extra edition: how long it is worth sending counts from now. */
	FaultEdition extra(FaultReaders readers) throws SQLException {
		return FaultEdition.composed(this, subscribe(readers), 2);
	}

	private String subscribe(FaultReaders readers) throws SQLException {
		String slug = "fault-" + ++this.editions;
		try (Connection connection = connect()) {
			readers.insert(connection, slug);
		}
		return slug;
	}

	/** A connection that does not go through the proxy. */
	Connection connect() throws SQLException {
		return DriverManager.getConnection(this.database.url(), this.database.user(), this.database.password());
	}

	@Override
	public void close() throws IOException {
		this.all.forEach(PostriderProcess::close);
		this.relay.close();
		this.databaseProxy.close();
		this.sink.close();
		if (this.second != null) {
			this.second.close();
		}
	}

}
