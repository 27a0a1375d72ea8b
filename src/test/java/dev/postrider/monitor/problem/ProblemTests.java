package dev.postrider.monitor.problem;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import dev.postrider.edition.EditionStatus;
import dev.postrider.edition.EditionStatusChanged;
import dev.postrider.mail.RelayConnection;
import dev.postrider.mail.RelayRecovered;
import dev.postrider.mail.RelayUnreachable;
import dev.postrider.mail.Relays;
import dev.postrider.mail.relay.RelayStage;
import dev.postrider.monitor.problem.Problem.Kind;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.run.RunHistory;
import dev.postrider.run.RunLauncher;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestClock;
import dev.postrider.testing.TestJobs;
import dev.postrider.testing.TestNewsroom;
import dev.postrider.testing.TestRelay;
import dev.postrider.testing.TestStaff;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Problems from the state that shows them to the mail that tells of them.
 */
@PostriderTest
class ProblemTests {

	/** No other test's clock gets here, so no other test's mail left after it. */
	private static final Instant BEYOND_OTHER_TESTS = Instant.parse("2150-01-01T00:00:00Z");

	@Autowired
	private ProblemWatch watch;

	@Autowired
	private Problems problems;

	@Autowired
	private ProblemMails mails;

	@Autowired
	private ApplicationEventPublisher events;

	@Autowired
	private RunLauncher launcher;

	@Autowired
	private RunHistory runs;

	@Autowired
	private Newsletters newsletters;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private TransactionTemplate transaction;

	@Autowired
	private Relays relays;

	@Autowired
	private TestClock clock;

	@Autowired
	private TestStaff staff;

	private Newsletter newsletter;

	private final String name = UUID.randomUUID().toString().substring(0, 8);

	@BeforeEach
	void newsletter() {
		this.clock.reset();
		this.newsletter = new TestNewsroom(this.jdbc, this.newsletters, this.clock).newsletter();
	}

	@AfterEach
	void tidyUp() {
		this.clock.reset();
		this.jdbc.sql("DELETE FROM BATCH_JOB_EXECUTION WHERE EXIT_MESSAGE = ?").param(this.name).update();
		this.jdbc.sql("UPDATE edition SET status = 'CANCELLED' WHERE newsletter_id = ?")
			.param(this.newsletter.id())
			.update();
		this.watch.look();
	}

	@Test
	void tellsTheAdminsOfAHeldEditionOnce() throws Exception {
		TestStaff.Member admin = this.staff.admin();
		long edition = edition("2026-11-23", "HELD",
				"12 messages in a row were refused, the last <kim@readers.example>");
		this.watch.look();
		this.watch.look();
		String title = this.newsletter.name() + " of 2026-11-23";
		assertThat(open(title)).hasValueSatisfying((problem) -> {
			assertThat(problem.kind()).isEqualTo(Kind.EDITION_HELD);
			assertThat(problem.message()).contains("<k…@readers.example>").doesNotContain("kim@");
			assertThat(problem.remedy()).contains("Restart");
		});
		assertThat(text(TestRelay.get().awaitTo(admin.email()))).contains(title + " is held")
			.contains("What to do:", "https://news.example/monitor")
			.doesNotContain("kim@");
		this.clock.advance(Duration.ofMinutes(5));
		this.jdbc.sql("UPDATE edition SET status = 'SENDING' WHERE id = ?").param(edition).update();
		this.watch.look();
		assertThat(open(title)).isEmpty();
		assertThat(this.problems.resolved(50)).anySatisfy((problem) -> {
			assertThat(problem.subject()).isEqualTo(title);
			assertThat(problem.resolvedAt()).isEqualTo(this.clock.instant());
		});
		assertThat(mailsAbout(admin, title)).isEqualTo(1);
	}

	@Test
	void tellsOfWhatComesAndGoesOnceAnHour() {
		TestStaff.Member admin = this.staff.admin();
		String relay = "relay-" + this.name;
		for (int i = 0; i < 3; i++) {
			lose(relay);
			find(relay);
			this.clock.advance(Duration.ofMinutes(1));
		}
		this.clock.advance(Duration.ofHours(1));
		lose(relay);
		find(relay);
		await().untilAsserted(() -> assertThat(mailsAbout(admin, relay)).isEqualTo(2));
	}

	@Test
	void isWokenByAnEvent() {
		long edition = edition("2026-11-23", "FAILED", "Run 7 failed");
		this.events.publishEvent(new EditionStatusChanged(edition, this.newsletter.id(), "2026-11-23",
				EditionStatus.FAILED, "Run 7 failed"));
		await().atMost(Duration.ofSeconds(20)).until(() -> open(this.newsletter.name() + " of 2026-11-23").isPresent());
	}

