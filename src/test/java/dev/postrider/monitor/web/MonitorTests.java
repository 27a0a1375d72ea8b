package dev.postrider.monitor.web;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.postrider.delivery.DigestRuns;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.run.RunHistory;
import dev.postrider.run.RunLauncher;
import dev.postrider.staff.Audit;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestClock;
import dev.postrider.testing.TestJobs;
import dev.postrider.testing.TestNewsroom;
import dev.postrider.testing.TestStaff;
import dev.postrider.testing.TestStaff.Member;
import dev.postrider.testing.TestStaff.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpHeaders;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@PostriderTest
class MonitorTests {

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
	private RunLauncher launcher;

	@Autowired
	private RunHistory runs;

	@Autowired
	private DigestRuns digests;

	@Autowired
	private Audit audit;

	private TestNewsroom newsroom;

	private Newsletter newsletter;

	private Member admin;

	private Session session;

	private final String name = UUID.randomUUID().toString();

	@BeforeEach
	void logIn() {
		this.clock.reset();
		this.newsroom = new TestNewsroom(this.jdbc, this.newsletters, this.clock);
		this.newsletter = this.newsroom.newsletter();
		this.admin = this.staff.admin();
		this.session = this.staff.login(this.port, this.admin);
	}

	@AfterEach
	void tidyUp() {
		this.clock.reset();
		this.jdbc.sql("UPDATE edition SET status = 'CANCELLED' WHERE newsletter_id = ? AND status <> 'SENT'")
			.param(this.newsletter.id())
			.update();
	}

	@Test
	void saysWhatWentOutAndWhatIsNext() {
		this.newsroom.story("Harbour bridge opens");
		for (String prefix : List.of("reader", "reader", "reader", "unknown")) {
			this.newsroom.reader(this.newsletter, TestNewsroom.address(prefix));
		}
		long run = send();
		String page = this.session.get("/monitor").body();
		assertThat(state(page)).contains("Monday’s edition: 3 of 4 sent, done at 07:00.")
			.containsPattern("Wed 25 November, 07:00</time> \\(Europe/Berlin\\), in 48 h|in 2 days");
		String runPage = this.session.get("/monitor/runs/" + run).body();
		assertThat(runPage)
			.contains("Not delivered", "u…@readers.example", "550 5.1.1 &lt;u…@readers.example&gt;: User unknown")
			.contains("<td>collect", "<td>freeze", "<td>close", "lane:01")
			.doesNotContainPattern("unknown\\.[0-9a-f-]+@readers")
			.doesNotContain("/stop\"", "/restart\"");
	}

	@Test
	void showsHowFarASendingEditionIs() {
		edition("SENDING", null, 25, 15);
		String page = this.session.get("/monitor").body();
		assertThat(state(page)).contains("Monday’s edition: 25 of 40 sent", "value=\"62\"");
		assertThat(page).contains("hx-trigger=\"every 2s\"");
		assertThat(this.session.get("/monitor/state").body()).contains("25 of 40 sent").doesNotContain("<html");
	}

	@Test
	void saysWhyAnEditionIsHeld() {
		edition("HELD", "The relay refuses our sender", 5, 5);
		assertThat(state(this.session.get("/monitor").body()))
			.contains("Monday’s edition is held: 5 of 10 sent. The relay refuses our sender");
	}

	@Test
	void stopsAndRestartsARunByItsButtons() {
		long run = this.launcher.start(TestJobs.JOB, Map.of("do", "go-on", "name", this.name), "test");
		await().until(() -> status(run).equals("STARTED"));
		String page = "/monitor/runs/" + run;
		assertThat(this.session.get(page).body()).contains("Running", page + "/stop", "every 2s");
		assertThat(this.session.post(null, page + "/stop").statusCode()).isEqualTo(403);
		assertThat(this.session.post(page, page + "/stop").statusCode()).isEqualTo(302);
		await().until(() -> status(run).equals("STOPPED"));
		HttpResponse<String> live = this.session.get(page + "/live");
		assertThat(live.headers().firstValue("HX-Refresh")).hasValue("true");
		assertThat(this.session.get(page).body()).contains("Stopped", page + "/restart");
		TestJobs.mend(this.name);
		HttpResponse<String> restarted = this.session.post(page, page + "/restart");
		String next = restarted.headers().firstValue("Location").orElseThrow();
		long continued = Long.parseLong(next.replaceFirst(".*/", ""));
		assertThat(continued).isNotEqualTo(run);
		await().until(() -> status(continued).equals("COMPLETED"));
		this.session.post("/account", page + "/stop");
		assertThat(this.session.get(page).body()).contains("notice bad");
		assertThat(actions()).contains("run.stop run " + run, "run.restart run " + run);
	}

