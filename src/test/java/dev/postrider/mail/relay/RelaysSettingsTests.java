package dev.postrider.mail.relay;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

import dev.postrider.mail.MailProperties.Tls;
import dev.postrider.mail.relay.RelaysProperties.WarmUp;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.diagnostics.FailureAnalysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

/**
 * The settings of relays, from what an operator writes to what is done.
 */
class RelaysSettingsTests {

	@Test
	void everyWrongSettingIsNamedAtOnceAndNoSecret() {
		List<Map<String, String>> relays = List.of(
				Map.of("name", "one", "host", "mx.example.org", "username", "u", "port", "0", "weight", "0", "per-hour",
						"0"),
				Map.of("name", "One", "host", "mx.example.org", "password", "hidden-1", "connections", "-1"),
				Map.of("order", "-1", "warm-up.first", "0", "warm-up.factor", "0.5"),
				Map.of("name", "so so", "host", "mx\u00e9.example.org", "oauth2.token-uri",
						"http://login.example.org/t", "oauth2.scope", "s", "per-day", "-5"),
				Map.of("name", "two", "host", "mx.example.org", "username", "u", "password", "hidden-2",
						"oauth2.access-token", "hidden-3", "oauth2.token-uri", "https://login.example.org/t"));
		assertThatExceptionOfType(WrongRelaysException.class).isThrownBy(() -> RelayStage.read(relays))
			.satisfies((ex) -> assertThat(ex.getMessage().lines().skip(2)).containsExactly(
					"  - postrider.mail.relays[0].port is 0; it must be between 1 and 65535",
					"  - postrider.mail.relays[0].weight is 0; it must be between 1 and 1000",
					"  - postrider.mail.relays[0].password is missing, though a username is set",
					"  - postrider.mail.relays[0].per-hour is 0; it must be 1 or more, or left out for no limit",
					"  - postrider.mail.relays[1].name is \"One\", as another relay's is; each needs its own",
					"  - postrider.mail.relays[1].username is missing, though a password is set",
					"  - postrider.mail.relays[1].connections is -1; it must be 1 or more, or left out for no limit",
					"  - postrider.mail.relays[2].host is missing: the name or address of the relay",
					"  - postrider.mail.relays[2].order is -1; it must be 0 or more",
					"  - postrider.mail.relays[2].warm-up.from is missing: the first day, such as 2027-01-31",
					"  - postrider.mail.relays[2].warm-up.first is 0; it must be 1 or more",
					"  - postrider.mail.relays[2].warm-up.factor is 0.5; it must be between 1 and 10",
					"  - postrider.mail.relays[3].host is \"mx\u00e9.example.org\"; it must be a host's name in its "
							+ "ASCII form, or an address",
					"  - postrider.mail.relays[3].name is \"so so\"; it must be letters, digits, \".\", \"_\", \":\" "
							+ "and \"-\", at most 100",
					"  - postrider.mail.relays[3].username is missing: oauth2 needs the mailbox it is for",
					"  - postrider.mail.relays[3].oauth2.token-uri is \"http://login.example.org/t\"; it must begin "
							+ "with https://",
					"  - postrider.mail.relays[3].oauth2.client-id is missing: who we are at the token endpoint",
					"  - postrider.mail.relays[3].oauth2.client-secret is missing, and so is refresh-token: one of "
							+ "them must prove who we are",
					"  - postrider.mail.relays[3].per-day is -5; it must be 1 or more, or left out for no limit",
					"  - postrider.mail.relays[4].password is set beside oauth2; one of them must go",
					"  - postrider.mail.relays[4].oauth2.token-uri is set beside access-token; one of them must go"))
			.withMessageNotContaining("hidden");
	}

	@Test
	void theStartShowsItAsWords() {
		assertThatExceptionOfType(WrongRelaysException.class)
			.isThrownBy(() -> RelayStage.read(List.of(Map.of("name", "nowhere"))))
			.satisfies((ex) -> {
				FailureAnalysis told = new WrongRelaysException.Analyzer().analyze(new IllegalStateException(ex));
				assertThat(told.getDescription()).contains("relays[0].host is missing");
				assertThat(told.getAction()).contains("README.md");
			});
	}

	@Test
	void aMissingBundleOfCertificatesIsNamed() {
		RelayStage stage = new RelayStage(List.of(RelayStage.local(25, "name", "own", "ssl-bundle", "nowhere")));
		assertThatExceptionOfType(WrongRelaysException.class).isThrownBy(stage::relays)
			.withMessageContaining("Relay own: ssl-bundle is \"nowhere\"");
	}

	@Test
	@DisplayName("D13: encryption is required of every relay but one on this machine, and each may say otherwise")
	void encryptionAndPortsByDefault() {
		assertThat(RelayStage.read(List.of(Map.of("host", "192.0.2.1"), Map.of("host", "127.0.0.1"),
				Map.of("host", "192.0.2.1", "username", "u", "password", "p"),
				Map.of("host", "192.0.2.1", "tls", "IMPLICIT"), Map.of("host", "192.0.2.2", "tls", "NONE"))))
			.extracting(RelaySettings::tls, RelaySettings::address)
			.containsExactly(tuple(Tls.STARTTLS, "192.0.2.1:25"), tuple(Tls.NONE, "127.0.0.1:25"),
					tuple(Tls.STARTTLS, "192.0.2.1:587"), tuple(Tls.IMPLICIT, "192.0.2.1:465"),
					tuple(Tls.NONE, "192.0.2.2:25"));
	}

