package dev.postrider.delivery.welcome;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import dev.postrider.delivery.Deliveries;
import dev.postrider.delivery.DeliveryStatus;
import dev.postrider.delivery.DigestRuns;
import dev.postrider.delivery.MessageIds;
import dev.postrider.edition.Edition;
import dev.postrider.edition.Editions;
import dev.postrider.mail.Letter;
import dev.postrider.mail.Outbox;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.run.RunHistory;
import dev.postrider.subscription.ReaderLinks;
import dev.postrider.subscription.SubscriptionConfirmed;
import dev.postrider.subscription.Suppressions;
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
import org.springframework.boot.test.web.server.LocalServerPort;
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

	@LocalServerPort
	private int port;

	@Autowired
	private Newsletters newsletters;

	@Autowired
	private WelcomeMails welcomeMails;

	@Autowired
	private Deliveries deliveries;

	@Autowired
	private Outbox outbox;

	@Autowired
	private ReaderLinks links;

	@Autowired
	private Suppressions suppressions;

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
		await()
			.untilAsserted(() -> assertThat(this.deliveries.byEmail(email, 10)).singleElement().satisfies((proof) -> {
				assertThat(proof.status()).isEqualTo(DeliveryStatus.SENT);
				assertThat(proof.welcome()).isTrue();
				assertThat(proof.editionId()).isEqualTo(this.edition.id());
				assertThat(proof.messageId())
					.isEqualTo(this.messageIds.messageId(this.newsletter, this.edition.id(), id));
				assertThat(proof.reply()).startsWith("250");
				assertThat(proof.attempts()).isEqualTo(1);
			}));

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

	@Test
	@DisplayName("who leaves, complains or is erased before it has left does not get it; who comes back does")
	void takesBackWhatHasNotLeft() throws Exception {
		// Whatever leaves waits behind this one.
		String gate = TestNewsroom.address("gate");
		this.outbox.submit(new Outbox.SingleMail("test", new Outbox.Sender("The Example", "news@news.example"), gate,
				new Letter("Hello", "<p>Hello", "Hello"), Duration.ofHours(1)));
		await().until(() -> TestRelay.get().isAtGate(gate));
		List<String> emails = List.of(TestNewsroom.address("left"), TestNewsroom.address("erased"),
				TestNewsroom.address("complained"));
		List<Long> ids = emails.stream().map(this::confirmed).toList();
		await().until(() -> ids.stream().allMatch((id) -> copies(id) == 1));
		post(this.links.unsubscribe(ids.get(0), this.newsletter.id()), "List-Unsubscribe=One-Click");
		post(this.links.preferences(ids.get(1), 0), "action=erase&sure=true");
		this.suppressions.suppress(ids.get(2), Suppressions.Reason.COMPLAINT, "abuse report");
		assertThat(ids).allSatisfy((id) -> assertThat(copies(id)).isZero());
		assertThat(emails).allSatisfy((email) -> assertThat(mails(email)).isZero());
		TestRelay.get().open(gate);
		TestRelay.get().awaitTo(gate);

		this.jdbc.sql("UPDATE subscription SET left_at = NULL WHERE subscriber_id = ?").param(ids.get(0)).update();
		this.jdbc.sql("UPDATE subscriber SET status = 'ACTIVE' WHERE id = ?").param(ids.get(0)).update();
		confirm(ids.get(0));
		TestRelay.get().awaitTo(emails.get(0));
		assertThat(TestRelay.get().to(emails.get(0))).hasSize(1);
		assertThat(TestRelay.get().to(emails.get(1))).isEmpty();
		assertThat(TestRelay.get().to(emails.get(2))).isEmpty();
	}

	@Test
	@DisplayName("several processes at once mail each new reader once")
	void nobodyGetsItTwice() throws Exception {
		List<String> emails = IntStream.range(0, 12).mapToObj((i) -> TestNewsroom.address("many" + i)).toList();
		emails.forEach(this::confirmed);
		ExecutorService processes = Executors.newFixedThreadPool(4);
		try {
			List<Future<?>> all = new ArrayList<>();
			for (int i = 0; i < 4; i++) {
				all.add(processes.submit(this.welcomeMails::mailDue));
			}
			for (Future<?> one : all) {
				one.get(30, TimeUnit.SECONDS);
			}
		}
		finally {
			processes.shutdownNow();
		}
		await().untilAsserted(() -> assertThat(emails).allSatisfy((email) -> assertThat(mails(email)).isEqualTo(1)));
	}

	private void post(String link, String body) throws Exception {
		HttpRequest request = HttpRequest
			.newBuilder(URI.create("http://localhost:" + this.port + URI.create(link).getPath()))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString(body))
			.build();
		assertThat(HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
			.isEqualTo(200);
	}

	private int copies(long id) {
		return this.jdbc.sql("SELECT COUNT(*) FROM welcome_delivery WHERE subscriber_id = ?")
			.param(id)
			.query(Integer.class)
			.single();
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
		assertThat(copies(id)).isZero();
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
