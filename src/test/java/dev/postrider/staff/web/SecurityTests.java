package dev.postrider.staff.web;

import java.net.http.HttpResponse;
import java.util.Base64;

import dev.postrider.staff.Role;
import dev.postrider.staff.account.Accounts;
import dev.postrider.staff.account.ApiTokens;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestStaff;
import dev.postrider.testing.TestStaff.Member;
import dev.postrider.testing.TestStaff.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

@PostriderTest
class SecurityTests {

	@LocalServerPort
	private int port;

	@Autowired
	private TestStaff staff;

	@Autowired
	private Accounts accounts;

	@Autowired
	private ApiTokens tokens;

	@ParameterizedTest
	@ValueSource(strings = { "/desk", "/desk/sources", "/monitor", "/monitor/runs", "/account" })
	void sendsStrangersToTheLogin(String path) {
		HttpResponse<String> answer = this.staff.anonymous(this.port).get(path);
		assertThat(answer.statusCode()).isEqualTo(302);
		assertThat(answer.headers().firstValue("Location"))
			.hasValueSatisfying((to) -> assertThat(to).endsWith("/login"));
	}

	@Test
	void opensTheMonitorToAdminsOnly() {
		Session editor = this.staff.login(this.port, this.staff.editor());
		Session admin = this.staff.login(this.port, this.staff.admin());
		assertThat(editor.get("/monitor").statusCode()).isEqualTo(403);
		assertThat(editor.get("/monitor/anything").statusCode()).isEqualTo(403);
		assertThat(editor.get("/desk").statusCode()).isNotIn(302, 403);
		assertThat(admin.get("/desk").statusCode()).isNotIn(302, 403);
		assertThat(admin.get("/monitor").statusCode()).isNotIn(302, 403);
	}

	@Test
	void refusesFormsWithoutTheirToken() {
		Session admin = this.staff.login(this.port, this.staff.admin());
		for (String path : new String[] { "/login", "/logout", "/invite/x", "/reset", "/reset/x", "/desk/anything",
				"/monitor/staff", "/account/tokens" }) {
			assertThat(admin.post(null, path, "email", "a@news.example").statusCode()).as(path).isEqualTo(403);
		}
	}

	@Test
	void logsOut() {
		Session session = this.staff.login(this.port, this.staff.editor());
		String cookie = session.cookie();
		HttpResponse<String> answer = session.post("/account", "/logout");
		assertThat(answer.headers().firstValue("Location"))
			.hasValueSatisfying((to) -> assertThat(to).endsWith("/login?out"));
		assertThat(session.cookie()).isNotEqualTo(cookie);
		assertThat(session.get("/desk").statusCode()).isEqualTo(302);
	}

	@Test
	void answersPagesWithPagesAndTheApiWithProblems() {
		client().get()
			.uri("/nowhere")
			.accept(MediaType.TEXT_HTML)
			.exchange()
			.expectStatus()
			.isNotFound()
			.expectHeader()
			.contentTypeCompatibleWith(MediaType.TEXT_HTML)
			.expectBody(String.class)
			.value((page) -> assertThat(page).contains("<h1>There is nothing at this address</h1>"));
		client().get()
			.uri("/api/v1/nowhere")
			.header(HttpHeaders.AUTHORIZATION, this.staff.editor().bearer())
			.exchange()
			.expectStatus()
			.isNotFound()
			.expectHeader()
			.contentType("application/problem+json");
		HttpResponse<String> refused = this.staff.anonymous(this.port).post(null, "/login", "email", "a@b.example");
		assertThat(refused.body()).contains("This form was open too long");
		HttpResponse<String> forbidden = this.staff.login(this.port, this.staff.editor()).get("/monitor");
		assertThat(forbidden.body()).contains("Your account may not see this page");
	}

	@Test
	void takesPeopleWhereTheyWanted() {
		Session session = this.staff.anonymous(this.port);
		Member member = this.staff.editor();
		session.get("/account?from=mail");
		HttpResponse<String> answer = session.post("/login", "/login", "email", " " + member.email().toUpperCase(),
				"password", member.password());
		assertThat(answer.headers().firstValue("Location"))
			.hasValueSatisfying((to) -> assertThat(to).contains("/account?from=mail"));
	}

