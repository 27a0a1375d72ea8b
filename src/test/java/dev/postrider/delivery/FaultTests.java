package dev.postrider.delivery;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;

import dev.postrider.testing.PostriderProcess;
import dev.postrider.testing.SmtpSink;
import dev.postrider.testing.TcpProxy;
import dev.postrider.testing.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Bad luck in the middle of an edition, with processes that are really killed and servers
 * that really go away. Afterwards the ledger is compared with what smtp-sink holds.
 */
class FaultTests {

	private static final int LANES = 8;

	private final TestDatabase database = TestDatabase.get().another();

	private final Map<String, String> settings = new HashMap<>();

	@BeforeEach
	void settings() {
		this.settings.put("spring.datasource.url", this.database.url());
		this.settings.put("spring.datasource.username", this.database.user());
		this.settings.put("spring.datasource.password", this.database.password());
		this.settings.put("postrider.delivery.lanes", String.valueOf(LANES));
		this.settings.put("postrider.delivery.first-retry", "1s");
	}

	@Test
	void twoKillsInTheMiddleLoseNobody() throws Exception {
		killInTheMiddle(5_000, 2);
	}

	@Test
	@Tag("faults")
	void aKillInTheMiddleOfTwentyThousandLosesNobody() throws Exception {
		killInTheMiddle(20_000, 1);
	}

	@Test
	@Tag("faults")
	void manyKillsAtRandomMomentsLoseNobody() throws Exception {
		killInTheMiddle(20_000, 10);
	}

	@Test
	@DisplayName("SIGTERM drains: what is in flight is finished, nobody gets a second copy, the next start goes on")
	void aShutdownDrains() throws Exception {
		try (SmtpSink sink = SmtpSink.start()) {
			relay(sink.port());
			try (PostriderProcess first = PostriderProcess.start(this.settings)) {
				begin(first, 3_000);
				awaitSent(1_000);
				first.terminate();
				assertThat(first.log()).doesNotContain("could not be drained");
			}
			assertThat(sink.copies()).hasSize(count("status = 'SENT'"));
			try (PostriderProcess second = PostriderProcess.start(this.settings)) {
				awaitEnd(second);
				assertLedgerAndSinkAgree(sink, 3_000, 0);
			}
		}
	}

	@Test
	void aRelayThatIsDownAtTheStartAndInTheMiddleOnlyDelays() throws Exception {
		int port = SmtpSink.freePort();
		try (TcpProxy proxy = new TcpProxy(port)) {
			relay(proxy.port());
			try (PostriderProcess process = PostriderProcess.start(this.settings)) {
				begin(process, 4_000);
				await().until(() -> process.log().contains("does not answer"));
				assertThat(count("attempts > 0")).as("no reader is blamed").isZero();
				try (SmtpSink sink = SmtpSink.start(port)) {
					awaitSent(500);
					away(proxy, Duration.ofSeconds(4));
					// Only what was in flight may have been tried for nothing.
					assertThat(count("status = 'DEFERRED'")).isLessThanOrEqualTo(LANES);
					for (int sent = 1_500; sent <= 2_500; sent += 500) {
						awaitSent(sent);
						away(proxy, Duration.ZERO);
					}
					awaitEnd(process);
					// A copy may be unclear at each break, once a lane.
					assertLedgerAndSinkAgree(sink, 4_000, 4 * LANES);
				}
			}
		}
	}

	@Test
	void theDatabaseGoesAwayInTheMiddleAndComesBack() throws Exception {
		databaseGoesAway(Duration.ofSeconds(8));
	}

	@Test
	@Tag("faults")
	void theDatabaseIsGoneForAMinute() throws Exception {
		databaseGoesAway(Duration.ofSeconds(60));
	}

	@Test
	void withoutADatabaseTheStartFailsAndSaysSo() throws Exception {
		this.settings.put("spring.datasource.url", this.database.urlThrough(SmtpSink.freePort()));
		this.settings.put("spring.datasource.hikari.connection-timeout", "2000");
		relay(SmtpSink.freePort());
		try (PostriderProcess process = PostriderProcess.launch(this.settings)) {
			assertThat(process.awaitExit(Duration.ofSeconds(90))).isNotZero();
			assertThat(process.log()).contains("APPLICATION FAILED TO START")
				.contains("SPRING_DATASOURCE_URL")
				.contains("Connection refused");
		}
	}

	private void killInTheMiddle(int readers, int kills) throws Exception {
		Random random = new Random(readers + kills);
		try (SmtpSink sink = SmtpSink.start()) {
			relay(sink.port());
			PostriderProcess process = PostriderProcess.start(this.settings);
			try {
				begin(process, readers);
				int sent = 0;
				for (int i = 0; i < kills; i++) {
					sent += 1 + random.nextInt((readers - sent) / (kills - i + 1));
					awaitSent(sent);
					process.kill();
					process = PostriderProcess.start(this.settings);
				}
				awaitEnd(process);
				assertLedgerAndSinkAgree(sink, readers, kills * 2 * LANES);
			}
			finally {
				process.close();
			}
		}
	}

