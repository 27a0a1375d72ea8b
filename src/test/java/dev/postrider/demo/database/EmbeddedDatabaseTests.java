package dev.postrider.demo.database;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.postrider.demo.DemoStartException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The demo's database server as a process: one owner at a time, nothing left behind,
 * nothing lost.
 */
class EmbeddedDatabaseTests {

	private static final Path PROGRAMS = Path.of("target/test-database/mariadb");

	@TempDir
	private Path folder;

	@Test
	void keepsItsDataAndStopsASecondOwner() throws SQLException {
		try (EmbeddedDatabase database = EmbeddedDatabase.start(options(0))) {
			execute(database, "CREATE TABLE note (words VARCHAR(20))");
			execute(database, "INSERT INTO note VALUES ('Grüße')");

			assertThatExceptionOfType(DemoStartException.class).isThrownBy(() -> EmbeddedDatabase.start(options(0)))
				.satisfies((ex) -> {
					assertThat(ex).hasMessageContaining("in use by process " + ProcessHandle.current().pid());
					assertThat(ex.remedy()).contains("POSTRIDER_DEMO_FOLDER", "SERVER_PORT", "SPRING_MAIL_PORT");
				});
		}
		try (EmbeddedDatabase again = EmbeddedDatabase.start(options(0))) {
			assertThat(read(again, "SELECT words FROM note")).isEqualTo("Grüße");
			assertThat(read(again, "SELECT @@bind_address")).isEqualTo("127.0.0.1");
			assertThat(read(again, "SELECT @@character_set_database")).isEqualTo("utf8mb4");
		}
	}

	/**
	 * What {@code kill -9} of the owner leaves: no lock, a note, and a running server.
	 */
	@Test
	void stopsAServerThatOutlivedItsOwner() throws Exception {
		Process orphan = new ProcessBuilder("sleep", "600").start();
		Files.createDirectories(this.folder);
		ServerProcess.record(this.folder.resolve("server.properties"), orphan.toHandle());

		try (EmbeddedDatabase database = EmbeddedDatabase.start(options(0))) {
			assertThat(orphan.waitFor(1, TimeUnit.SECONDS)).isTrue();
			assertThat(database.pid()).isNotEqualTo(orphan.pid());
		}
		assertThat(this.folder.resolve("server.properties")).doesNotExist();
	}

	@Test
	void leavesAloneAStrangerWithTheOldProcessId() throws Exception {
		Process stranger = new ProcessBuilder("sleep", "600").start();
		try {
			Files.writeString(this.folder.resolve("server.properties"),
					"pid=" + stranger.pid() + "\nstarted=2020-01-01T00\\:00\\:00Z\n");

			ServerProcess.stopOrphan(this.folder.resolve("server.properties"));

			assertThat(stranger.isAlive()).isTrue();
		}
		finally {
			stranger.destroy();
		}
	}

	@Test
	void namesATakenPortAndTheSettingThatChangesIt() throws IOException {
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
			assertThatExceptionOfType(DemoStartException.class)
				.isThrownBy(() -> EmbeddedDatabase.start(options(taken.getLocalPort())))
				.satisfies((ex) -> {
					assertThat(ex).hasMessageContaining("Port " + taken.getLocalPort());
					assertThat(ex.remedy()).contains("POSTRIDER_DEMO_DATABASE_PORT");
				});
		}
	}

	@Test
	void showsTheServersOwnWordsWhenItDoesNotStart() throws IOException {
		Files.createDirectories(this.folder.resolve("data"));

		assertThatExceptionOfType(DemoStartException.class)
			.isThrownBy(() -> EmbeddedDatabase.start(
					new EmbeddedDatabase.Options(this.folder, PROGRAMS, 0, false, List.of("--no-such-option-of-ours"))))
			.withMessageContaining("no-such-option-of-ours");
	}

	private EmbeddedDatabase.Options options(int port) {
		return new EmbeddedDatabase.Options(this.folder, PROGRAMS, port, false,
				List.of("--innodb-flush-log-at-trx-commit=0"));
	}

	private static void execute(EmbeddedDatabase database, String sql) throws SQLException {
		try (Connection connection = DriverManager.getConnection(database.url(), EmbeddedDatabase.USER, "");
				Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	private static String read(EmbeddedDatabase database, String sql) throws SQLException {
		try (Connection connection = DriverManager.getConnection(database.url(), EmbeddedDatabase.USER, "");
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery(sql)) {
			assertThat(rows.next()).isTrue();
			return rows.getString(1);
		}
	}

}
