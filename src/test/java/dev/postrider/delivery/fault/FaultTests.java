package dev.postrider.delivery.fault;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

import dev.postrider.testing.PostriderProcess;
import dev.postrider.testing.SmtpSink;
import dev.postrider.testing.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Bad luck in the middle of an edition, with processes that are really killed and servers
 * that really go away. Afterwards the ledger is compared with what smtp-sink holds. Kept
 * small; {@link LongFaultTests} are the large ones.
 */
class FaultTests {

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
		return shared.running();
	}

	@Test
	@DisplayName("kill -9 in the middle of an edition and of a file of readers loses nobody: another process goes on")
	void anotherProcessTakesOver() throws Exception {
		Misfortunes.takenOver(stage(), 3_000);
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
		edition.assertAllSent(3_000, 0);
	}

	@Test
	void aRelayThatIsDownAtTheStartAndInTheMiddleOnlyDelays() throws Exception {
		Misfortunes.relayAway(stage(), 3_000);
	}

	@Test
	void connectionsThatBreakAtAnyMomentLoseNobody() throws Exception {
		Misfortunes.cuts(stage(), 2_000, 0.003);
	}

	@Test
	void theDatabaseGoesAwayInTheMiddleAndComesBack() throws Exception {
		Misfortunes.databaseAway(stage(), 4_000, Duration.ofSeconds(8));
	}

	@Test
	void whoLeavesInTheMiddleDoesNotGetIt() throws Exception {
		Misfortunes.leaving(stage(), 2_000, 60, 100);
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

}
