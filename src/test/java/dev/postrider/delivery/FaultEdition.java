package dev.postrider.delivery;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.awaitility.core.ConditionTimeoutException;

import static org.awaitility.Awaitility.await;

/**
 * An edition on its way while things break: its ledger, and what smtp-sink holds of it.
 */
final class FaultEdition {

	private final FaultStage stage;

	private final String slug;

	FaultEdition(FaultStage stage, String slug) {
		this.stage = stage;
		this.slug = slug;
	}

	/** Ledger rows for which an SQL condition holds. */
	int count(String condition) {
		return Integer.parseInt(ask("""
				SELECT COUNT(*) FROM delivery d JOIN edition e ON e.id = d.edition_id
				JOIN newsletter n ON n.id = e.newsletter_id WHERE n.slug = ? AND d.""" + condition));
	}

	/** Message-IDs of the copies of its readers, by recipient. */
	Map<String, List<String>> copies() {
		return this.stage.sink()
			.copies()
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
		try {
			await().atMost(Duration.ofSeconds(180)).until(() -> status().equals("SENT"));
		}
		catch (ConditionTimeoutException ex) {
			throw new AssertionError("The edition is " + status() + ". Log:\n" + this.stage.process().log(), ex);
		}
	}

	private String status() {
		return ask("""
				SELECT e.status FROM edition e JOIN newsletter n ON n.id = e.newsletter_id WHERE n.slug = ?""");
	}

	private String ask(String sql) {
		try (Connection connection = this.stage.connect();
				PreparedStatement statement = connection.prepareStatement(sql)) {
			statement.setString(1, this.slug);
			try (ResultSet result = statement.executeQuery()) {
				return result.next() ? result.getString(1) : "";
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