	@Test
	void stopsAndRestartsARunThroughTheApi() {
		long run = this.launcher.start(TestJobs.JOB, Map.of("do", "go-on", "name", this.name), "test");
		await().until(() -> status(run).equals("STARTED"));
		post("/api/v1/runs/" + run + "/restart").expectStatus()
			.isEqualTo(409)
			.expectHeader()
			.contentType("application/problem+json");
		post("/api/v1/runs/" + run + "/stop").expectStatus().isAccepted();
		await().until(() -> status(run).equals("STOPPED"));
		TestJobs.mend(this.name);
		post("/api/v1/runs/" + run + "/restart").expectStatus()
			.isAccepted()
			.expectBody()
			.jsonPath("$.runId")
			.value(Integer.class, (id) -> await().until(() -> status(id).equals("COMPLETED")));
		post("/api/v1/runs/" + run + "/stop").expectStatus()
			.isEqualTo(409)
			.expectBody()
			.jsonPath("$.detail")
			.isNotEmpty();
		post("/api/v1/runs/999999999/stop").expectStatus()
			.isNotFound()
			.expectBody()
			.jsonPath("$.detail")
			.isEqualTo("There is no run 999999999");
		assertThat(actions()).contains("run.stop run " + run);
	}

	@Test
	void pagesThroughRuns() {
		for (int i = 0; i < 3; i++) {
			this.launcher.start(TestJobs.JOB, Map.of("do", "end", "name", this.name + i), "test");
		}
		String path = "/api/v1/runs?job=" + TestJobs.JOB + "&limit=2";
		Map<?, ?> first = json(path);
		assertThat((List<?>) first.get("items")).hasSize(2);
		Map<?, ?> second = json(path + "&after=" + first.get("next"));
		assertThat((List<?>) second.get("items")).isNotEmpty();
		Map<?, ?> newest = (Map<?, ?>) ((List<?>) first.get("items")).get(0);
		Map<?, ?> older = (Map<?, ?>) ((List<?>) second.get("items")).get(0);
		assertThat(((Number) newest.get("id")).longValue()).isGreaterThan(((Number) older.get("id")).longValue());
		assertThat(newest.get("identity")).isEqualTo(Map.of("do", "end", "name", this.name + 2));
		assertThat(json("/api/v1/runs/" + newest.get("id"))).containsKeys("status", "steps", "createdAt");
		assertThat(json("/api/v1/runs?job=nothing")).containsEntry("next", null).containsEntry("items", List.of());
		assertThat(this.session.get("/monitor/runs?job=" + TestJobs.JOB).body()).contains("no. " + newest.get("id"));
	}

	@Test
	void provesWhatAnAddressWasSent() {
		this.newsroom.story("Harbour bridge opens");
		String reader = TestNewsroom.address("reader");
		this.newsroom.reader(this.newsletter, reader);
		send();
		Map<?, ?> answer = json("/api/v1/deliveries?email=" + reader.toUpperCase());
		assertThat((List<?>) answer.get("items")).singleElement().satisfies((item) -> {
			Map<?, ?> proof = (Map<?, ?>) item;
			assertThat(proof.get("newsletter")).isEqualTo(this.newsletter.slug());
			assertThat(proof.get("date")).isEqualTo("2026-11-23");
			assertThat(proof.get("status")).isEqualTo("SENT");
			assertThat(String.valueOf(proof.get("reply"))).startsWith("250");
			assertThat(String.valueOf(proof.get("messageId"))).startsWith("<");
		});
		assertThat(answer.get("next")).isNull();
		long newest = ((Number) ((Map<?, ?>) ((List<?>) answer.get("items")).get(0)).get("editionId")).longValue();
		long older = older(newest);
		Map<?, ?> first = json("/api/v1/deliveries?limit=1&email=" + reader);
		assertThat(first.get("next")).hasToString("" + newest);
		Map<?, ?> second = json("/api/v1/deliveries?limit=1&email=" + reader + "&after=" + newest);
		assertThat((List<?>) second.get("items")).singleElement()
			.satisfies((item) -> assertThat(((Map<?, ?>) item).get("editionId")).hasToString("" + older));
		assertThat(second.get("next")).isNull();
		assertThat(actions()).filteredOn("delivery.proof one reader"::equals).hasSize(3);
		client().get()
			.uri("/api/v1/deliveries")
			.header(HttpHeaders.AUTHORIZATION, this.admin.bearer())
			.exchange()
			.expectStatus()
			.isBadRequest()
			.expectHeader()
			.contentType("application/problem+json");
	}

