package dev.postrider.delivery.batch;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.postrider.delivery.Deliveries;
import dev.postrider.delivery.DeliveryStatus;
import dev.postrider.delivery.DigestRuns;
import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionStatus;
import dev.postrider.edition.Editions;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.run.Run;
import dev.postrider.run.RunHistory;
import dev.postrider.run.RunLauncher;
import dev.postrider.run.RunRefusedException;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestClock;
import dev.postrider.testing.TestNewsroom;
import dev.postrider.testing.TestRelay;
import jakarta.mail.internet.MimeMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * The digest from launch to the last status, against a real database and a real relay.
 */
@PostriderTest
class DigestRunTests {

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
	private Editions editions;

	@Autowired
	private Deliveries deliveries;

	@Autowired
	private Audience audience;

	@Autowired
	private Ledger ledger;

	@Autowired
	private Blocks blocks;

	@Autowired
	private LivingLanes living;

	@Autowired
	private DigestListener listener;

	@Autowired
	private DigestSteps steps;

	private TestNewsroom newsroom;

	private Newsletter newsletter;

	@BeforeEach
	void newsletter() {
		this.clock.reset();
		this.newsroom = new TestNewsroom(this.jdbc, this.newsletters, this.clock);
		this.newsletter = this.newsroom.newsletter();
	}

	@AfterEach
	void resetClock() {
		this.clock.reset();
	}

	@Test
	void everyVerifiedReaderGetsTheEditionAndNobodyElse() {
		this.newsroom.story("Harbour bridge opens");
		List<String> readers = new ArrayList<>();
		for (int i = 0; i < 30; i++) {
			readers.add(TestNewsroom.address("reader"));
			this.newsroom.reader(this.newsletter, readers.get(i));
		}
		List<String> others = List.of(TestNewsroom.address("pending"), TestNewsroom.address("left"),
				TestNewsroom.address("suppressed"), TestNewsroom.address("paused"), TestNewsroom.address("fridays"));
		this.newsroom.reader(this.newsletter, others.get(0), "PENDING", false);
		this.newsroom.reader(this.newsletter, others.get(1), "UNSUBSCRIBED", true);
		this.newsroom.reader(this.newsletter, others.get(2), "SUPPRESSED", true);
		change(this.newsroom.reader(this.newsletter, others.get(3)), "paused_until = '2026-12-01'");
		change(this.newsroom.reader(this.newsletter, others.get(4)), "days = 16");

		Run run = finish(send(1));

		assertThat(run.status()).isEqualTo("COMPLETED");
		assertThat(run.steps()).extracting(Run.Step::name)
			.startsWith("collect", "pick", "compose", "check", "freeze", "render", "deliver")
			.endsWith("close")
			.contains("lane:01");
		Edition edition = edition(1);
		assertThat(edition.status()).isEqualTo(EditionStatus.SENT);
		assertThat(this.deliveries.counts(edition.id())).containsEntry(DeliveryStatus.SENT, 30)
			.containsEntry(DeliveryStatus.PENDING, 0);
		assertThat(this.deliveries.exclusions(edition.id()))
			.isEqualTo(Map.of("UNVERIFIED", 1, "UNSUBSCRIBED", 1, "SUPPRESSED", 1, "PAUSED", 1, "OTHER_DAYS", 1));
		assertThat(readers).allSatisfy((reader) -> assertThat(TestRelay.get().to(reader)).hasSize(1));
		assertThat(others).allSatisfy((other) -> assertThat(TestRelay.get().to(other)).isEmpty());
	}

