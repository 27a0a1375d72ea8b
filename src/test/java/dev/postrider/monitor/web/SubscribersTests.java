package dev.postrider.monitor.web;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.subscription.Suppressions;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestClock;
import dev.postrider.testing.TestNewsroom;
import dev.postrider.testing.TestRelay;
import dev.postrider.testing.TestStaff;
import dev.postrider.testing.TestStaff.Member;
import dev.postrider.testing.TestStaff.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@PostriderTest
class SubscribersTests {

	private static final String PATH = "/monitor/subscribers/";

	@LocalServerPort
	private int port;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private Newsletters newsletters;

	@Autowired
	private Suppressions suppressions;

	@Autowired
	private TestClock clock;

	@Autowired
	private TestStaff staff;

	private final String own = "mon" + UUID.randomUUID().toString().substring(0, 8);

	private TestNewsroom newsroom;

	private Newsletter newsletter;

	private Member admin;

	private Session session;

	@BeforeEach
	void logIn() {
		this.clock.reset();
		this.newsroom = new TestNewsroom(this.jdbc, this.newsletters, this.clock);
		this.newsletter = this.newsroom.newsletter();
		this.admin = this.staff.admin();
		this.session = this.staff.login(this.port, this.admin);
	}

	@AfterEach
	void resetClock() {
		this.clock.reset();
	}

	@Test
	void isForAdminsOnly() {
		long id = reader("1", "ACTIVE");
		Member editor = this.staff.editor();
		Session other = this.staff.login(this.port, editor);
		for (String path : List.of("/monitor/subscribers", PATH + id, PATH + id + "/consents.json")) {
			assertThat(other.get(path).statusCode()).as(path).isEqualTo(403);
			assertThat(this.staff.anonymous(this.port).get(path).statusCode()).as(path).isEqualTo(302);
		}
		for (String path : List.of("", "/" + id, "/" + id + "/consents")) {
			client().get()
				.uri("/api/v1/subscribers" + path)
				.header(HttpHeaders.AUTHORIZATION, editor.bearer())
				.exchange()
				.expectStatus()
				.isForbidden();
		}
		assertThat(this.session.post(null, PATH + id + "/suppress", "reason", "no token").statusCode()).isEqualTo(403);
		assertThat(status(id)).isEqualTo("ACTIVE");
	}

	@Test
	void listsWhatASearchFinds() {
		for (int i = 0; i < 52; i++) {
			reader(String.format("%02d", i), (i == 3) ? "SUPPRESSED" : "ACTIVE");
		}
		String page = this.session.get("/monitor/subscribers?email=" + this.own).body();
		assertThat(page).contains(this.own + "00@readers.example", this.own + "49@readers.example", "Next page")
			.doesNotContain(this.own + "50@");
		String next = page.replaceAll("(?s).*href=\"([^\"]+)\">Next page.*", "$1").replace("&amp;", "&");
		assertThat(this.session.get(next).body()).contains(this.own + "50@", this.own + "51@", "First page")
			.doesNotContain("Next page");
		assertThat(this.session.get("/monitor/subscribers?status=SUPPRESSED&email=" + this.own).body())
			.contains(this.own + "03@")
			.doesNotContain(this.own + "02@");
		assertThat(this.session.get("/monitor/subscribers?email=" + this.own + "-nobody").body())
			.contains("Nobody found");
		assertThat(this.session.get("/monitor/subscribers?email=%3Cscript%3E").body()).contains("&lt;script&gt;");
		assertThat(this.session.get("/monitor/subscribers?email=" + this.own + "&after=9999999999").body())
			.contains("search anew");
	}

	@Test
	void listsThemForProgramsToo() {
		long first = reader("a", "ACTIVE");
		reader("b", "PENDING");
		client().get()
			.uri("/api/v1/subscribers?email={email}&limit=1", this.own)
			.header(HttpHeaders.AUTHORIZATION, this.admin.bearer())
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.items.length()")
			.isEqualTo(1)
			.jsonPath("$.items[0].email")
			.isEqualTo(this.own + "a@readers.example")
			.jsonPath("$.items[0].status")
			.isEqualTo("ACTIVE")
			.jsonPath("$.next")
			.isEqualTo((int) first);
		client().get()
			.uri("/api/v1/subscribers?email={email}&after={after}&status=PENDING", this.own, first)
			.header(HttpHeaders.AUTHORIZATION, this.admin.bearer())
			.exchange()
			.expectBody()
			.jsonPath("$.items.length()")
			.isEqualTo(1)
			.jsonPath("$.next")
			.isEmpty();
		for (String wrong : List.of("?limit=0", "?limit=5000", "?status=SLEEPING",
				"?email=" + this.own + "&after=9999999999")) {
			client().get()
				.uri("/api/v1/subscribers" + wrong)
				.header(HttpHeaders.AUTHORIZATION, this.admin.bearer())
				.exchange()
				.expectStatus()
				.isBadRequest();
		}
	}

