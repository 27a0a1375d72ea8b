package dev.postrider.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestJobs;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Regression tests for what Spring Batch leaves to us: simultaneous restarts, stopping,
 * dead processes, half-made instances.
 */
@PostriderTest
class RunLauncherTests {

	@Autowired
	private RunLauncher launcher;

	@Autowired
	private RunHistory history;

	@Autowired
	private JdbcClient jdbc;

	private final String name = UUID.randomUUID().toString();

	@Test
	void aCompletedRunIsRefusedAndTheReasonSaysSo() {
		Map<String, String> identity = identity("end");
		Run run = finished(this.launcher.start(TestJobs.JOB, identity, "test"));
		assertThat(run.status()).isEqualTo("COMPLETED");
		assertThat(run.identity()).isEqualTo(identity);
		assertThat(run.trigger()).isEqualTo("test");
		assertThat(this.launcher.isKnown(TestJobs.JOB, identity)).isTrue();
		assertThatExceptionOfType(RunRefusedException.class)
			.isThrownBy(() -> this.launcher.start(TestJobs.JOB, identity, "test"))
			.withMessageContaining("completed by run " + run.id());
	}

	@Test
	void aFailedRunSaysWhyAndIsResumedByAnotherStart() {
		Map<String, String> identity = identity("fail");
		Run failed = finished(this.launcher.start(TestJobs.JOB, identity, "test"));
		assertThat(failed.status()).isEqualTo("FAILED");
		assertThat(failed.steps().get(0).message()).contains("Told to fail");
		TestJobs.mend(this.name);
		Run resumed = finished(this.launcher.start(TestJobs.JOB, identity, "somebody else"));
		assertThat(resumed.trigger()).isEqualTo("somebody else");
		assertThat(resumed.id()).isNotEqualTo(failed.id());
		assertThat(resumed.status()).isEqualTo("COMPLETED");
		assertThatExceptionOfType(RunRefusedException.class)
			.isThrownBy(() -> this.launcher.restart(failed.id(), "test"))
			.withMessageContaining("continued by run " + resumed.id());
	}

	@Test
	void ofManySimultaneousRestartsOneRuns() throws Exception {
		long failed = finished(this.launcher.start(TestJobs.JOB, identity("fail"), "test")).id();
		TestJobs.mend(this.name);
		int before = TestJobs.executions();
		List<Boolean> accepted = together(6, () -> this.launcher.restart(failed, "test"));
		assertThat(accepted).containsOnlyOnce(true);
		long instance = this.jdbc.sql("SELECT JOB_INSTANCE_ID FROM BATCH_JOB_EXECUTION WHERE JOB_EXECUTION_ID = ?")
			.param(failed)
			.query(Long.class)
			.single();
		long last = this.jdbc.sql("SELECT MAX(JOB_EXECUTION_ID) FROM BATCH_JOB_EXECUTION WHERE JOB_INSTANCE_ID = ?")
			.param(instance)
			.query(Long.class)
			.single();
		finished(last);
		assertThat(TestJobs.executions() - before).isEqualTo(1);
	}

	@Test
	void ofManySimultaneousStartsOneRuns() throws Exception {
		Map<String, String> identity = identity("end");
		List<Boolean> accepted = together(6, () -> this.launcher.start(TestJobs.JOB, identity, "test"));
		assertThat(accepted).containsOnlyOnce(true);
	}

	@Test
	void aRunningRunStopsCleanlyAndIsContinued() {
		for (int i = 0; i < 5; i++) {
			Map<String, String> identity = Map.of("do", "go-on", "name", this.name, "round", String.valueOf(i));
			long runId = this.launcher.start(TestJobs.JOB, identity, "test");
			await().until(() -> this.history.find(runId).orElseThrow().status().equals("STARTED"));
			this.launcher.stop(runId);
			Run stopped = finished(runId);
			assertThat(stopped.status()).isEqualTo("STOPPED");
			assertThat(stopped.isRestartable()).isTrue();
			assertThatExceptionOfType(RunRefusedException.class).isThrownBy(() -> this.launcher.stop(runId))
				.withMessageContaining("nothing to stop");
		}
	}

