package dev.postrider.mail.relay;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import javax.net.ssl.SSLSocketFactory;
import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

import dev.postrider.mail.Attempt;
import dev.postrider.mail.MailProperties;
import dev.postrider.mail.MailProperties.Tls;
import dev.postrider.mail.MessageSigner;
import dev.postrider.mail.PublicUrl;
import dev.postrider.mail.RelayConnection;
import dev.postrider.mail.Relays;
import dev.postrider.mail.SendResult;
import dev.postrider.testing.TestDatabase;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;

/**
 * Relays without an application around them, for tests: on real servers, and where they
 * have limits on the JVM's real database.
 */
public final class RelayStage {

	static final byte[] MESSAGE = "From: a@news.example\r\nSubject: s\r\n\r\ntext\r\n".getBytes();

	private static @Nullable DataSource database;

	private final List<RelaySettings> settings;

	private MailProperties properties = new MailProperties(null, null, null, Tls.AUTO, Duration.ofSeconds(15),
			Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofSeconds(15), 100,
			MailProperties.Use.AUTO, MailProperties.Use.AUTO);

	private PublicUrl url = new PublicUrl(URI.create("https://news.example"));

	private ApplicationEventPublisher events = (event) -> {
	};

	private @Nullable Supplier<Instant> databaseClock;

	private @Nullable SslBundles bundles;

	RelayStage(List<RelaySettings> settings) {
		this.settings = settings;
	}

	/** The relay at a port of this machine, greeted by the host of a base URL. */
	public static Relays one(int port, String baseUrl) {
		RelayStage stage = new RelayStage(List.of(at("127.0.0.1", port, Tls.AUTO)));
		stage.url = new PublicUrl(URI.create(baseUrl));
		return stage.relays();
	}

	static Relays one(int port, MailProperties properties, ApplicationEventPublisher events) {
		return new RelayStage(List.of(at("127.0.0.1", port, properties.tls()))).with(properties).with(events).relays();
	}

	/** A connection by itself, that nothing keeps from trying again at once. */
	static RelayConnection bare(int port, MailProperties properties) {
		RelaySettings relay = at("127.0.0.1", port, properties.tls());
		SmtpConnection connection = new SmtpConnection(SmtpSession.properties(relay, properties, "news.example",
				(SSLSocketFactory) SSLSocketFactory.getDefault()), relay, Secret.NONE, properties);
		return new RelayConnection() {

			@Override
			public Attempt send(String envelopeSender, String recipient, byte[] message) {
				return new Attempt(relay.name(),
						SendResult.rightly(connection.send(envelopeSender, recipient, message)));
			}

			@Override
			public void close() {
				connection.close();
			}

		};
	}

	/** A relay without a limit. */
	static RelaySettings at(String host, int port, Tls tls) {
		return read(Map.of("host", host, "port", String.valueOf(port), "tls", tls.name()));
	}

	/** A relay on this machine, from its settings as an operator writes them. */
	static RelaySettings local(int port, String... namesAndValues) {
		Map<String, String> settings = new HashMap<>(Map.of("host", "127.0.0.1", "port", String.valueOf(port)));
		for (int i = 0; i < namesAndValues.length; i += 2) {
			settings.put(namesAndValues[i], namesAndValues[i + 1]);
		}
		return read(settings);
	}

	private static RelaySettings read(Map<String, String> settings) {
		return read(List.of(settings)).get(0);
	}

	/** Relays from their settings as an operator writes them. */
	static List<RelaySettings> read(List<Map<String, String>> relays) {
		Map<String, String> all = new HashMap<>();
		for (int i = 0; i < relays.size(); i++) {
			String at = "postrider.mail.relays[" + i + "].";
			relays.get(i).forEach((name, value) -> all.put(at + name, value));
		}
		RelaysProperties bound = new Binder(new MapConfigurationPropertySource(all)).bindOrCreate("postrider.mail",
				RelaysProperties.class);
		return RelaysReading.read(bound.relays(), new SpringMailProperties("127.0.0.1", 25, null, null), Tls.AUTO);
	}

	RelayStage with(MailProperties changed) {
		this.properties = changed;
		return this;
	}

	RelayStage with(ApplicationEventPublisher listener) {
		this.events = listener;
		return this;
	}

	/** Hours and days go by this. */
	RelayStage with(Supplier<Instant> clock) {
		this.databaseClock = clock;
		return this;
	}

	RelayStage with(SslBundles certificates) {
		this.bundles = certificates;
		return this;
	}

	/** Each call is like another process, or this one after a restart. */
	ConfiguredRelays relays() {
		boolean limited = this.settings.stream().anyMatch((one) -> !one.limits().equals(Limits.NONE));
		// Who has no limit never asks the database, so there need not be one.
		DataSource source = limited ? database() : new DriverManagerDataSource("jdbc:mysql://127.0.0.1:1/none");
		JdbcClient jdbc = JdbcClient.create(source);
		return new ConfiguredRelays(this.settings, this.properties, HeloName.of(this.properties, this.url),
				new ConfiguredRelays.Surroundings(jdbc, RelayConfiguration.ofItsOwn(new JdbcTransactionManager(source)),
						(this.databaseClock != null) ? this.databaseClock : RelayUse.clockOf(jdbc), this.bundles,
						MessageSigner.NONE, Clock.systemUTC(), this.events));
	}

	static SendResult send(RelayConnection connection, String recipient) {
		return connection.send("b+1@news.example", recipient, MESSAGE).result();
	}

	/** The JVM's test database, with its tables. */
	static synchronized DataSource database() {
		DataSource known = database;
		if (known == null) {
			TestDatabase server = TestDatabase.get();
			String utc = (server.url().contains("?") ? "&" : "?")
					+ "connectionTimeZone=UTC&forceConnectionTimeZoneToSession=true";
			HikariConfig pool = new HikariConfig();
			pool.setJdbcUrl(server.url() + utc);
			pool.setUsername(server.user());
			pool.setPassword(server.password());
			known = new HikariDataSource(pool);
			Flyway.configure().dataSource(known).locations("classpath:db").load().migrate();
			database = known;
		}
		return known;
	}

}