	@Test
	void forgetsAMissedEditionOnceALaterOneWentOut() {
		String title = this.newsletter.name() + " of 2026-11-20";
		edition("2026-11-20", "MISSED", null);
		this.watch.look();
		assertThat(open(title))
			.hasValueSatisfying((problem) -> assertThat(problem.kind()).isEqualTo(Kind.EDITION_MISSED));
		edition("2026-11-23", "SENT", null);
		this.watch.look();
		assertThat(open(title)).isEmpty();
	}

	@Test
	void noticesASlotThatNobodyStarted() {
		this.jdbc.sql("UPDATE newsletter SET created_at = ? WHERE id = ?")
			.params(TestClock.START.minus(Duration.ofDays(30)), this.newsletter.id())
			.update();
		String title = this.newsletter.name() + " of 2026-11-23";
		this.clock.advance(Duration.ofMinutes(14));
		this.watch.look();
		assertThat(open(title)).isEmpty();
		this.clock.advance(Duration.ofMinutes(2));
		this.watch.look();
		assertThat(open(title)).hasValueSatisfying((problem) -> {
			assertThat(problem.kind()).isEqualTo(Kind.SLOT_NOT_STARTED);
			assertThat(problem.message()).contains("was due at 07:00 (Europe/Berlin)");
		});
		edition("2026-11-23", "SKIPPED", null);
		this.watch.look();
		assertThat(open(title)).isEmpty();
	}

	@Test
	void callsASourceDeadAfterFiveFailuresOrADay() {
		Instant now = this.clock.instant();
		long often = source("often", 5, now.minus(Duration.ofHours(1)));
		long few = source("few", 4, now.minus(Duration.ofHours(23)));
		long long1 = source("long", 1, now.minus(Duration.ofHours(25)));
		this.watch.look();
		assertThat(open("often " + this.name)).isPresent();
		assertThat(open("few " + this.name)).isEmpty();
		assertThat(open("long " + this.name)).hasValueSatisfying(
				(problem) -> assertThat(problem.message()).contains("It says: The server answered 404"));
		this.jdbc.sql("UPDATE source SET failures = 0 WHERE id = ?").param(often).update();
		this.watch.look();
		assertThat(open("often " + this.name)).isEmpty();
		this.jdbc.sql("DELETE FROM source WHERE id IN (?, ?, ?)").params(often, few, long1).update();
	}

	@Test
	void keepsARelaysProblemUntilItAnswers() {
		String relay = "relay-" + this.name;
		lose(relay);
		assertThat(open(relay))
			.hasValueSatisfying((problem) -> assertThat(problem.message()).contains("Connection refused")
				.contains("Mail leaves by the others"));
		find(relay);
		assertThat(open(relay)).isEmpty();
	}

	@Test
	void endsTheProblemOfAProcessThatIsGoneOnceMailLeavesByThatRelay() {
		// In a transaction that nobody else sees, for the application knows no such
		// relay.
		this.transaction.executeWithoutResult((status) -> {
			RelayCheck check = new RelayCheck(this.jdbc, RelayStage.one(1, "https://news.example"));
			String relay = "127.0.0.1:1";
			Instant before = BEYOND_OTHER_TESTS;
			problem(relay, before);
			problem("removed-" + this.name, before);
			outbox(relay, "SENT", "another:25", before.plus(Duration.ofHours(1)));
			assertThat(check.find())
				.filteredOn((finding) -> finding.key().equals("relay:" + relay) || finding.key().contains(this.name))
				.extracting(Finding::key)
				.containsExactly("relay:" + relay);
			outbox(relay, "SENT", relay, before.plus(Duration.ofHours(1)));
			assertThat(check.find()).noneMatch((finding) -> finding.key().equals("relay:" + relay));
			status.setRollbackOnly();
		});
	}

