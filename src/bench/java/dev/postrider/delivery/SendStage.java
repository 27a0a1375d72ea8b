package dev.postrider.delivery;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

import dev.postrider.demo.database.EmbeddedDatabase;
import dev.postrider.testing.PostriderProcess;
import dev.postrider.testing.TestDatabase;
import org.jspecify.annotations.Nullable;

import static org.awaitility.Awaitility.await;

/**
 * Postrider as a process of its own, with a database as durable as servers come: readers
 * by the hundred thousand, and editions to all of them.
 */
public final class SendStage implements AutoCloseable {

	private static final int STORIES = 7;

	private static final String WORDS = "The first ferries left at dawn, and by noon the harbour was full again. ";

	private final @Nullable EmbeddedDatabase embedded;

	private final String url;

	private final String user;

	private final String password;

	private @Nullable PostriderProcess process;

	private int editions;

	public SendStage() {
		String given = System.getenv("SPRING_DATASOURCE_URL");
		if (given == null || given.isBlank()) {
			// With the server's own defaults: a commit is on the disk.
			EmbeddedDatabase started = EmbeddedDatabase.start(new EmbeddedDatabase.Options(
					Path.of("target/bench-database"), Path.of("target/test-database/mariadb"), 0, true, List.of()));
			this.embedded = started;
			this.url = started.url();
			this.user = EmbeddedDatabase.USER;
			this.password = "";
		}
		else {
			TestDatabase database = TestDatabase.get();
			this.embedded = null;
			this.url = database.url();
			this.user = database.user();
			this.password = database.password();
		}
	}

	/** (Re)starts Postrider. */
	public PostriderProcess start(Map<String, String> settings, List<String> jvm) {
		stop();
		Map<String, String> all = new java.util.HashMap<>(settings);
		all.put("spring.datasource.url", this.url);
		all.put("spring.datasource.username", this.user);
		all.put("spring.datasource.password", this.password);
		PostriderProcess started = PostriderProcess.launch(all, jvm);
		this.process = started;
		started.awaitHealth();
		return started;
	}

	void stop() {
		PostriderProcess last = this.process;
		if (last != null) {
			last.close();
		}
	}

	public int databasePort() {
		return Integer.parseInt(this.url.replaceFirst("jdbc:mysql://[^/]*:(\\d+)/.*", "$1"));
	}

	/** The server's name and version, such as mysql-9.7.1. */
	public String databaseName() {
		String version = ask("SELECT VERSION()");
		return version.contains("MariaDB") ? "mariadb-" + version.replaceFirst("-.*", "") : "mysql-" + version;
	}

	/**
	 * Stories for every edition; the same again with longer summaries.
	 * @param summary characters of each
	 */
	void stories(int summary) {
		StringJoiner stories = new StringJoiner(",", "[", "]");
		for (int i = 0; i < STORIES; i++) {
			String words = WORDS.repeat(summary / WORDS.length() + 1).substring(0, Math.max(summary, 1)).strip();
			stories.add("{\"headline\": \"%s\", \"url\": \"https://news.example/%d\", \"summary\": \"%s\"}"
				.formatted(List
					.of("Harbour bridge opens", "Night trains return", "Bakers strike for sleep", "Museum finds a whale",
							"Council votes on lamps", "Rowers win in fog", "Library lends umbrellas")
					.get(i), i, words));
		}
		running().post("/api/v1/stories", stories.toString());
	}

