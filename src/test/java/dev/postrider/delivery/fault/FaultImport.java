package dev.postrider.delivery.fault;

import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A file of readers on its way in while things break.
 */
final class FaultImport {

	private final FaultStage stage;

	private final int rows;

	private final String domain = "import-" + System.nanoTime() + ".example";

	private @Nullable Connection other;

	private FaultImport(FaultStage stage, int rows) {
		this.stage = stage;
		this.rows = rows;
	}

	/** Hands it in; its run has begun. */
	static FaultImport begin(FaultStage stage, int rows) {
		FaultImport file = new FaultImport(stage, rows);
		file.handIn();
		return file;
	}

	/** The same, but the run stands still in the middle until it is let go. */
	static FaultImport stuck(FaultStage stage, int rows) throws SQLException {
		FaultImport file = new FaultImport(stage, rows);
		Connection connection = stage.connect();
		file.other = connection;
		connection.setAutoCommit(false);
		try (Statement statement = connection.createStatement()) {
			// As if that reader were just signing up.
			statement.execute("""
					INSERT INTO subscriber (email, email_key, status, created_at, status_changed_at)
					VALUES ('%1$s', '%1$s', 'PENDING', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))"""
				.formatted(file.address(rows - 1)));
		}
		file.handIn();
		file.awaitTaken(1);
		return file;
	}

	private void handIn() {
		StringBuilder text = new StringBuilder("email,name\n");
		for (int i = 1; i <= this.rows; i++) {
			text.append(address(i)).append(",Reader ").append(i).append('\n');
		}
		HttpResponse<String> answer = this.stage.process()
			.send("/api/v1/subscribers/import?source=" + this.domain, "text/csv", text.toString());
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
	}

	private String address(int number) {
		return "reader" + number + "@" + this.domain;
	}

	void letGo() throws SQLException {
		Connection connection = this.other;
		if (connection != null) {
			connection.rollback();
			connection.close();
		}
	}

	/** Until at least so many rows are taken in. */
	void awaitTaken(int taken) {
		await().pollInterval(Duration.ofMillis(20))
			.atMost(Duration.ofSeconds(120))
			.until(() -> ask("SELECT taken FROM subscriber_import WHERE consent_source = ?") >= taken);
	}

	/** Not to its end: whatever broke then broke in the middle. */
	void assertUnderWay() {
		assertThat(ask("SELECT taken FROM subscriber_import WHERE consent_source = ? AND finished_at IS NULL"))
			.isPositive()
			.isLessThan(this.rows);
	}

	/** Awaits its end; every row must have been taken in once. */
	void assertEachTakenInOnce() {
		await().atMost(Duration.ofMinutes(4))
			.until(() -> ask(
					"SELECT COUNT(*) FROM subscriber_import WHERE consent_source = ? AND finished_at IS NOT NULL") == 1);
		await("its run is through").until(() -> ask("""
				SELECT COUNT(*) FROM BATCH_JOB_EXECUTION e JOIN BATCH_JOB_EXECUTION_PARAMS p
				  ON p.JOB_EXECUTION_ID = e.JOB_EXECUTION_ID AND p.PARAMETER_NAME = 'import'
				JOIN subscriber_import i ON i.id = p.PARAMETER_VALUE
				WHERE i.consent_source = ? AND e.STATUS = 'COMPLETED'""") == 1);
		assertThat(ask("SELECT taken FROM subscriber_import WHERE consent_source = ? AND rejected = 0"))
			.isEqualTo(this.rows);
		assertThat(ask("SELECT COUNT(*) FROM subscriber WHERE status = 'ACTIVE' AND email LIKE CONCAT('%@', ?)"))
			.as("readers")
			.isEqualTo(this.rows);
		assertThat(ask("""
				SELECT COUNT(*) FROM subscription u JOIN subscriber s ON s.id = u.subscriber_id
				WHERE u.confirmed_at IS NOT NULL AND s.email LIKE CONCAT('%@', ?)""")).as("subscriptions")
			.isEqualTo(this.rows);
		assertThat(ask("SELECT COUNT(*) FROM consent WHERE wording = ?")).as("consents").isEqualTo(this.rows);
	}

	private int ask(String sql) {
		try (Connection connection = this.stage.connect();
				PreparedStatement statement = connection.prepareStatement(sql)) {
			statement.setString(1, this.domain);
			try (ResultSet row = statement.executeQuery()) {
				return row.next() ? row.getInt(1) : 0;
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
