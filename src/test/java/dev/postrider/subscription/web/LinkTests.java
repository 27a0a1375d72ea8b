package dev.postrider.subscription.web;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import dev.postrider.subscription.Suppressions;
import dev.postrider.subscription.Suppressions.Reason;
import dev.postrider.subscription.list.Retention;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * "Mail me my link".
 */
@PostriderTest
class LinkTests {

	@LocalServerPort
	private int port;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private Suppressions suppressions;

	@Autowired
	private Retention retention;

	@Autowired
	private TestClock clock;

	private ReaderSite site;

	@BeforeEach
	void site() {
		this.site = new ReaderSite(this.port);
	}

	@AfterEach
	void resetClock() {
		this.clock.reset();
	}

	@Test
	void mailsTheLinkToAReader() {
		String email = ReaderSite.someAddress();
		String preferences = this.site.subscribe(email);
		HttpResponse<String> answer = ask(email.toUpperCase());
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(ReaderSite.link(ReaderSite.awaitMail(email, 2))).isEqualTo(preferences);
		assertThat(this.site.get(preferences).body()).contains("News highlights");
	}

	@Test
	@DisplayName("S2: the answer is the same whoever's address it is, and only readers get mail")
	void answersEverybodyAlike() {
		String reader = ReaderSite.someAddress();
		this.site.subscribe(reader);
		String pending = ReaderSite.someAddress();
		this.site.signUp(pending);
		String complained = ReaderSite.someAddress();
		this.site.subscribe(complained);
		this.suppressions.suppress(id(complained), Reason.COMPLAINT, "abuse report");
		String unknown = ReaderSite.someAddress();
		List<String> answers = List.of(unknown, pending, complained, reader)
			.stream()
			.map((email) -> ask(email).body().replace(email, "ADDRESS"))
			.distinct()
			.toList();
		assertThat(answers).hasSize(1);
		ReaderSite.awaitMail(reader, 2);
		awaitAnswered();
		assertThat(ReaderSite.subjects(unknown)).isEmpty();
		assertThat(ReaderSite.subjects(pending)).hasSize(1);
		assertThat(ReaderSite.subjects(complained)).hasSize(1);
		assertThat(noted(unknown)).isZero();
	}

	@Test
	void mailsOnlySoManyADay() {
		String email = ReaderSite.someAddress();
		this.site.subscribe(email);
		for (int i = 0; i < 5; i++) {
			assertThat(ask(email).statusCode()).isEqualTo(200);
			awaitAnswered();
		}
		assertThat(this.jdbc.sql("SELECT COUNT(*) FROM outbox WHERE recipient = ? AND purpose = 'preferences'")
			.param(email)
			.query(Integer.class)
			.single()).isEqualTo(3);
	}

	@Test
	@DisplayName("a request that cannot be answered holds up nobody, and is given up after five attempts")
	void oneThatFailsKeepsNobodyWaiting() {
		long subscriber = broken();
		this.jdbc.sql("INSERT INTO address_change (subscriber_id, email, requested_at) VALUES (?, ?, ?)")
			.params(subscriber, ReaderSite.someAddress(), this.clock.instant())
			.update();
		this.jdbc.sql("""
				INSERT INTO link_request (email, change_id, attempts, next_attempt_at, requested_at)
				SELECT email, id, 3, requested_at, requested_at FROM address_change WHERE subscriber_id = ?
				""").param(subscriber).update();
		String email = ReaderSite.someAddress();
		String preferences = this.site.subscribe(email);
		ask(email);
		assertThat(ReaderSite.link(ReaderSite.awaitMail(email, 2))).isEqualTo(preferences);
		await().until(() -> attempts(subscriber).equals(List.of(4)));
		this.clock.advance(Duration.ofSeconds(79));
		assertThat(attempts(subscriber)).as("put off").containsExactly(4);
		this.clock.advance(Duration.ofSeconds(2));
		await().until(() -> attempts(subscriber).isEmpty());
		this.jdbc.sql("DELETE FROM subscriber WHERE id = ?").param(subscriber).update();
	}

	@Test
	@DisplayName("what nobody worked off for a day is deleted")
	void oldOnesAreDeleted() {
		String email = ReaderSite.someAddress();
		this.jdbc.sql("INSERT INTO link_request (email, next_attempt_at, requested_at) VALUES (?, ?, ?)")
			.params(email, this.clock.instant().plus(Duration.ofDays(9)), this.clock.instant())
			.update();
		this.retention.purge();
		assertThat(requests(email)).isEqualTo(1);
		this.clock.advance(Duration.ofHours(25));
		this.retention.purge();
		assertThat(requests(email)).isZero();
	}

	/** A subscriber whose address no mail can name. */
	private long broken() {
		String email = "broken-" + UUID.randomUUID();
		this.jdbc.sql("""
				INSERT INTO subscriber (email, email_key, status, created_at, status_changed_at)
				VALUES (?, ?, 'ACTIVE', ?, ?)
				""").params(email, email, this.clock.instant(), this.clock.instant()).update();
		return id(email);
	}

	private List<Integer> attempts(long subscriber) {
		return this.jdbc
			.sql("""
					SELECT r.attempts FROM link_request r JOIN address_change c ON c.id = r.change_id WHERE c.subscriber_id = ?
					""")
			.param(subscriber)
			.query(Integer.class)
			.list();
	}

	private int requests(String email) {
		return this.jdbc.sql("SELECT COUNT(*) FROM link_request WHERE email = ?")
			.param(email)
			.query(Integer.class)
			.single();
	}

	@Test
	void helpsWithASlip() {
		HttpResponse<String> answer = ask("no address");
		assertThat(answer.statusCode()).isEqualTo(422);
		assertThat(answer.body()).contains("An email address has no spaces", "value=\"no address\"");
		assertThat(ask("").body()).contains("Enter your email address.");
		assertThat(this.site.get("/preferences").body()).contains("Mail me my link");
	}

	private HttpResponse<String> ask(String email) {
		return this.site.post("/preferences", "email", email);
	}

	/** Also those that other tests asked for, but for any that wait to be tried again. */
	private void awaitAnswered() {
		await()
			.until(() -> this.jdbc.sql("SELECT COUNT(*) FROM link_request WHERE attempts = 0 AND next_attempt_at <= ?")
				.param(this.clock.instant())
				.query(Integer.class)
				.single() == 0);
	}

	private int noted(String email) {
		return this.jdbc.sql("SELECT COUNT(*) FROM outbox WHERE recipient = ?")
			.param(email)
			.query(Integer.class)
			.single();
	}

	private long id(String email) {
		return this.jdbc.sql("SELECT id FROM subscriber WHERE email_key = ?").param(email).query(Long.class).single();
	}

}
