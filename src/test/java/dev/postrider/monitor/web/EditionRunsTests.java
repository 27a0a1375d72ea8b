package dev.postrider.monitor.web;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

import dev.postrider.delivery.DigestRuns;
import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionComposer;
import dev.postrider.edition.EditionStatus;
import dev.postrider.edition.Editions;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.newsletter.PublicationCalendar;
import dev.postrider.run.Run;
import dev.postrider.run.RunHistory;
import dev.postrider.staff.Audit;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestClock;
import dev.postrider.testing.TestNewsroom;
import dev.postrider.testing.TestRelay;
import dev.postrider.testing.TestStaff;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What an admin does with an edition's sending, by page and by API.
 */
@PostriderTest
class EditionRunsTests {

	private static final LocalDate MONDAY = LocalDate.of(2026, 11, 23);

	@LocalServerPort
	private int port;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private Newsletters newsletters;

	@Autowired
	private TestClock clock;

	@Autowired
	private TestStaff staff;

	@Autowired
	private DigestRuns digests;

	@Autowired
	private RunHistory runs;

	@Autowired
	private Editions editions;

	@Autowired
	private EditionComposer composer;

	@Autowired
	private Audit audit;

	private TestNewsroom newsroom;

	private Newsletter newsletter;

	private TestStaff.Member admin;

	private TestStaff.Session session;

	@BeforeEach
	void logIn() {
		this.clock.reset();
		this.newsroom = new TestNewsroom(this.jdbc, this.newsletters, this.clock);
		this.newsletter = this.newsroom.newsletter();
		this.newsroom.story("Harbour bridge opens");
		this.admin = this.staff.admin();
		this.session = this.staff.login(this.port, this.admin);
	}

	@AfterEach
	void resetClock() {
		this.clock.reset();
		this.jdbc.sql("UPDATE edition SET status = 'CANCELLED' WHERE newsletter_id = ? AND status <> 'SENT'")
			.param(this.newsletter.id())
			.update();
	}

	@Test
	void aSendingThatIsStoppedIsPausedAndSaysByWhomUntilItGoesOn() {
		String gate = reader("gate");
		String other = reader("reader");
		long run = this.digests.send(this.newsletter.slug(), MONDAY, 1, "test");
		await().until(() -> hasLanes(run));
		String page = "/monitor/editions/" + edition().id();
		assertThat(this.session.get(page).body()).contains("Being sent", "Pause</button>").doesNotContain("Resume");

		this.session.post("/monitor/runs/" + run, "/monitor/runs/" + run + "/stop");
		await().pollDelay(Duration.ofMillis(1500)).until(() -> true);
		TestRelay.get().open(gate);
		assertThat(finish(run).status()).isEqualTo("STOPPED");

		assertThat(edition().status()).isEqualTo(EditionStatus.HELD);
		assertThat(this.session.get(page).body()).contains("Paused by " + this.admin.email())
			.contains("07:00 (Europe/Berlin)", "Resume</button>")
			.doesNotContain("Pause</button>");
		assertThat(this.session.get("/monitor").body())
			.contains("Monday’s edition is paused by " + this.admin.email() + " since 07:00: ");
		assertThat(this.session.get("/desk/editions/" + edition().id()).body())
			.contains("Paused by " + this.admin.email());
		assertThat(TestRelay.get().to(other)).isEmpty();
		assertThat(post("pause", "").expectStatus().isEqualTo(409).expectBody(String.class).returnResult())
			.satisfies((result) -> assertThat(result.getResponseBody()).contains("there is no sending to pause"));

		post("resume", "").expectStatus().isAccepted();
		await().until(() -> edition().status() == EditionStatus.SENT);
		assertThat(TestRelay.get().to(other)).hasSize(1);
		assertThat(TestRelay.get().to(gate)).hasSize(1);
		assertThat(actions()).contains("edition.pause", "run.stop", "edition.resume");
		post("resume", "").expectStatus().isEqualTo(409);
	}