	@Test
	void endsTheProblemOfTheProcessBeforeOnceTheRelayAnswersThisOne() {
		this.transaction.executeWithoutResult((status) -> {
			Relays answers = RelayStage.one(TestRelay.get().port(), "https://news.example");
			RelayCheck check = new RelayCheck(this.jdbc, answers);
			String relay = answers.names().get(0);
			this.jdbc.sql("DELETE FROM problem WHERE open_key = ?").param("relay:" + relay).update();
			problem(relay, BEYOND_OTHER_TESTS);
			assertThat(check.find()).anyMatch((finding) -> finding.key().equals("relay:" + relay));
			try (RelayConnection connection = answers.connection()) {
				connection.send("b+1@news.example", "reader." + this.name + "@readers.example",
						"A: b\r\n\r\n".getBytes());
			}
			assertThat(check.find()).noneMatch((finding) -> finding.key().equals("relay:" + relay));
			this.jdbc.sql("DELETE FROM problem WHERE open_key = ?").param("relay:" + relay).update();
			problem(relay, BEYOND_OTHER_TESTS);
			assertThat(check.find()).as("found by another process since")
				.anyMatch((finding) -> finding.key().equals("relay:" + relay));
			status.setRollbackOnly();
		});
	}

	@Test
	void knowsWhetherNoRelayIsLeft() {
		RelayCheck check = new RelayCheck(this.jdbc, this.relays);
		String only = this.relays.names().get(0);
		assertThat(check.areAllAway()).isFalse();
		check.lost(new RelayUnreachable("another", "Connection refused"));
		assertThat(check.areAllAway()).isFalse();
		check.lost(new RelayUnreachable(only, "Connection refused"));
		assertThat(check.areAllAway()).isTrue();
		check.found(new RelayRecovered(only));
		assertThat(check.areAllAway()).isFalse();
	}

	private void problem(String relay, Instant seen) {
		this.jdbc.sql("""
				INSERT INTO problem (kind, subject, open_key, message, remedy, first_seen_at, last_seen_at, mailed_at)
				VALUES ('RELAY_UNREACHABLE', ?, ?, 'm', 'r', ?, ?, ?)
				""").params(relay, "relay:" + relay, seen, seen, seen).update();
	}

	@Test
	void countsMailsGivenUpButNotMistypedAddresses() {
		String refused = "refused-" + this.name;
		String givenUp = "given-up-" + this.name;
		outbox(refused, "FAILED", "550 5.1.1 <kim@readers.example> unknown");
		outbox(refused, "SENT", "250 2.0.0 Ok");
		outbox(givenUp, "FAILED", "451 4.3.0 try later kim@readers.example");
		this.watch.look();
		assertThat(open("Mail “" + refused + "”")).isEmpty();
		assertThat(open("Mail “" + givenUp + "”"))
			.hasValueSatisfying((problem) -> assertThat(problem.message()).contains("1 of 1", "k…@readers.example"));
		for (int i = 0; i < 5; i++) {
			outbox("all-" + refused, "FAILED", "554 5.7.1 Relay access denied");
		}
		this.watch.look();
		assertThat(open("Mail “all-" + refused + "”")).isPresent();
		this.jdbc.sql("DELETE FROM outbox WHERE purpose LIKE ?").param("%" + this.name).update();
	}

	@Test
	void noticesAFailedRunUntilOneOfItsJobSucceeds() {
		Map<String, String> identity = Map.of("do", "fail", "name", this.name);
		long run = this.launcher.start(TestJobs.JOB, identity, "test");
		String title = "Run " + run + " of " + TestJobs.JOB;
		await().atMost(Duration.ofSeconds(20)).until(() -> open(title).isPresent());
		assertThat(open(title).orElseThrow().message()).contains("Told to fail: " + this.name);
		TestJobs.mend(this.name);
		long again = this.launcher.restart(run, "test");
		await().until(() -> this.runs.find(again).orElseThrow().status().equals("COMPLETED"));
		this.watch.look();
		assertThat(open(title)).isEmpty();
	}

	@Test
	void aFailedRunIsNotCuredByOthersOfItsJob() {
		long run = this.launcher.start(TestJobs.JOB, Map.of("do", "fail", "name", this.name), "test");
		String title = "Run " + run + " of " + TestJobs.JOB;
		await().atMost(Duration.ofSeconds(20)).until(() -> open(title).isPresent());
		long other = this.launcher.start(TestJobs.JOB, Map.of("do", "end", "name", this.name), "test");
		await().until(() -> this.runs.find(other).orElseThrow().status().equals("COMPLETED"));
		manyRunsAfter(other);
		this.watch.look();
		assertThat(open(title)).isPresent();
		TestJobs.mend(this.name);
		long again = this.launcher.restart(run, "test");
		await().until(() -> this.runs.find(again).orElseThrow().status().equals("COMPLETED"));
		this.watch.look();
		assertThat(open(title)).isEmpty();
	}

