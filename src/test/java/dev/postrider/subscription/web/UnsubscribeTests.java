package dev.postrider.subscription.web;

import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import dev.postrider.subscription.ReaderLinks;
import dev.postrider.subscription.Readers;
import dev.postrider.subscription.Suppressions;
import dev.postrider.subscription.Suppressions.Reason;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestClock;
import dev.postrider.testing.TestThreads;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

@PostriderTest
class UnsubscribeTests {

	private static final String ONE_CLICK = "List-Unsubscribe";

	@LocalServerPort
	private int port;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private Readers readers;

	@Autowired
	private ReaderLinks links;

	@Autowired
	private Suppressions suppressions;

	@Autowired
	private TestClock clock;

	private ReaderSite site;

	private long newsletterId;

	@BeforeEach
	void site() {
		this.site = new ReaderSite(this.port);
		this.newsletterId = this.jdbc.sql("SELECT id FROM newsletter WHERE slug = 'highlights'")
			.query(Long.class)
			.single();
	}

	@AfterEach
	void resetClock() {
		this.clock.reset();
	}

	@Test
	void whoGotAForwardedCopySeesWhoseSubscriptionItIs() {
		HttpResponse<String> page = this.site.get(path(reader()));
		assertThat(page.body()).containsPattern("\\w•••@")
			.contains("This is not your address?", "name=\"action\" value=\"leave\"");
	}

	@Test
	@DisplayName("L7 L9 L10 L11: one POST from anywhere, in either encoding, is answered 200 with no redirect or cookie")
	void leavesWithOneClick() {
		long urlencoded = reader();
		long multipart = reader();
		List<HttpResponse<String>> answers = List.of(this.site.post(path(urlencoded), ONE_CLICK, "One-Click"),
				this.site.postMultipart(path(multipart), ONE_CLICK, "One-Click"));
		assertThat(answers).allSatisfy((answer) -> {
			assertThat(answer.statusCode()).isEqualTo(200);
			assertThat(answer.headers().firstValue("Location")).isEmpty();
			assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
			assertThat(answer.body()).isEqualTo("Unsubscribed.\n");
		});
		assertThat(List.of(urlencoded, multipart)).allSatisfy((id) -> {
			assertThat(status(id)).isEqualTo("UNSUBSCRIBED");
			assertThat(actions(id)).containsExactly("CONFIRMED", "UNSUBSCRIBED");
			assertThat(channel(id)).isEqualTo("ONE_CLICK");
		});
	}

	@Test
	@DisplayName("L13: GET, HEAD, OPTIONS, and POSTs that do not ask for it change nothing")
	void leavesOnlyWhenAsked() {
		long id = reader();
		for (String method : List.of("GET", "HEAD", "OPTIONS")) {
			assertThat(this.site.send(method, path(id)).statusCode()).isEqualTo(200);
		}
		assertThat(this.site.get(path(id)).body()).contains("r•••@readers.example", ">Unsubscribe</button>");
		List<HttpResponse<String>> unclear = List.of(this.site.send("POST", path(id)),
				this.site.post(path(id), "anything", "else"), this.site.post(path(id), ONE_CLICK, "maybe"),
				this.site.postMultipart(path(id), "x", "y"),
				this.site.send("POST", path(id), "text/plain", "One-Click"));
		assertThat(unclear).allSatisfy((answer) -> {
			assertThat(answer.statusCode()).isEqualTo(400);
			assertThat(answer.body()).contains(">Unsubscribe</button>");
		});
		assertThat(status(id)).isEqualTo("ACTIVE");
		assertThat(actions(id)).containsExactly("CONFIRMED");
	}

	@Test
	@DisplayName("L14 C2: a second POST is 200 and no second event, and links of old mails live on")
	void leavesOnce() {
		long id = reader();
		String path = path(id);
		this.clock.advance(Duration.ofDays(400));
		List<CompletableFuture<HttpResponse<String>>> clicks = Stream.generate(() -> 0)
			.limit(8)
			.map((i) -> TestThreads.start(() -> this.site.post(path, ONE_CLICK, "One-Click")))
			.toList();
		assertThat(clicks).allSatisfy((click) -> assertThat(click.join().statusCode()).isEqualTo(200));
		assertThat(this.site.post(path, "action", "leave").statusCode()).isEqualTo(200);
		assertThat(actions(id)).containsExactly("CONFIRMED", "UNSUBSCRIBED");
	}