	@Test
	void whatFailedIsSentAgainFromThePage() {
		String reader = reader("reader");
		reader("unknown");
		finish(this.digests.send(this.newsletter.slug(), MONDAY, 1, "test"));
		long id = edition().id();
		String page = "/monitor/editions/" + id;
		assertThat(this.session.get(page).body()).contains("Not delivered").doesNotContain("Send again what failed");
		fail(reader);
		assertThat(this.session.get(page).body()).contains("Send again what failed", "1 delivery failed for good",
				"value=\"2026-11-23T13:00\"", "Europe/Berlin");
		assertThat(flash(this.session.post(page, page + "/retry", "worthUntil", "soon")))
			.contains("Say until when it is worth sending");
		assertThat(flash(this.session.post(page, page + "/retry", "worthUntil", "2026-12-23T13:00")))
			.contains("Give a moment within 7 days");
		assertThat(flash(this.session.post(page, page + "/retry", "worthUntil", "2026-11-23T13:00")))
			.contains("Sending again has begun");
		await().until(() -> TestRelay.get().to(reader).size() == 2);
		await().until(() -> edition().status() == EditionStatus.SENT);
		await().until(() -> this.session.get(page).body().contains("Done"));
		assertThat(this.session.get(page).body()).contains("Sent again", this.admin.email())
			.doesNotContain("Send again what failed");
		assertThat(actions()).contains("edition.retry");
		assertThat(this.session.get("/monitor/runs?job=retry").body())
			.contains("Retry 1 of " + this.newsletter.name() + ", 2026-11-23");
	}

	@Test
	void whatFailedIsSentAgainByApiByAdminsOnly() {
		String reader = reader("reader");
		finish(this.digests.send(this.newsletter.slug(), MONDAY, 1, "test"));
		String wish = "{\"worthUntil\": \"2026-11-23T12:00:00Z\"}";
		assertThat(post("retry", wish).expectStatus()
			.isEqualTo(409)
			.expectBody(String.class)
			.returnResult()
			.getResponseBody()).contains("no delivery failed");
		fail(reader);
		post("retry", "{}").expectStatus().isBadRequest();
		for (String action : List.of("retry", "pause", "resume")) {
			client().post()
				.uri(path(action))
				.header(HttpHeaders.AUTHORIZATION, this.staff.editor().bearer())
				.contentType(MediaType.APPLICATION_JSON)
				.body(wish)
				.exchange()
				.expectStatus()
				.isForbidden();
		}
		post("retry", wish).expectStatus().isAccepted();
		await().until(() -> TestRelay.get().to(reader).size() == 2);
		await().until(() -> edition().status() == EditionStatus.SENT);
		assertThat(get(path("retries"))).contains("\"readers\":1", this.admin.email());
	}

	@Test
	void anEditionIsRehearsedFromDeskMonitorAndApi() {
		reader("reader");
		Edition draft = this.editions.open(this.newsletter, MONDAY, 1,
				PublicationCalendar.slot(this.newsletter, MONDAY).dueAt());
		this.composer.compose(draft.id(), this.newsletter);
		client().get()
			.uri(path("rehearse"))
			.header(HttpHeaders.AUTHORIZATION, this.admin.bearer())
			.exchange()
			.expectStatus()
			.isNotFound();
		post("rehearse", "").expectStatus().isAccepted();
		await().until(() -> this.session.get("/desk/editions/" + draft.id() + "/rehearsal")
			.body()
			.contains("1 reader would get it"));
		assertThat(get(path("rehearse"))).contains("\"readers\":1", "\"candidates\":1", "readers.example");
		assertThat(this.session.get("/monitor/editions/" + draft.id()).body()).contains("Rehearsed",
				"1 of 1 would get it, the last one at ");
		String desk = "/desk/editions/" + draft.id() + "/rehearsal";
		assertThat(this.session.post(desk, "/desk/editions/" + draft.id() + "/rehearse").statusCode()).isEqualTo(302);
		await().until(() -> get(path("rehearse")).contains("\"number\":2"));
		assertThat(actions()).contains("edition.rehearse");
	}