	@Test
	void theRunOfADeadProcessIsContinuedHere() {
		long runId = this.launcher.start(TestJobs.JOB, identity("go-on"), "test");
		await().until(() -> this.history.find(runId).orElseThrow().status().equals("STARTED"));
		this.launcher.stop(runId);
		finished(runId);
		// As a killed process would have left it: executing, in the name of one that is
		// gone.
		this.jdbc.sql("UPDATE run_owner SET process_id = 'gone' WHERE job_execution_id = ?").param(runId).update();
		this.jdbc.sql("UPDATE BATCH_STEP_EXECUTION SET STATUS = 'STARTED', END_TIME = NULL WHERE JOB_EXECUTION_ID = ?")
			.param(runId)
			.update();
		TestJobs.mend(this.name);
		this.jdbc.sql("UPDATE BATCH_JOB_EXECUTION SET STATUS = 'STARTED', END_TIME = NULL WHERE JOB_EXECUTION_ID = ?")
			.param(runId)
			.update();

		await().until(() -> this.history.list(TestJobs.JOB, null, 50)
			.stream()
			.anyMatch((run) -> run.id() > runId && this.name.equals(run.identity().get("name"))
					&& run.status().equals("COMPLETED")));
		assertThat(this.history.find(runId).orElseThrow().message()).isEqualTo("Its process died");
	}

	@Test
	void anInstanceWithoutARunDoesNotStandInTheWay() {
		Map<String, String> identity = identity("end");
		long runId = finished(this.launcher.start(TestJobs.JOB, identity, "test")).id();
		for (String table : List.of(
				"BATCH_STEP_EXECUTION_CONTEXT WHERE STEP_EXECUTION_ID IN (SELECT STEP_EXECUTION_ID "
						+ "FROM BATCH_STEP_EXECUTION WHERE JOB_EXECUTION_ID = ?)",
				"BATCH_STEP_EXECUTION WHERE JOB_EXECUTION_ID = ?",
				"BATCH_JOB_EXECUTION_CONTEXT WHERE JOB_EXECUTION_ID = ?",
				"BATCH_JOB_EXECUTION_PARAMS WHERE JOB_EXECUTION_ID = ?",
				"BATCH_JOB_EXECUTION WHERE JOB_EXECUTION_ID = ?")) {
			this.jdbc.sql("DELETE FROM " + table).param(runId).update();
		}
		assertThat(this.launcher.isKnown(TestJobs.JOB, identity)).isFalse();
		assertThat(finished(this.launcher.start(TestJobs.JOB, identity, "test")).status()).isEqualTo("COMPLETED");
	}

	@Test
	void anUnknownJobIsRefusedByName() {
		assertThatExceptionOfType(RunRefusedException.class)
			.isThrownBy(() -> this.launcher.start("no-such-job", identity("end"), "test"))
			.withMessageContaining("no-such-job");
	}

	private List<Boolean> together(int callers, Runnable call) throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(callers);
		try {
			CountDownLatch start = new CountDownLatch(1);
			List<Future<Boolean>> results = new ArrayList<>();
			for (int i = 0; i < callers; i++) {
				results.add(threads.submit(() -> {
					start.await();
					try {
						call.run();
						return true;
					}
					catch (RunRefusedException ex) {
						return false;
					}
				}));
			}
			start.countDown();
			List<Boolean> accepted = new ArrayList<>();
			for (Future<Boolean> result : results) {
				accepted.add(result.get());
			}
			return accepted;
		}
		finally {
			threads.shutdownNow();
		}
	}

	private Map<String, String> identity(String what) {
		return Map.of("do", what, "name", this.name);
	}

	private Run finished(long runId) {
		await().until(() -> !this.history.find(runId).orElseThrow().isRunning());
		return this.history.find(runId).orElseThrow();
	}

}