	@Test
	@DisplayName("C6: people leave with one button and can take it back for an hour")
	void leavesByHandAndComesBack() {
		long id = reader();
		HttpResponse<String> left = this.site.post(path(id), "action", "leave");
		assertThat(left.body()).contains("You are unsubscribed", "gets no more mail", "Undo");
		assertThat(channel(id)).isEqualTo("PAGE");
		assertThat(status(id)).isEqualTo("UNSUBSCRIBED");

		assertThat(this.site.get(path(id) + "?action=undo").body()).contains("You are not subscribed");
		HttpResponse<String> back = this.site.post(path(id), "action", "undo");
		assertThat(back.body()).contains("You are subscribed again");
		assertThat(status(id)).isEqualTo("ACTIVE");
		assertThat(actions(id)).containsExactly("CONFIRMED", "UNSUBSCRIBED", "CHANGED");

		this.site.post(path(id), ONE_CLICK, "One-Click");
		this.clock.advance(Duration.ofMinutes(61));
		assertThat(this.site.get(path(id)).body()).doesNotContain("Undo").contains("Sign up again");
		this.site.post(path(id), "action", "undo");
		assertThat(status(id)).isEqualTo("UNSUBSCRIBED");
	}

	@Test
	void bringsBackNobodyWhoComplained() {
		long id = reader();
		this.site.post(path(id), "action", "leave");
		this.suppressions.suppress(id, Reason.COMPLAINT, "abuse report");
		assertThat(this.site.post(path(id), "action", "undo").body()).contains("You are not subscribed");
		assertThat(status(id)).isEqualTo("SUPPRESSED");
	}

	@Test
	void endsOnlyTheSubscriptionItIsAbout() {
		long other = this.jdbc.sql("SELECT COALESCE(MAX(id), 0) + 1000 FROM newsletter").query(Long.class).single();
		this.jdbc.sql("""
				INSERT INTO newsletter (id, slug, name, description, days, send_time, created_at)
				VALUES (?, ?, 'Other', 'Another one.', 127, '06:00:00', ?)
				""").params(other, "other-" + other, this.clock.instant()).update();
		try {
			long id = reader();
			this.jdbc
				.sql("""
						INSERT INTO subscription (newsletter_id, subscriber_id, requested_at, confirmed_at) VALUES (?, ?, ?, ?)
						""")
				.params(other, id, this.clock.instant(), this.clock.instant())
				.update();
			this.site.post(path(id), ONE_CLICK, "One-Click");
			assertThat(status(id)).isEqualTo("ACTIVE");
			assertThat(this.readers.countActive(other)).isEqualTo(1);
			this.site.post(URI.create(this.links.unsubscribe(id, other)).getPath(), ONE_CLICK, "One-Click");
			assertThat(status(id)).isEqualTo("UNSUBSCRIBED");
			assertThat(this.readers.countActive(other)).isZero();
		}
		finally {
			this.jdbc.sql("DELETE FROM subscription WHERE newsletter_id = ?").param(other).update();
			this.jdbc.sql("DELETE FROM newsletter WHERE id = ?").param(other).update();
		}
	}

	private long reader() {
		String email = ReaderSite.someAddress();
		this.readers.addVerified(email, null, this.newsletterId, "DEMO");
		return this.jdbc.sql("SELECT id FROM subscriber WHERE email_key = ?").param(email).query(Long.class).single();
	}

	private String path(long id) {
		return URI.create(this.links.unsubscribe(id, this.newsletterId)).getPath();
	}

	private String status(long id) {
		return this.jdbc.sql("SELECT status FROM subscriber WHERE id = ?").param(id).query(String.class).single();
	}

	private List<String> actions(long id) {
		return this.jdbc.sql("SELECT action FROM consent WHERE subscriber_id = ? ORDER BY id")
			.param(id)
			.query(String.class)
			.list();
	}

	private String channel(long id) {
		return this.jdbc.sql("SELECT channel FROM consent WHERE subscriber_id = ? AND action = 'UNSUBSCRIBED'")
			.param(id)
			.query(String.class)
			.single();
	}

}
