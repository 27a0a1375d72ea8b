package dev.postrider.monitor.problem;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.postrider.subscription.SignUpWatch;
import dev.postrider.subscription.SignUpWatch.Work;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SignUpCheckTests {

	private static final Instant NOW = Instant.parse("2026-11-23T06:00:00Z");

	@Test
	void findsNothingInOrdinarySignUps() {
		assertThat(find(null, null, 40, Map.of("mailinator.com", 2))).isEmpty();
		// A few among many are readers who would rather not be known.
		assertThat(find(null, null, 400, Map.of("mailinator.com", 10))).isEmpty();
		assertThat(find(null, NOW.minusSeconds(60), 0, Map.of())).isEmpty();
	}

	@Test
	void tellsOfThrowawayAddressesByDomain() {
		assertThat(find(null, null, 40, Map.of("a.example", 1, "b.example", 9, "c.example", 2, "d.example", 2)))
			.singleElement()
			.satisfies((finding) -> {
				assertThat(finding.key()).startsWith("sign-ups:");
				assertThat(finding.message()).contains("14 of the last day's 40 sign-ups",
						"b.example (9), c.example (2), d.example (2).");
				assertThat(finding.remedy()).contains("postrider.sign-up.proof-of-work");
			});
	}

	@Test
	void tellsOfASurge() {
		assertThat(find(NOW.minusSeconds(90), null, 0, Map.of())).extracting(Finding::message)
			.singleElement()
			.asString()
			.contains("2026-11-23T05:58:00Z");
	}

	@Test
	void tellsOfSignUpsThatWait() {
		assertThat(find(null, NOW.minus(Duration.ofMinutes(6)), 0, Map.of())).extracting(Finding::key)
			.containsExactly("sign-ups:stuck");
	}

	@Test
	void saysOfWorkWhatIsSo() {
		assertThat(find(NOW, null, Work.AUTO, null, 0, Map.of())).singleElement().satisfies((finding) -> {
			assertThat(finding.message()).contains("browsers have to work");
			assertThat(finding.remedy()).contains("ends by itself");
		});
		assertThat(find(NOW, null, Work.ALWAYS, null, 0, Map.of())).singleElement()
			.satisfies((finding) -> assertThat(finding.remedy()).contains("sign-up.guesses"));
		assertThat(find(NOW, null, Work.NEVER, null, 0, Map.of())).singleElement().satisfies((finding) -> {
			assertThat(finding.message()).doesNotContain("work");
			assertThat(finding.remedy()).contains("proof-of-work=auto");
		});
		assertThat(find(null, null, Work.ALWAYS, null, 10, Map.of("a.example", 9))).singleElement()
			.satisfies((finding) -> assertThat(finding.remedy()).doesNotContain("=always"));
	}

	@Test
	void tellsOfAProxyThatIsNotBelieved() {
		assertThat(find(null, null, Work.AUTO, "10.1.2.3", 0, Map.of())).singleElement().satisfies((finding) -> {
			assertThat(finding.message()).contains("10.1.2.3");
			assertThat(finding.remedy()).contains("POSTRIDER_TRUSTED_PROXIES");
		});
	}

	private static List<Finding> find(Instant surge, Instant stuck, int signUps, Map<String, Integer> throwaways) {
		return find(surge, stuck, Work.AUTO, null, signUps, throwaways);
	}

	private static List<Finding> find(Instant surge, Instant stuck, Work work, String proxy, int signUps,
			Map<String, Integer> throwaways) {
		return new SignUpCheck(new SignUpWatch() {

			@Override
			public Optional<Instant> surgeSince() {
				return Optional.ofNullable(surge);
			}

			@Override
			public Optional<Instant> stuckSince() {
				return Optional.ofNullable(stuck);
			}

			@Override
			public Work work() {
				return work;
			}

			@Override
			public Optional<String> unheardProxy() {
				return Optional.ofNullable(proxy);
			}

			@Override
			public Throwaways throwaways(Instant since) {
				assertThat(since).isEqualTo(NOW.minus(Duration.ofDays(1)));
				return new Throwaways(signUps, throwaways);
			}

		}, Clock.fixed(NOW, ZoneOffset.UTC)).find();
	}

}
