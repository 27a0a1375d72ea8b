package dev.postrider.delivery.fault;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import dev.postrider.testing.PostriderProcess;
import dev.postrider.testing.TestThreads;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Two processes on one database: never the same edition twice, and one's work is taken
 * over when it dies or stands still.
 */
@Tag("faults")
class TwoProcessesTests {

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
			shared = new FaultStage(Map.of("postrider.delivery.lease", "7s", "postrider.mail.read-timeout", "2s",
					"postrider.mail.write-timeout", "1s", "postrider.run.heartbeat", "500ms",
					"postrider.run.dead-after", "2s", "postrider.run.frozen-after", "8s"));
		}
		return shared.running();
	}

	@Test
	void startedByBothAtTheSameInstantItRunsOnce() throws Exception {
		FaultStage stage = stage();
		PostriderProcess other = stage.another();
		for (int round = 0; round < 5; round++) {
			FaultEdition edition = stage.compose(FaultReaders.plain(500));
			List<CompletableFuture<Integer>> answers = List.of(stage.process(), other, stage.process(), other)
				.stream()
				.map((process) -> TestThreads
					.start(() -> process.send(edition.sendPath(), "application/json", "").statusCode()))
				.toList();
			List<Integer> codes = answers.stream().map(CompletableFuture::join).toList();
			edition.awaitEnd();
			assertThat(codes).filteredOn((code) -> code < 300).as("%s", codes).hasSize(1);
			assertThat(edition.executions()).isEqualTo(1);
			edition.assertAllSent(500, 0);
		}
		other.terminate();
	}

	@Test
	void theOtherGoesOnWhenOneIsKilled() throws Exception {
		Misfortunes.takenOver(stage(), 20_000);
	}

	@Test
	void oneThatStoodStillPastItsLeaseSendsAtMostTheMessageItWasIn() throws Exception {
		FaultStage stage = stage();
		FaultEdition edition = stage.compose(FaultReaders.plain(20_000));
		PostriderProcess other = stage.another();
		edition.send(stage.process());
		edition.awaitSent(3_000);
		stage.process().freeze();
		int sentBefore = edition.count("status = 'SENT'");
		await().atMost(Duration.ofMinutes(2)).until(() -> edition.count("status = 'SENT'") > sentBefore + 5_000);
		stage.process().thaw();
		edition.awaitEnd();
		assertThat(other.log()).contains("is continued");
		edition.assertAllSent(20_000, 2 * FaultStage.LANES);
		other.terminate();
	}

}