	@Test
	void refusesALimitThatCannotBe() {
		for (String list : List.of("/api/v1/runs?", "/api/v1/sources?", "/api/v1/deliveries?email=x@readers.example&",
				"/api/v1/newsletters/" + this.newsletter.slug() + "/editions?")) {
			for (String limit : List.of("0", "-1", "501", "many")) {
				client().get()
					.uri(list + "limit=" + limit)
					.header(HttpHeaders.AUTHORIZATION, this.admin.bearer())
					.exchange()
					.expectStatus()
					.isBadRequest()
					.expectHeader()
					.contentType("application/problem+json");
			}
		}
	}

	@Test
	void showsTheAudit() {
		assertThat(this.session.get("/monitor/audit").body()).contains("<code>login</code>", this.admin.email());
	}

	@Test
	void publishesItsFigures() {
		String figures = client().get()
			.uri("/actuator/prometheus")
			.exchange()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
		assertThat(figures).contains("postrider_problems_open", "postrider_outbox_waiting",
				"postrider_edition_deliveries{status=\"SENT\"}");
	}

	@Test
	void takesTheWholePageToTheLoginWhenTheSessionIsOver() {
		client().get()
			.uri("/monitor/state")
			.header("HX-Request", "true")
			.exchange()
			.expectStatus()
			.isUnauthorized()
			.expectHeader()
			.valueEquals("HX-Redirect", "/login");
	}

	@Test
	void hasNoPageForAnUnknownRun() {
		assertThat(this.session.get("/monitor/runs/999999999").statusCode()).isEqualTo(404);
		assertThat(this.session.get("/monitor/runs/nonsense").statusCode()).isEqualTo(400);
	}

	private long send() {
		long run = this.digests.send(this.newsletter.slug(), LocalDate.of(2026, 11, 23), 1, "test");
		await().atMost(Duration.ofMinutes(1)).until(() -> !this.runs.find(run).orElseThrow().isRunning());
		assertThat(this.runs.find(run).orElseThrow().message()).isNull();
		return run;
	}

	/** This test's newsletter among those of others. */
	private String state(String page) {
		String[] parts = page.split("<p class=\"section-label\">" + this.newsletter.name() + "</p>");
		assertThat(parts).as(page).hasSize(2);
		return parts[1].split("<div class=\"headline\">")[0];
	}

	private void edition(String status, String reason, int sent, int pending) {
		this.jdbc.sql("""
				INSERT INTO edition (newsletter_id, edition_date, number, status, status_reason, due_at, useless_after,
				  started_at, created_at, changed_at)
				VALUES (:newsletter, '2026-11-23', 1, :status, :reason, :now, :now, :now, :now, :now)
				""")
			.param("newsletter", this.newsletter.id())
			.param("status", status)
			.param("reason", reason)
			.param("now", this.clock.instant())
			.update();
		long edition = this.jdbc.sql("SELECT id FROM edition WHERE newsletter_id = ?")
			.param(this.newsletter.id())
			.query(Long.class)
			.single();
		for (int seq = 1; seq <= sent + pending; seq++) {
			this.jdbc
				.sql("INSERT INTO delivery (edition_id, seq, subscriber_id, variant, status) VALUES (?, ?, ?, 1, ?)")
				.params(edition, seq, 9_000_000_000L + seq, (seq <= sent) ? "SENT" : "PENDING")
				.update();
		}
	}

	/** The same reader's delivery of an edition before. */
	private long older(long edition) {
		long older = -edition;
		this.jdbc.sql("""
				INSERT INTO edition (id, newsletter_id, edition_date, number, status, due_at, useless_after, created_at,
				  changed_at)
				SELECT ?, newsletter_id, '2026-11-20', 1, 'SENT', due_at, useless_after, created_at, changed_at
				FROM edition WHERE id = ?
				""").params(older, edition).update();
		this.jdbc.sql("""
				INSERT INTO delivery (edition_id, seq, subscriber_id, variant, status)
				SELECT ?, seq, subscriber_id, variant, status FROM delivery WHERE edition_id = ?
				""").params(older, edition).update();
		return older;
	}

	private String status(long run) {
		return this.runs.find(run).orElseThrow().status();
	}

	private List<String> actions() {
		return this.audit.entries(null, 500)
			.stream()
			.filter((entry) -> entry.actor().equals(this.admin.email()))
			.map((entry) -> entry.action() + " " + entry.subject())
			.toList();
	}

	private RestTestClient.ResponseSpec post(String path) {
		return client().post().uri(path).header(HttpHeaders.AUTHORIZATION, this.admin.bearer()).exchange();
	}

	private Map<String, Object> json(String path) {
		return client().get()
			.uri(path)
			.header(HttpHeaders.AUTHORIZATION, this.admin.bearer())
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(new ParameterizedTypeReference<Map<String, Object>>() {
			})
			.returnResult()
			.getResponseBody();
	}

	private RestTestClient client() {
		return RestTestClient.bindToServer().baseUrl("http://localhost:" + this.port).build();
	}

}
