package dev.postrider;

import java.sql.SQLException;

import org.junit.jupiter.api.Test;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

class DatabaseFailureAnalyzerTests {

	private final DatabaseFailureAnalyzer analyzer = new DatabaseFailureAnalyzer(new MockEnvironment()
		.withProperty("spring.datasource.url", "jdbc:mysql://db.example:3306/postrider?password=geheim"));

	@Test
	void namesTheServerThatIsAwayWithoutItsPassword() {
		SQLException down = new SQLException("Communications link failure\n\nThe last packet …", "08S01",
				new java.net.ConnectException("Connection refused"));

		FailureAnalysis analysis = this.analyzer.analyze(new IllegalStateException(down));

		assertThat(analysis.getDescription()).contains("db.example:3306", "Connection refused")
			.doesNotContain("geheim", "packet");
		assertThat(analysis.getAction()).contains("SPRING_DATASOURCE_URL");
	}

	@Test
	void tellsAWrongPasswordFromAMissingDatabase() {
		assertThat(this.analyzer.analyze(new SQLException("Access denied", "28000", 1045)).getAction())
			.contains("SPRING_DATASOURCE_PASSWORD");
		assertThat(this.analyzer.analyze(new SQLException("Unknown database", "42000", 1049)).getAction())
			.contains("CREATE DATABASE");
	}

	@Test
	void leavesOtherErrorsToOthers() {
		assertThat(this.analyzer.analyze(new SQLException("You have an error in your SQL syntax", "42000", 1064)))
			.isNull();
	}

}
