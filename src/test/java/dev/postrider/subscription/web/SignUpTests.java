package dev.postrider.subscription.web;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.postrider.subscription.Readers;
import dev.postrider.subscription.Suppressions;
import dev.postrider.subscription.Suppressions.Reason;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestClock;
import dev.postrider.testing.TestRelay;
import jakarta.mail.internet.MimeMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

@PostriderTest
class SignUpTests {

	@LocalServerPort
	private int port;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private Readers readers;

	@Autowired
	private Suppressions suppressions;

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
	@DisplayName("C5: the form ticks the days and not the consent")
	void showsTheForm() {
		HttpResponse<String> page = this.site.get("/");
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.body()).contains("<h1><bdi>News highlights</bdi></h1>", "value=\"MON\" checked",
				"value=\"WED\" checked", "value=\"FRI\" checked", "Please send me News highlights by email");
		assertThat(page.body()).doesNotContainPattern("name=\"consent\"[^>]*checked");
		assertThat(page.body()).contains("href=\"https://www.paper.example/privacy\"", "How we handle your data");
		assertThat(page.body().length()).isLessThan(30_000);
		assertThat(this.site.get("/?newsletter=unheard-of").statusCode()).isEqualTo(404);
	}

	@Test
	@DisplayName("C4: a sign-up is mailed for confirmation, and recorded with its evidence")
	void signsUp() throws Exception {
		String email = ReaderSite.someAddress();
		HttpResponse<String> answer = this.site.post("/subscribe", "email", " " + email + " ", "name", "Jane Ønsk",
				"days", "MON", "days", "FRI", "consent", "true");
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.body()).contains("Check your mail", email);
		MimeMessage mail = ReaderSite.awaitMail(email, 1);
		assertThat(mail.getSubject()).isEqualTo("Confirm your address for News highlights");
		assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
		// L18: another list's header has no place in a transactional mail.
		assertThat(mail.getHeader("List-Unsubscribe")).isNull();
		assertThat(ReaderSite.text(mail)).contains("Monday and Friday", "72 hours", "1 Harbour Street");
		assertThat(ReaderSite.html(mail)).contains("https://news.example" + ReaderSite.link(mail), "1 Harbour Street");

		Map<String, Object> row = this.jdbc.sql("""
				SELECT r.status, r.name, s.days, s.confirmed_at, c.action, c.channel, c.wording, c.wording_version,
				  e.ip, e.user_agent, e.page
				FROM subscriber r JOIN subscription s ON s.subscriber_id = r.id JOIN consent c ON c.subscriber_id = r.id
				JOIN consent_evidence e ON e.consent_id = c.id WHERE r.email_key = ?
				""").param(email).query().singleRow();
		assertThat(row).containsEntry("status", "PENDING")
			.containsEntry("name", "Jane Ønsk")
			.containsEntry("action", "SIGNED_UP")
			.containsEntry("channel", "FORM")
			.containsEntry("wording_version", "sign-up-1-en")
			.containsEntry("ip", this.site.ip())
			.containsEntry("user_agent", "Reader/1.0")
			.containsEntry("page", "/subscribe")
			.containsEntry("confirmed_at", null);
		assertThat(((Number) row.get("days")).intValue()).isEqualTo(0b10001);
		assertThat(row.get("wording")).asString().startsWith("Please send me News highlights by email.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "jane", "jane@example", "jane@exam ple.com", "josé@example.com" })
	void showsWhatIsWrongBesideTheFieldAndKeepsTheRest(String email) {
		HttpResponse<String> answer = this.site.post("/subscribe", "email", email, "name", "Jane \"<b>", "days", "WED");
		assertThat(answer.statusCode()).isEqualTo(422);
		assertThat(answer.body()).contains("id=\"email-error\"", "aria-describedby=\"email-error\"",
				"Tick the box: without your consent", "value=\"Jane &quot;&lt;b&gt;\"", "value=\"WED\" checked");
		assertThat(answer.body()).doesNotContain("value=\"MON\" checked").doesNotContain("Check your mail");
	}

	@Test
	void refusesDaysThatTheNewsletterDoesNotHave() {
		HttpResponse<String> answer = this.site.post("/subscribe", "email", ReaderSite.someAddress(), "consent", "true",
				"days", "SUN");
		assertThat(answer.statusCode()).isEqualTo(422);
		assertThat(answer.body()).contains("comes out on Monday, Wednesday and Friday");
	}

	@Test
	void mailsNothingToProgramsThatFillInEverything() {
		String email = ReaderSite.someAddress();
		String other = ReaderSite.someAddress();
		HttpResponse<String> answer = this.site.post("/subscribe", "email", email, "consent", "true", "website",
				"http://spam.example");
		assertThat(answer.statusCode()).isEqualTo(200);
		// A later sign-up's mail is there, so the earlier one's would be too.
		this.site.signUp(other);
		assertThat(TestRelay.get().to(email)).isEmpty();
		assertThat(rows(email)).isZero();
	}

	@Test
	@DisplayName("S2: the answer is the same for new, pending, active, left, and suppressed addresses")
	void answersAllAlike() throws Exception {
		String active = known();
		String complained = known();
		this.suppressions.suppress(id(complained), Reason.COMPLAINT, "abuse report");
		String bounced = known();
		this.suppressions.suppress(id(bounced), Reason.HARD_BOUNCE, "550 5.1.1");
		String pending = ReaderSite.someAddress();
		this.site.signUp(pending);
		String fresh = ReaderSite.someAddress();
		for (String email : List.of(active, complained, bounced, pending)) {
			assertThat(answer(email)).as("page").isEqualTo(answer(fresh));
		}
		assertThat(ReaderSite.awaitMail(active, 1).getSubject())
			.isEqualTo("You are subscribed to News highlights already");
		String preferences = ReaderSite.link(ReaderSite.awaitMail(active, 1));
		assertThat(preferences).startsWith("/preferences/");
		assertThat(this.site.get(preferences).statusCode()).isEqualTo(200);
		ReaderSite.awaitMail(pending, 2);
		assertThat(TestRelay.get().to(complained)).isEmpty();
		assertThat(TestRelay.get().to(bounced)).isEmpty();
	}

	@Test
	void letsABouncedAddressBeVerifiedAnewAfterAWeekButNeverOneThatComplained() {
		String bounced = known();
		String complained = known();
		this.suppressions.suppress(id(bounced), Reason.HARD_BOUNCE, "550 5.1.1");
		this.suppressions.suppress(id(complained), Reason.COMPLAINT, "abuse report");
		this.clock.advance(Duration.ofDays(8));
		this.site.post("/subscribe", "email", complained, "consent", "true");
		String confirm = this.site.signUp(bounced);
		assertThat(status(bounced)).isEqualTo("SUPPRESSED");
		assertThat(this.site.post(confirm).body()).contains("You are subscribed");
		assertThat(status(bounced)).isEqualTo("ACTIVE");
		assertThat(TestRelay.get().to(complained)).isEmpty();
		assertThat(status(complained)).isEqualTo("SUPPRESSED");
	}

	@Test
	@DisplayName("S3: an address gets at most three confirmations a day, however often it is signed up")
	void capsMailsPerAddress() {
		String email = ReaderSite.someAddress();
		String other = ReaderSite.someAddress();
		for (int i = 0; i < 6; i++) {
			assertThat(new ReaderSite(this.port).post("/subscribe", "email", email, "consent", "true").statusCode())
				.isEqualTo(200);
		}
		this.site.signUp(other);
		assertThat(TestRelay.get().to(email)).hasSize(3);
		this.clock.advance(Duration.ofHours(25));
		this.site.signUp(email);
		assertThat(TestRelay.get().to(email)).hasSize(4);
	}

	@Test
	@DisplayName("S3: too many sign-ups of one address or from one network are put off")
	void limitsRates() {
		String email = ReaderSite.someAddress();
		for (int i = 0; i < 10; i++) {
			new ReaderSite(this.port).post("/subscribe", "email", email.toUpperCase(), "consent", "true");
		}
		HttpResponse<String> answer = this.site.post("/subscribe", "email", email, "consent", "true");
		assertThat(answer.statusCode()).isEqualTo(429);
		assertThat(answer.body()).contains("too many sign-ups", email);
		HttpResponse<String> api = this.site.postJson("/api/v1/subscriptions",
				"{\"email\":\"" + email + "\",\"consent\":true}");
		assertThat(api.statusCode()).isEqualTo(429);
		assertThat(api.headers().firstValue("Retry-After")).isPresent();
	}

	@Test
	void takesSignUpsInJson() {
		String email = ReaderSite.someAddress();
		HttpResponse<String> answer = this.site.postJson("/api/v1/subscriptions",
				"{\"email\":\"" + email + "\",\"consent\":true,\"days\":[\"WED\"],\"topics\":[\"World\",\"Arts\"]}");
		assertThat(answer.statusCode()).isEqualTo(202);
		assertThat(answer.body()).doesNotContain(email);
		assertThat(ReaderSite.text(ReaderSite.awaitMail(email, 1))).contains("Wednesday");
		assertThat(this.jdbc.sql("""
				SELECT s.topics FROM subscription s JOIN subscriber r ON r.id = s.subscriber_id WHERE r.email_key = ?
				""").param(email).query(String.class).single()).isEqualTo("Arts,World");
	}

	@Test
	void answersWrongJsonWithProblems() {
		HttpResponse<String> invalid = this.site.postJson("/api/v1/subscriptions",
				"{\"email\":\"nobody\",\"newsletter\":\"highlights\",\"topics\":[\"a,b\"]}");
		assertThat(invalid.statusCode()).isEqualTo(422);
		assertThat(invalid.headers().firstValue("Content-Type")).hasValue("application/problem+json");
		assertThat(invalid.body()).contains("\"email\":\"Enter one address", "\"consent\":", "\"topics\":");
		assertThat(this.site.postJson("/api/v1/subscriptions", "{\"email\":").statusCode()).isEqualTo(400);
		HttpResponse<String> unknown = this.site.postJson("/api/v1/subscriptions", "{\"newsletter\":\"unheard-of\"}");
		assertThat(unknown.statusCode()).isEqualTo(422);
		assertThat(unknown.body()).contains("no newsletter with this slug");
	}

	@Test
	void refusesJsonLargerThanAnySignUp() {
		String json = "{\"email\":\"nobody\",\"name\":\"" + "x".repeat(SmallBodies.MAX) + "\"}";
		HttpResponse<String> claimed = this.site.postJson("/api/v1/subscriptions", json);
		HttpResponse<String> counted = this.site.postStream("/api/v1/subscriptions", "application/json", json);
		for (HttpResponse<String> answer : List.of(claimed, counted)) {
			assertThat(answer.statusCode()).isEqualTo(413);
			assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
			assertThat(answer.body()).contains("\"status\":413", "larger than 16384 bytes");
		}
		HttpResponse<String> small = this.site.postStream("/api/v1/subscriptions", "application/json",
				"{\"email\":\"nobody\"}");
		assertThat(small.statusCode()).isEqualTo(422);
	}

	@Test
	void standsInOtherSitesFramesOnlyAsTheEmbeddedForm() {
		HttpResponse<String> embed = this.site.get("/embed/highlights");
		assertThat(embed.statusCode()).isEqualTo(200);
		assertThat(policy(embed)).contains("frame-ancestors 'self' http://127.0.0.1:* https://*.paper.example");
		assertThat(embed.headers().firstValue("X-Frame-Options")).isEmpty();
		assertThat(embed.body()).contains("action=\"/embed/highlights\"");
		assertThat(policy(this.site.get("/"))).contains("frame-ancestors 'none'");
		String email = ReaderSite.someAddress();
		HttpResponse<String> answer = this.site.post("/embed/highlights", "email", email, "consent", "true");
		assertThat(answer.body()).contains("Check your mail");
		assertThat(policy(answer)).contains("frame-ancestors 'self' http://127.0.0.1:*");
		ReaderSite.awaitMail(email, 1);
		assertThat(this.site.get("/embed/unheard-of").statusCode()).isEqualTo(404);
	}

	@Test
	void asksAboutASlipOnceAndTakesTheAddressAsItIs() {
		String name = "slip-" + System.nanoTime();
		String typed = name + "@gmial.com";
		HttpResponse<String> question = this.site.post("/subscribe", "email", typed, "consent", "true", "days", "WED");
		assertThat(question.statusCode()).isEqualTo(422);
		assertThat(question.body())
			.contains("Did you mean", name + "@gmail.com", "name=\"asked\" value=\"" + typed + "\"",
					"value=\"WED\" checked")
			.doesNotContain("Check your mail");
		HttpResponse<String> again = this.site.post("/subscribe", "email", typed, "asked", typed, "consent", "true");
		assertThat(again.body()).contains("Check your mail", typed);
		ReaderSite.awaitMail(typed, 1);
		HttpResponse<String> changed = this.site.post("/subscribe", "email", typed, "meant", name + "@gmail.com",
				"consent", "true");
		assertThat(changed.body()).contains("Check your mail", name + "@gmail.com");
		ReaderSite.awaitMail(name + "@gmail.com", 1);
	}

	@Test
	void tellsAProgramOfASlipAndTakesTheAddress() {
		String typed = "slip-" + System.nanoTime() + "@hotmial.com";
		HttpResponse<String> answer = this.site.postJson("/api/v1/subscriptions",
				"{\"email\":\"" + typed + "\",\"consent\":true}");
		assertThat(answer.statusCode()).isEqualTo(202);
		assertThat(answer.body()).contains("\"didYouMean\":\"" + typed.replace("hotmial", "hotmail"));
		ReaderSite.awaitMail(typed, 1);
	}

	@Test
	void survivesALieAboutTheSendersAddress() {
		String email = ReaderSite.someAddress();
		HttpResponse<String> answer = this.site.send("POST", "/subscribe", "application/x-www-form-urlencoded",
				"consent=true&email=" + email, "X-Forwarded-For", "no-address-at-all-".repeat(20), "Referer",
				"https://site.example/" + "x".repeat(900));
		assertThat(answer.statusCode()).isEqualTo(200);
		ReaderSite.awaitMail(email, 1);
	}

	private String answer(String email) {
		HttpResponse<String> answer = this.site.post("/subscribe", "email", email, "consent", "true");
		return answer.statusCode() + answer.body().replace(email, "ADDRESS");
	}

	private String known() {
		String email = ReaderSite.someAddress();
		assertThat(this.readers.addVerified(email, null, newsletterId(), "DEMO")).isTrue();
		return email;
	}

	private long newsletterId() {
		return this.jdbc.sql("SELECT id FROM newsletter WHERE slug = 'highlights'").query(Long.class).single();
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

	private int rows(String email) {
		return this.jdbc.sql("SELECT COUNT(*) FROM subscriber WHERE email_key = ?")
			.param(email)
			.query(Integer.class)
			.single();
	}

	private static String policy(HttpResponse<String> response) {
		return response.headers().firstValue("Content-Security-Policy").orElse("");
	}

}
