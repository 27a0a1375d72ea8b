package dev.postrider.delivery.batch;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import dev.postrider.mail.RelayStatus;
import dev.postrider.mail.RelayStatus.Limit;
import dev.postrider.mail.RelayStatus.State;
import dev.postrider.mail.RelayStatus.Use;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How long the relays' limits make an edition take at least.
 */
class SendForecastTests {

	@Test
	void withoutLimitsNothingIsLimited() {
		assertThat(SendForecast.limited(List.of(relay(State.ANSWERS)), 1_000_000)).isZero();
		assertThat(SendForecast.limited(List.of(), 1_000_000)).isZero();
	}

	@Test
	void relaysShareAnEdition() {
		RelayStatus slow = relay(State.ANSWERS, new Use(Limit.SECOND, 0, 10));
		RelayStatus fast = relay(State.UNTRIED, new Use(Limit.SECOND, 0, 40));
		assertThat(SendForecast.limited(List.of(slow, fast), 3_000)).isEqualTo(Duration.ofMinutes(1));
		// One that is down takes nothing; one without a limit takes the rest.
		RelayStatus down = relay(State.DOWN, new Use(Limit.SECOND, 0, 40));
		assertThat(SendForecast.limited(List.of(slow, down), 3_000)).isEqualTo(Duration.ofMinutes(5));
		assertThat(SendForecast.limited(List.of(slow, relay(State.ANSWERS)), 3_000)).isZero();
	}

	@Test
	void theLongestOfTheLimitsCounts() {
		RelayStatus relay = relay(State.ANSWERS, new Use(Limit.SECOND, 0, 100), new Use(Limit.HOUR, 0, 10_000),
				new Use(Limit.DAY, 0, 50_000), new Use(Limit.CONNECTIONS, 1, 4));
		assertThat(SendForecast.limited(List.of(relay), 10_000)).isEqualTo(Duration.ofSeconds(100));
		assertThat(SendForecast.limited(List.of(relay), 10_001)).isEqualTo(Duration.ofHours(1));
		assertThat(SendForecast.limited(List.of(relay), 50_001)).isEqualTo(Duration.ofDays(1));
	}

	private static RelayStatus relay(State state, Use... uses) {
		return new RelayStatus("a relay", "127.0.0.1:25", state, null, null, 0, Arrays.asList(uses));
	}

}
