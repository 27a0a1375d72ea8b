package dev.postrider.mail.provider;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.postrider.mail.Verdict;
import dev.postrider.mail.Verdict.Fault;
import dev.postrider.mail.Verdict.Kind;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How one provider is slowed, and how it recovers.
 */
class ProviderTests {

	private static final Instant NOW = Instant.parse("2026-11-23T06:00:00Z");

	private static final Verdict TOO_MUCH = new Verdict(Fault.PROVIDER, Kind.RATE_LIMITED, false);

	private static final Verdict RULES = new Verdict(Fault.PROVIDER, Kind.POLICY, false);

	private static final Verdict BLOCKED = new Verdict(Fault.PROVIDER, Kind.BLOCKED, true);

	private static final Duration PAUSE = Duration.ofMinutes(1);

	private final Provider provider = provider(null, null);

	@Test
	@DisplayName("E10: a provider that says it is too much is paused at once")
	void tooMuch() {
		assertThat(refused(TOO_MUCH, NOW)).isTrue();
		Instant until = this.provider.enter(NOW, 8, false);
		assertThat(until).isBetween(NOW.plus(PAUSE), NOW.plus(PAUSE.multipliedBy(6).dividedBy(5)));
		assertThat(this.provider.enter(until.minusMillis(1), 8, false)).isEqualTo(until);
		assertThat(this.provider.enter(until, 8, false)).isNull();
	}

	@Test
	void pausesGrowAndHaveAnEnd() {
		BackOff slowed = null;
		Duration last = Duration.ZERO;
		for (int i = 0; i < 40; i++) {
			slowed = BackOff.after(slowed, 1, "421", NOW, settings(null, null).backOff(), i % 3 / 2.0);
			Duration pause = Duration.between(NOW, slowed.pausedUntil());
			assertThat(pause).isGreaterThan((i < 5) ? last.multipliedBy(3).dividedBy(2) : Duration.ofMinutes(29));
			assertThat(pause).isLessThanOrEqualTo(Duration.ofMinutes(36));
			assertThat(slowed.perSecond()).isGreaterThan(0.1);
			last = pause;
		}
	}

	@Test
	void whatWasUnderWayWhenThePauseBeganCountsOnce() {
		for (int i = 0; i < 4; i++) {
			this.provider.enter(NOW, 40, false);
		}
		assertThat(this.provider.leave(1, TOO_MUCH, "421", NOW)).isTrue();
		BackOff first = this.provider.backOff();
		assertThat(this.provider.leave(1, TOO_MUCH, "421", NOW)).isFalse();
		assertThat(this.provider.backOff()).isSameAs(first);
	}

	@Test
	void oneReadersOwnRulesSlowNobody() {
		for (int i = 0; i < 200; i++) {
			assertThat(refused((i % 2 == 0) ? RULES : BLOCKED, NOW)).isFalse();
			for (int accepted = 0; accepted < 2; accepted++) {
				this.provider.enter(NOW, 8, false);
				this.provider.leave(1, true);
			}
		}
		assertThat(this.provider.backOff()).isNull();
	}

	@Test
	@DisplayName("B6: a provider that refuses one after the other for its rules is left in peace")
	void rulesOneAfterTheOther() {
		for (int i = 0; i < 4; i++) {
			assertThat(refused(BLOCKED, NOW)).isFalse();
		}
		assertThat(refused(BLOCKED, NOW)).isTrue();
	}

	@Test
	void refusalsForAReadersOwnSakeSlowNobody() {
		for (int i = 0; i < 100; i++) {
			assertThat(refused(new Verdict(Fault.ADDRESS, Kind.RATE_LIMITED, false), NOW)).isFalse();
			assertThat(refused(new Verdict(Fault.ADDRESS, Kind.UNKNOWN_USER, true), NOW)).isFalse();
		}
		assertThat(this.provider.backOff()).isNull();
	}

