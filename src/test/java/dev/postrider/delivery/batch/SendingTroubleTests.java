package dev.postrider.delivery.batch;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

import dev.postrider.delivery.Deliveries;
import dev.postrider.delivery.DeliveryStatus;
import dev.postrider.delivery.DigestRuns;
import dev.postrider.delivery.RetryRuns;
import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionStatus;
import dev.postrider.edition.Editions;
import dev.postrider.run.Run;
import dev.postrider.run.RunHistory;
import dev.postrider.run.RunHolds;
import dev.postrider.run.RunLauncher;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestClock;
import dev.postrider.testing.TestMailing;
import dev.postrider.testing.TestNewsroom;
import dev.postrider.testing.TestRelay;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A relay that is wrong about one reader or about all, and an edition that is halted:
 * nobody else pays for it.
 */
@PostriderTest
class SendingTroubleTests {

	private static final LocalDate MONDAY = TestMailing.MONDAY;

	@Autowired
	private TestMailing mailing;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private TestClock clock;

	@Autowired
	private DigestRuns digests;

	@Autowired
	private RunHistory runs;

	@Autowired
	private RunLauncher launcher;

	@Autowired
	private RunHolds holds;

	@Autowired
	private Editions editions;

	@Autowired
	private Deliveries deliveries;

	@Autowired
	private Audience audience;

	@Autowired
	private Cancellation cancellation;

	@BeforeEach
	void setUp() {
		this.mailing.story("Harbour bridge opens");
	}

	@AfterEach
	void end() {
		this.clock.reset();
		this.editions.find(this.mailing.newsletter().id(), MONDAY, 1)
			.filter((edition) -> edition.status().mayBecome(EditionStatus.CANCELLED))
			.ifPresent((edition) -> this.editions.changeStatus(edition.id(), EditionStatus.CANCELLED, "Test is over"));
	}

	@Test
	@DisplayName("what a relay fails with for one reader alone is that reader's attempt; the others get it")
	void oneReadersTroubleIsNobodyElses() {
		List<Long> troubled = new ArrayList<>();
		List<Long> others = new ArrayList<>();
		for (String prefix : List.of("denied", "noroom", "shut", "slam", "norelay")) {
			troubled.addAll(this.mailing.readers(prefix, 1));
			others.addAll(this.mailing.readers("reader", 4));
		}
		this.mailing.send();
		await().until(() -> this.mailing.count(others, "SENT") == 20 && this.mailing.count(troubled, "DEFERRED") == 5);
		assertThat(this.mailing.attempts(troubled)).isEqualTo(5);
		assertThat(this.mailing.attempts(others)).isEqualTo(20);
		assertThat(this.mailing.replies(troubled)).anyMatch((reply) -> reply.startsWith("454 4.7.1"))
			.anyMatch((reply) -> reply.startsWith("452 4.3.1"))
			.anyMatch((reply) -> reply.startsWith("421 4.4.5"))
			.anyMatch((reply) -> reply.startsWith("Connection lost"))
			.anyMatch((reply) -> reply.startsWith("554 5.7.1"));
		assertThat(this.mailing.edition().status()).isEqualTo(EditionStatus.SENDING);
		assertThat(suppressed(troubled)).isZero();
	}

	@Test
	@DisplayName("several of them in a row, and the rest of the edition is sent all the same")
	void severalInARow() {
		List<Long> troubled = this.mailing.readers("denied", 3);
		List<Long> others = this.mailing.readers("reader", 10);
		this.mailing.send();
		await().until(() -> this.mailing.count(others, "SENT") == 10);
		// Who was passed over while nobody got through is due a moment later.
		await().until(() -> {
			this.clock.advance(Duration.ofSeconds(1));
			return this.mailing.count(troubled, "DEFERRED") == 3;
		});
		assertThat(this.mailing.attempts(others)).isEqualTo(10);
	}

	@Test
	@DisplayName("a relay that knows no reader holds the edition, and nobody is suppressed for it")
	void aRelayThatKnowsNobody() {
		List<Long> readers = this.mailing.readers("unknown", 60);
		Run run = this.mailing.finish(this.mailing.send());
		assertThat(run.status()).isEqualTo("STOPPED");
		assertThat(this.mailing.edition().status()).isEqualTo(EditionStatus.HELD);
		assertThat(this.mailing.edition().statusReason()).contains("refused as if their addresses were bad",
				"550 5.1.1");
		assertThat(this.mailing.count(readers, "BOUNCED")).isZero();
		assertThat(this.mailing.count(readers, "DEFERRED")).isBetween(20, 20 + 8);
		assertThat(this.mailing.attempts(readers)).as("they begin anew").isZero();
		assertThat(suppressed(readers)).isZero();

		this.jdbc.sql("""
				UPDATE subscriber SET email = CONCAT('ok.', email), email_key = CONCAT('ok.', email_key)
				WHERE id IN (:ids)
				""").param("ids", readers).update();
		assertThat(this.mailing.finish(this.launcher.restart(run.id(), "test")).status()).isEqualTo("COMPLETED");
		assertThat(this.mailing.count(readers, "SENT")).isEqualTo(60);
	}

