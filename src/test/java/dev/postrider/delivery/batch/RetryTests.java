package dev.postrider.delivery.batch;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import dev.postrider.delivery.Deliveries;
import dev.postrider.delivery.DeliveryStatus;
import dev.postrider.delivery.DigestRuns;
import dev.postrider.delivery.EditionPauses;
import dev.postrider.delivery.RetryRuns;
import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionException;
import dev.postrider.edition.EditionStatus;
import dev.postrider.run.Run;
import dev.postrider.run.RunHistory;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestClock;
import dev.postrider.testing.TestMailing;
import dev.postrider.testing.TestRelay;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Sending again to those whose delivery failed, and to nobody else.
 */
@PostriderTest
class RetryTests {

	@Autowired
	private TestMailing mailing;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private TestClock clock;

	@Autowired
	private DigestRuns digests;

	@Autowired
	private RetryRuns retries;

	@Autowired
	private EditionPauses pauses;

	@Autowired
	private RunHistory runs;

	@Autowired
	private Deliveries deliveries;

	@BeforeEach
	void setUp() {
		this.mailing.story("Harbour bridge opens");
	}

	@AfterEach
	void resetClock() {
		this.clock.reset();
	}

	@Test
	void onlyThoseWhoseDeliveryFailedAreMailedAgain() {
		String good = this.mailing.address("reader");
		String unknown = this.mailing.address("unknown");
		String gone = this.mailing.address("reader");
		String waited = this.mailing.address("reader");
		String perhaps = this.mailing.address("reader");
		String left = this.mailing.address("reader");
		leave(left);
		send();
		Edition edition = this.mailing.edition();
		failed(gone, 5, false);
		failed(waited, 200, false);
		failed(perhaps, 2, true);
		String leftSince = this.mailing.address("reader");
		this.jdbc.sql("""
				INSERT INTO delivery (edition_id, seq, subscriber_id, variant, status, attempts)
				SELECT ?, 6, id, 1, 'FAILED', 1 FROM subscriber WHERE email = ?
				""").params(edition.id(), leftSince).update();
		this.jdbc.sql("UPDATE delivery_block SET to_seq = 6 WHERE edition_id = ?").param(edition.id()).update();
		leave(leftSince);
		assertThat(this.retries.failed(edition.id())).isEqualTo(new RetryRuns.Failed(3, 1));
		// Its news was old hours ago: the admin says until when it is worth sending.
		this.clock.advance(Duration.ofHours(20));
		Instant until = this.clock.instant().plus(Duration.ofHours(2));

		Run run = this.mailing
			.finish(this.retries.retry(edition.id(), new RetryRuns.Wish(until, false, "ann@news.example")));

		assertThat(run.status()).isEqualTo("COMPLETED");
		assertThat(run.job()).isEqualTo(RetryRuns.JOB);
		assertThat(run.steps()).extracting(Run.Step::name).startsWith("take-up", "deliver").endsWith("close");
		assertThat(TestRelay.get().to(gone)).hasSize(2);
		assertThat(TestRelay.get().to(waited)).hasSize(2);
		assertThat(TestRelay.get().to(good)).hasSize(1);
		assertThat(TestRelay.get().to(perhaps)).hasSize(1);
		assertThat(TestRelay.get().to(unknown)).isEmpty();
		assertThat(TestRelay.get().to(left)).isEmpty();
		assertThat(TestRelay.get().to(leftSince)).isEmpty();
		assertThat(this.mailing.edition().status()).isEqualTo(EditionStatus.SENT);
		assertThat(this.deliveries.counts(edition.id()))
			.isEqualTo(Map.of(DeliveryStatus.SENT, 3, DeliveryStatus.BOUNCED, 1, DeliveryStatus.FAILED, 1,
					DeliveryStatus.SKIPPED, 1, DeliveryStatus.PENDING, 0, DeliveryStatus.DEFERRED, 0));
		assertThat(this.retries.of(edition.id())).singleElement().satisfies((retry) -> {
			assertThat(retry.readers()).isEqualTo(3);
			assertThat(retry.endedAt()).isNotNull();
			assertThat(retry.askedBy()).isEqualTo("ann@news.example");
		});
		// What became of it before is kept: five tries then, and one that worked.
		assertThat(this.deliveries.byEmail(gone, 1)).singleElement()
			.satisfies((proof) -> assertThat(proof.attempts()).isEqualTo(6));
		assertThat(this.jdbc.sql("SELECT reply FROM delivery_failure WHERE edition_id = ? ORDER BY seq LIMIT 1")
			.param(edition.id())
			.query(String.class)
			.single()).isEqualTo("Too late");
	}

	@Test
	void thoseWhoMayHaveItAreMailedAgainOnlyWhenAskedFor() throws Exception {
		String perhaps = this.mailing.address("reader");
		send();
		Edition edition = this.mailing.edition();
		failed(perhaps, 2, true);
		assertThatExceptionOfType(EditionException.class).isThrownBy(() -> retry(edition, false))
			.withMessageContaining("1 may have arrived already, so they are only sent again if you say so");
		assertThat(this.mailing.finish(retry(edition, true)).status()).isEqualTo("COMPLETED");
		assertThat(TestRelay.get().to(perhaps)).hasSize(2);
		// So that a mail program shows one.
		assertThat(TestRelay.get().to(perhaps).get(0).getMessageID())
			.isEqualTo(TestRelay.get().to(perhaps).get(1).getMessageID());
	}