	@Test
	@DisplayName("F1 F2 F8 L1 L5 L6 D14 E1 E2: headers and envelope of an edition")
	void theMailBearsItsHeaders() throws Exception {
		this.newsroom.story("Harbour bridge opens");
		String reader = "a".repeat(50) + TestNewsroom.address("");
		String other = TestNewsroom.address("reader");
		this.newsroom.reader(this.newsletter, reader);
		this.newsroom.reader(this.newsletter, other);

		finish(send(1));

		TestRelay.Received received = TestRelay.get().received(reader).get(0);
		MimeMessage message = received.message();
		for (String once : List.of("From", "Reply-To", "To", "Subject", "Date", "Message-ID", "MIME-Version", "List-Id",
				"List-Unsubscribe", "List-Unsubscribe-Post", "List-Archive", "Feedback-ID", "Auto-Submitted",
				"Precedence")) {
			assertThat(message.getHeader(once)).as(once).hasSize(1);
		}
		assertThat(message.getHeader("List-Unsubscribe")[0])
			.matches("<https://news\\.example/unsubscribe/[A-Za-z0-9_-]+>");
		assertThat(message.getHeader("List-Unsubscribe-Post")[0]).isEqualTo("List-Unsubscribe=One-Click");
		assertThat(message.getHeader("List-Id")[0]).endsWith("<" + this.newsletter.slug() + ".news.example>");
		assertThat(message.getHeader("Feedback-ID")[0]).matches("[^:]+:[^:]+:[^:]+:[a-z0-9]{5,15}");
		assertThat(message.getHeader("Precedence")[0]).isEqualTo("bulk");
		assertThat(message.getHeader("Auto-Submitted")[0]).isEqualTo("auto-generated");
		assertThat(message.getContentType()).startsWith("multipart/alternative");
		assertThat(received.envelopeSender()).matches("b\\+[a-z2-7]+@news\\.example");
		assertThat(received.envelopeSender().indexOf('@')).isLessThanOrEqualTo(64);
		assertThat(TestRelay.get().received(other).get(0).envelopeSender()).isNotEqualTo(received.envelopeSender());
		assertThat(this.deliveries.byEmail(reader.toUpperCase(), 10)).singleElement().satisfies((proof) -> {
			assertThat(proof.messageId()).isEqualTo(message.getMessageID());
			assertThat(proof.reply()).startsWith("250 2.0.0");
			assertThat(proof.status()).isEqualTo(DeliveryStatus.SENT);
		});
	}

	@Test
	@DisplayName("B5 B9 E6: each refusal has its own consequence")
	void refusalsBelongToTheirReaders() {
		this.newsroom.story("Harbour bridge opens");
		long unknown = this.newsroom.reader(this.newsletter, TestNewsroom.address("unknown"));
		long full = this.newsroom.reader(this.newsletter, TestNewsroom.address("full"));
		long blocked = this.newsroom.reader(this.newsletter, TestNewsroom.address("blocked"));
		long good = this.newsroom.reader(this.newsletter, TestNewsroom.address("reader"));

		long runId = send(1);
		// What is said about us is tried three times.
		await().until(() -> status(blocked).startsWith("DEFERRED 550 5.7.1"));
		for (int tried = 1; tried < 3; tried++) {
			int before = tried;
			this.clock.advance(Duration.ofMinutes(10));
			await().until(() -> attempts(blocked) > before);
		}
		finish(runId);

		assertThat(status(unknown)).matches("BOUNCED 550 5\\.1\\.1 <u…@readers\\.example>: User unknown");
		assertThat(status(full)).isEqualTo("FAILED 552 5.2.2 Mailbox full");
		assertThat(status(blocked)).startsWith("FAILED 550 5.7.1");
		assertThat(status(good)).startsWith("SENT 250");
		assertThat(subscriberStatus(unknown)).isEqualTo("SUPPRESSED");
		assertThat(subscriberStatus(full)).isEqualTo("ACTIVE");
		assertThat(subscriberStatus(blocked)).isEqualTo("ACTIVE");
		assertThat(edition(1).status()).isEqualTo(EditionStatus.SENT);
	}