	private void databaseGoesAway(Duration pause) throws Exception {
		try (SmtpSink sink = SmtpSink.start(); TcpProxy proxy = new TcpProxy(this.database.port())) {
			this.settings.put("spring.datasource.url", this.database.urlThrough(proxy.port()));
			this.settings.put("spring.datasource.hikari.connection-timeout", "3000");
			relay(sink.port());
			try (PostriderProcess process = PostriderProcess.start(this.settings)) {
				begin(process, 4_000);
				awaitSent(1_000);
				away(proxy, pause);
				awaitEnd(process);
				assertLedgerAndSinkAgree(sink, 4_000, 2 * LANES);
			}
		}
	}

	private static void away(TcpProxy proxy, Duration pause) {
		proxy.cut();
		await().pollDelay(pause).atMost(pause.plusSeconds(10)).until(() -> true);
		proxy.restore();
	}

	private void relay(int port) {
		this.settings.put("spring.mail.port", String.valueOf(port));
	}

	/**
	 * Readers, stories, and an edition of today that is due now and worth sending for two
	 * days.
	 */
	private void begin(PostriderProcess process, int readers) throws SQLException {
		try (Connection connection = connect(); Statement statement = connection.createStatement()) {
			statement.execute("""
					UPDATE newsletter SET send_time = '00:00:00', time_zone = 'UTC', useless_after_minutes = 2880
					WHERE slug = 'highlights'
					""");
			connection.setAutoCommit(false);
			try (PreparedStatement insert = connection.prepareStatement("""
					INSERT INTO subscriber (email, email_key, status, created_at, confirmed_at, status_changed_at)
					VALUES (?, ?, 'ACTIVE', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))
					""")) {
				for (int i = 1; i <= readers; i++) {
					insert.setString(1, "reader" + i + "@readers.example");
					insert.setString(2, "reader" + i + "@readers.example");
					insert.addBatch();
				}
				insert.executeBatch();
			}
			statement.execute("""
					INSERT INTO subscription (newsletter_id, subscriber_id, requested_at, confirmed_at)
					SELECT n.id, s.id, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) FROM newsletter n JOIN subscriber s
					WHERE n.slug = 'highlights'
					""");
			connection.commit();
		}
		process.post("/api/v1/stories", """
				[{"headline": "Harbour bridge opens", "url": "https://news.example/bridge", "summary": "It is open."},
				 {"headline": "Night trains return", "url": "https://news.example/trains", "summary": "They are back."}]
				""");
		String today = LocalDate.now(ZoneOffset.UTC).toString();
		process.post("/api/v1/newsletters/highlights/editions", "{\"date\": \"" + today + "\"}");
		process.post("/api/v1/newsletters/highlights/editions/" + today + "/send", "");
	}

	private void awaitSent(int sent) {
		await().pollInterval(Duration.ofMillis(20))
			.atMost(Duration.ofSeconds(120))
			.until(() -> count("status = 'SENT'") >= sent);
	}

	private void awaitEnd(PostriderProcess process) {
		try {
			await().atMost(Duration.ofSeconds(180)).until(() -> editionStatus().equals("SENT"));
		}
		catch (org.awaitility.core.ConditionTimeoutException ex) {
			throw new AssertionError("The edition is " + editionStatus() + ". Log:\n" + process.log(), ex);
		}
	}

	private void assertLedgerAndSinkAgree(SmtpSink sink, int readers, int mostExtraCopies) {
		Map<String, List<String>> copies = sink.copies();
		int all = copies.values().stream().mapToInt(List::size).sum();
		System.getLogger(FaultTests.class.getName())
			.log(System.Logger.Level.INFO, "{0} readers, {1} copies", readers, all);
		assertThat(count("status = 'SENT'")).as("SENT in the ledger").isEqualTo(readers);
		assertThat(copies).as("readers who have the mail").hasSize(readers);
		assertThat(all - readers).as("extra copies").isBetween(0, mostExtraCopies);
		assertThat(copies.values()).allSatisfy((ids) -> assertThat(new HashSet<>(ids)).hasSize(1));
	}

	private int count(String condition) {
		return Integer.parseInt(ask("SELECT COUNT(*) FROM delivery WHERE " + condition));
	}

	private String editionStatus() {
		return ask("SELECT status FROM edition");
	}

	private String ask(String sql) {
		try (Connection connection = connect();
				Statement statement = connection.createStatement();
				ResultSet result = statement.executeQuery(sql)) {
			return result.next() ? result.getString(1) : "";
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private Connection connect() throws SQLException {
		return DriverManager.getConnection(this.database.url(), this.database.user(), this.database.password());
	}

}