	@Test
	@DisplayName("an edition that is held while a page is in hand sends nothing more of it")
	void theRestOfThePageStays() {
		String gate = TestNewsroom.address("gate");
		long first = this.mailing.add(gate);
		List<Long> others = this.mailing.readers("reader", 5);
		long run = this.mailing.send();
		await().until(() -> TestRelay.get().isAtGate(gate));
		this.editions.changeStatus(this.mailing.edition().id(), EditionStatus.HELD, "Wrong headline");
		TestRelay.get().open(gate);
		assertThat(this.mailing.finish(run).status()).isEqualTo("STOPPED");
		assertThat(this.mailing.count(List.of(first), "SENT")).as("was in flight").isEqualTo(1);
		assertThat(this.mailing.count(others, "PENDING")).isEqualTo(5);
		assertThat(this.mailing.finish(this.launcher.restart(run, "test")).status()).isEqualTo("COMPLETED");
		assertThat(this.mailing.count(others, "SENT")).isEqualTo(5);
	}

	@Test
	@DisplayName("an edition that is held stays so when its run's process dies, until a person lets it go on")
	void heldOverACrash() {
		List<Long> sent = this.mailing.readers("reader", 1);
		List<Long> waiting = this.mailing.readers("grey", 1);
		long run = this.mailing.send();
		await().until(() -> this.mailing.count(sent, "SENT") == 1 && this.mailing.count(waiting, "DEFERRED") == 1);
		this.launcher.stop(run);
		this.mailing.finish(run);
		this.editions.changeStatus(this.mailing.edition().id(), EditionStatus.HELD, "The relay says no");
		this.jdbc.sql("UPDATE run_owner SET process_id = 'gone' WHERE job_execution_id = ?").param(run).update();
		this.jdbc.sql("UPDATE BATCH_JOB_EXECUTION SET STATUS = 'STARTED', END_TIME = NULL WHERE JOB_EXECUTION_ID = ?")
			.param(run)
			.update();

		// It is written down as to be continued before it is failed, and left alone
		// after.
		await().until(() -> this.runs.find(run).orElseThrow().status().equals("FAILED") && !toBeContinued(run));
		assertThat(this.mailing.edition().status()).isEqualTo(EditionStatus.HELD);
		assertThat(this.digests.isRunning(this.mailing.edition())).isFalse();
		Run dead = this.runs.find(run).orElseThrow();
		assertThat(this.holds.against(RetryRuns.JOB, dead.identity())).contains("is held");
		assertThat(this.holds.against("poll-sources", dead.identity())).isNull();

		this.clock.advance(Duration.ofMinutes(2));
		assertThat(this.mailing.finish(this.launcher.restart(run, "ann@news.example")).status()).isEqualTo("COMPLETED");
		assertThat(this.mailing.count(waiting, "SENT")).isEqualTo(1);
		assertThat(this.holds.against(DigestRuns.JOB, dead.identity())).isNull();
	}

	@Test
	@DisplayName("what a process that died has left of a cancelled edition is ended")
	void aCancellationThatBrokeOff() {
		this.mailing.readers("reader", 25);
		Edition edition = this.editions.open(this.mailing.newsletter(), MONDAY, 1, TestClock.START);
		this.audience.freeze(Audience.Frozen.of(edition), 10, TestClock.START);
		this.jdbc.sql("UPDATE delivery SET status = 'DEFERRED' WHERE edition_id = ? AND seq > 20")
			.param(edition.id())
			.update();
		this.jdbc.sql("UPDATE edition SET status = 'CANCELLED' WHERE id = ?").param(edition.id()).update();
		this.cancellation.endWhatIsOpen();
		assertThat(this.deliveries.counts(edition.id())).containsEntry(DeliveryStatus.SKIPPED, 25)
			.containsEntry(DeliveryStatus.PENDING, 0)
			.containsEntry(DeliveryStatus.DEFERRED, 0);
		assertThat(this.jdbc.sql("SELECT COUNT(*) FROM delivery_block WHERE edition_id = ? AND NOT done")
			.param(edition.id())
			.query(Integer.class)
			.single()).isZero();
	}

	private boolean toBeContinued(long run) {
		return this.jdbc.sql("SELECT drained FROM run_owner WHERE job_execution_id = ?")
			.param(run)
			.query(Boolean.class)
			.single();
	}

	private int suppressed(List<Long> subscribers) {
		return this.jdbc.sql("SELECT COUNT(*) FROM subscriber WHERE id IN (:ids) AND status = 'SUPPRESSED'")
			.param("ids", subscribers)
			.query(Integer.class)
			.single();
	}

}