	@Test
	@DisplayName("E7 E8: deferred and unclear readers are tried again with the same Message-ID")
	void whatFailedForNowIsTriedAgain() throws Exception {
		this.newsroom.story("Harbour bridge opens");
		long grey = this.newsroom.reader(this.newsletter, TestNewsroom.address("grey"));
		String cutAddress = TestNewsroom.address("cut");
		long cut = this.newsroom.reader(this.newsletter, cutAddress);
		long lost = this.newsroom.reader(this.newsletter, TestNewsroom.address("lost"));
		long busy = this.newsroom.reader(this.newsletter, TestNewsroom.address("busy"));

		long runId = send(1);
		await().until(() -> status(grey).startsWith("DEFERRED") && status(cut).startsWith("DEFERRED")
				&& status(lost).startsWith("DEFERRED") && status(busy).startsWith("SENT"));
		assertThat(edition(1).status()).isEqualTo(EditionStatus.SENDING);
		this.clock.advance(Duration.ofMinutes(2));
		finish(runId);

		assertThat(status(grey)).startsWith("SENT 250");
		assertThat(status(cut)).startsWith("SENT 250");
		assertThat(status(lost)).startsWith("FAILED May have arrived");
		assertThat(TestRelay.get().to(cutAddress).get(0).getMessageID())
			.isEqualTo(this.deliveries.byEmail(cutAddress, 1).get(0).messageId());
		assertThat(this.deliveries.byEmail(cutAddress, 1).get(0).attempts()).isEqualTo(2);
	}

	@Test
	void aSecondStartOfAFinishedEditionSendsNothing() {
		this.newsroom.story("Harbour bridge opens");
		String reader = TestNewsroom.address("reader");
		this.newsroom.reader(this.newsletter, reader);
		finish(send(1));

		assertThatExceptionOfType(RunRefusedException.class).isThrownBy(() -> send(1))
			.withMessageContaining("does not run twice");
		assertThat(TestRelay.get().to(reader)).hasSize(1);
	}

	@Test
	void anExtraEditionCarriesOtherStories() {
		for (int i = 0; i < 14; i++) {
			this.newsroom.story("Story of " + TestNewsroom.words());
		}
		this.newsroom.reader(this.newsletter, TestNewsroom.address("reader"));
		finish(send(1));
		finish(send(2));
		Set<Long> first = storyIds(edition(1));
		Set<Long> second = storyIds(edition(2));
		assertThat(first).hasSize(7).doesNotContainAnyElementsOf(second);
		assertThat(second).hasSize(7);
	}

	@Test
	void anEditionThatIsTooLateIsMissedAndNobodyIsMailed() {
		this.newsroom.story("Harbour bridge opens", TestClock.START.plus(Duration.ofHours(11)));
		String reader = TestNewsroom.address("reader");
		this.newsroom.reader(this.newsletter, reader);
		this.clock.advance(Duration.ofHours(13));

		// As the schedule starts it, hours late.
		long runId = this.launcher.start(DigestRuns.JOB, DigestEdition.identity(this.newsletter.slug(), MONDAY, 1),
				"schedule");
		assertThat(finish(runId).status()).isEqualTo("COMPLETED");

		assertThat(edition(1).status()).isEqualTo(EditionStatus.MISSED);
		assertThat(edition(1).statusReason()).contains("no longer news");
		assertThat(TestRelay.get().to(reader)).isEmpty();
	}

	@Test
	void whoeverSendsItNowMeansNow() {
		this.newsroom.story("Harbour bridge opens", TestClock.START.plus(Duration.ofHours(12)));
		String reader = TestNewsroom.address("reader");
		this.newsroom.reader(this.newsletter, reader);
		this.editions.open(this.newsletter, MONDAY, 1, TestClock.START);
		this.clock.advance(Duration.ofHours(13));
		finish(send(1));
		assertThat(edition(1).status()).isEqualTo(EditionStatus.SENT);
		assertThat(TestRelay.get().to(reader)).hasSize(1);
	}

	@Test
	void anEditionWithoutStoriesIsSkipped() {
		String reader = TestNewsroom.address("reader");
		this.newsroom.reader(this.newsletter, reader);
		this.clock.set(Instant.parse("2031-03-03T06:00:00Z"));
		long runId = this.digests.send(this.newsletter.slug(), LocalDate.of(2031, 3, 3), 1, "test");
		finish(runId);
		Edition edition = this.editions.find(this.newsletter.id(), LocalDate.of(2031, 3, 3), 1).orElseThrow();
		assertThat(edition.status()).isEqualTo(EditionStatus.SKIPPED);
		assertThat(TestRelay.get().to(reader)).isEmpty();
	}

