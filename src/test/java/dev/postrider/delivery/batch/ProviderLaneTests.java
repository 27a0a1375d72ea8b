package dev.postrider.delivery.batch;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import dev.postrider.delivery.DigestRuns;
import dev.postrider.delivery.EditionMail;
import dev.postrider.delivery.EditionMessages;
import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionStatus;
import dev.postrider.edition.Editions;
import dev.postrider.mail.ProviderStatus;
import dev.postrider.mail.Providers;
import dev.postrider.mail.Relays;
import dev.postrider.run.Run;
import dev.postrider.run.RunLauncher;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestClock;
import dev.postrider.testing.TestMailing;
import dev.postrider.testing.TestRelay;
import dev.postrider.testing.TestThreads;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * One provider's wishes are nobody else's: by a real relay that refuses, or is slow, for
 * one domain.
 */
@PostriderTest
class ProviderLaneTests {

	private static final LocalDate MONDAY = TestMailing.MONDAY;

	private final String strict = "strict-" + UUID.randomUUID() + ".example";

	private final String easy = "easy-" + UUID.randomUUID() + ".example";

	@Autowired
	private TestMailing mailing;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private TestClock clock;

	@Autowired
	private RunLauncher launcher;

	@Autowired
	private Editions editions;

	@Autowired
	private DigestSteps steps;

	@Autowired
	private Audience audience;

	@Autowired
	private EditionMail mails;

	@Autowired
	private Relays relays;

	@Autowired
	private Providers providers;

	@Autowired
	private LaneParts parts;

	@Autowired
	private TransactionTemplate transactions;

	@BeforeEach
	void setUp() {
		this.mailing.story("Harbour bridge opens");
	}

	@AfterEach
	void open() {
		TestRelay.get().accept(this.strict);
		TestRelay.get().letGo(this.strict);
		this.clock.reset();
	}

	@Test
	@DisplayName("E10: 421 4.7.28 holds back that provider's readers, untouched, and nobody else")
	void oneProvidersPause() {
		List<Long> held = readers("reader", this.strict, 3);
		List<Long> others = readers("reader", this.easy, 20);
		TestRelay.get().refuse(this.strict, "421 4.7.28 Unusual rate of mail from your address");

		long run = this.mailing.send();
		await().until(() -> this.mailing.count(others, "SENT") == 20 && this.mailing.count(held, "DEFERRED") == 1);
		assertThat(this.mailing.count(held, "PENDING")).as("never tried").isEqualTo(2);
		assertThat(this.mailing.attempts(held)).isEqualTo(1);
		assertThat(this.mailing.edition().status()).isEqualTo(EditionStatus.SENDING);
		ProviderStatus slowed = status(this.strict);
		assertThat(slowed.pausedUntil()).isAfter(this.clock.instant());
		assertThat(slowed.reason()).startsWith("421 4.7.28");
		assertThat(this.providers.all()).noneSatisfy((provider) -> {
			assertThat(provider.name()).isEqualTo(this.easy);
			assertThat(provider.reason()).isNotNull();
		});
		// Told by a message, it holds for whoever asks, also in another process.
		await().until(() -> this.jdbc.sql("SELECT COUNT(*) FROM mail_provider WHERE provider = ? AND paused_until > ?")
			.params(this.strict, this.clock.instant())
			.query(Integer.class)
			.single() == 1);
		Instant next = this.jdbc.sql("SELECT next_at FROM delivery_block WHERE edition_id = ?")
			.param(this.mailing.edition().id())
			.query((row, index) -> dev.postrider.SqlTime.at(row, "next_at"))
			.single();
		assertThat(next).as("the block rests until somebody in it may go").isAfter(this.clock.instant());

		TestRelay.get().accept(this.strict);
		this.clock.advance(Duration.ofMinutes(2));
		assertThat(this.mailing.finish(run).status()).isEqualTo("COMPLETED");
		assertThat(this.mailing.count(held, "SENT")).isEqualTo(3);
		assertThat(this.mailing.attempts(held)).as("one twice, two once").isEqualTo(4);
	}

	@Test
	@DisplayName("E10: 450 4.7.1 to one after the other slows a provider, to one reader it does not")
	void rulesOfAProvider() {
		List<Long> held = readers("reader", this.strict, 12);
		List<Long> others = readers("reader", this.easy, 3);
		TestRelay.get().refuse(this.strict, "450 4.7.1 Not from you, not now");
		this.mailing.send();
		await().until(() -> this.mailing.count(others, "SENT") == 3 && this.mailing.count(held, "DEFERRED") == 5);
		assertThat(this.mailing.count(held, "PENDING")).isEqualTo(7);
		assertThat(status(this.strict).pausedUntil()).isNotNull();
		this.editions.changeStatus(this.mailing.edition().id(), EditionStatus.CANCELLED, "The test is over");
	}

