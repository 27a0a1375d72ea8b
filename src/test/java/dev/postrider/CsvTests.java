package dev.postrider;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class CsvTests {

	@Test
	void writesRfc4180() {
		assertThat(Csv.line(List.of("a", "", "b,c", "say \"hi\"", "two\nlines", "semi;colon", "O'Hara")))
			.isEqualTo("a,,\"b,c\",\"say \"\"hi\"\"\",\"two\nlines\",\"semi;colon\",\"O'Hara\"\r\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "－1", "＋1", "＠x",
			"=HYPERLINK(\"https://x.example\")" })
	void makesNoFormula(String field) {
		assertThat(Csv.line(List.of(field))).startsWith("\"'");
	}

}