	@Test
	void showsAReaderFromSignUpOn() {
		String email = this.own + "@readers.example";
		long id = signUp(email);
		String page = this.session.get(PATH + id).body();
		assertThat(page)
			.contains(email, "Not confirmed yet", "Signed up", "Please send me", "sign-up-1", "Sign-up form",
					"Ask again to confirm", "Nothing was sent to this reader yet")
			.doesNotContain("Unsubscribe from");
		assertThat(this.session.get(PATH + "999999999999").statusCode()).isEqualTo(404);

		this.clock.advance(Duration.ofDays(2));
		assertThat(askAgain(id)).contains("A new confirmation mail is on its way");
		await().until(() -> TestRelay.get().to(email).size() == 2);
		Stream.generate(() -> askAgain(id))
			.limit(10)
			.filter((answer) -> answer.contains("as many confirmation mails as one gets a day"))
			.findFirst()
			.orElseThrow();

		String json = this.session.get(PATH + id + "/consents.json").body();
		assertThat(json).contains("\"SIGNED_UP\"", "\"wording\"", "\"hash\"", "127.0.0.1");
		assertThat(audited(id)).contains("subscriber.ask-again Rang us", "subscriber.consents ");
	}

	@Test
	void suppressesAndLiftsWithAReason() {
		long id = reader("1", "ACTIVE");
		assertThat(act(id, "suppress", "reason", " ")).contains("Nothing was changed: say why");
		assertThat(act(id, "suppress", "reason", "x".repeat(201))).contains("Nothing was changed: say why");
		assertThat(status(id)).isEqualTo("ACTIVE");

		String page = act(id, "suppress", "reason", "Lawyer of ada@readers.example wrote");
		assertThat(page).contains("Suppressed: this reader gets no mail", "Suppressed by the staff",
				"Lawyer of a…@readers.example wrote", this.admin.email(), "Lift the suppression");
		assertThat(status(id)).isEqualTo("SUPPRESSED");
		assertThat(act(id, "suppress", "reason", "again")).contains("suppressed already");

		assertThat(act(id, "lift", "reason", "It was another one")).contains("is lifted.", "Suppression lifted");
		assertThat(status(id)).isEqualTo("ACTIVE");
		assertThat(act(id, "lift", "reason", "Once more")).contains("Only a suppression by the staff can be lifted");
		assertThat(actions(id)).containsExactly("SUPPRESSED", "LIFTED");
		assertThat(history(id)).containsExactly("SUPPRESSED " + this.admin.email(), "ACTIVE " + this.admin.email());
		assertThat(audited(id)).contains("subscriber.suppress Lawyer of a…@readers.example wrote",
				"subscriber.lift It was another one");
	}

	@ParameterizedTest
	@ValueSource(strings = { "COMPLAINT", "HARD_BOUNCE" })
	void neverLiftsWhatOnlyTheReaderCan(String reason) {
		long id = reader("1", "ACTIVE");
		this.suppressions.suppress(id, Suppressions.Reason.valueOf(reason), "550 5.1.1 no such user");
		assertThat(this.session.get(PATH + id).body()).contains("550 5.1.1 no such user")
			.doesNotContain("Lift the suppression");
		assertThat(act(id, "lift", "reason", "Asked for it")).contains("Only a suppression by the staff can be lifted");
		assertThat(status(id)).isEqualTo("SUPPRESSED");
	}

	@Test
	void liftingForgetsNeitherBounceNorComplaint() {
		long bounced = reader("1", "ACTIVE");
		this.suppressions.suppress(bounced, Suppressions.Reason.HARD_BOUNCE, "550 5.1.1 no such user");
		act(bounced, "suppress", "reason", "x");
		assertThat(act(bounced, "lift", "reason", "x")).contains("is lifted.", "The address bounced");
		assertThat(status(bounced)).isEqualTo("SUPPRESSED");
		assertThat(act(bounced, "lift", "reason", "x")).contains("Only a suppression by the staff can be lifted");

		long complained = reader("2", "ACTIVE");
		act(complained, "suppress", "reason", "x");
		this.suppressions.suppress(complained, Suppressions.Reason.COMPLAINT, "abuse report");
		assertThat(act(complained, "lift", "reason", "x")).contains("Only a suppression by the staff can be lifted");
		assertThat(status(complained)).isEqualTo("SUPPRESSED");
	}

	@Test
	void liftingBringsBackOnlyWhatTheReaderWants() {
		long left = reader("1", "ACTIVE");
		act(left, "suppress", "reason", "x");
		act(left, "leave", "reason", "x", "newsletter", newsletterId(left));
		act(left, "lift", "reason", "x");
		assertThat(status(left)).isEqualTo("UNSUBSCRIBED");
		long waiting = this.newsroom.reader(this.newsletter, this.own + "2@readers.example", "PENDING", false);
		act(waiting, "suppress", "reason", "x");
		act(waiting, "lift", "reason", "x");
		assertThat(status(waiting)).isEqualTo("PENDING");
	}

