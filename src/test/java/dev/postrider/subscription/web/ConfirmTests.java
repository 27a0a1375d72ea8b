package dev.postrider.subscription.web;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import dev.postrider.subscription.SubscriptionConfirmed;
import dev.postrider.subscription.Suppressions;
import dev.postrider.subscription.Suppressions.Reason;
import dev.postrider.subscription.list.Confirmations;
import dev.postrider.subscription.list.Evidence;
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
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;

import static org.assertj.core.api.Assertions.assertThat;

@PostriderTest
@RecordApplicationEvents
class ConfirmTests {

	@LocalServerPort
	private int port;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private Suppressions suppressions;

	@Autowired
	private Confirmations confirmations;

	@Autowired
	private Retention retention;

	@Autowired
	private TestClock clock;

	@Autowired
	private ApplicationEvents events;

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
	@DisplayName("S1: opening the link, by whatever program, confirms nothing; the button does")
	void confirmsByButtonOnly() {
		String email = ReaderSite.someAddress();
		String link = this.site.signUp(email);
		for (String method : List.of("GET", "HEAD", "OPTIONS", "GET")) {
			assertThat(this.site.send(method, link).statusCode()).isEqualTo(200);
		}
		assertThat(this.site.get(link).body()).contains("r•••@readers.example", ">Confirm</button>")
			.doesNotContain(email);
		assertThat(status(email)).isEqualTo("PENDING");
		assertThat(actions(email)).containsExactly("SIGNED_UP");

		HttpResponse<String> answer = this.site.post(link);
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.body()).contains("You are subscribed", "Monday, Wednesday and Friday",
				"Wed 25 November, 07:00 (Europe/Berlin)", "/preferences/");
		assertThat(status(email)).isEqualTo("ACTIVE");
		assertThat(actions(email)).containsExactly("SIGNED_UP", "CONFIRMED");
	}

	@Test
	void tellsOthersOnce() {
		String email = ReaderSite.someAddress();
		String link = this.site.signUp(email);
		// In this thread, whose events are recorded.
		this.confirmations.confirm(link.substring("/confirm/".length()), Evidence.none(Evidence.Channel.PAGE));
		HttpResponse<String> second = this.site.post(link);
		assertThat(second.statusCode()).isEqualTo(200);
		assertThat(second.body()).contains("Nothing more to do");
		assertThat(actions(email)).containsExactly("SIGNED_UP", "CONFIRMED");
		long id = id(email);
		assertThat(this.events.stream(SubscriptionConfirmed.class).filter((it) -> it.subscriberId() == id)).hasSize(1);
	}

	@Test
	@DisplayName("C4: the confirmation's own evidence is kept, and expires")
	void keepsEvidenceForATime() {
		String email = ReaderSite.someAddress();
		this.site.post(this.site.signUp(email));
		assertThat(evidence(email)).isEqualTo(2);
		this.clock.advance(Duration.ofDays(1096));
		this.retention.purge();
		assertThat(evidence(email)).isZero();
		assertThat(actions(email)).containsExactly("SIGNED_UP", "CONFIRMED");
	}

	@Test
	@DisplayName("C4: a confirmation bears the words of its sign-up, whatever they are by then, and names its link")
	void recordsWordsAndLink() {
		String email = ReaderSite.someAddress();
		String link = this.site.signUp(email);
		this.site.post(link);
		assertThat(this.jdbc.sql("""
				SELECT CONCAT(action, ' ', wording_version, ' ', COALESCE(token_id = UNHEX(SHA2(:token, 256)), '-'))
				FROM consent WHERE subscriber_id = :id ORDER BY id
				""")
			.param("token", link.substring(link.lastIndexOf('/') + 1))
			.param("id", id(email))
			.query(String.class)
			.list()).containsExactly("SIGNED_UP sign-up-1-en -", "CONFIRMED sign-up-1-en 1");
		assertThat(this.jdbc.sql("SELECT COUNT(DISTINCT wording) FROM consent WHERE subscriber_id = ?")
			.param(id(email))
			.query(Integer.class)
			.single()).isOne();
	}

	@Test
	@DisplayName("S4: an expired link says so and is replaced with one click")
	void replacesAnExpiredLink() {
		String email = ReaderSite.someAddress();
		String old = this.site.signUp(email);
		this.clock.advance(Duration.ofHours(73));
		assertThat(this.site.get(old).statusCode()).isEqualTo(410);
		assertThat(this.site.get(old).body()).contains("This link has expired", "Send a new link");
		assertThat(this.site.post(old).statusCode()).isEqualTo(410);
		assertThat(status(email)).isEqualTo("PENDING");

		HttpResponse<String> again = this.site.post(old, "again", "true");
		assertThat(again.statusCode()).isEqualTo(200);
		assertThat(again.body()).contains("A new link is on its way");
		String renewed = ReaderSite.link(ReaderSite.awaitMail(email, 2));
		assertThat(renewed).isNotEqualTo(old);
		assertThat(this.site.post(renewed).body()).contains("You are subscribed");
		assertThat(status(email)).isEqualTo("ACTIVE");
	}

	@Test
	void sendsNoNewLinkForOneThatIsGood() {
		String email = ReaderSite.someAddress();
		String link = this.site.signUp(email);
		assertThat(this.site.post(link, "again", "true").body()).contains(">Confirm</button>");
		this.site.signUp(ReaderSite.someAddress());
		assertThat(ReaderSite.subjects(email)).hasSize(1);
	}

	@Test
	@DisplayName("S4: an old link cannot bring back somebody who has left since")
	void staysAwayFromWhoHasLeft() {
		String email = ReaderSite.someAddress();
		String first = this.site.signUp(email);
		String second = this.site.signUp(email);
		String preferences = link(this.site.post(first).body());
		this.site.post(preferences, "action", "leave", "newsletter", "highlights");
		assertThat(status(email)).isEqualTo("UNSUBSCRIBED");
		for (String link : List.of(first, second)) {
			assertThat(this.site.post(link).statusCode()).isEqualTo(410);
			assertThat(this.site.get(link).body()).contains("no longer valid", "sign up anew");
		}
		assertThat(status(email)).isEqualTo("UNSUBSCRIBED");

		this.clock.advance(Duration.ofMinutes(1));
		String third = this.site.signUp(email);
		assertThat(status(email)).isEqualTo("UNSUBSCRIBED");
		this.site.post(third);
		assertThat(status(email)).isEqualTo("ACTIVE");
	}

	@Test
	void staysAwayFromWhoComplainedSince() {
		String email = ReaderSite.someAddress();
		String link = this.site.signUp(email);
		this.clock.advance(Duration.ofMinutes(1));
		this.suppressions.suppress(id(email), Reason.COMPLAINT, "abuse report");
		assertThat(this.site.post(link).statusCode()).isEqualTo(410);
		assertThat(status(email)).isEqualTo("SUPPRESSED");
	}

	@Test
	@DisplayName("L8: altered or foreign tokens are unknown, whatever the page")
	void knowsItsTokens() {
		String link = this.site.signUp(ReaderSite.someAddress());
		String token = link.substring("/confirm/".length());
		char last = token.charAt(token.length() - 1);
		String altered = token.substring(0, token.length() - 1) + ((last == 'A') ? 'Q' : 'A');
		for (String path : List.of("/confirm/" + altered, "/confirm/x", "/unsubscribe/" + token,
				"/preferences/" + token, "/confirm/" + "A".repeat(3000))) {
			HttpResponse<String> page = this.site.get(path);
			assertThat(page.statusCode()).as(path).isEqualTo(404);
			assertThat(page.body()).contains("This link does not work");
			assertThat(this.site.post(path, "action", "leave").statusCode()).isEqualTo(404);
		}
	}

	@Test
	@DisplayName("S5: nothing stores, lists or hands on the address of a page with a token")
	void keepsTokensToItself() {
		for (String path : List.of(this.site.signUp(ReaderSite.someAddress()), "/unsubscribe/x", "/preferences/x")) {
			HttpResponse<String> page = this.site.get(path);
			assertThat(page.headers().allValues("Referrer-Policy")).containsExactly("no-referrer");
			assertThat(page.headers().allValues("Cache-Control")).containsExactly("no-store");
			assertThat(page.headers().allValues("X-Robots-Tag")).containsExactly("noindex");
			assertThat(page.headers().allValues("Set-Cookie")).isEmpty();
		}
	}

	@Test
	@DisplayName("C8: a sign-up that nobody confirms is forgotten after a week")
	void forgetsUnconfirmedSignUps() {
		String email = ReaderSite.someAddress();
		String kept = ReaderSite.someAddress();
		String link = this.site.signUp(email);
		this.site.post(this.site.signUp(kept));
		long id = id(email);
		String attribute = attribute(id);
		this.clock.advance(Duration.ofDays(6));
		this.retention.purge();
		assertThat(status(email)).isEqualTo("PENDING");
		this.clock.advance(Duration.ofDays(2));
		this.retention.purge();
		assertThat(this.jdbc.sql("SELECT COUNT(*) FROM subscriber WHERE email_key = ?")
			.param(email)
			.query(Integer.class)
			.single()).isZero();
		assertThat(this.jdbc.sql("""
				SELECT CONCAT(c.action, ' ', e.consent_id IS NULL) FROM consent c
				LEFT JOIN consent_evidence e ON e.consent_id = c.id WHERE c.subscriber_id = ?
				""").param(id).query(String.class).list()).as("the ledger is only appended to, the evidence goes")
			.containsExactly("SIGNED_UP 1");
		this.jdbc.sql("DELETE FROM newsletter_attribute WHERE name = ?").param(attribute).update();
		assertThat(status(kept)).isEqualTo("ACTIVE");
		assertThat(this.site.get(link).statusCode()).isEqualTo(404);
		assertThat(notedMails(email)).isZero();
		assertThat(notedMails(kept)).isPositive();
		this.clock.advance(Duration.ofDays(7));
		this.retention.purge();
		assertThat(notedMails(kept)).isZero();
	}

	@Test
	void aSignUpIsKeptOnWhenItsOwnerAsksForANewLink() {
		String email = ReaderSite.someAddress();
		String expired = this.site.signUp(email);
		this.clock.advance(Duration.ofDays(6));
		this.site.post(expired, "again", "true");
		this.clock.advance(Duration.ofDays(2));
		this.retention.purge();
		assertThat(status(email)).isEqualTo("PENDING");
	}

	/** As a program may set it of anybody who is known. */
	private String attribute(long subscriber) {
		long newsletter = this.jdbc.sql("SELECT newsletter_id FROM subscription WHERE subscriber_id = ?")
			.param(subscriber)
			.query(Long.class)
			.single();
		String name = "c" + UUID.randomUUID().toString().substring(0, 8);
		this.jdbc.sql("INSERT INTO newsletter_attribute (newsletter_id, name, label, fallback) VALUES (?, ?, 'l', 'f')")
			.params(newsletter, name)
			.update();
		this.jdbc
			.sql("INSERT INTO subscriber_attribute (subscriber_id, newsletter_id, name, value) VALUES (?, ?, ?, 'v')")
			.params(subscriber, newsletter, name)
			.update();
		return name;
	}

	private int notedMails(String email) {
		return this.jdbc.sql("SELECT COUNT(*) FROM outbox WHERE recipient = ?")
			.param(email)
			.query(Integer.class)
			.single();
	}

	private static String link(String page) {
		int start = page.indexOf("/preferences/");
		return page.substring(start, page.indexOf('"', start));
	}

	private long id(String email) {
		return this.jdbc.sql("SELECT id FROM subscriber WHERE email_key = ?").param(email).query(Long.class).single();
	}

	private String status(String email) {
		return this.jdbc.sql("SELECT status FROM subscriber WHERE email_key = ?")
			.param(email)
			.query(String.class)
			.single();
	}

	private List<String> actions(String email) {
		return this.jdbc.sql("SELECT action FROM consent WHERE subscriber_id = ? ORDER BY id")
			.param(id(email))
			.query(String.class)
			.list();
	}

	private int evidence(String email) {
		return this.jdbc.sql("""
				SELECT COUNT(*) FROM consent c JOIN consent_evidence e ON e.consent_id = c.id WHERE c.subscriber_id = ?
				""").param(id(email)).query(Integer.class).single();
	}

}