	@Test
	@DisplayName("slow replies of one provider occupy a part of the lanes, the others get on")
	void oneProvidersSlowness() {
		List<Long> slow = readers("reader", this.strict, 12);
		List<Long> others = readers("reader", this.easy, 28);
		TestRelay.get().holdUp(this.strict);
		Edition edition = prepared();
		ExecutorService threads = Executors.newFixedThreadPool(4);
		List<Lane> lanes = new ArrayList<>();
		try {
			List<CompletableFuture<Void>> done = new ArrayList<>();
			for (int i = 0; i < 4; i++) {
				EditionMessages messages = this.mails.messages(edition, this.mailing.newsletter());
				Passage passage = new Passage(messages, this.relays.connection(), this.providers.gate());
				Lane lane = new Lane("test." + i, messages, passage, this.parts, this.clock);
				lanes.add(lane);
				done.add(CompletableFuture.runAsync(() -> work(lane), threads));
			}
			await().until(() -> this.mailing.count(others, "SENT") == 28);
			assertThat(this.mailing.count(slow, "SENT")).isZero();
			assertThat(this.mailing.count(slow, "PENDING")).as("not one is touched").isEqualTo(12);
			assertThat(status(this.strict).inFlight()).as("of four lanes").isEqualTo(1);
			TestRelay.get().letGo(this.strict);
			// What was passed over is due a little later.
			await().until(() -> {
				this.clock.advance(Duration.ofSeconds(1));
				return this.mailing.count(slow, "SENT") == 12;
			});
			await().until(() -> done.stream().allMatch(CompletableFuture::isDone));
			assertThat(this.mailing.attempts(slow) + this.mailing.attempts(others)).as("each once").isEqualTo(40);
		}
		finally {
			TestRelay.get().letGo(this.strict);
			lanes.forEach(Lane::close);
			threads.shutdownNow();
		}
	}

	@Test
	@DisplayName("B6: a surge of 5.7.x at RCPT holds the edition, says why, suppresses nobody; an admin resumes it")
	void aSurgeAtTheRecipient() {
		List<Long> refused = new ArrayList<>();
		List<String> domains = new ArrayList<>();
		for (int i = 0; i < 30; i++) {
			String domain = "d" + i + "." + this.strict;
			domains.add(domain);
			refused.addAll(readers("reader", domain, 1));
			TestRelay.get().refuse(domain, "550 5.7.1 Service unavailable; client host [192.0.2.1] blocked");
		}
		Run run = this.mailing.finish(this.mailing.send());
		assertThat(run.status()).isEqualTo("STOPPED");
		assertThat(this.mailing.edition().status()).isEqualTo(EditionStatus.HELD);
		assertThat(this.mailing.edition().statusReason()).startsWith("Refused 20 times in a row").contains("550 5.7.1");
		assertThat(this.mailing.count(refused, "DEFERRED")).isEqualTo(20);
		assertThat(this.mailing.count(refused, "PENDING")).isEqualTo(10);
		assertThat(this.jdbc.sql("SELECT COUNT(*) FROM subscriber WHERE id IN (:ids) AND status = 'ACTIVE'")
			.param("ids", refused)
			.query(Integer.class)
			.single()).isEqualTo(30);

		domains.forEach(TestRelay.get()::accept);
		this.clock.advance(Duration.ofMinutes(2));
		assertThat(this.mailing.finish(this.launcher.restart(run.id(), "test")).status()).isEqualTo("COMPLETED");
		assertThat(this.mailing.count(refused, "SENT")).isEqualTo(30);
	}

	@Test
	@DisplayName("530 is the relay's: no reader is touched by it")
	void theRelayWantsALogin() {
		List<Long> readers = readers("reader", this.strict, 3);
		TestRelay.get().refuse(this.strict, "530 5.7.0 Authentication required");
		long run = this.mailing.send();
		await()
			.until(() -> this.relays.all().stream().anyMatch((relay) -> String.valueOf(relay).contains("530 5.7.0")));
		assertThat(this.mailing.attempts(readers)).isZero();
		assertThat(this.mailing.count(readers, "PENDING")).isEqualTo(3);
		TestRelay.get().accept(this.strict);
		assertThat(this.mailing.finish(run).status()).isEqualTo("COMPLETED");
		assertThat(this.mailing.count(readers, "SENT")).isEqualTo(3);
	}

	@Test
	void lanesThatClaimAtTheSameInstantDoNotBlockEachOther() {
		readers("reader", this.easy, 20);
		Edition edition = prepared();
		List<Integer> claimed = new ArrayList<>();
		this.transactions.executeWithoutResult((one) -> {
			claimed.add(claim(edition, "a.1"));
			// Meanwhile the first has not committed.
			claimed.add(TestThreads.start(() -> claim(edition, "b.1")).join());
			claimed.add(TestThreads.start(() -> claim(edition, "c.1")).join());
		});
		assertThat(claimed).doesNotHaveDuplicates();
		this.editions.changeStatus(edition.id(), EditionStatus.CANCELLED, "The test is over");
	}

	private int claim(Edition edition, String owner) {
		return this.parts.blocks()
			.claim(edition.id(), owner, Duration.ofMinutes(1), this.clock.instant())
			.orElseThrow()
			.block();
	}

	/** An edition with its audience in small blocks, ready for lanes. */
	private Edition prepared() {
		Edition edition = this.editions.open(this.mailing.newsletter(), MONDAY, 1, TestClock.START);
		JobExecution run = new JobExecution(1, new JobInstance(1, DigestRuns.JOB),
				new JobParametersBuilder().addString("newsletter", this.mailing.newsletter().slug())
					.addString("date", MONDAY.toString())
					.addString("number", "1")
					.toJobParameters());
		this.steps.pick(run);
		this.steps.compose(run);
		this.editions.changeStatus(edition.id(), EditionStatus.SENDING, null);
		this.audience.freeze(Audience.Frozen.of(this.mailing.edition()), 5, this.clock.instant());
		this.steps.render(run);
		return this.mailing.edition();
	}

	private static void work(Lane lane) {
		while (lane.turn().state == Turn.State.GOES_ON) {
			Thread.onSpinWait();
		}
	}

	private List<Long> readers(String prefix, String domain, int count) {
		List<Long> ids = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			ids.add(this.mailing.add(prefix + "." + UUID.randomUUID() + "@" + domain));
		}
		return ids;
	}

	private ProviderStatus status(String provider) {
		return this.providers.all()
			.stream()
			.filter((status) -> status.name().equals(provider))
			.findFirst()
			.orElseThrow();
	}

}
