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
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.run.Run;
import dev.postrider.run.RunHistory;
import dev.postrider.run.RunHolds;
import dev.postrider.run.RunLauncher;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestClock;
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

	private static final LocalDate MONDAY = LocalDate.of(2026, 11, 23);

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private Newsletters newsletters;

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

	private Newsletter newsletter;

	private TestNewsroom newsroom;

	@BeforeEach
	void newsletter() {
		this.clock.reset();
		this.newsroom = new TestNewsroom(this.jdbc, this.newsletters, this.clock);
		this.newsletter = this.newsroom.newsletter();
		this.newsroom.story("Harbour bridge opens");
	}

	@AfterEach
	void end() {
		this.clock.reset();
		this.editions.find(this.newsletter.id(), MONDAY, 1)
			.filter((edition) -> edition.status().mayBecome(EditionStatus.CANCELLED))
			.ifPresent((edition) -> this.editions.changeStatus(edition.id(), EditionStatus.CANCELLED, "Test is over"));
	}

	@Test
	@DisplayName("what a relay fails with for one reader alone is that reader's attempt; the others get it")
	void oneReadersTroubleIsNobodyElses() {
		List<Long> troubled = new ArrayList<>();
		List<Long> others = new ArrayList<>();
		for (String prefix : List.of("denied", "noroom", "shut", "slam", "norelay")) {
			troubled.addAll(readers(prefix, 1));
			others.addAll(readers("reader", 4));
		}
		send();
		await().until(() -> count(others, "SENT") == 20 && count(troubled, "DEFERRED") == 5);
		assertThat(attempts(troubled)).isEqualTo(5);
		assertThat(attempts(others)).isEqualTo(20);
		assertThat(replies(troubled)).anyMatch((reply) -> reply.startsWith("454 4.7.1"))
			.anyMatch((reply) -> reply.startsWith("452 4.3.1"))
			.anyMatch((reply) -> reply.startsWith("421 4.4.5"))
			.anyMatch((reply) -> reply.startsWith("Connection lost"))
			.anyMatch((reply) -> reply.startsWith("554 5.7.1"));
		assertThat(edition().status()).isEqualTo(EditionStatus.SENDING);
		assertThat(suppressed(troubled)).isZero();
	}

	@Test
	@DisplayName("several of them in a row, and the rest of the edition is sent all the same")
	void severalInARow() {
		List<Long> troubled = readers("denied", 3);
		List<Long> others = readers("reader", 10);
		send();
		await().until(() -> count(others, "SENT") == 10);
		// Who was passed over while nobody got through is due a moment later.
		await().until(() -> {
			this.clock.advance(Duration.ofSeconds(1));
			return count(troubled, "DEFERRED") == 3;
		});
		assertThat(attempts(others)).isEqualTo(10);
	}

	@Test
	@DisplayName("a relay that knows no reader holds the edition, and nobody is suppressed for it")
	void aRelayThatKnowsNobody() {
		List<Long> readers = readers("unknown", 60);
		Run run = finish(send());
		assertThat(run.status()).isEqualTo("STOPPED");
		assertThat(edition().status()).isEqualTo(EditionStatus.HELD);
		assertThat(edition().statusReason()).contains("refused as if their addresses were bad", "550 5.1.1");
		assertThat(count(readers, "BOUNCED")).isZero();
		assertThat(count(readers, "DEFERRED")).isBetween(20, 20 + 8);
		assertThat(attempts(readers)).as("they begin anew").isZero();
		assertThat(suppressed(readers)).isZero();

		this.jdbc.sql("""
				UPDATE subscriber SET email = CONCAT('ok.', email), email_key = CONCAT('ok.', email_key)
				WHERE id IN (:ids)
				""").param("ids", readers).update();
		assertThat(finish(this.launcher.restart(run.id(), "test")).status()).isEqualTo("COMPLETED");
		assertThat(count(readers, "SENT")).isEqualTo(60);
	}

	@Test
	@DisplayName("an edition that is held while a page is in hand sends nothing more of it")
	void theRestOfThePageStays() {
		String gate = TestNewsroom.address("gate");
		long first = this.newsroom.reader(this.newsletter, gate);
		List<Long> others = readers("reader", 5);
		long run = send();
		await().until(() -> TestRelay.get().isAtGate(gate));
		this.editions.changeStatus(edition().id(), EditionStatus.HELD, "Wrong headline");
		TestRelay.get().open(gate);
		assertThat(finish(run).status()).isEqualTo("STOPPED");
		assertThat(count(List.of(first), "SENT")).as("was in flight").isEqualTo(1);
		assertThat(count(others, "PENDING")).isEqualTo(5);
		assertThat(finish(this.launcher.restart(run, "test")).status()).isEqualTo("COMPLETED");
		assertThat(count(others, "SENT")).isEqualTo(5);
	}

	@Test
	@DisplayName("an edition that is held stays so when its run's process dies, until a person lets it go on")
	void heldOverACrash() {
		List<Long> sent = readers("reader", 1);
		List<Long> waiting = readers("grey", 1);
		long run = send();
		await().until(() -> count(sent, "SENT") == 1 && count(waiting, "DEFERRED") == 1);
		this.launcher.stop(run);
		finish(run);
		this.editions.changeStatus(edition().id(), EditionStatus.HELD, "The relay says no");
		this.jdbc.sql("UPDATE run_owner SET process_id = 'gone' WHERE job_execution_id = ?").param(run).update();
		this.jdbc.sql("UPDATE BATCH_JOB_EXECUTION SET STATUS = 'STARTED', END_TIME = NULL WHERE JOB_EXECUTION_ID = ?")
			.param(run)
			.update();

		// It is written down as to be continued before it is failed, and left alone
		// after.
		await().until(() -> this.runs.find(run).orElseThrow().status().equals("FAILED") && !toBeContinued(run));
		assertThat(edition().status()).isEqualTo(EditionStatus.HELD);
		assertThat(this.digests.isRunning(edition())).isFalse();
		Run dead = this.runs.find(run).orElseThrow();
		assertThat(this.holds.against(RetryRuns.JOB, dead.identity())).contains("is held");
		assertThat(this.holds.against("poll-sources", dead.identity())).isNull();

		this.clock.advance(Duration.ofMinutes(2));
		assertThat(finish(this.launcher.restart(run, "ann@news.example")).status()).isEqualTo("COMPLETED");
		assertThat(count(waiting, "SENT")).isEqualTo(1);
		assertThat(this.holds.against(DigestRuns.JOB, dead.identity())).isNull();
	}

	@Test
	@DisplayName("what a process that died has left of a cancelled edition is ended")
	void aCancellationThatBrokeOff() {
		readers("reader", 25);
		Edition edition = this.editions.open(this.newsletter, MONDAY, 1, TestClock.START);
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

	private List<Long> readers(String prefix, int count) {
		List<Long> ids = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			ids.add(this.newsroom.reader(this.newsletter, TestNewsroom.address(prefix)));
		}
		return ids;
	}

	private boolean toBeContinued(long run) {
		return this.jdbc.sql("SELECT drained FROM run_owner WHERE job_execution_id = ?")
			.param(run)
			.query(Boolean.class)
			.single();
	}

	private int count(List<Long> subscribers, String status) {
		return this.jdbc.sql("SELECT COUNT(*) FROM delivery WHERE subscriber_id IN (:ids) AND status = :status")
			.param("ids", subscribers)
			.param("status", status)
			.query(Integer.class)
			.single();
	}

	private int attempts(List<Long> subscribers) {
		return this.jdbc.sql("SELECT COALESCE(SUM(attempts), 0) FROM delivery WHERE subscriber_id IN (:ids)")
			.param("ids", subscribers)
			.query(Integer.class)
			.single();
	}

	private List<String> replies(List<Long> subscribers) {
		return this.jdbc.sql("SELECT COALESCE(reply, '') FROM delivery WHERE subscriber_id IN (:ids)")
			.param("ids", subscribers)
			.query(String.class)
			.list();
	}

	private int suppressed(List<Long> subscribers) {
		return this.jdbc.sql("SELECT COUNT(*) FROM subscriber WHERE id IN (:ids) AND status = 'SUPPRESSED'")
			.param("ids", subscribers)
			.query(Integer.class)
			.single();
	}

	private Edition edition() {
		return this.editions.find(this.newsletter.id(), MONDAY, 1).orElseThrow();
	}

	private long send() {
		return this.digests.send(this.newsletter.slug(), MONDAY, 1, "test");
	}

	private Run finish(long runId) {
		await().atMost(Duration.ofSeconds(60)).until(() -> !this.runs.find(runId).orElseThrow().isRunning());
		return this.runs.find(runId).orElseThrow();
	}

}