	@Test
	void aSurgeOfRefusalsHoldsTheEditionAndAnAdminResumesIt() {
		this.newsroom.story("Harbour bridge opens");
		for (int i = 0; i < 40; i++) {
			this.newsroom.reader(this.newsletter, TestNewsroom.address("spam"));
		}
		Run run = finish(send(1));
		assertThat(run.status()).isEqualTo("STOPPED");
		assertThat(edition(1).status()).isEqualTo(EditionStatus.HELD);
		assertThat(edition(1).statusReason()).contains("554 5.7.1");
		int tried = this.jdbc.sql("SELECT COUNT(*) FROM delivery WHERE edition_id = ? AND attempts > 0")
			.param(edition(1).id())
			.query(Integer.class)
			.single();
		assertThat(tried).isBetween(20, 20 + 8);

		// The relay is talked to and now takes them: the addresses stand for that.
		this.jdbc.sql("""
				UPDATE subscriber s JOIN subscription u ON u.subscriber_id = s.id
				SET s.email = CONCAT('ok.', s.email), s.email_key = CONCAT('ok.', s.email_key) WHERE u.newsletter_id = ?
				""").param(this.newsletter.id()).update();
		this.clock.advance(Duration.ofMinutes(2));
		Run resumed = finish(this.launcher.restart(run.id(), "test"));
		assertThat(resumed.status()).isEqualTo("COMPLETED");
		assertThat(this.deliveries.counts(edition(1).id())).containsEntry(DeliveryStatus.SENT, 40);
	}

	@Test
	void pastUselessAfterTheRestIsGivenUpWithThatReason() {
		this.newsroom.story("Harbour bridge opens");
		long grey = this.newsroom.reader(this.newsletter, TestNewsroom.address("grey"));
		long runId = send(1);
		await().until(() -> status(grey).startsWith("DEFERRED"));
		this.clock.advance(Duration.ofHours(13));
		finish(runId);
		assertThat(status(grey)).startsWith("FAILED Too late").contains("450 4.2.0");
		assertThat(edition(1).status()).isEqualTo(EditionStatus.SENT);
	}

	@Test
	void onlyARunThatFailsWhileItSendsLeavesItsEditionFailed() {
		this.newsroom.story("Harbour bridge opens");
		Edition edition = this.editions.open(this.newsletter, MONDAY, 1, TestClock.START);
		JobExecution run = new JobExecution(1, new JobInstance(1, DigestRuns.JOB),
				new JobParametersBuilder().addString("newsletter", this.newsletter.slug())
					.addString("date", MONDAY.toString())
					.addString("number", "1")
					.toJobParameters());
		run.setStatus(BatchStatus.FAILED);
		this.listener.afterJob(run);
		assertThat(edition(1).status()).as("a restart must still pick").isEqualTo(EditionStatus.DRAFT);
		assertThatIllegalStateException().as("nothing blank goes out")
			.isThrownBy(() -> this.steps.freeze(run))
			.withMessageContaining("has no stories");

		this.steps.pick(run);
		this.editions.approve(edition.id(), "test");
		this.editions.changeStatus(edition.id(), EditionStatus.SENDING, null);
		this.listener.afterJob(run);
		assertThat(edition(1).status()).isEqualTo(EditionStatus.FAILED);
	}

	@Test
	@DisplayName("L15: who leaves, pauses or is suppressed in the middle of the run is not mailed any more")
	void theLastMomentCheckIsMade() {
		this.newsroom.story("Harbour bridge opens");
		String gate = TestNewsroom.address("gate");
		this.newsroom.reader(this.newsletter, gate);
		List<String> addresses = new ArrayList<>();
		List<Long> ids = new ArrayList<>();
		for (int i = 0; i < 104; i++) {
			addresses.add(TestNewsroom.address("reader"));
			ids.add(this.newsroom.reader(this.newsletter, addresses.get(i)));
		}
		long runId = send(1);
		// One lane has the only block, and its first page of 100 in hand.
		await().until(() -> edition(1).status() == EditionStatus.SENDING && ownedBlocks() == 1);
		change(ids.get(100), "left_at = UTC_TIMESTAMP(6)");
		change(ids.get(101), "paused_until = '2026-12-01'");
		this.jdbc.sql("UPDATE subscriber SET status = 'SUPPRESSED' WHERE id = ?").param(ids.get(102)).update();
		TestRelay.get().open(gate);
		finish(runId);

		assertThat(status(ids.get(100))).startsWith("SKIPPED Unsubscribed");
		assertThat(status(ids.get(101))).startsWith("SKIPPED Paused");
		assertThat(status(ids.get(102))).startsWith("SKIPPED Suppressed");
		assertThat(addresses.subList(100, 103)).allSatisfy((left) -> assertThat(TestRelay.get().to(left)).isEmpty());
		assertThat(status(ids.get(103))).startsWith("SENT");
		assertThat(this.deliveries.counts(edition(1).id())).containsEntry(DeliveryStatus.SENT, 102);
	}

