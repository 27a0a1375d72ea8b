package dev.postrider.delivery.fault;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.postrider.testing.PostriderProcess;
import org.awaitility.core.ConditionTimeoutException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * An edition on its way while things break: its ledger, and what smtp-sink holds of it.
 */
final class FaultEdition {

	private static final String OF_THIS = """
			FROM delivery d JOIN edition e ON e.id = d.edition_id JOIN newsletter n ON n.id = e.newsletter_id
			WHERE n.slug = ? AND e.number = ? AND d.""";

	private final FaultStage stage;

	private final String slug;

	private final int number;

	private final String path;

	private FaultEdition(FaultStage stage, String slug, int number, String path) {
		this.stage = stage;
		this.slug = slug;
		this.number = number;
		this.path = path;
	}

	/** With two stories of its own. */
	static FaultEdition composed(FaultStage stage, String slug, int number) {
		String own = slug + "-" + number;
		stage.process()
			.post("/api/v1/stories",
					"""
							[{"headline": "Harbour bridge opens", "url": "https://news.example/bridge-%s", "summary": "It is open."},
							 {"headline": "Night trains return", "url": "https://news.example/trains-%s", "summary": "They are back."}]
							"""
						.formatted(own, own));
		String today = LocalDate.now(ZoneOffset.UTC).toString();
		String editions = "/api/v1/newsletters/" + slug + "/editions";
		stage.process().post(editions, "{\"date\": \"" + today + "\", \"number\": " + number + "}");
		return new FaultEdition(stage, slug, number, editions + "/" + today + ((number > 1) ? "-" + number : ""));
	}

	/** The next edition of the same newsletter and day. */
	FaultEdition next() {
		return composed(this.stage, this.slug, this.number + 1);
	}

	/** Starts its run. */
	void send(PostriderProcess process) {
		process.post(sendPath(), "");
	}

	String sendPath() {
		return this.path + "/send";
	}

	/** Starts a retry of what failed. */
	void retry(PostriderProcess process) {
		process.post(this.path + "/retry", "{\"worthUntil\": \"" + Instant.now().plus(Duration.ofHours(2)) + "\"}");
	}

	/** Ledger rows for which an SQL condition holds, begun with a column's name. */
	int count(String condition) {
		return Integer.parseInt(ask("SELECT COUNT(*) " + OF_THIS + condition));
	}

	long id() {
		return Long.parseLong(ask("""
				SELECT e.id FROM edition e JOIN newsletter n ON n.id = e.newsletter_id
				WHERE n.slug = ? AND e.number = ?"""));
	}

	/** How many executions its digest job had. */
	int executions() {
		return Integer.parseInt(ask("""
				SELECT COUNT(DISTINCT x.JOB_EXECUTION_ID) FROM BATCH_JOB_EXECUTION x
				JOIN BATCH_JOB_EXECUTION_PARAMS p ON p.JOB_EXECUTION_ID = x.JOB_EXECUTION_ID
				JOIN BATCH_JOB_EXECUTION_PARAMS q ON q.JOB_EXECUTION_ID = x.JOB_EXECUTION_ID
				WHERE p.PARAMETER_NAME = 'newsletter' AND p.PARAMETER_VALUE = ?
				AND q.PARAMETER_NAME = 'number' AND q.PARAMETER_VALUE = ?"""));
	}

	/** Message-IDs of the copies of its readers, by recipient. */
	Map<String, List<String>> copies() {
		return this.stage.copies()
			.entrySet()
			.stream()
			.filter((copy) -> copy.getKey().endsWith("@" + this.slug + ".example"))
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
	}

	void awaitSent(int sent) {
		await().pollInterval(Duration.ofMillis(20))
			.atMost(Duration.ofSeconds(120))
			.until(() -> count("status = 'SENT'") >= sent);
	}

	void awaitEnd() {
		awaitEnd(Duration.ofMinutes(4));
	}

	void awaitEnd(Duration patience) {
		try {
			await().atMost(patience).until(() -> status().equals("SENT"));
		}
		catch (ConditionTimeoutException ex) {
			throw new AssertionError("The edition is " + status() + ". Log:\n" + this.stage.process().log(), ex);
		}
	}

	/** Everybody has it, once or at most so many times more in all. */
	void assertAllSent(int readers, int mostExtraCopies) {
		assertThat(count("status = 'SENT'")).as("SENT in the ledger").isEqualTo(readers);
		assertLedgerAndSinkAgree(mostExtraCopies);
	}

	/**
	 * Each row has come to an end; who is {@code SENT} has the mail, who is not has not,
	 * unless the ledger says that it may have arrived; every copy of a reader bears the
	 * same Message-ID.
	 */
	void assertLedgerAndSinkAgree(int mostExtraCopies) {
		Map<String, List<String>> copies = copies();
		int all = copies.values().stream().mapToInt(List::size).sum();
		System.getLogger(FaultEdition.class.getName())
			.log(System.Logger.Level.INFO, "{0} readers, {1} copies", copies.size(), all);
		assertThat(count("status IN ('PENDING', 'DEFERRED')")).as("rows without an end").isZero();
		assertThat(copies.keySet()).as("who is SENT has the mail").containsAll(readers("status = 'SENT'"));
		assertThat(readers("status <> 'SENT' AND NOT d.unclear")).as("who is not has not")
			.noneMatch(copies::containsKey);
		assertThat(all - copies.size()).as("extra copies").isBetween(0, mostExtraCopies);
		assertThat(copies.values()).allSatisfy((ids) -> assertThat(new HashSet<>(ids)).hasSize(1));
	}

	/** Addresses of the readers whose rows fulfil a condition. */
	List<String> readers(String condition) {
		try (Connection connection = this.stage.connect();
				PreparedStatement statement = connection
					.prepareStatement("SELECT (SELECT email FROM subscriber s WHERE s.id = d.subscriber_id) " + OF_THIS
							+ condition)) {
			return list(statement);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private List<String> list(PreparedStatement statement) throws SQLException {
		statement.setString(1, this.slug);
		statement.setInt(2, this.number);
		try (ResultSet result = statement.executeQuery()) {
			List<String> values = new ArrayList<>();
			while (result.next()) {
				values.add(result.getString(1));
			}
			return values;
		}
	}

	boolean isSent() {
		return status().equals("SENT");
	}

	private String status() {
		return ask("""
				SELECT e.status FROM edition e JOIN newsletter n ON n.id = e.newsletter_id
				WHERE n.slug = ? AND e.number = ?""");
	}

	/** One value; the statement's parameters are newsletter and number. */
	String ask(String sql) {
		try (Connection connection = this.stage.connect();
				PreparedStatement statement = connection.prepareStatement(sql)) {
			List<String> values = list(statement);
			return values.isEmpty() ? "" : values.get(0);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
