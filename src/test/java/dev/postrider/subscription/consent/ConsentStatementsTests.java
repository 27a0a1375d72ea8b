package dev.postrider.subscription.consent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reads our sources for statements that would not only append to the ledger.
 */
class ConsentStatementsTests {

	/** What a statement that changes rows, or the table, names before its conditions. */
	private static final Pattern CHANGE = Pattern.compile(
			"\\b(?:UPDATE|DELETE|REPLACE|TRUNCATE|ALTER\\s+TABLE|DROP\\s+TABLE|RENAME\\s+TABLE)\\b"
					+ "(?:(?!\\bSET\\b|\\bWHERE\\b|\\bVALUES\\b|\\bSELECT\\b|[;{}]).)*?[\\s`,.]consent\\b",
			Pattern.DOTALL);

	/** An insert that changes the row it meets. */
	private static final Pattern UPSERT = Pattern
		.compile("INTO\\s+`?consent\\b`?\\s*\\((?:(?!\"\"\"|;).)*ON\\s+DUPLICATE", Pattern.DOTALL);

	@Test
	@DisplayName("C4: no statement updates or deletes a row of the consent ledger")
	void nothingChangesARow() throws IOException {
		try (Stream<Path> main = Files.walk(Path.of("src/main")); Stream<Path> schema = Files.walk(Path.of("db"))) {
			List<Path> sources = Stream.concat(main, schema)
				.filter((path) -> path.toString().matches(".*\\.(java|sql|ftlh)"))
				.toList();
			assertThat(sources).hasSizeGreaterThan(200);
			assertThat(sources.stream().flatMap((path) -> changes(read(path)).map((it) -> path + ": " + it))).isEmpty();
			assertThat(sources.stream().filter((path) -> read(path).contains("INSERT INTO consent ("))).hasSize(1);
		}
	}

	@Test
	@DisplayName("C4: nothing is deleted or changed along with another table's row")
	void nothingCascades() {
		String schema = read(Path.of("db/V5__subscription.sql"));
		int start = schema.indexOf("CREATE TABLE consent (");
		assertThat(schema.substring(start, schema.indexOf("ENGINE", start))).contains("hash BINARY(32)")
			.doesNotContain("CASCADE", "FOREIGN KEY", "ON UPDATE");
	}

	@Test
	void findsWhatItLooksFor() {
		assertThat(Stream.of("UPDATE consent SET at = ?", "DELETE FROM consent WHERE id = ?",
				"delete from consent where id = 1", "DELETE c FROM subscriber s JOIN consent c ON 1 = 1 WHERE 1 = 1",
				"UPDATE subscriber s\n\t\tJOIN consent c ON c.subscriber_id = s.id SET c.at = ?",
				"REPLACE INTO consent VALUES (1)", "REPLACE INTO consent (id) VALUES (1)", "TRUNCATE TABLE consent",
				"ALTER TABLE `consent` DROP COLUMN hash",
				"INSERT INTO consent (id) VALUES (1) ON DUPLICATE KEY UPDATE at = ?"))
			.allMatch((statement) -> changes(statement).findAny().isPresent());
		assertThat(Stream.of("INSERT INTO consent (id) VALUES (1)", "SELECT id FROM consent WHERE at > ? FOR UPDATE",
				"DELETE FROM consent_evidence WHERE consent_id IN (SELECT id FROM consent WHERE subscriber_id = ?)",
				"UPDATE consent_chain SET links = ?",
				"UPDATE subscriber SET name = ? WHERE id IN (SELECT 1 FROM consent)"))
			.allMatch((statement) -> changes(statement).findAny().isEmpty());
	}

	private static Stream<String> changes(String source) {
		return Stream
			.concat(Pattern.compile(CHANGE.pattern(), CHANGE.flags() | Pattern.CASE_INSENSITIVE)
				.matcher(source)
				.results()
				// Prose is not in capitals, and a statement fits a few lines.
				.filter((it) -> it.group().length() < 400 && isStatement(source, it)), UPSERT.matcher(source).results())
			.map(MatchResult::group);
	}

	private static boolean isStatement(String source, MatchResult found) {
		String verb = found.group().split("\\s")[0];
		boolean comment = source.substring(source.lastIndexOf('\n', found.start()) + 1, found.start())
			.strip()
			.matches("(\\*|//|--|/\\*).*");
		return !comment && (verb.equals(verb.toUpperCase(Locale.ROOT)) || found.start() == 0);
	}

	private static String read(Path path) {
		try {
			return Files.readString(path);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