	@Test
	void leadsNobodyToAnotherSite() {
		Session session = this.staff.anonymous(this.port);
		Member member = this.staff.editor();
		String elsewhere = Base64.getEncoder().encodeToString("https://evil.example//evil.example/x?y".getBytes(UTF_8));
		session.plant("REDIRECT_URI", elsewhere);
		HttpResponse<String> answer = session.post("/login", "/login", "email", member.email(), "password",
				member.password());
		assertThat(answer.headers().firstValue("Location").orElseThrow()).endsWith("/desk").doesNotContain("evil");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/login", "/reset", "/invite/nonsense", "/desk/anything", "/monitor", "/account" })
	void givesStrangersNoSession(String path) {
		Session session = this.staff.anonymous(this.port);
		HttpResponse<String> answer = session.get(path);
		assertThat(session.cookie()).isEmpty();
		assertThat(answer.headers().allValues("Set-Cookie"))
			.allSatisfy((cookie) -> assertThat(cookie).contains("HttpOnly").contains("SameSite=Lax"));
		session.post("/login", "/login", "email", "nobody@news.example", "password", "wrong");
		assertThat(session.cookie()).isEmpty();
	}

	@Test
	void hidesTheSessionFromScriptsAndOtherSites() {
		Session session = this.staff.anonymous(this.port);
		Member member = this.staff.editor();
		HttpResponse<String> answer = session.post("/login", "/login", "email", member.email(), "password",
				member.password());
		assertThat(answer.headers().allValues("Set-Cookie")).filteredOn((cookie) -> cookie.startsWith("POSTRIDER="))
			.singleElement()
			.satisfies((cookie) -> assertThat(cookie).contains("HttpOnly")
				.contains("SameSite=Lax")
				.doesNotContain("Secure"));
		client().get()
			.uri("/login")
			.header("X-Forwarded-Proto", "https")
			.exchange()
			.expectHeader()
			.value(HttpHeaders.SET_COOKIE, (cookie) -> assertThat(cookie).contains("Secure"))
			.expectHeader()
			.valueEquals("Strict-Transport-Security", "max-age=31536000");
	}

	@Test
	void endsSessionsWithTheAccountOrItsPassword() {
		Member disabled = this.staff.editor();
		Session first = this.staff.login(this.port, disabled);
		this.accounts.disable(disabled.id());
		assertThat(first.get("/desk").statusCode()).isEqualTo(302);
		Member changed = this.staff.editor();
		Session second = this.staff.login(this.port, changed);
		this.accounts.setPassword(changed.id(), "another long password");
		assertThat(second.get("/desk").statusCode()).isEqualTo(302);
		Member demoted = this.staff.admin();
		Session third = this.staff.login(this.port, demoted);
		this.accounts.changeRole(demoted.id(), Role.EDITOR);
		assertThat(third.get("/monitor").statusCode()).isEqualTo(403);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/editions", "/unsubscribe/nonsense", "/confirm/nonsense", "/nowhere",
			"/assets/postrider.css", "/actuator/health", "/v3/api-docs" })
	void setsNoCookieOnReaders(String path) {
		client().get()
			.uri(path)
			.exchange()
			.expectHeader()
			.doesNotExist(HttpHeaders.SET_COOKIE)
			.expectHeader()
			.valueEquals("X-Content-Type-Options", "nosniff")
			.expectHeader()
			.valueEquals("Referrer-Policy", path.endsWith("/nonsense") ? "no-referrer" : "same-origin")
			.expectHeader()
			.value("Content-Security-Policy",
					(policy) -> assertThat(policy.replace("script-src 'self'", path.equals("/") ? "" : "script-src"))
						.doesNotContain("script-src", "unsafe"))
			.expectHeader()
			.doesNotExist("Strict-Transport-Security");
	}

	@Test
	void publishesHealthMetricsAndTheApisDescription() {
		for (String path : new String[] { "/actuator/health", "/actuator/info", "/actuator/prometheus",
				"/v3/api-docs" }) {
			client().get().uri(path).exchange().expectStatus().isOk();
		}
		client().get().uri("/actuator/env").exchange().expectStatus().isNotFound();
	}

	@Test
	void wantsATokenForTheApi() {
		client().get()
			.uri("/api/v1/sources")
			.exchange()
			.expectStatus()
			.isUnauthorized()
			.expectHeader()
			.valueEquals(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
			.expectHeader()
			.contentType("application/problem+json")
			.expectHeader()
			.doesNotExist(HttpHeaders.SET_COOKIE)
			.expectBody()
			.jsonPath("$.status")
			.isEqualTo(401)
			.jsonPath("$.detail")
			.value(String.class, (detail) -> assertThat(detail).contains("/account"));
		assertThat(apiStatus("/api/v1/sources", "Bearer nonsense")).isEqualTo(401);
		assertThat(apiStatus("/api/v1/sources", "Bearer ")).isEqualTo(401);
	}

	@Test
	void takesTheSessionsCookieForNoApiToken() {
		Session session = this.staff.login(this.port, this.staff.admin());
		assertThat(session.get("/api/v1/runs").statusCode()).isEqualTo(401);
	}

	@Test
	void givesATokenItsAccountsRole() {
		Member editor = this.staff.editor();
		Member admin = this.staff.admin();
		this.staff.admin();
		assertThat(apiStatus("/api/v1/sources", editor.bearer())).isNotIn(401, 403);
		assertThat(apiStatus("/api/v1/deliveries?email=a@b.example", editor.bearer())).isEqualTo(403);
		assertThat(apiStatus("/api/v1/deliveries?email=a@b.example", admin.bearer())).isNotIn(401, 403);
		this.accounts.disable(admin.id());
		assertThat(apiStatus("/api/v1/deliveries?email=a@b.example", admin.bearer())).isEqualTo(401);
		this.tokens.revoke(editor.id(), this.tokens.list(editor.id()).get(0).id());
		assertThat(apiStatus("/api/v1/sources", editor.bearer())).isEqualTo(401);
	}

	private int apiStatus(String path, String authorization) {
		return client().get()
			.uri(path)
			.header(HttpHeaders.AUTHORIZATION, authorization)
			.exchange()
			.returnResult(byte[].class)
			.getStatus()
			.value();
	}

	private RestTestClient client() {
		return RestTestClient.bindToServer().baseUrl("http://localhost:" + this.port).build();
	}

}
