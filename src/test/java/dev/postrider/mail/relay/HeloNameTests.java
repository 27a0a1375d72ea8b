package dev.postrider.mail.relay;

import java.net.URI;
import java.time.Duration;

import dev.postrider.mail.MailProperties;
import dev.postrider.mail.PublicUrl;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * How relays are greeted.
 */
class HeloNameTests {

	@ParameterizedTest
	@DisplayName("E4: EHLO says a full name, or an address in brackets")
	@CsvSource({ "https://letters.news.example, letters.news.example", "http://localhost:8080, [127.0.0.1]",
			"http://192.0.2.7:8080, [192.0.2.7]", "http://[2001:db8::1]/, [IPv6:2001:db8::1]",
			"http://postrider/, [127.0.0.1]" })
	void theHostOfTheBaseUrl(String base, String expected) {
		assertThat(of(null, base)).isEqualTo(expected);
	}

	@Test
	@DisplayName("E4: the name of the settings goes first")
	void theNameOfTheSettings() {
		assertThat(of("mx.news.example", "https://letters.news.example")).isEqualTo("mx.news.example");
		assertThat(of("[192.0.2.7]", "https://letters.news.example")).isEqualTo("[192.0.2.7]");
	}

	@ParameterizedTest
	@DisplayName("E4: a name that relays refuse is refused at the start")
	@ValueSource(strings = { "localhost", "192.0.2.7", "mail_1.example", "a..example", "-a.example", "" })
	void aNameThatRelaysRefuse(String name) {
		assertThatIllegalStateException().isThrownBy(() -> of(name, "https://news.example"))
			.withMessageStartingWith("postrider.mail.helo-name is \"" + name + "\"");
	}

	private static String of(@Nullable String name, String base) {
		return HeloName.of(new MailProperties(name, null, null, MailProperties.Tls.AUTO, Duration.ofSeconds(1),
				Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1), 1,
				MailProperties.Use.AUTO, MailProperties.Use.AUTO), new PublicUrl(URI.create(base)));
	}

}
