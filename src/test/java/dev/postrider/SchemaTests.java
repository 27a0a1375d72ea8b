package dev.postrider;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;

import javax.sql.DataSource;

import dev.postrider.testing.PostriderTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the migrations make of a database, and how we talk to it.
 */
@PostriderTest
class SchemaTests {

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private DataSource dataSource;

	@ParameterizedTest
	@CsvSource({ "db/V1__spring_batch.sql, org/springframework/batch/core/schema-mysql.sql",
			"db/V2__quartz.sql, org/quartz/impl/jdbcjobstore/tables_mysql_innodb.sql" })
	void librariesTablesAreAsTheirScriptsMakeThem(String ours, String theirs) throws IOException {
		assertThat(statements(ours)).hasSizeGreaterThan(8).containsExactlyElementsOf(statements(theirs));
	}

	@Test
	void everyTableIsInnoDbAndUtf8() {
		List<String> tables = this.jdbc.sql("""
				SELECT CONCAT(TABLE_NAME, ' ', ENGINE, ' ', SUBSTRING_INDEX(TABLE_COLLATION, '_', 1))
				FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_TYPE = 'BASE TABLE'
				""").query(String.class).list();
		assertThat(tables).hasSizeGreaterThan(30).allMatch((table) -> table.endsWith(" InnoDB utf8mb4"));
	}

	@Test
	void everyMomentIsADatetimeOfMicroseconds() {
		List<String> moments = this.jdbc.sql("""
				SELECT CONCAT(TABLE_NAME, '.', COLUMN_NAME, ' ', DATA_TYPE, ' ', DATETIME_PRECISION)
				FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE()
				AND DATA_TYPE IN ('timestamp', 'datetime') AND TABLE_NAME <> 'flyway_schema_history'
				""").query(String.class).list();
		assertThat(moments).hasSizeGreaterThan(40)
			.anyMatch((column) -> column.startsWith("BATCH_"))
			.allMatch((column) -> column.endsWith(" datetime 6"));
	}

	@Test
	void connectionsReadWhatIsCommittedAndCountInUtc() throws SQLException {
		try (Connection connection = this.dataSource.getConnection();
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery(
						"""
								SELECT @@transaction_isolation, @@session.time_zone, TIMESTAMPDIFF(MINUTE, UTC_TIMESTAMP(), NOW())
								""")) {
			assertThat(row.next()).isTrue();
			assertThat(row.getString(1)).isEqualTo("READ-COMMITTED");
			assertThat(row.getString(2)).isIn("UTC", "+00:00");
			assertThat(row.getInt(3)).isZero();
		}
	}

	/** What a script makes, without its comments and its layout. */
	private static List<String> statements(String resource) throws IOException {
		String script = new ClassPathResource(resource).getContentAsString(StandardCharsets.UTF_8)
			.replaceAll("(?m)^\\s*(--|#).*$", "")
			.replaceAll("\\s+", " ")
			.replaceAll(" ?([(),;]) ?", "$1");
		return Stream.of(script.split(";"))
			.map(String::strip)
			.filter((statement) -> statement.startsWith("CREATE ") || statement.startsWith("INSERT "))
			.toList();
	}

}