	@Test
	void cancellingInTheMiddleEndsWhatIsOpenAndKeepsWhatIsSent() {
		this.newsroom.story("Harbour bridge opens");
		String gate = TestNewsroom.address("gate");
		long first = this.newsroom.reader(this.newsletter, gate);
		for (int i = 0; i < 104; i++) {
			this.newsroom.reader(this.newsletter, TestNewsroom.address("reader"));
		}
		long last = this.newsroom.reader(this.newsletter, TestNewsroom.address("reader"));
		long runId = send(1);
		await().until(() -> edition(1).status() == EditionStatus.SENDING && ownedBlocks() == 1);
		this.editions.changeStatus(edition(1).id(), EditionStatus.CANCELLED, "Wrong headline");
		assertThat(status(last)).isEqualTo("SKIPPED The edition was cancelled");
		TestRelay.get().open(gate);
		finish(runId);

		assertThat(status(first)).as("was in flight").startsWith("SENT");
		assertThat(status(last)).isEqualTo("SKIPPED The edition was cancelled");
		assertThat(edition(1).status()).isEqualTo(EditionStatus.CANCELLED);
		assertThat(this.deliveries.counts(edition(1).id())).containsEntry(DeliveryStatus.PENDING, 0);
	}

	@Test
	void aClaimThatHasRunOutIsSomebodyElses() {
		this.newsroom.reader(this.newsletter, TestNewsroom.address("reader"));
		Edition edition = this.editions.open(this.newsletter, MONDAY, 1, TestClock.START);
		this.audience.freeze(Audience.Frozen.of(edition), 1000, TestClock.START);
		Blocks.Claim first = claim(edition, "one.1", Duration.ofMinutes(1)).orElseThrow();
		assertThat(claim(edition, "two.1", Duration.ofMinutes(1))).as("while the lease holds").isEmpty();
		assertThat(this.blocks.renew(first, Duration.ZERO)).isTrue();
		Blocks.Claim second = await().until(() -> claim(edition, "two.1", Duration.ofMinutes(1)), Optional::isPresent)
			.orElseThrow();
		assertThat(this.blocks.renew(first, Duration.ofMinutes(1))).as("it was lost").isFalse();
		this.blocks.release(first, null, true);
		assertThat(this.blocks.allDone(edition.id())).as("a lost claim closes nothing").isFalse();
		assertThat(this.blocks.renew(second, Duration.ofMinutes(1))).isTrue();
		this.blocks.releaseOf(edition.id(), List.of("two"));
		assertThat(claim(edition, "three.1", Duration.ofMinutes(1))).as("freed: its process is dead").isPresent();
	}

	@Test
	void aLaneThatEndedWithoutGivingItsBlockBackHoldsNobodyUp() {
		this.newsroom.reader(this.newsletter, TestNewsroom.address("reader"));
		Edition edition = this.editions.open(this.newsletter, MONDAY, 1, TestClock.START);
		this.audience.freeze(Audience.Frozen.of(edition), 1000, TestClock.START);
		this.living.begin("one.1");
		Blocks.Claim first = claim(edition, "one.1", Duration.ofMinutes(1)).orElseThrow();
		assertThat(claim(edition, "one.2", Duration.ofMinutes(1))).as("its lane lives").isEmpty();
		this.living.end("one.1");
		assertThat(claim(edition, "two.1", Duration.ofMinutes(1))).as("another process waits for the lease").isEmpty();
		assertThat(claim(edition, "one.2", Duration.ofMinutes(1))).as("its lane has ended").isPresent();
		assertThat(this.blocks.renew(first, Duration.ofMinutes(1))).as("its claim is lost").isFalse();
	}

