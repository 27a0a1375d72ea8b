package dev.postrider.delivery.batch;

import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When a block whose readers were passed over is worth looking at again.
 */
class HeldTests {

	private static final Instant NOW = Instant.parse("2026-11-23T06:00:00Z");

	private final Held held = new Held();

	@Test
	void oneThatWasLookedThroughInVainLeavesTheRoomToThoseWhoWait() {
		this.held.begin(NOW);
		assertThat(this.held.next(NOW, true)).isNull();
		for (int seq = 1; seq <= 10; seq++) {
			this.held.add(row(seq), NOW.plusMillis(100), 2.0);
		}
		assertThat(this.held.next(NOW, false)).as("nobody else sends to them").isEqualTo(NOW.plusSeconds(1));
		assertThat(this.held.next(NOW, true)).as("ten at two a second").isEqualTo(NOW.plusSeconds(1 + 5));
		this.held.done();
		assertThat(this.held.next(NOW, true)).as("some went").isEqualTo(NOW.plusSeconds(1));
	}

	@Test
	void itWaitsForHalfAMinuteAtMostBeyondTheProvidersWord() {
		this.held.begin(NOW);
		for (int seq = 1; seq <= 1000; seq++) {
			this.held.add(row(seq), NOW.plusSeconds(60), 0.1);
		}
		assertThat(this.held.next(NOW, true)).isEqualTo(NOW.plusSeconds(60 + 30));
		this.held.begin(NOW);
		this.held.add(row(1), NOW.plusSeconds(60), null);
		assertThat(this.held.next(NOW, true)).as("no rate is known").isEqualTo(NOW.plusSeconds(60));
	}

	@Test
	void whoIsLeftForLaterIsNotAskedForAgainByTheSameLane() {
		this.held.begin(NOW);
		this.held.read();
		this.held.later(NOW);
		assertThat(this.held.isEmpty()).isTrue();
		assertThat(this.held.shortWait(NOW)).isNull();
		assertThat(this.held.inVain()).isTrue();
		assertThat(this.held.next(NOW, false)).isEqualTo(NOW.plusSeconds(1));
	}

	private static LedgerRow row(int seq) {
		return new LedgerRow(seq, seq, 1, 0, false, 0, null, null, Map.of(), "reader@readers.example", null);
	}

}