	@Test
	@DisplayName("C8: erasing forgets the words about a suppression, which may be about a person; the reason stays")
	void erasingForgetsWhatWasWrittenOfASuppression() {
		long id = reader("1", "ACTIVE");
		act(id, "suppress", "reason", "The lawyer of " + this.own + " wrote");
		assertThat(noted()).isEqualTo(1);
		act(id, "erase", "reason", "x", "sure", "true");
		assertThat(status(id)).isEqualTo("ERASED");
		assertThat(noted()).isZero();
	}

	private int noted() {
		return this.jdbc.sql("SELECT COUNT(*) FROM suppression WHERE reason = 'MANUAL' AND detail LIKE ?")
			.param("%" + this.own + "%")
			.query(Integer.class)
			.single();
	}

	@Test
	void unsubscribesAndErases() {
		long id = reader("1", "ACTIVE");
		assertThat(act(id, "leave", "reason", "Wrote a letter", "newsletter", newsletterId(id)))
			.contains("Only the reader can sign up again", "Wrote a letter");
		assertThat(status(id)).isEqualTo("UNSUBSCRIBED");
		assertThat(act(id, "leave", "reason", "Again", "newsletter", newsletterId(id))).contains("has left already");

		assertThat(act(id, "erase", "reason", "Wrote a letter")).contains("Nothing was erased");
		assertThat(act(id, "erase", "reason", "Wrote a letter", "sure", "true")).contains("Erased reader", "Status")
			.doesNotContain(this.own, "Change something", "Wrote a letter");
		assertThat(status(id)).isEqualTo("ERASED");
		assertThat(actions(id)).containsExactly("UNSUBSCRIBED", "ERASED");
		assertThat(act(id, "suppress", "reason", "Too late")).contains("This reader is erased");
		assertThat(this.session.get("/monitor/subscribers?email=" + this.own).body()).contains("Nobody found");
	}

	@Test
	void exportsTheListAsAFileThatSpreadsheetsDoNotRun() {
		long id = reader("1", "ACTIVE");
		reader("2", "PENDING");
		this.jdbc.sql("UPDATE subscriber SET name = '=1+1' WHERE id = ?").param(id).update();
		HttpResponse<String> file = this.session.post("/monitor/subscribers", "/monitor/subscribers/export", "email",
				this.own, "status", "ACTIVE");
		assertThat(file.statusCode()).isEqualTo(200);
		assertThat(file.headers().firstValue("Content-Type"))
			.hasValueSatisfying((type) -> assertThat(type).startsWith("text/csv"));
		assertThat(file.headers().firstValue("Content-Disposition").orElse("")).contains("subscribers.csv");
		String[] lines = file.body().split("\r\n");
		assertThat(lines).hasSize(2);
		assertThat(lines[0]).startsWith("email,name,status,newsletter");
		assertThat(lines[1])
			.startsWith(this.own + "1@readers.example,\"'=1+1\",ACTIVE," + this.newsletter.slug() + ",");
		assertThat(this.jdbc.sql("SELECT action FROM audit WHERE actor = ?")
			.param(this.admin.email())
			.query(String.class)
			.list()).contains("subscriber.export");
		assertThat(this.session.post(null, "/monitor/subscribers/export").statusCode()).isEqualTo(403);
	}

	private String askAgain(long id) {
		return act(id, "ask-again", "reason", "Rang us", "newsletter", newsletterId(id));
	}

	/** Signs up at the form of the newsletter that everybody has. */
	private long signUp(String email) {
		HttpResponse<String> answer = this.staff.anonymous(this.port)
			.post(null, "/subscribe", "email", email, "consent", "true");
		assertThat(answer.statusCode()).isEqualTo(200);
		await().until(() -> !TestRelay.get().to(email).isEmpty());
		return this.jdbc.sql("SELECT id FROM subscriber WHERE email_key = ?").param(email).query(Long.class).single();
	}

	private long reader(String rest, String status) {
		return this.newsroom.reader(this.newsletter, this.own + rest + "@readers.example", status, true);
	}

	/** Does something on a reader's page and reads what it says then. */
	private String act(long id, String action, String... fields) {
		HttpResponse<String> answer = this.session.post("/monitor/subscribers", PATH + id + "/" + action, fields);
		assertThat(answer.statusCode()).isEqualTo(302);
		return this.session.get(PATH + id).body();
	}

	private String newsletterId(long id) {
		return this.jdbc.sql("SELECT newsletter_id FROM subscription WHERE subscriber_id = ?")
			.param(id)
			.query(String.class)
			.single();
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

	private List<String> history(long id) {
		return this.jdbc
			.sql("SELECT CONCAT(status, ' ', actor) FROM subscriber_status_change WHERE subscriber_id = ? ORDER BY id")
			.param(id)
			.query(String.class)
			.list();
	}

	private List<String> audited(long id) {
		return this.jdbc.sql("SELECT CONCAT(action, ' ', COALESCE(detail, '')) FROM audit WHERE subject = ?")
			.param("subscriber " + id)
			.query(String.class)
			.list();
	}

	private RestTestClient client() {
		return RestTestClient.bindToServer().baseUrl("http://localhost:" + this.port).build();
	}

}
