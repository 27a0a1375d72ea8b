package dev.postrider.subscription.batch;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CsvReaderTests {

	@Test
	void readsWhatSpreadsheetsWrite() throws Exception {
		assertThat(records(
				"\uFEFFemail,name\r\na@b.example,\"Doe, \"\"Jane\"\"\"\r\n\r\nc@d.example,\"two\nlines\"\nlast,"))
			.containsExactly(List.of("email", "name"), List.of("a@b.example", "Doe, \"Jane\""),
					List.of("c@d.example", "two\nlines"), List.of("last", ""));
		assertThat(records("email;name\na@b.example;Doe, Jane\n")).containsExactly(List.of("email", "name"),
				List.of("a@b.example", "Doe, Jane"));
	}

	@Test
	void countsLinesAsAnEditorShowsThem() throws Exception {
		CsvReader csv = new CsvReader(new StringReader("email\n\"a\nb\"\n\nc\n"));
		csv.header();
		csv.next();
		assertThat(csv.recordLine()).isEqualTo(2);
		csv.next();
		assertThat(csv.recordLine()).isEqualTo(5);
	}

	@Test
	void namesTheLineOfAQuotationMarkThatIsMissing() {
		assertThatExceptionOfType(ImportException.class).isThrownBy(() -> records("email\na\n\"b,c\nd\n"))
			.withMessageContaining("Line 3");
	}

	@Test
	void readsAcrossItsBuffersEnds() throws Exception {
		List<List<String>> expected = new ArrayList<>();
		StringBuilder text = new StringBuilder("email,name\n");
		for (int i = 0; i < 5000; i++) {
			text.append("a").append(i).append(",\"x\"\"").append("y".repeat(i % 7)).append("\"\n");
			expected.add(List.of("a" + i, "x\"" + "y".repeat(i % 7)));
		}
		assertThat(records(text.toString())).hasSize(5001).endsWith(expected.toArray(List[]::new));
	}

	@Test
	void endsWhereAHeaderHasNoEnd() {
		assertThatExceptionOfType(ImportException.class).isThrownBy(() -> records(",".repeat(100_000)))
			.withMessageContaining("more than 500 fields");
	}

	private static List<List<String>> records(String text) throws IOException, ImportException {
		CsvReader csv = new CsvReader(new StringReader(text));
		List<List<String>> records = new ArrayList<>(List.of(csv.header()));
		for (List<String> record = csv.next(); record != null; record = csv.next()) {
			records.add(record);
		}
		return records;
	}

}