	@Test
	void howFastANewsletterGoesOutIsSetOnTheDeskAndByApi() {
		reader("reader");
		String page = "/desk/newsletters/" + this.newsletter.slug() + "/sending";
		assertThat(this.session.get(page).body()).contains("as fast as the relays take it, from 07:00 on");
		assertThat(this.session.post(page, page, "minutes", "600").body())
			.contains("&quot;600&quot; is not possible here", "from 0 to 576", "value=\"600\"");
		assertThat(this.session.post(page, page, "minutes", "30").statusCode()).isEqualTo(302);
		assertThat(this.session.get(page).body()).contains("from 07:00 to 07:30 (Europe/Berlin): 1 reader");
		String api = "/api/v1/newsletters/" + this.newsletter.slug() + "/sending";
		assertThat(get(api)).isEqualTo("{\"windowMinutes\":30}");
		put(api, "{\"windowMinutes\": -1}").expectStatus().isEqualTo(422);
		put(api, "{\"windowMinutes\": 0}").expectStatus().isOk();
		assertThat(this.newsletters.find(this.newsletter.id()).orElseThrow().sendWindow()).isZero();
		assertThat(actions()).contains("newsletter.window");
	}

	@Test
	void showsTheRelaysAndTheRecipientsProviders() {
		String relay = "127.0.0.1:" + TestRelay.get().port();
		// A provider of its own, which wants less for a while.
		String domain = UUID.randomUUID().toString().substring(0, 8) + ".example";
		this.newsroom.reader(this.newsletter, "reader@" + domain);
		TestRelay.get().refuse(domain, "421 4.7.28 Unusual rate of mail from your address");
		long run = this.digests.send(this.newsletter.slug(), MONDAY, 1, "test");
		await().until(() -> this.session.get("/monitor/relays").body().contains("421 4.7.28 Unusual rate"));
		assertThat(this.session.get("/monitor/relays").body()).contains(relay, domain, "Paused", "until <time");
		assertThat(get("/api/v1/providers")).contains("\"name\":\"" + domain + "\"");
		TestRelay.get().accept(domain);
		await().until(() -> {
			this.clock.advance(Duration.ofMinutes(10));
			return !this.runs.find(run).orElseThrow().isRunning();
		});
		assertThat(edition().status()).isEqualTo(EditionStatus.SENT);
		assertThat(get("/api/v1/relays")).contains("\"address\":\"" + relay + "\"", "\"state\":");
	}

	private void fail(String email) {
		this.jdbc.sql("""
				UPDATE delivery SET status = 'FAILED' WHERE subscriber_id = (SELECT id FROM subscriber WHERE email = ?)
				""").param(email).update();
	}

	private boolean hasLanes(long run) {
		return this.runs.find(run).orElseThrow().steps().stream().anyMatch((step) -> step.name().startsWith("lane:"));
	}

	private String flash(java.net.http.HttpResponse<String> answer) {
		return this.session
			.get(answer.headers().firstValue("Location").orElseThrow().replaceFirst("https?://[^/]+", ""))
			.body();
	}

	private List<String> actions() {
		return this.audit.entries(null, 500)
			.stream()
			.filter((entry) -> entry.actor().equals(this.admin.email()))
			.map(Audit.Entry::action)
			.toList();
	}

	private Run finish(long run) {
		await().until(() -> !this.runs.find(run).orElseThrow().isRunning());
		return this.runs.find(run).orElseThrow();
	}

	private Edition edition() {
		return this.editions.find(this.newsletter.id(), MONDAY, 1).orElseThrow();
	}

	private String reader(String prefix) {
		String address = TestNewsroom.address(prefix);
		this.newsroom.reader(this.newsletter, address);
		return address;
	}

	private String path(String action) {
		return "/api/v1/newsletters/" + this.newsletter.slug() + "/editions/2026-11-23/" + action;
	}

	private RestTestClient.ResponseSpec post(String action, String body) {
		return client().post()
			.uri(path(action))
			.header(HttpHeaders.AUTHORIZATION, this.admin.bearer())
			.contentType(MediaType.APPLICATION_JSON)
			.body(body)
			.exchange();
	}

	private RestTestClient.ResponseSpec put(String path, String body) {
		return client().put()
			.uri(path)
			.header(HttpHeaders.AUTHORIZATION, this.admin.bearer())
			.contentType(MediaType.APPLICATION_JSON)
			.body(body)
			.exchange();
	}

	private String get(String path) {
		return String.valueOf(client().get()
			.uri(path)
			.header(HttpHeaders.AUTHORIZATION, this.admin.bearer())
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody());
	}

	private RestTestClient client() {
		return RestTestClient.bindToServer().baseUrl("http://localhost:" + this.port).build();
	}

}