	/** More than a page of them, of the instance that has completed. */
	private void manyRunsAfter(long completed) {
		for (int i = 1; i <= 210; i++) {
			this.jdbc
				.sql("""
						INSERT INTO BATCH_JOB_EXECUTION (JOB_EXECUTION_ID, VERSION, JOB_INSTANCE_ID, CREATE_TIME, START_TIME,
						  END_TIME, STATUS, EXIT_CODE, EXIT_MESSAGE, LAST_UPDATED)
						SELECT JOB_EXECUTION_ID + 1000000 + ?, VERSION, JOB_INSTANCE_ID, CREATE_TIME, START_TIME, END_TIME,
						  STATUS, EXIT_CODE, ?, LAST_UPDATED
						FROM BATCH_JOB_EXECUTION WHERE JOB_EXECUTION_ID = ?
						""")
				.params(i, this.name, completed)
				.update();
		}
	}

	@Test
	void goesOnWhenACheckDoesNotWork() {
		ProblemCheck broken = check("broken-" + this.name + ":", null);
		Finding finding = new Finding("good-" + this.name + ":1", Kind.SOURCE_DEAD, "good-" + this.name, "m", "r");
		new ProblemWatch(List.of(broken, check("good-" + this.name + ":", finding)), this.problems, this.mails).look();
		assertThat(open("good-" + this.name)).isPresent();
		this.problems.reconcile("good-" + this.name, List.of());
	}

	private static ProblemCheck check(String prefix, Finding finding) {
		return new ProblemCheck() {
			@Override
			public String prefix() {
				return prefix;
			}

			@Override
			public List<Finding> find() {
				if (finding == null) {
					throw new IllegalStateException("The database is away");
				}
				return List.of(finding);
			}
		};
	}

	private void lose(String relay) {
		this.events.publishEvent(new RelayUnreachable(relay, "Connection refused"));
		this.watch.look();
	}

	private void find(String relay) {
		this.events.publishEvent(new RelayRecovered(relay));
		this.watch.look();
	}

	private Optional<Problem> open(String subject) {
		return this.problems.open().stream().filter((problem) -> problem.subject().equals(subject)).findFirst();
	}

	private long mailsAbout(TestStaff.Member admin, String title) {
		return TestRelay.get().to(admin.email()).stream().filter((mail) -> text(mail).contains(title)).count();
	}

	private static String text(MimeMessage mail) {
		try {
			return (String) ((Multipart) mail.getContent()).getBodyPart(0).getContent();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private long edition(String date, String status, String reason) {
		Instant now = this.clock.instant();
		this.jdbc.sql("""
				INSERT INTO edition (newsletter_id, edition_date, number, status, status_reason, due_at, useless_after,
				  created_at, changed_at)
				VALUES (:newsletter, :date, 1, :status, :reason, :now, :now, :now, :now)
				""")
			.param("newsletter", this.newsletter.id())
			.param("date", date)
			.param("status", status)
			.param("reason", reason)
			.param("now", now)
			.update();
		return this.jdbc.sql("SELECT id FROM edition WHERE newsletter_id = ? AND edition_date = ?")
			.params(this.newsletter.id(), date)
			.query(Long.class)
			.single();
	}

	private long source(String title, int failures, Instant lastSuccess) {
		String url = "https://feeds.example/" + UUID.randomUUID();
		Instant far = this.clock.instant().plus(Duration.ofDays(3650));
		this.jdbc
			.sql("""
					INSERT INTO source (url, url_hash, name, last_success_at, last_error, failures, next_poll_at, created_at)
					VALUES (?, UNHEX(SHA2(?, 256)), ?, ?, 'The server answered 404', ?, ?, ?)
					""")
			.params(url, url, title + " " + this.name, lastSuccess, failures, far, lastSuccess)
			.update();
		return this.jdbc.sql("SELECT id FROM source WHERE url = ?").param(url).query(Long.class).single();
	}

	private void outbox(String purpose, String status, String reply) {
		outbox(purpose, status, "relay:25", this.clock.instant(), reply);
	}

	private void outbox(String purpose, String status, String relay, Instant now) {
		outbox(purpose, status, relay, now, "250 2.0.0 Ok");
	}

	private void outbox(String purpose, String status, String relay, Instant now, String reply) {
		this.jdbc
			.sql("""
					INSERT INTO outbox (purpose, envelope_sender, recipient, status, next_attempt_at, give_up_at, relay, reply,
					  created_at, sent_at)
					VALUES (?, '', 'x@readers.example', ?, ?, ?, ?, ?, ?, ?)
					""")
			.params(purpose, status, now.plus(Duration.ofMinutes(15)), now, relay, reply, now, now)
			.update();
	}

}