	@Test
	@DisplayName("L15: who leaves after the freeze is not in the next page")
	void whoLeavesInTheMiddleIsSkipped() {
		this.newsroom.story("Harbour bridge opens");
		long left = this.newsroom.reader(this.newsletter, TestNewsroom.address("reader"));
		long stays = this.newsroom.reader(this.newsletter, TestNewsroom.address("reader"));
		Edition edition = this.editions.open(this.newsletter, MONDAY, 1, TestClock.START);
		this.audience.freeze(Audience.Frozen.of(edition), 1000, TestClock.START);
		change(left, "left_at = UTC_TIMESTAMP(6)");
		Blocks.Claim claim = this.blocks.claim(edition.id(), "test.1", Duration.ofMinutes(1), TestClock.START)
			.orElseThrow();
		List<LedgerRow> page = this.ledger.page(claim, this.newsletter.id(), MONDAY, 0, TestClock.START, 100);
		assertThat(page).extracting(LedgerRow::subscriberId).containsExactlyInAnyOrder(left, stays);
		assertThat(page).filteredOn((row) -> row.subscriberId() == left)
			.allSatisfy((row) -> assertThat(row.skip()).startsWith("Unsubscribed"));
		assertThat(page).filteredOn((row) -> row.subscriberId() == stays)
			.allSatisfy((row) -> assertThat(row.skip()).isNull());
	}

	@Test
	void aFrozenAudienceStaysAsItIs() {
		this.newsroom.reader(this.newsletter, TestNewsroom.address("reader"));
		Edition edition = this.editions.open(this.newsletter, MONDAY, 1, TestClock.START);
		Audience.Frozen frozen = Audience.Frozen.of(edition);
		this.audience.freeze(frozen, 1000, TestClock.START);
		this.newsroom.reader(this.newsletter, TestNewsroom.address("late"));
		this.audience.freeze(frozen, 1000, TestClock.START);
		assertThat(this.deliveries.counts(edition.id())).containsEntry(DeliveryStatus.PENDING, 1);
	}

	private Optional<Blocks.Claim> claim(Edition edition, String owner, Duration lease) {
		return this.blocks.claim(edition.id(), owner, lease, TestClock.START);
	}

	private int ownedBlocks() {
		return this.jdbc.sql("SELECT COUNT(*) FROM delivery_block WHERE edition_id = ? AND owner IS NOT NULL")
			.param(edition(1).id())
			.query(Integer.class)
			.single();
	}

	private long send(int number) {
		return this.digests.send(this.newsletter.slug(), MONDAY, number, "test");
	}

	private Run finish(long runId) {
		await().atMost(Duration.ofSeconds(60)).until(() -> !this.runs.find(runId).orElseThrow().isRunning());
		return this.runs.find(runId).orElseThrow();
	}

	private Edition edition(int number) {
		return this.editions.find(this.newsletter.id(), MONDAY, number).orElseThrow();
	}

	private static Set<Long> storyIds(Edition edition) {
		Set<Long> ids = new HashSet<>();
		edition.picks().forEach((pick) -> ids.add(pick.story().id()));
		return ids;
	}

	private void change(long subscriberId, String assignment) {
		this.jdbc.sql("UPDATE subscription SET " + assignment + " WHERE subscriber_id = ?")
			.param(subscriberId)
			.update();
	}

	private String status(long subscriberId) {
		return this.jdbc.sql("SELECT CONCAT(status, ' ', COALESCE(reply, '')) FROM delivery WHERE subscriber_id = ?")
			.param(subscriberId)
			.query(String.class)
			.optional()
			.orElse("none");
	}

	private int attempts(long subscriberId) {
		return this.jdbc.sql("SELECT attempts FROM delivery WHERE subscriber_id = ?")
			.param(subscriberId)
			.query(Integer.class)
			.single();
	}

	private String subscriberStatus(long subscriberId) {
		return this.jdbc.sql("SELECT status FROM subscriber WHERE id = ?")
			.param(subscriberId)
			.query(String.class)
			.single();
	}

}
