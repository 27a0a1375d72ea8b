package dev.postrider;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class MaskedTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			robin.reader@readers.example              | r…@readers.example
			550 5.1.1 <robin@readers.example>: gone   | 550 5.1.1 <r…@readers.example>: gone
			to=a@b.example, orig_to=cc@d.example      | t…@b.example, o…@d.example
			rcpt robin+news@readers.example refused   | rcpt r…@readers.example refused
			no address here                           | no address here
			twitter handle @robin                     | twitter handle @robin
			""")
	void hidesAddresses(String text, String masked) {
		assertThat(Masked.in(text)).isEqualTo(masked);
	}

}
