package dev.postrider.testing;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;

import dev.postrider.demo.FolderLock;
import dev.postrider.demo.database.EmbeddedDatabase;

import org.springframework.boot.SpringApplication;

/**
 * The one database of a test JVM: a scratch schema on the server that
 * {@code SPRING_DATASOURCE_URL} names, else an embedded MariaDB.
 */
public final class TestDatabase {

	private static final TestDatabase INSTANCE = create();

	private static volatile boolean usedByContext;

	private final String url;

	private final String user;

	private final String password;

	private TestDatabase(String url, String user, String password) {
		this.url = url;
		this.user = user;
		this.password = password;
	}

	/** A server that the caller runs itself; nothing is made or dropped there. */
	public static TestDatabase at(String url, String user, String password) {
		return new TestDatabase(url, user, password);
	}

	public static TestDatabase get() {
		return INSTANCE;
	}

	public String url() {
		return this.url;
	}

	public String user() {
		return this.user;
	}

	public String password() {
		return this.password;
	}

	/** The port the server listens on, for a proxy before it. */
	public int port() {
		return Integer.parseInt(this.url.replaceFirst("jdbc:mysql://[^/]*:(\\d+)/.*", "$1"));
	}

	/** The same schema through another port. */
	public String urlThrough(int proxyPort) {
		return this.url.replaceFirst("(jdbc:mysql://)[^/]*/", "$1127.0.0.1:" + proxyPort + "/");
	}

	/** An empty schema on the same server, for processes that must be alone. */
	public TestDatabase another() {
		return scratch(this.url, this.user, this.password);
	}

	private static TestDatabase create() {
		String given = System.getenv("SPRING_DATASOURCE_URL");
		return (given != null && !given.isBlank()) ? scratchOn(given) : embedded();
	}

	private static TestDatabase scratchOn(String given) {
		String user = System.getenv().getOrDefault("SPRING_DATASOURCE_USERNAME", "root");
		String password = System.getenv().getOrDefault("SPRING_DATASOURCE_PASSWORD", "");
		return scratch(given, user, password);
	}

	private static TestDatabase scratch(String given, String user, String password) {
		String name = "postrider_test_" + UUID.randomUUID().toString().substring(0, 8);
		String url = given.replaceFirst("(jdbc:mysql://[^/]+/)[^?]*", "$1" + name);
		String server = given.replaceFirst("(jdbc:mysql://[^/]+/)[^?]*", "$1");
		execute(server, user, password, "CREATE DATABASE " + name + " CHARACTER SET utf8mb4");
		atTheEnd(() -> execute(server, user, password, "DROP DATABASE IF EXISTS " + name));
		return new TestDatabase(url, user, password);
	}

	/**
	 * A server of this JVM's own, in a folder that no other test JVM uses: those of one
	 * build look at different folders, those of another build may have been first.
	 */
	private static TestDatabase embedded() {
		EmbeddedDatabase database = EmbeddedDatabase.start(new EmbeddedDatabase.Options(freeFolder(),
				Path.of("target/test-database/mariadb"), 0, true, List.of("--innodb-flush-log-at-trx-commit=0")));
		atTheEnd(database::close);
		return new TestDatabase(database.url(), EmbeddedDatabase.USER, "");
	}

	private static Path freeFolder() {
		String jvm = System.getProperty("postrider.test.jvm", "1");
		for (char build = 'a';; build++) {
			Path folder = Path.of("target/test-database/" + jvm + build);
			FolderLock lock = FolderLock.tryTake(folder);
			if (lock != null) {
				lock.close();
				return folder;
			}
		}
	}

	/**
	 * After the contexts, which still write when they are closed; Spring runs its
	 * handlers only where there was a context.
	 */
	private static void atTheEnd(Runnable work) {
		SpringApplication.getShutdownHandlers().add(work);
		Runtime.getRuntime().addShutdownHook(new Thread(() -> {
			if (!usedByContext) {
				work.run();
			}
		}));
	}

	/** Says that a Spring context writes to this database. */
	static void useByContext() {
		usedByContext = true;
	}

	private static void execute(String url, String user, String password, String sql) {
		try (Connection connection = DriverManager.getConnection(url, user, password);
				Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
		catch (SQLException ex) {
			throw new IllegalStateException("Database " + url + ": " + ex.getMessage(), ex);
		}
	}

}