	/** More readers, until there are so many; all verified, with names. */
	void readers(int count) {
		long have = Long.parseLong(ask("SELECT COUNT(*) FROM subscriber WHERE email LIKE 'reader%'"));
		try (Connection connection = connect(); Statement statement = connection.createStatement()) {
			statement.execute("CREATE TEMPORARY TABLE thousand (n INT NOT NULL PRIMARY KEY)");
			StringJoiner numbers = new StringJoiner(",");
			for (int i = 0; i < 1000; i++) {
				numbers.add("(" + i + ")");
			}
			statement.execute("INSERT INTO thousand VALUES " + numbers);
			// In pieces of 100,000, so that no transaction is huge.
			for (long from = have; from < count; from += 100_000) {
				statement.execute("CREATE TEMPORARY TABLE hundred (n INT NOT NULL PRIMARY KEY)");
				statement.execute("INSERT INTO hundred SELECT n FROM thousand WHERE n < 100");
				statement.execute("""
						INSERT INTO subscriber (email, email_key, name, status, created_at, confirmed_at, status_changed_at)
						SELECT address, address, CONCAT('Reader ', n), 'ACTIVE', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), UTC_TIMESTAMP(6)
						FROM (SELECT h.n * 1000 + t.n + %d AS n, CONCAT('reader', h.n * 1000 + t.n + %d, '@readers.example') AS address
						  FROM hundred h JOIN thousand t) numbered WHERE n < %d ORDER BY n
						""".formatted(from, from, count));
				statement.execute("DROP TEMPORARY TABLE hundred");
			}
			statement.execute("ANALYZE TABLE subscriber");
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** A newsletter of its own for an edition of today to so many readers; its run is started. */
	String send(int readers) {
		return send(readers, "reader%");
	}

	/** The same to readers whose addresses are like a pattern. */
	String send(int readers, String like) {
		String slug = "bench-" + ++this.editions;
		execute("""
				INSERT INTO newsletter (slug, name, description, days, send_time, time_zone, useless_after_minutes, created_at)
				VALUES ('%s', 'News', 'Of speed', 127, '00:00:00', 'UTC', 2880, UTC_TIMESTAMP(6))
				""".formatted(slug));
		execute("""
				INSERT INTO subscription (newsletter_id, subscriber_id, requested_at, confirmed_at)
				SELECT n.id, s.id, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6)
				FROM newsletter n JOIN (SELECT id FROM subscriber WHERE email LIKE '%s' ORDER BY id LIMIT %d) s
				WHERE n.slug = '%s'
				""".formatted(like, readers, slug));
		execute("ANALYZE TABLE subscription");
		String today = LocalDate.now(ZoneOffset.UTC).toString();
		String editions = "/api/v1/newsletters/" + slug + "/editions";
		running().post(editions, "{\"date\": \"" + today + "\"}");
		running().post(editions + "/" + today + "/send", "");
		return slug;
	}

	void awaitSent(String slug, Duration patience) {
		await().pollInterval(Duration.ofMillis(200)).atMost(patience).until(() -> {
			String status = ask("""
					SELECT e.status FROM edition e JOIN newsletter n ON n.id = e.newsletter_id WHERE n.slug = '%s'"""
				.formatted(slug));
			if (status.equals("HELD") || status.equals("FAILED")) {
				throw new IllegalStateException("The edition is " + status + ". Log:\n" + running().log());
			}
			return status.equals("SENT");
		});
	}

	/** Ends an edition for whom is left. */
	void cancel(String slug) {
		String today = LocalDate.now(ZoneOffset.UTC).toString();
		if (!ask("SELECT e.status FROM edition e JOIN newsletter n ON n.id = e.newsletter_id WHERE n.slug = '%s'"
			.formatted(slug)).equals("SENT")) {
			running().post("/api/v1/newsletters/" + slug + "/editions/" + today + "/cancel", "");
		}
	}

	/** Ledger rows of an edition for which a condition holds. */
	long count(String slug, String condition) {
		return Long.parseLong(ask("""
				SELECT COUNT(*) FROM delivery d JOIN edition e ON e.id = d.edition_id
				JOIN newsletter n ON n.id = e.newsletter_id WHERE n.slug = '%s' AND d.%s""".formatted(slug, condition)));
	}

	/** How long a step of the newest run took, in seconds. */
	double stepSeconds(String step) {
		return Double.parseDouble(ask("""
				SELECT TIMESTAMPDIFF(MICROSECOND, START_TIME, END_TIME) / 1e6 FROM BATCH_STEP_EXECUTION
				WHERE STEP_NAME = '%s' ORDER BY STEP_EXECUTION_ID DESC LIMIT 1""".formatted(step)));
	}

	public String ask(String sql) {
		try (Connection connection = connect();
				PreparedStatement statement = connection.prepareStatement(sql);
				ResultSet result = statement.executeQuery()) {
			return result.next() ? result.getString(1) : "";
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	public void execute(String sql) {
		try (Connection connection = connect(); Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * To its database.
	 * @param option of the driver
	 */
	public Connection connect(String option) throws SQLException {
		return DriverManager.getConnection(this.url + (this.url.contains("?") ? "&" : "?") + option, this.user,
				this.password);
	}

	private Connection connect() throws SQLException {
		return DriverManager.getConnection(this.url, this.user, this.password);
	}

	private PostriderProcess running() {
		PostriderProcess last = this.process;
		if (last == null) {
			throw new IllegalStateException("Not started yet");
		}
		return last;
	}

	@Override
	public void close() {
		stop();
		if (this.embedded != null) {
			this.embedded.close();
		}
	}

}
