package dev.postrider.mail.provider;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.postrider.mail.Providers;
import dev.postrider.mail.Verdict;
import dev.postrider.mail.Verdict.Fault;
import dev.postrider.mail.Verdict.Kind;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * What one process is told, the others keep to, and so does the next one after it.
 */
@PostriderTest
class StoredProvidersTests {

	private static final Verdict TOO_MUCH = new Verdict(Fault.PROVIDER, Kind.RATE_LIMITED, false);

	private final String domain = "stored-" + UUID.randomUUID() + ".example";

	private final List<StoredProviders> processes = new ArrayList<>();

	@Autowired
	private DomainProviders domains;

	@Autowired
	private KnownProviders known;

	@Autowired
	private ProviderRows rows;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private TestClock clock;

	@BeforeEach
	void begin() {
		this.clock.reset();
	}

	@AfterEach
	void end() {
		this.processes.forEach(StoredProviders::destroy);
		this.clock.reset();
	}

	@Test
	void aPauseHoldsInOtherProcessesAndAfterARestart() {
		try (Providers.Gate one = process(Map.of()).gate()) {
			refused(one, "421 4.7.28 Too much for r.eader@readers.example");
			await().until(() -> version() == 1);
		}
		// Another begins only now.
		try (Providers.Gate other = process(Map.of()).gate()) {
			Instant until = other.enter(this.domain);
			assertThat(until).isAfter(this.clock.instant().plusSeconds(59));
			assertThat(reason()).isEqualTo("421 4.7.28 Too much for r…@readers.example");
			this.clock.set(until.plusMillis(1));
			refused(other, "421 4.7.28 Still too much");
			await().until(() -> version() == 2);
			assertThat(level()).isEqualTo(2);
		}
	}

	@Test
	void twoThatAreToldAtTheSameTimeAgreeAndRecover() {
		try (Providers.Gate one = process(Map.of()).gate(); Providers.Gate two = process(Map.of()).gate()) {
			refused(one, "421 4.7.28 One");
			refused(two, "421 4.7.28 Two");
			await().untilAsserted(() -> assertThat(version()).isGreaterThan(1));
			assertThat(level()).isEqualTo(1);
			this.clock.advance(Duration.ofMinutes(10));
			await().until(() -> version() == 0);
			await().until(() -> this.processes.stream()
				.allMatch((process) -> process.all()
					.stream()
					.noneMatch((status) -> status.reason() != null && status.name().equals(this.domain))));
		}
	}

	@Test
	void limitsAreSetByNameOrDomainAndAWrongNameIsNamed() {
		StoredProviders process = process(Map.of("postrider.mail.providers.gmail.per-second", "50",
				"postrider.mail.providers.[" + this.domain + "].connections", "1"));
		try (Providers.Gate one = process.gate(); Providers.Gate two = process.gate()) {
			assertThat(one.enter(this.domain)).isNull();
			assertThat(two.enter(this.domain)).isNotNull();
			one.leave(true);
			assertThat(two.enter(this.domain)).isNull();
			two.leave(true);
		}
		assertThatIllegalStateException()
			.isThrownBy(() -> process(Map.of("postrider.mail.providers.gmial.per-second", "50")))
			.withMessageContaining("postrider.mail.providers.gmial");
	}

	private StoredProviders process(Map<String, String> settings) {
		ProviderSettings bound = new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate("postrider.mail",
				ProviderSettings.class);
		StoredProviders process = new StoredProviders(this.domains, this.known, this.rows, bound, this.clock);
		this.processes.add(process);
		return process;
	}

	private void refused(Providers.Gate gate, String reply) {
		assertThat(gate.enter(this.domain)).isNull();
		gate.leave(TOO_MUCH, reply);
	}

	/** 0 where there is no row. */
	private int version() {
		return number("version");
	}

	private int level() {
		return number("level");
	}

	private int number(String column) {
		return this.jdbc.sql("SELECT COALESCE(MAX(" + column + "), 0) FROM mail_provider WHERE provider = ?")
			.param(this.domain)
			.query(Integer.class)
			.single();
	}

	private String reason() {
		return this.jdbc.sql("SELECT reason FROM mail_provider WHERE provider = ?")
			.param(this.domain)
			.query(String.class)
			.single();
	}

}