	@Test
	void theRateIsHalvedAndComesBackInPeace() {
		BackOff slowed = BackOff.after(null, 100, "421", NOW, settings(null, null).backOff(), 0);
		assertThat(slowed.perSecond()).isEqualTo(50);
		slowed = BackOff.after(slowed, 40, "421", NOW.plusSeconds(61), settings(null, null).backOff(), 0);
		assertThat(slowed.perSecond()).isEqualTo(20);
		assertThat(slowed.mayRecover(slowed.pausedUntil().plusSeconds(59), PAUSE)).isFalse();
		Instant calm = slowed.pausedUntil().plusSeconds(61);
		assertThat(slowed.mayRecover(calm, PAUSE)).isTrue();
		slowed = slowed.recovered(calm);
		assertThat(slowed).extracting(BackOff::perSecond, BackOff::level).containsExactly(40.0, 1);
		assertThat(slowed.mayRecover(calm.plusSeconds(59), PAUSE)).isFalse();
		slowed = slowed.recovered(calm.plusSeconds(61));
		assertThat(slowed).extracting(BackOff::perSecond).isEqualTo(80.0);
		assertThat(slowed.recovered(calm.plusSeconds(122))).as("as it was before").isNull();
	}

	@Test
	void peaceIsLookedFor() {
		refused(TOO_MUCH, NOW);
		this.provider.tick(NOW.plusSeconds(100));
		assertThat(this.provider.backOff()).isNotNull();
		this.provider.tick(NOW.plusSeconds(200));
		assertThat(this.provider.backOff()).isNull();
	}

	@Test
	void aClockSetBackMakesNoPauseLongerThanAny() {
		refused(TOO_MUCH, NOW);
		assertThat(this.provider.enter(NOW.minus(Duration.ofHours(5)), 8, false)).isNull();
	}

	@Test
	void aSetLimitHolds() {
		Provider limited = provider(null, 3);
		for (int i = 0; i < 3; i++) {
			assertThat(limited.enter(NOW, 40, false)).isNull();
			limited.leave(1, true);
		}
		for (int i = 0; i < 3; i++) {
			assertThat(limited.enter(NOW, 40, false)).isNull();
		}
		assertThat(limited.enter(NOW, 40, false)).isAfter(NOW);
		limited.leave(1, true);
		assertThat(limited.enter(NOW, 40, false)).isNull();
		Provider paced = provider(0.1, null);
		assertThat(paced.enter(NOW, 40, false)).isNull();
		paced.leave(1, true);
		assertThat(paced.enter(NOW, 40, false)).isBetween(NOW.plusSeconds(8), NOW.plusSeconds(11));
	}

	@Test
	void aSlowOneHasAPartOfTheLanesAndAFastOneAllButSome() {
		assertThat(entering(16, true)).as("not known yet").isEqualTo(4);
		leaving(4, Duration.ofMillis(2));
		assertThat(entering(16, true)).as("fast").isEqualTo(14);
		leaving(14, Duration.ofMillis(2));
		assertThat(entering(16, false)).as("alone").isEqualTo(16);
		leaving(16, Duration.ofSeconds(5));
		assertThat(entering(16, true)).as("slow").isEqualTo(4);
		leaving(4, Duration.ofSeconds(5));
		assertThat(entering(1, true)).as("one lane").isEqualTo(1);
	}

	private int entering(int lanes, boolean others) {
		int inside = 0;
		while (inside < lanes && this.provider.enter(NOW, lanes, others) == null) {
			inside++;
		}
		return inside;
	}

	private void leaving(int messages, Duration took) {
		for (int i = 0; i < messages; i++) {
			this.provider.leave(took.toNanos(), true);
		}
	}

	private boolean refused(Verdict verdict, Instant now) {
		assertThat(this.provider.enter(now, 8, false)).isNull();
		return this.provider.leave(1, verdict, "421 4.7.28 Too much", now);
	}

	private static Provider provider(Double perSecond, Integer connections) {
		return new Provider("gmail", settings(perSecond, connections));
	}

	private static ProviderSettings settings(Double perSecond, Integer connections) {
		return new ProviderSettings(Map.of("gmail", new ProviderSettings.Limit(perSecond, connections)),
				new ProviderSettings.Mx(false, List.of(), PAUSE, PAUSE, PAUSE),
				new ProviderSettings.BackOff(PAUSE, Duration.ofMinutes(30), PAUSE, Duration.ofMillis(500), 0.25));
	}

}
