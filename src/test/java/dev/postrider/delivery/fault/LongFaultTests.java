package dev.postrider.delivery.fault;

import java.io.IOException;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@link FaultTests} show, at the size of a newsroom.
 */
@Tag("faults")
class LongFaultTests {

	private static @Nullable FaultStage shared;

	@AfterAll
	static void strike() throws IOException {
		if (shared != null) {
			shared.close();
			shared = null;
		}
	}

	private static FaultStage stage() throws IOException {
		if (shared == null) {
			shared = new FaultStage();
		}
		shared.sink().clear();
		return shared.running();
	}

	@Test
	void twentyKillsAtRandomMomentsLoseNobody() throws Exception {
		Misfortunes.kills(stage(), 50_000, 20);
	}

	@Test
	void killsAtRandomMomentsOfAFileTakeEachReaderInOnce() throws Exception {
		Misfortunes.importKills(stage(), 100_000, 5);
	}

	@Test
	void theRelayComesAndGoes() throws Exception {
		Misfortunes.relayAway(stage(), 20_000);
	}

	@Test
	void connectionsBreakAllTheTime() throws Exception {
		Misfortunes.cuts(stage(), 20_000, 0.002);
	}

	@Test
	void ofTwoRelaysOneDies() throws Exception {
		try (FaultStage stage = FaultStage.withTwoRelays()) {
			FaultEdition edition = stage.running().begin(20_000);
			edition.awaitSent(5_000);
			assertThat(edition.count("relay = 'relay-1'")).as("by the one that dies").isPositive();
			stage.relay().cut();
			edition.awaitEnd();
			assertThat(edition.count("relay = 'relay-2'")).isGreaterThan(14_000);
			edition.assertAllSent(20_000, FaultStage.LANES);
		}
	}

	@Test
	void theDatabaseIsGoneForAMinute() throws Exception {
		Misfortunes.databaseAway(stage(), 20_000, Duration.ofSeconds(60));
	}

	@Test
	void aThousandLeaveInTheMiddle() throws Exception {
		Misfortunes.leaving(stage(), 20_000, 1_000, 100);
	}

}
