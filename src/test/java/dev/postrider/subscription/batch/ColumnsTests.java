package dev.postrider.subscription.batch;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ColumnsTests {

	private static final List<String> FIELDS = List.of("email", "name", "days", "topics", "status", "memberSince");

	@Test
	void columnsBearTheNamesOfFields() throws Exception {
		assertThat(Columns.byNames().of(List.of("Name", "EMAIL", "membersince"), FIELDS))
			.isEqualTo(Map.of("name", 0, "email", 1, "memberSince", 2));
		assertRefused(Columns.byNames(), List.of("email", "colour"), "It reads: email,colour");
		assertRefused(Columns.byNames(), List.of("name"), "email, and if wanted name, days");
	}

	@Test
	void aWishNamesOthers() throws Exception {
		assertThat(Columns.named(Map.of("email", "E-Mail", "MEMBERSINCE", "since", "days", ""))
			.of(List.of("days", "e-mail", "colour", "Since", "topics"), FIELDS))
			.isEqualTo(Map.of("email", 1, "memberSince", 3, "topics", 4));
		assertRefused(Columns.named(Map.of("email", "mail")), List.of("email"), "no column mail in the file");
		assertRefused(Columns.named(Map.of("shoe", "email")), List.of("email"), "nothing called shoe");
		assertRefused(Columns.named(Map.of("email", "")), List.of("email"), "which column holds the email");
	}

	@Test
	void aPageBeginsWithWhatCanBeGuessed() throws Exception {
		assertThat(Columns.guessed().of(List.of("Id", "E-Mail Address", "Name"), FIELDS))
			.isEqualTo(Map.of("email", 1, "name", 2));
		assertThat(Columns.guessed().of(List.of("Mail", "email"), FIELDS)).isEqualTo(Map.of("email", 1));
		assertThat(Columns.guessed().of(List.of("a", "b"), FIELDS)).isEmpty();
	}

	private static void assertRefused(Columns columns, List<String> header, String why) {
		assertThatExceptionOfType(ImportException.class).isThrownBy(() -> columns.of(header, FIELDS))
			.withMessageContaining(why);
	}

}