	@ParameterizedTest
	@DisplayName("D13: only what is written as this machine is this machine, whatever the DNS says")
	@CsvSource({ "localhost, NONE", "LocalHost, NONE", "127.0.0.1, NONE", "127.200.3.4, NONE", "::1, NONE",
			"[::1], NONE", "0:0:0:0:0:0:0:1, NONE", "localhost.example.org, STARTTLS",
			"127.0.0.1.example.org, STARTTLS", "ip6-localhost, STARTTLS", "localhost.localdomain, STARTTLS",
			"127.0.0.256, STARTTLS", "128.0.0.1, STARTTLS", "2001:db8::1, STARTTLS", "::1], STARTTLS",
			"mailpit, STARTTLS" })
	void whatCountsAsThisMachine(String host, Tls tls) {
		assertThat(RelaysReading.tls(Tls.AUTO, host)).isEqualTo(tls);
	}

	@Test
	void aBlankLoginIsNone() {
		assertThat(RelayStage.read(List.of(Map.of("host", "192.0.2.1", "username", " ", "password", ""))))
			.singleElement()
			.satisfies((relay) -> {
				assertThat(relay.username()).isNull();
				assertThat(relay.password()).isNull();
				assertThat(relay.port()).isEqualTo(25);
			});
		assertThat(RelaysReading.read(List.of(), new SpringMailProperties("192.0.2.1", 25, "", " "), Tls.AUTO))
			.extracting(RelaySettings::username, RelaySettings::password)
			.containsExactly(tuple(null, null));
	}

	@Test
	void halfALoginIsNamed() {
		assertThatExceptionOfType(WrongRelaysException.class)
			.isThrownBy(() -> RelayStage.read(List.of(Map.of("host", "192.0.2.1", "username", "u", "password", " "),
					Map.of("host", "192.0.2.2", "username", "", "password", "hidden"))))
			.withMessageContaining("postrider.mail.relays[0].password is missing, though a username is set")
			.withMessageContaining("postrider.mail.relays[1].username is missing, though a password is set")
			.withMessageNotContaining("hidden");
		assertThatExceptionOfType(WrongRelaysException.class)
			.isThrownBy(
					() -> RelaysReading.read(List.of(), new SpringMailProperties("192.0.2.1", 25, "u", null), Tls.AUTO))
			.withMessageContaining("spring.mail.password is missing, though a username is set");
		assertThatExceptionOfType(WrongRelaysException.class)
			.isThrownBy(
					() -> RelaysReading.read(List.of(), new SpringMailProperties("192.0.2.1", 25, " ", "p"), Tls.AUTO))
			.withMessageContaining("spring.mail.username is missing, though a password is set");
	}

	@Test
	void theLowestOrderIsFirst() {
		assertThat(RelayStage.read(List.of(Map.of("host", "b.example", "order", "2"),
				Map.of("host", "a.example", "order", "1"), Map.of("host", "c.example", "order", "2"))))
			.extracting(RelaySettings::name)
			.containsExactly("a.example:25", "b.example:25", "c.example:25");
	}

	@Test
	void withoutAnyTheOneOfSpringIsUsed() {
		SpringMailProperties spring = new SpringMailProperties("192.0.2.1", 2525, "u", "p");
		assertThat(RelaysReading.read(List.of(), spring, Tls.AUTO)).singleElement().satisfies((relay) -> {
			assertThat(relay.name()).isEqualTo("192.0.2.1:2525");
			assertThat(relay.username()).isEqualTo("u");
			assertThat(relay.password()).isEqualTo("p");
			assertThat(relay.tls()).isEqualTo(Tls.STARTTLS);
			assertThat(relay.limits()).isEqualTo(Limits.NONE);
		});
	}

	@Test
	void aWarmUpGrowsFromDayToDayUntilTheDailyLimitRules() {
		LocalDate first = LocalDate.of(2027, 1, 31);
		Limits limits = new Limits(0, 0, 0, 1000, new WarmUp(first, 100, 1.5));
		assertThat(List.of(-3, 0, 1, 2, 5, 6, 4000).stream().map((days) -> limits.day(first.plusDays(days))))
			.containsExactly(100L, 100L, 150L, 225L, 759L, 1000L, 1000L);
		Limits endless = new Limits(0, 0, 0, 0, new WarmUp(first, 100, 1.5));
		assertThat(endless.day(first.plusDays(4000))).isEqualTo(Long.MAX_VALUE);
	}

	@Test
	void theReserveForSingleMailsIsSmallAndNeverAll() {
		assertThat(List.of(1L, 2L, 50L, 100L, 1000L, 1_000_000L).stream().map(Limits::reserve)).containsExactly(0L, 1L,
				1L, 2L, 20L, 500L);
	}

}
