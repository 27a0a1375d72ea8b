package dev.postrider.delivery.batch;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.postrider.delivery.Deliveries;
import dev.postrider.delivery.DeliveryStatus;
import dev.postrider.delivery.DigestRuns;
import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionStatus;
import dev.postrider.edition.Editions;
import dev.postrider.run.Run;
import dev.postrider.run.RunLauncher;
import dev.postrider.run.RunRefusedException;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestClock;
import dev.postrider.testing.TestMailing;
import dev.postrider.testing.TestNewsroom;
import dev.postrider.testing.TestRelay;
import jakarta.mail.internet.MimeMessage;
import org.junit.jupiter.api.AfterEach;
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
	private RunLauncher launcher;

	@Autowired
	private Editions editions;

	@Autowired
	private Deliveries deliveries;

	@Autowired
	private DigestListener listener;

	@Autowired
	private DigestSteps steps;

	@AfterEach
	void resetClock() {
		this.clock.reset();
	}

	@Test
	void everyVerifiedReaderGetsTheEditionAndNobodyElse() {
		this.mailing.story("Harbour bridge opens");
		List<String> readers = new ArrayList<>();
		for (int i = 0; i < 30; i++) {
			readers.add(TestNewsroom.address("reader"));
			this.mailing.add(readers.get(i));
		}
		List<String> others = List.of(TestNewsroom.address("pending"), TestNewsroom.address("left"),
				TestNewsroom.address("suppressed"), TestNewsroom.address("paused"), TestNewsroom.address("fridays"));
		this.mailing.add(others.get(0), "PENDING", false);
		this.mailing.add(others.get(1), "UNSUBSCRIBED", true);
		this.mailing.add(others.get(2), "SUPPRESSED", true);
		this.mailing.changeSubscription(this.mailing.add(others.get(3)), "paused_until = '2026-12-01'");
		this.mailing.changeSubscription(this.mailing.add(others.get(4)), "days = 16");

		Run run = this.mailing.finish(this.mailing.send());

		assertThat(run.status()).isEqualTo("COMPLETED");
		assertThat(run.steps()).extracting(Run.Step::name)
			.startsWith("collect", "pick", "compose", "check", "freeze", "render", "deliver")
			.endsWith("close")
			.contains("lane:01");
		Edition edition = this.mailing.edition();
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
		this.mailing.story("Harbour bridge opens");
		String reader = "a".repeat(50) + TestNewsroom.address("");
		String other = TestNewsroom.address("reader");
		this.mailing.add(reader);
		this.mailing.add(other);

		this.mailing.finish(this.mailing.send());

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
		assertThat(message.getHeader("List-Id")[0]).endsWith("<" + this.mailing.newsletter().slug() + ".news.example>");
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
		this.mailing.story("Harbour bridge opens");
		long unknown = this.mailing.reader("unknown");
		long full = this.mailing.reader("full");
		long blocked = this.mailing.reader("blocked");
		long good = this.mailing.reader("reader");

		long runId = this.mailing.send();
		// What is said about us is tried three times.
		await().until(() -> this.mailing.status(blocked).startsWith("DEFERRED 550 5.7.1"));
		for (int tried = 1; tried < 3; tried++) {
			int before = tried;
			this.clock.advance(Duration.ofMinutes(10));
			await().until(() -> this.mailing.attempts(List.of(blocked)) > before);
		}
		this.mailing.finish(runId);

		assertThat(this.mailing.status(unknown)).matches("BOUNCED 550 5\\.1\\.1 <u…@readers\\.example>: User unknown");
		assertThat(this.mailing.status(full)).isEqualTo("FAILED 552 5.2.2 Mailbox full");
		assertThat(this.mailing.status(blocked)).startsWith("FAILED 550 5.7.1");
		assertThat(this.mailing.status(good)).startsWith("SENT 250");
		assertThat(subscriberStatus(unknown)).isEqualTo("SUPPRESSED");
		assertThat(subscriberStatus(full)).isEqualTo("ACTIVE");
		assertThat(subscriberStatus(blocked)).isEqualTo("ACTIVE");
		assertThat(this.mailing.edition().status()).isEqualTo(EditionStatus.SENT);
	}

	@Test
	@DisplayName("E7 E8: deferred and unclear readers are tried again with the same Message-ID")
	void whatFailedForNowIsTriedAgain() throws Exception {
		this.mailing.story("Harbour bridge opens");
		long grey = this.mailing.reader("grey");
		String cutAddress = TestNewsroom.address("cut");
		long cut = this.mailing.add(cutAddress);
		long lost = this.mailing.reader("lost");
		long busy = this.mailing.reader("busy");

		long runId = this.mailing.send();
		await().until(() -> this.mailing.status(grey).startsWith("DEFERRED")
				&& this.mailing.status(cut).startsWith("DEFERRED") && this.mailing.status(lost).startsWith("DEFERRED")
				&& this.mailing.status(busy).startsWith("SENT"));
		assertThat(this.mailing.edition().status()).isEqualTo(EditionStatus.SENDING);
		this.clock.advance(Duration.ofMinutes(2));
		this.mailing.finish(runId);

		assertThat(this.mailing.status(grey)).startsWith("SENT 250");
		assertThat(this.mailing.status(cut)).startsWith("SENT 250");
		assertThat(this.mailing.status(lost)).startsWith("FAILED May have arrived");
		assertThat(TestRelay.get().to(cutAddress).get(0).getMessageID())
			.isEqualTo(this.deliveries.byEmail(cutAddress, 1).get(0).messageId());
		assertThat(this.deliveries.byEmail(cutAddress, 1).get(0).attempts()).isEqualTo(2);
	}

	@Test
	void aSecondStartOfAFinishedEditionSendsNothing() {
		this.mailing.story("Harbour bridge opens");
		String reader = TestNewsroom.address("reader");
		this.mailing.add(reader);
		this.mailing.finish(this.mailing.send());

		assertThatExceptionOfType(RunRefusedException.class).isThrownBy(() -> this.mailing.send())
			.withMessageContaining("does not run twice");
		assertThat(TestRelay.get().to(reader)).hasSize(1);
	}

	@Test
	void anExtraEditionCarriesOtherStories() {
		for (int i = 0; i < 14; i++) {
			this.mailing.story("Story of " + TestNewsroom.words());
		}
		this.mailing.reader("reader");
		this.mailing.finish(this.mailing.send());
		this.mailing.finish(this.mailing.send(MONDAY, 2));
		Set<Long> first = storyIds(this.mailing.edition());
		Set<Long> second = storyIds(this.mailing.edition(MONDAY, 2));
		assertThat(first).hasSize(7).doesNotContainAnyElementsOf(second);
		assertThat(second).hasSize(7);
	}

	@Test
	void anEditionThatIsTooLateIsMissedAndNobodyIsMailed() {
		this.mailing.story("Harbour bridge opens", TestClock.START.plus(Duration.ofHours(11)));
		String reader = TestNewsroom.address("reader");
		this.mailing.add(reader);
		this.clock.advance(Duration.ofHours(13));

		// As the schedule starts it, hours late.
		long runId = this.launcher.start(DigestRuns.JOB,
				DigestEdition.identity(this.mailing.newsletter().slug(), MONDAY, 1), "schedule");
		assertThat(this.mailing.finish(runId).status()).isEqualTo("COMPLETED");

		assertThat(this.mailing.edition().status()).isEqualTo(EditionStatus.MISSED);
		assertThat(this.mailing.edition().statusReason()).contains("no longer news");
		assertThat(TestRelay.get().to(reader)).isEmpty();
	}

	@Test
	void whoeverSendsItNowMeansNow() {
		this.mailing.story("Harbour bridge opens", TestClock.START.plus(Duration.ofHours(12)));
		String reader = TestNewsroom.address("reader");
		this.mailing.add(reader);
		this.editions.open(this.mailing.newsletter(), MONDAY, 1, TestClock.START);
		this.clock.advance(Duration.ofHours(13));
		this.mailing.finish(this.mailing.send());
		assertThat(this.mailing.edition().status()).isEqualTo(EditionStatus.SENT);
		assertThat(TestRelay.get().to(reader)).hasSize(1);
	}

	@Test
	void anEditionWithoutStoriesIsSkipped() {
		String reader = TestNewsroom.address("reader");
		this.mailing.add(reader);
		this.clock.set(Instant.parse("2031-03-03T06:00:00Z"));
		long runId = this.digests.send(this.mailing.newsletter().slug(), LocalDate.of(2031, 3, 3), 1, "test");
		this.mailing.finish(runId);
		Edition edition = this.editions.find(this.mailing.newsletter().id(), LocalDate.of(2031, 3, 3), 1).orElseThrow();
		assertThat(edition.status()).isEqualTo(EditionStatus.SKIPPED);
		assertThat(TestRelay.get().to(reader)).isEmpty();
	}

	@Test
	void aSurgeOfRefusalsHoldsTheEditionAndAnAdminResumesIt() {
		this.mailing.story("Harbour bridge opens");
		for (int i = 0; i < 40; i++) {
			this.mailing.reader("spam");
		}
		Run run = this.mailing.finish(this.mailing.send());
		assertThat(run.status()).isEqualTo("STOPPED");
		assertThat(this.mailing.edition().status()).isEqualTo(EditionStatus.HELD);
		assertThat(this.mailing.edition().statusReason()).contains("554 5.7.1");
		int tried = this.jdbc.sql("SELECT COUNT(*) FROM delivery WHERE edition_id = ? AND attempts > 0")
			.param(this.mailing.edition().id())
			.query(Integer.class)
			.single();
		assertThat(tried).isBetween(20, 20 + 8);

		// The relay is talked to and now takes them: the addresses stand for that.
		this.jdbc.sql("""
				UPDATE subscriber s JOIN subscription u ON u.subscriber_id = s.id
				SET s.email = CONCAT('ok.', s.email), s.email_key = CONCAT('ok.', s.email_key) WHERE u.newsletter_id = ?
				""").param(this.mailing.newsletter().id()).update();
		this.clock.advance(Duration.ofMinutes(2));
		Run resumed = this.mailing.finish(this.launcher.restart(run.id(), "test"));
		assertThat(resumed.status()).isEqualTo("COMPLETED");
		assertThat(this.deliveries.counts(this.mailing.edition().id())).containsEntry(DeliveryStatus.SENT, 40);
	}

	@Test
	void pastUselessAfterTheRestIsGivenUpWithThatReason() {
		this.mailing.story("Harbour bridge opens");
		long grey = this.mailing.reader("grey");
		long runId = this.mailing.send();
		await().until(() -> this.mailing.status(grey).startsWith("DEFERRED"));
		this.clock.advance(Duration.ofHours(13));
		this.mailing.finish(runId);
		assertThat(this.mailing.status(grey)).startsWith("FAILED Too late").contains("450 4.2.0");
		assertThat(this.mailing.edition().status()).isEqualTo(EditionStatus.SENT);
	}

	@Test
	void onlyARunThatFailsWhileItSendsLeavesItsEditionFailed() {
		this.mailing.story("Harbour bridge opens");
		Edition edition = this.editions.open(this.mailing.newsletter(), MONDAY, 1, TestClock.START);
		JobExecution run = new JobExecution(1, new JobInstance(1, DigestRuns.JOB),
				new JobParametersBuilder().addString("newsletter", this.mailing.newsletter().slug())
					.addString("date", MONDAY.toString())
					.addString("number", "1")
					.toJobParameters());
		run.setStatus(BatchStatus.FAILED);
		this.listener.afterJob(run);
		assertThat(this.mailing.edition().status()).as("a restart must still pick").isEqualTo(EditionStatus.DRAFT);
		assertThatIllegalStateException().as("nothing blank goes out")
			.isThrownBy(() -> this.steps.freeze(run))
			.withMessageContaining("has no stories");

		this.steps.pick(run);
		this.editions.approve(edition.id(), "test");
		this.editions.changeStatus(edition.id(), EditionStatus.SENDING, null);
		this.listener.afterJob(run);
		assertThat(this.mailing.edition().status()).isEqualTo(EditionStatus.FAILED);
	}

	private static Set<Long> storyIds(Edition edition) {
		Set<Long> ids = new HashSet<>();
		edition.picks().forEach((pick) -> ids.add(pick.story().id()));
		return ids;
	}

	private String subscriberStatus(long subscriberId) {
		return this.jdbc.sql("SELECT status FROM subscriber WHERE id = ?")
			.param(subscriberId)
			.query(String.class)
			.single();
	}

}
