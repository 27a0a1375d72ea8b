package dev.postrider.mail.provider;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Who keeps a domain's mailboxes, by a DNS server of the test's own.
 */
@PostriderTest
class DomainProvidersTests {

	private final String unique = UUID.randomUUID().toString().substring(0, 8) + ".example";

	@Autowired
	private KnownProviders known;

	@Autowired
	private ProviderRows rows;

	@Autowired
	private TestClock clock;

	private DnsServer dns;

	@BeforeEach
	void start() throws IOException {
		this.clock.reset();
		this.dns = new DnsServer();
	}

	@AfterEach
	void stop() {
		this.clock.reset();
		this.dns.close();
	}

	@Test
	void theMxThatIsPreferredTells() {
		this.dns.mx("work." + this.unique, "aspmx.l.google.com", "backup.elsewhere.example");
		this.dns.mx("school." + this.unique, "school-example.mail.protection.outlook.com");
		this.dns.mx("own." + this.unique, "mx.own.example");
		this.dns.mx("trick." + this.unique, "mx.notgoogle.com");
		DomainProviders domains = domains(true);
		domains.learn(List.of("work." + this.unique, "school." + this.unique, "own." + this.unique,
				"trick." + this.unique, "none." + this.unique, "gmail.com", "no domain", "-", ""));
		assertThat(domains.of("work." + this.unique)).isEqualTo("gmail");
		assertThat(domains.of("school." + this.unique)).isEqualTo("microsoft365");
		assertThat(domains.of("own." + this.unique)).isEqualTo("own." + this.unique);
		assertThat(domains.of("trick." + this.unique)).isEqualTo("trick." + this.unique);
		assertThat(domains.of("none." + this.unique)).isEqualTo("none." + this.unique);
		assertThat(domains.of("gmail.com")).isEqualTo("gmail");
		assertThat(this.dns.asked()).doesNotContain("gmail.com");
	}

	@Test
	void whatOneProcessHasAskedOthersNeedNotAskUntilItIsOld() {
		String domain = "work." + this.unique;
		this.dns.mx(domain, "aspmx.l.google.com");
		domains(true).learn(List.of(domain));
		DomainProviders other = domains(true);
		other.learn(List.of(domain));
		assertThat(other.of(domain)).isEqualTo("gmail");
		assertThat(this.dns.asked()).containsExactly(domain);
		this.dns.mx(domain, "mta5.am0.yahoodns.net");
		this.clock.advance(Duration.ofDays(8));
		other.learn(List.of(domain));
		assertThat(other.of(domain)).isEqualTo("yahoo");
	}

	@Test
	void aDnsThatIsSilentHoldsNothingUp() {
		this.dns.silence("dead." + this.unique);
		this.dns.mx("work." + this.unique, "aspmx.l.google.com");
		DomainProviders domains = domains(true);
		domains.learn(List.of("dead." + this.unique, "work." + this.unique));
		assertThat(domains.of("dead." + this.unique)).isEqualTo("dead." + this.unique);
		await().untilAsserted(() -> assertThat(domains.of("work." + this.unique)).isEqualTo("gmail"));
		int asked = this.dns.asked().size();
		domains.learn(List.of("work." + this.unique));
		assertThat(this.dns.asked()).as("nor again").hasSize(asked);
	}

	@Test
	void aDnsThatTimesOutAgainAndAgainIsNotWaitedForAnyMore() {
		DomainProviders domains = domains(true, Duration.ofMillis(20));
		for (int i = 1; i <= 3; i++) {
			assertThat(domains.isWaitedFor()).as("after %s timeouts", i - 1).isTrue();
			String dead = "dead" + i + "." + this.unique;
			this.dns.silence(dead);
			domains.learn(List.of(dead));
		}
		assertThat(domains.isWaitedFor()).isFalse();
		this.dns.mx("work." + this.unique, "aspmx.l.google.com");
		domains.learn(List.of("work." + this.unique));
		await().untilAsserted(() -> assertThat(domains.of("work." + this.unique)).isEqualTo("gmail"));
	}

	@Test
	void withoutLeaveTheDnsIsNotAsked() {
		DomainProviders domains = domains(false);
		domains.learn(List.of("work." + this.unique, "googlemail.com"));
		assertThat(domains.of("work." + this.unique)).isEqualTo("work." + this.unique);
		assertThat(domains.of("googlemail.com")).isEqualTo("gmail");
		assertThat(this.dns.asked()).isEmpty();
	}

	@Test
	void theLongestEndingThatIsKnownDecides() {
		assertThat(this.known.byMx("outlook-com.olc.protection.outlook.com.")).isEqualTo("outlook");
		assertThat(this.known.byMx("x.mail.protection.outlook.com")).isEqualTo("microsoft365");
		assertThat(this.known.byMx("MX00.GMX.NET")).isEqualTo("gmx");
		assertThat(this.known.byMx("mx.somewhere.example")).isNull();
		assertThat(this.known.title("gmx")).isEqualTo("GMX, web.de and mail.com");
		assertThat(this.known.title("somewhere.example")).isEqualTo("somewhere.example");
	}

	private DomainProviders domains(boolean lookup) {
		return domains(lookup, Duration.ofSeconds(2));
	}

	private DomainProviders domains(boolean lookup, Duration patience) {
		ProviderSettings settings = new ProviderSettings(Map.of(),
				new ProviderSettings.Mx(lookup, List.of(this.dns.address()), Duration.ofMillis(500), patience,
						Duration.ofDays(7)),
				new ProviderSettings.BackOff(Duration.ofMinutes(1), Duration.ofMinutes(30), Duration.ofMinutes(1),
						Duration.ofMillis(500), 0.25));
		return new DomainProviders(this.known, this.rows, new MxLookup(settings), settings, this.clock);
	}

}
