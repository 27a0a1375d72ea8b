package dev.postrider.mail;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.UUID;

import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestClock;
import dev.postrider.testing.TestRelay;
import jakarta.mail.internet.MimeMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@PostriderTest
class OutboxTests {

	private static final Outbox.Sender SENDER = new Outbox.Sender("The Example", "highlights@news.example");

	@Autowired
	private Outbox outbox;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private TransactionTemplate transaction;

	@Autowired
	private TestClock clock;

	@BeforeEach
	@AfterEach
	void resetClock() {
		this.clock.reset();
	}

	@Test
	void aMailLeavesInTheNameOfItsSenderAndIsEmptiedThen() throws Exception {
		String recipient = address("reader");
		submit(recipient);
		assertThat(TestRelay.get().awaitTo(recipient).getSubject()).isEqualTo("Hello");
		assertThat(TestRelay.get().received(recipient).get(0).envelopeSender()).isEqualTo("highlights@news.example");
		assertThat(TestRelay.get().to(recipient).get(0).getHeader("Date")[0]).matches(".* [+-]\\d{4}");
		await().until(() -> status(recipient).startsWith("SENT 250"));
		assertThat(this.jdbc.sql("SELECT message IS NULL FROM outbox WHERE recipient = ?")
			.param(recipient)
			.query(Boolean.class)
			.single()).isTrue();
		assertThat(this.outbox.count("test", recipient, TestClock.START)).isEqualTo(1);
		assertThat(this.outbox.count("test", recipient.toUpperCase(), TestClock.START)).as("the same mailbox")
			.isEqualTo(1);
	}

	@Test
	@DisplayName("L18 F2 F15 F16 F18: a single mail is no list's and no answer; programs do not answer it, and nothing in it unsubscribes")
	void aSingleMailIsNoLists() throws Exception {
		String recipient = address("reader");
		submit(recipient);
		MimeMessage message = TestRelay.get().awaitTo(recipient);
		assertThat(Collections.list(message.getAllHeaders())).extracting(jakarta.mail.Header::getName)
			.noneMatch((name) -> name.startsWith("List-") || name.equals("Precedence"))
			.doesNotContain("In-Reply-To", "References");
		assertThat(message.getHeader("X-Auto-Response-Suppress")).containsExactly("OOF, AutoReply");
		assertThat(message.getHeader("Auto-Submitted")).containsExactly("auto-generated");
		assertThat(message.getMessageID()).matches("<[^<>@ ]+@news\\.example>");
	}

	@Test
	void aMailThatIsRefusedForNowIsTriedAgainAndOneThatIsRefusedForGoodIsGivenUp() {
		String grey = address("grey");
		String unknown = address("unknown");
		submit(grey);
		submit(unknown);
		await().until(() -> status(grey).startsWith("PENDING 450") && status(unknown).startsWith("FAILED 550"));
		this.clock.advance(Duration.ofMinutes(2));
		await().until(() -> status(grey).startsWith("SENT"));
	}

	@Test
	void aMailThatARelayFailsWithAloneCountsItsAttemptsAndHoldsUpNoOther() {
		String before = address("reader");
		String denied = address("denied");
		String after = address("reader");
		this.transaction.executeWithoutResult((status) -> {
			submit(before);
			submit(denied);
			submit(after);
		});
		await().until(() -> status(denied).startsWith("PENDING 454") && status(before).startsWith("SENT")
				&& status(after).startsWith("SENT"));
		assertThat(attempts(denied)).isEqualTo(1);
		this.clock.advance(Duration.ofSeconds(61));
		await().until(() -> attempts(denied) == 2);
		this.clock.advance(Duration.ofHours(1));
		await().until(() -> status(denied).startsWith("FAILED 454"));
	}

	@Test
	void aMailThatIsOfNoUseAnyMoreIsNotSent() {
		String recipient = address("reader");
		Instant now = this.clock.instant();
		this.jdbc.sql("""
				INSERT INTO outbox (purpose, envelope_sender, recipient, message, status, next_attempt_at, give_up_at,
				  created_at)
				VALUES ('test', 'a@news.example', ?, ?, 'PENDING', ?, ?, ?)
				""")
			.params(recipient, "Subject: s\r\n\r\nLate\r\n".getBytes(StandardCharsets.US_ASCII), now,
					now.minusSeconds(1), now.minus(Duration.ofHours(1)))
			.update();
		await().until(() -> status(recipient).startsWith("FAILED"));
		assertThat(TestRelay.get().to(recipient)).isEmpty();
		this.outbox.forget(recipient);
	}

	@Test
	void aMailOfATransactionThatIsRolledBackNeverLeaves() {
		String recipient = address("reader");
		this.transaction.executeWithoutResult((status) -> {
			submit(recipient);
			status.setRollbackOnly();
		});
		String later = address("reader");
		submit(later);
		TestRelay.get().awaitTo(later);
		assertThat(TestRelay.get().to(recipient)).isEmpty();
	}

	@Test
	void aMailThatIsTakenBackDoesNotLeaveEvenWhenItsTurnHasCome() {
		String first = address("gate");
		String second = address("reader");
		long[] ids = new long[2];
		this.transaction.executeWithoutResult((status) -> {
			ids[0] = submit(first);
			ids[1] = submit(second);
		});
		// Both are claimed; the second is behind the first on the same connection.
		await().until(() -> TestRelay.get().isAtGate(first));
		assertThat(this.outbox.withdraw(ids[1])).isTrue();
		TestRelay.get().open(first);
		String later = address("reader");
		submit(later);
		TestRelay.get().awaitTo(later);
		assertThat(TestRelay.get().to(second)).isEmpty();
		await().until(() -> status(first).startsWith("SENT"));
		assertThat(this.outbox.withdraw(ids[0])).as("it has left").isFalse();
		this.outbox.forget(ids[0]);
		assertThat(this.outbox.count("test", first, TestClock.START)).isZero();
	}

	private long submit(String recipient) {
		return this.outbox.submit(new Outbox.SingleMail("test", SENDER, recipient,
				new Letter("Hello", "<p>Hello", "Hello"), Duration.ofHours(1)));
	}

	private String status(String recipient) {
		return this.jdbc.sql("SELECT CONCAT(status, ' ', COALESCE(reply, '')) FROM outbox WHERE recipient = ?")
			.param(recipient)
			.query(String.class)
			.single();
	}

	private int attempts(String recipient) {
		return this.jdbc.sql("SELECT attempts FROM outbox WHERE recipient = ?")
			.param(recipient)
			.query(Integer.class)
			.single();
	}

	private static String address(String prefix) {
		return prefix + "." + UUID.randomUUID() + "@outbox.example";
	}

}
