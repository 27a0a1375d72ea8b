package dev.postrider.subscription.list;

import java.util.Random;
import java.util.regex.Pattern;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What comes in is safe wherever it stands, and what people really have comes in.
 */
class AddressGateTests {

	@ParameterizedTest
	@CsvSource(quoteCharacter = '"', textBlock = """
			jane@example.com, jane@example.com
			Jane.Doe+news@Example.COM, Jane.Doe+news@example.com
			o'brien@example.ie, o'brien@example.ie
			a@b.co, a@b.co
			_x-1@sub.domain.example.org, _x-1@sub.domain.example.org
			!#$%&*+/=?^`{|}~@example.com, !#$%&*+/=?^`{|}~@example.com
			jane@bücher.example, jane@xn--bcher-kva.example
			jane@BÜCHER.Example, jane@xn--bcher-kva.example
			jane@xn--bcher-kva.example, jane@xn--bcher-kva.example
			jane@例え.テスト, jane@xn--r8jz45g.xn--zckzah
			jane@почта.рф, jane@xn--80a1acny.xn--p1ai
			jane@example。com, jane@example.com
			jane@1and1.com, jane@1and1.com
			jane@a-b.c-d.museum, jane@a-b.c-d.museum
			""")
	void admitsAndWritesAsWeMailIt(String typed, String value) throws RefusedAddressException {
		assertThat(AddressGate.admit(typed).value()).isEqualTo(value);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "jane", "@example.com", "jane@", "jane@@example.com", "a@b@example.com",
			" jane@example.com", "jane@example.com ", "jane doe@example.com", "jane@example.com\n",
			"jane@example.com\r\nBcc: x@example.com", "jane\u0000@example.com", "jane@exam\tple.com",
			"jane\u00A0@example.com", "jane@exa\u200Bmple.com", "jane@exa\u202Emple.com", "jane@exa\u00ADmple.com",
			"<jane@example.com>", "Jane <jane@example.com>", "jane@example.com,joe@example.com",
			"jane@example.com;joe@example.com", "\"jane\"@example.com", "\"jane doe\"@example.com",
			"ja\\ne@example.com", "jane(x)@example.com", "jane@[192.0.2.1]", "jane@192.0.2.1", "jane@localhost",
			"jane@example", ".jane@example.com", "jane.@example.com", "ja..ne@example.com", "jane@.example.com",
			"jane@example.com.", "jane@example..com", "jane@-example.com", "jane@example-.com", "jane@exa_mple.com",
			"jane@example.123", "жук@example.com", "josé@example.com", "jane@straße.example", "jane@ΒΌΛΟς.example",
			"jane@a\u200Db.example", "jane@exam%ple.com", "mailto:jane@example.com", "jane@exa/mple.com",
			"jane@xn--.example", "\uD83D@example.com", "jane@\uD83Dx.example", "jane@example.com:25" })
	void refusesWithAReason(String typed) {
		assertThatExceptionOfType(RefusedAddressException.class).isThrownBy(() -> AddressGate.admit(typed))
			.satisfies((ex) -> assertThat(ex.getMessage()).hasSizeGreaterThan(10).endsWith("."))
			// Nothing of what was typed returns in the message.
			.satisfies((ex) -> assertThat(typed.length() > 4 ? ex.getMessage() : "").doesNotContain("jane"));
	}

	@Test
	void keepsToTheLengthsOfSmtp() throws RefusedAddressException {
		String local = "a".repeat(64);
		String domain = ("b".repeat(61) + ".").repeat(3) + "com";
		assertThat(AddressGate.admit(local + "@" + domain).value()).hasSize(254);
		assertThatExceptionOfType(RefusedAddressException.class)
			.isThrownBy(() -> AddressGate.admit(local + "@b" + domain));
		assertThatExceptionOfType(RefusedAddressException.class)
			.isThrownBy(() -> AddressGate.admit("a" + local + "@b.com"));
		assertThatExceptionOfType(RefusedAddressException.class)
			.isThrownBy(() -> AddressGate.admit("a@" + "b".repeat(64) + ".com"));
		assertThatExceptionOfType(RefusedAddressException.class)
			.isThrownBy(() -> AddressGate.admit("a@" + "ü".repeat(60) + ".com"));
	}

	@Test
	void tellsWhoWritesInAnotherScriptWhy() {
		assertThatExceptionOfType(RefusedAddressException.class).isThrownBy(() -> AddressGate.admit("жук@example.com"))
			.withMessageContaining("before the @ are not supported");
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '"', delimiter = '|', textBlock = """
			first.last@[12.34.56.78]             | the bare address
			first.last@[IPv6:a1::b4]             | the bare address
			first.last@[IPv6:::]                 | the bare address
			(comment)test@test.org               | the bare address
			test(comment)@test.org               | the bare address
			first.last@(comment)test.org         | the bare address
			email@example.com (Joe Smith)        | no spaces
			Joe A Smith <email@example.com>      | no spaces
			<email@example.com>                  | the bare address
			Abc\\@def@test.org                   | the bare address
			Pelé@example.com                     | not supported yet
			admin@mailserver1                    | incomplete
			test@😉.tld                          | not a domain
			""")
	@DisplayName("what is valid in a header and no public mailbox is refused, and the reader is told what to enter")
	void refusesWhatNoReaderHas(String typed, String reason) {
		assertThatExceptionOfType(RefusedAddressException.class).isThrownBy(() -> AddressGate.admit(typed))
			.withMessageContaining(reason);
	}

	@ParameterizedTest
	@ValueSource(strings = { "gm\u0430il.com", "\u0430bc.example", "xn--gmil-63d.com", "p\u03BFst.example",
			"www.b\u0430nk.example" })
	void refusesLettersOfSeveralAlphabetsThatLookAlike(String domain) {
		assertThatExceptionOfType(RefusedAddressException.class).isThrownBy(() -> AddressGate.admit("jane@" + domain))
			.withMessageContaining("several alphabets");
	}

	@ParameterizedTest
	@ValueSource(strings = { "почта.example", "b\u00FCcher-2.example", "abc日本.example", "ブックス例え.example", "한국2.example",
			"中文abc.com" })
	void admitsAlphabetsThatAreWrittenTogether(String domain) throws RefusedAddressException {
		assertThat(AddressGate.admit("jane@" + domain).domain()).startsWith("xn--");
	}

	@Test
	void oneMailboxIsOneSubscriberHoweverTyped() throws RefusedAddressException {
		assertThat(AddressGate.admit("JANE@Bücher.example").key())
			.isEqualTo(AddressGate.admit("jane@xn--BCHER-kva.EXAMPLE").key());
	}

	@Test
	void showsNoAddressInLogsOrOnPages() throws RefusedAddressException {
		EmailAddress address = AddressGate.admit("jane@example.com");
		assertThat(address.masked()).isEqualTo("j•••@example.com");
		assertThat("" + address).doesNotContain("jane");
	}

	@Test
	void whateverIsTypedNothingDangerousComesIn() {
		Pattern safe = Pattern.compile("[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9-]{1,63}(\\.[a-z0-9-]{1,63})+");
		String alphabet = "aZ9.@-_+'\"\\<>()[],;: \t\r\n\u0000éßжüς例\u200B\u200D\u202E\u3002\uFF20\uFF0E\uD83D\uDE00%!xn";
		Random random = new Random(20261123);
		int admitted = 0;
		for (int i = 0; i < 200_000; i++) {
			StringBuilder typed = new StringBuilder(random.nextBoolean() ? "jo@ex.am" : "");
			for (int n = random.nextInt(12); n > 0; n--) {
				typed.insert(random.nextInt(typed.length() + 1), alphabet.charAt(random.nextInt(alphabet.length())));
			}
			try {
				EmailAddress address = AddressGate.admit(typed.toString());
				admitted++;
				assertThat(address.value()).matches(safe).hasSizeLessThanOrEqualTo(254);
				assertThat(AddressGate.admit(address.value())).isEqualTo(address);
			}
			catch (RefusedAddressException ex) {
				assertThat(ex.getMessage()).isNotBlank();
			}
		}
		assertThat(admitted).isGreaterThan(1000);
	}

}