	@Test
	void isRefusedWhenNothingFailedOrItIsBeingSentOrTheTimeIsWrong() {
		String gate = this.mailing.address("gate");
		long run = this.mailing.send();
		await().until(() -> this.mailing.edition().status() == EditionStatus.SENDING);
		assertRefused(this.mailing.edition(), Duration.ofHours(1), "is being sent. Wait until it is done");
		TestRelay.get().open(gate);
		this.mailing.finish(run);
		Edition edition = this.mailing.edition();
		assertRefused(edition, Duration.ofHours(1), "no delivery failed");
		assertRefused(edition, Duration.ZERO, "which has passed. Give a moment ahead");
		assertRefused(edition, Duration.ofDays(8), "Give a moment within 7 days");
		assertThat(this.retries.of(edition.id())).isEmpty();
		assertThat(this.mailing.edition().status()).isEqualTo(EditionStatus.SENT);
	}

	@Test
	void whoFailsAgainCanBeTriedAgain() {
		String full = this.mailing.address("full");
		send();
		Edition edition = this.mailing.edition();
		for (int number = 1; number <= 2; number++) {
			assertThat(this.retries.failed(edition.id()).certain()).isEqualTo(1);
			assertThat(this.mailing.finish(retry(edition, false)).status()).isEqualTo("COMPLETED");
		}
		assertThat(this.retries.of(edition.id())).extracting(RetryRuns.Retry::number).containsExactly(2, 1);
		assertThat(this.deliveries.byEmail(full, 1)).singleElement().satisfies((proof) -> {
			assertThat(proof.status()).isEqualTo(DeliveryStatus.FAILED);
			assertThat(proof.attempts()).isEqualTo(3);
			assertThat(proof.reply()).startsWith("552 5.2.2");
		});
	}

	@Test
	void pastItsTimeNobodyMoreIsTriedAndTheyStayFailed() {
		String grey = this.mailing.address("reader");
		send();
		Edition edition = this.mailing.edition();
		failed(grey, 1, false);
		this.jdbc.sql("UPDATE subscriber SET email = ? WHERE email = ?")
			.params(grey.replace("reader.", "grey."), grey)
			.update();
		long run = retry(edition, false);
		await().until(() -> this.deliveries.counts(edition.id()).get(DeliveryStatus.DEFERRED) == 1
				&& this.jdbc.sql("SELECT attempts FROM delivery WHERE edition_id = ?")
					.param(edition.id())
					.query(Integer.class)
					.single() == 1);
		this.clock.advance(Duration.ofHours(2));
		this.mailing.finish(run);
		assertThat(this.mailing.edition().status()).isEqualTo(EditionStatus.SENT);
		assertThat(this.retries.failed(edition.id()).certain()).isEqualTo(1);
	}

	@Test
	void aRetryThatIsPausedGoesOnWithItsOwnRun() {
		String first = this.mailing.address("reader");
		String other = this.mailing.address("reader");
		send();
		Edition edition = this.mailing.edition();
		failed(first, 1, false);
		failed(other, 1, false);
		String gate = first.replace("reader.", "gate.");
		this.jdbc.sql("UPDATE subscriber SET email = ? WHERE email = ?").params(gate, first).update();
		long run = retry(edition, false);
		await().until(() -> this.runs.find(run)
			.orElseThrow()
			.steps()
			.stream()
			.anyMatch((step) -> step.name().startsWith("lane:")));
		assertThat(this.digests.isRunning(edition)).isTrue();
		this.pauses.pause(this.mailing.edition(), "ann@news.example");
		// A lane looks about once a second whether it is to stop.
		await().pollDelay(Duration.ofMillis(1500)).until(() -> true);
		TestRelay.get().open(gate);
		assertThat(this.mailing.finish(run).status()).isEqualTo("STOPPED");
		assertThat(this.mailing.edition().status()).isEqualTo(EditionStatus.HELD);
		assertThat(this.pauses.of(edition.id())).get()
			.extracting(EditionPauses.Pause::by)
			.isEqualTo("ann@news.example");
		assertThat(TestRelay.get().to(other)).hasSize(1);
		Run resumed = this.mailing.finish(this.pauses.resume(this.mailing.edition(), "ann@news.example"));
		assertThat(resumed.job()).isEqualTo(RetryRuns.JOB);
		assertThat(resumed.status()).isEqualTo("COMPLETED");
		assertThat(this.pauses.of(edition.id())).isEmpty();
		assertThat(this.mailing.edition().status()).isEqualTo(EditionStatus.SENT);
		assertThat(TestRelay.get().to(gate)).hasSize(1);
		assertThat(TestRelay.get().to(other)).hasSize(2);
	}

	private void assertRefused(Edition edition, Duration ahead, String why) {
		assertThatExceptionOfType(EditionException.class)
			.isThrownBy(() -> this.retries.retry(edition.id(),
					new RetryRuns.Wish(this.clock.instant().plus(ahead), true, "test")))
			.withMessageContaining(why);
	}

	private long retry(Edition edition, boolean withUnclear) {
		return this.retries.retry(edition.id(),
				new RetryRuns.Wish(this.clock.instant().plus(Duration.ofHours(1)), withUnclear, "test"));
	}

	private void send() {
		assertThat(this.mailing.finish(this.mailing.send()).status()).isEqualTo("COMPLETED");
	}

	private void leave(String email) {
		this.jdbc.sql("""
				UPDATE subscription SET left_at = UTC_TIMESTAMP(6)
				WHERE subscriber_id = (SELECT id FROM subscriber WHERE email = ?)
				""").param(email).update();
	}

	/** As if the relay had answered otherwise. */
	private void failed(String email, int attempts, boolean unclear) {
		this.jdbc.sql("""
				UPDATE delivery SET status = 'FAILED', attempts = ?, unclear = ?, reply = 'Too late'
				WHERE subscriber_id = (SELECT id FROM subscriber WHERE email = ?)
				""").params(attempts, unclear, email).update();
	}

}
