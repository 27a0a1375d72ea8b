package dev.postrider.delivery;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;

import dev.postrider.testing.PostriderProcess;
import dev.postrider.testing.SmtpSink;
import dev.postrider.testing.TcpProxy;
import dev.postrider.testing.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Bad luck in the middle of an edition, with processes that are really killed and servers
 * that really go away. Afterwards the ledger is compared with what smtp-sink holds.
 */
class FaultTests {

	private static final int LANES = 8;

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
			shared = new FaultStage(LANES);
		}
		return shared.running();
	}

	@Test
	void twoKillsInTheMiddleLoseNobody() throws Exception {
		killInTheMiddle(5_000, 2);
	}

	@Test
	@Tag("faults")
	void aKillInTheMiddleOfTwentyThousandLosesNobody() throws Exception {
		killInTheMiddle(20_000, 1);
	}

	@Test
	@Tag("faults")
	void manyKillsAtRandomMomentsLoseNobody() throws Exception {
		killInTheMiddle(20_000, 10);
	}

	@Test
	@DisplayName("SIGTERM drains: what is in flight is finished, nobody gets a second copy, the next start goes on")
	void aShutdownDrains() throws Exception {
		FaultStage stage = stage();
		FaultEdition edition = stage.begin(3_000);
		edition.awaitSent(1_000);
		stage.process().terminate();
		assertThat(stage.process().log()).doesNotContain("could not be drained");
		assertThat(edition.copies()).hasSize(edition.count("status = 'SENT'"));
		stage.running();
		edition.awaitEnd();
		assertLedgerAndSinkAgree(edition, 3_000, 0);
	}

	@Test
	void aRelayThatIsDownAtTheStartAndInTheMiddleOnlyDelays() throws Exception {
		FaultStage stage = stage();
		stage.relay().cut();
		FaultEdition edition = stage.begin(3_000);
		await().until(() -> stage.process().log().contains("does not answer"));
		assertThat(edition.count("attempts > 0")).as("no reader is blamed").isZero();
		stage.relay().restore();
		edition.awaitSent(500);
		away(stage.relay(), Duration.ofSeconds(4));
		// Only what was in flight may have been tried for nothing.
		assertThat(edition.count("status = 'DEFERRED'")).isLessThanOrEqualTo(LANES);
		for (int sent = 1_000; sent <= 2_000; sent += 500) {
			edition.awaitSent(sent);
			away(stage.relay(), Duration.ZERO);
		}
		edition.awaitEnd();
		// A copy may be unclear at each break, once a lane.
		assertLedgerAndSinkAgree(edition, 3_000, 4 * LANES);
	}

	@Test
	void theDatabaseGoesAwayInTheMiddleAndComesBack() throws Exception {
		databaseGoesAway(Duration.ofSeconds(8));
	}

	@Test
	@Tag("faults")
	void theDatabaseIsGoneForAMinute() throws Exception {
		databaseGoesAway(Duration.ofSeconds(60));
	}

	@Test
	void withoutADatabaseTheStartFailsAndSaysSo() throws Exception {
		TestDatabase database = TestDatabase.get();
		Map<String, String> settings = Map.of("spring.datasource.url", database.urlThrough(SmtpSink.freePort()),
				"spring.datasource.username", database.user(), "spring.datasource.password", database.password(),
				"spring.datasource.hikari.connection-timeout", "2000", "spring.mail.port",
				String.valueOf(SmtpSink.freePort()));
		try (PostriderProcess process = PostriderProcess.launch(settings)) {
			assertThat(process.awaitExit(Duration.ofSeconds(90))).isNotZero();
			assertThat(process.log()).contains("APPLICATION FAILED TO START")
				.contains("SPRING_DATASOURCE_URL")
				.contains("Connection refused");
		}
	}

	private void killInTheMiddle(int readers, int kills) throws Exception {
		Random random = new Random(readers + kills);
		FaultStage stage = stage();
		FaultEdition edition = stage.begin(readers);
		int sent = 0;
		for (int i = 0; i < kills; i++) {
			sent += 1 + random.nextInt((readers - sent) / (kills - i + 1));
			edition.awaitSent(sent);
			stage.process().kill();
			stage.running();
		}
		edition.awaitEnd();
		assertLedgerAndSinkAgree(edition, readers, kills * 2 * LANES);
	}

	private void databaseGoesAway(Duration pause) throws Exception {
		FaultStage stage = stage();
		FaultEdition edition = stage.begin(4_000);
		edition.awaitSent(1_000);
		away(stage.databaseProxy(), pause);
		edition.awaitEnd();
		assertLedgerAndSinkAgree(edition, 4_000, 2 * LANES);
	}

	private static void away(TcpProxy proxy, Duration pause) {
		proxy.cut();
		await().pollDelay(pause).atMost(pause.plusSeconds(10)).until(() -> true);
		proxy.restore();
	}

	private void assertLedgerAndSinkAgree(FaultEdition edition, int readers, int mostExtraCopies) {
		Map<String, List<String>> copies = edition.copies();
		int all = copies.values().stream().mapToInt(List::size).sum();
		System.getLogger(FaultTests.class.getName())
			.log(System.Logger.Level.INFO, "{0} readers, {1} copies", readers, all);
		assertThat(edition.count("status = 'SENT'")).as("SENT in the ledger").isEqualTo(readers);
		assertThat(copies).as("readers who have the mail").hasSize(readers);
		assertThat(all - readers).as("extra copies").isBetween(0, mostExtraCopies);
		assertThat(copies.values()).allSatisfy((ids) -> assertThat(new HashSet<>(ids)).hasSize(1));
	}

}
