package dev.postrider.delivery.welcome;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;

import dev.postrider.delivery.DigestRuns;
import dev.postrider.delivery.MessageIds;
import dev.postrider.edition.Edition;
import dev.postrider.edition.Editions;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.run.RunHistory;
import dev.postrider.subscription.SubscriptionConfirmed;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestClock;
import dev.postrider.testing.TestNewsroom;
import dev.postrider.testing.TestRelay;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What a new reader is mailed at once; all of one edition.
 */
@PostriderTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WelcomeTests {

	private static final LocalDate MONDAY = LocalDate.of(2026, 11, 23);

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private Newsletters newsletters;

	@Autowired
	private DigestRuns digests;

	@Autowired
	private RunHistory runs;

	@Autowired
	private Editions editions;

	@Autowired
	private MessageIds messageIds;

	@Autowired
	private ApplicationEventPublisher events;

	@Autowired
	private TestClock clock;

	private TestNewsroom newsroom;

	private Newsletter newsletter;

	private String reader = "";

	private long readerId;

	private Edition edition;

	@BeforeAll
	void send() {
		this.newsroom = new TestNewsroom(this.jdbc, this.newsletters, this.clock);
		this.newsletter = this.newsroom.newsletter();
		this.newsroom.story("Harbour bridge opens " + TestNewsroom.words());
		this.reader = TestNewsroom.address("reader");
		this.readerId = this.newsroom.reader(this.newsletter, this.reader);
		String chess = TestNewsroom.address("chess");
		long chessId = this.newsroom.reader(this.newsletter, chess);
		this.jdbc.sql("UPDATE subscription SET topics = 'Chess' WHERE subscriber_id = ?").param(chessId).update();
		long run = this.digests.send(this.newsletter.slug(), MONDAY, 1, "test");
		await().until(() -> !this.runs.find(run).orElseThrow().isRunning());
		this.edition = this.editions.find(this.newsletter.id(), MONDAY, 1).orElseThrow();
		assertThat(TestRelay.get().to(this.reader)).hasSize(1);
	}

	@AfterEach
	void resetClock() {
		this.clock.reset();
	}

	@Test
	@DisplayName("a new reader gets the latest edition, once, as the copy it would have been")
	void theLatestEditionIsMailed() throws Exception {
		String email = TestNewsroom.address("new");
		long id = confirmed(email);
		var mail = TestRelay.get().awaitTo(email);
		assertThat(mail.getSubject()).isEqualTo(this.edition.subject());
		assertThat(mail.getHeader("Message-ID", null))
			.isEqualTo(this.messageIds.messageId(this.newsletter, this.edition.id(), id));
		assertThat(mail.getHeader("List-Unsubscribe", null)).contains("/unsubscribe/");
		assertThat(mail.getHeader("List-Unsubscribe-Post", null)).isEqualTo("List-Unsubscribe=One-Click");
		assertThat(TestRelay.get().received(email).get(0).envelopeSender()).startsWith("b+");
		assertThat(row(id)).containsEntry("edition_id", this.edition.id());

		confirm(id);
		awaitDone(id);
		assertThat(mails(email)).isEqualTo(1);
	}

	@Test
	@DisplayName("who has it already does not get it again")
	void whoHasItGetsNothing() {
		confirm(this.readerId);
		assertNothing(this.readerId, this.reader);
	}

	@Test
	@DisplayName("an edition of last week is no welcome")
	void oldOnesAreNotSent() {
		this.clock.advance(Duration.ofHours(75));
		String email = TestNewsroom.address("late");
		assertNothing(confirmed(email), email);
	}

	@Test
	@DisplayName("nor is one when the next comes within the hour, unless not on that day")
	void waitsForTheNextWhenThatIsNear() {
		this.clock.set(Instant.parse("2026-11-25T05:30:00Z"));
		String email = TestNewsroom.address("early");
		assertNothing(confirmed(email), email);
		String fridays = TestNewsroom.address("fridays");
		long id = this.newsroom.reader(this.newsletter, fridays);
		this.jdbc.sql("UPDATE subscription SET days = 16 WHERE subscriber_id = ?").param(id).update();
		confirm(id);
		TestRelay.get().awaitTo(fridays);
	}

	@Test
	@DisplayName("a newsletter can do without")
	void canBeSwitchedOff() {
		assertThat(this.newsletters.welcomes(this.newsletter.id())).isTrue();
		this.newsletters.changeWelcome(this.newsletter.id(), false);
		long id = confirmed(TestNewsroom.address("off"));
		this.newsletters.changeWelcome(this.newsletter.id(), true);
		assertThat(this.jdbc.sql("SELECT COUNT(*) FROM welcome WHERE subscriber_id = ?")
			.param(id)
			.query(Integer.class)
			.single()).isZero();
	}

	@Test
	@DisplayName("while an edition is being prepared nobody is mailed it: the reader may be in its audience")
	void waitsForAnEditionThatIsOnItsWay() {
		this.jdbc.sql("UPDATE edition SET status = 'SENDING', frozen_at = NULL WHERE id = ?")
			.param(this.edition.id())
			.update();
		String email = TestNewsroom.address("meanwhile");
		long id = confirmed(email);
		await().until(() -> String.valueOf(row(id).get("due_at")).contains("06:00:30"));
		this.jdbc.sql("UPDATE edition SET status = 'SENT', frozen_at = ? WHERE id = ?")
			.params(this.clock.instant(), this.edition.id())
			.update();
		assertThat(mails(email)).isZero();
		this.clock.advance(Duration.ofSeconds(31));
		TestRelay.get().awaitTo(email);
	}

	@Test
	@DisplayName("topics count as in any edition: none of theirs in it, no mail; not known to it, all of it")
	void goesByTopics() {
		String chess = TestNewsroom.address("chess");
		long id = this.newsroom.reader(this.newsletter, chess);
		this.jdbc.sql("UPDATE subscription SET topics = 'Chess' WHERE subscriber_id = ?").param(id).update();
		confirm(id);
		assertNothing(id, chess);
		String rare = TestNewsroom.address("rare");
		long other = this.newsroom.reader(this.newsletter, rare);
		this.jdbc.sql("UPDATE subscription SET topics = 'Falconry' WHERE subscriber_id = ?").param(other).update();
		confirm(other);
		TestRelay.get().awaitTo(rare);
	}

	@Test
	@DisplayName("who leaves at once is left in peace")
	void looksAgainBeforeMailing() {
		String email = TestNewsroom.address("gone");
		long id = this.newsroom.reader(this.newsletter, email);
		this.jdbc.sql("UPDATE subscription SET left_at = ? WHERE subscriber_id = ?")
			.params(this.clock.instant(), id)
			.update();
		confirm(id);
		assertNothing(id, email);
	}

	private long confirmed(String email) {
		long id = this.newsroom.reader(this.newsletter, email);
		confirm(id);
		return id;
	}

	private void confirm(long id) {
		this.events.publishEvent(new SubscriptionConfirmed(id, this.newsletter.id()));
	}

	private void awaitDone(long id) {
		await().until(() -> row(id).get("due_at") == null);
	}

	/** Nothing is even on its way. */
	private void assertNothing(long id, String email) {
		int before = mails(email);
		awaitDone(id);
		assertThat(row(id).get("edition_id")).isNull();
		assertThat(mails(email)).isEqualTo(before);
	}

	private int mails(String email) {
		return this.jdbc.sql("SELECT COUNT(*) FROM outbox WHERE recipient = ?")
			.param(email)
			.query(Integer.class)
			.single();
	}

	private Map<String, Object> row(long id) {
		return this.jdbc.sql("SELECT * FROM welcome WHERE subscriber_id = ?").param(id).query().singleRow();
	}

}
