package dev.postrider.subscription.web;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.postrider.mail.TokenSigner;
import dev.postrider.subscription.SignUpWatch;
import dev.postrider.subscription.web.ProofOfWork.Challenge;
import dev.postrider.subscription.web.ProofOfWork.Solution;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestClock;
import dev.postrider.testing.TestRelay;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What keeps the form from programs, and where it may stand.
 */
@PostriderTest
class SignUpGuardTests {

	private static final Pattern DATA = Pattern
		.compile("data-token=\"([^\"]+)\" data-digest=\"([0-9a-f]{64})\" data-guesses=\"(\\d+)\"");

	/** As many as a network may send within an hour. */
	private static final int NETWORK = 100;

	@LocalServerPort
	private int port;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private TransactionTemplate transaction;

	@Autowired
	private SignUpSurge surge;

	@Autowired
	private SignUpSettings settings;

	@Autowired
	private ProofOfWork proof;

	@Autowired
	private TokenSigner signer;

	@Autowired
	private SignUpWatch watch;

	@Autowired
	private TestClock clock;

	private ReaderSite site;

	@BeforeEach
	void site() {
		this.site = new ReaderSite(this.port);
	}

	@AfterEach
	void calm() {
		if (this.surge.since().isPresent()) {
			this.clock.advance(Duration.ofMinutes(30));
			assertThat(this.surge.since()).isEmpty();
			this.clock.reset();
		}
	}

	@Test
	@DisplayName("S3: while sign-ups surge, one without work is not taken, and one with it is")
	void asksForWork() {
		String email = ReaderSite.someAddress();
		assertThat(this.site.get("/").body()).doesNotContain("data-token");
		surge();
		HttpResponse<String> unsolved = this.site.post("/subscribe", "email", email, "consent", "true");
		assertThat(unsolved.statusCode()).isEqualTo(422);
		assertThat(unsolved.body()).contains("unusually many sign-ups", "JavaScript, which is switched off", email);
		Challenge challenge = challenge(unsolved.body());
		Solution solution = ProofOfWorkTests.solve(challenge);
		assertThat(post(email, solution).body()).contains("Check your mail");
		ReaderSite.awaitMail(email, 1);
		assertThat(post(ReaderSite.someAddress(), solution).statusCode()).isEqualTo(422);
		Solution spent = ProofOfWorkTests.solve(challenge);
		assertThat(elsewhere().accepts(spent)).as("in another process, too").isFalse();
		Solution fresh = ProofOfWorkTests.solve(this.proof.wanted().orElseThrow());
		assertThat(elsewhere().accepts(fresh)).isTrue();
		assertThat(post(ReaderSite.someAddress(), fresh).statusCode()).isEqualTo(422);
		assertThat(this.site.get("/embed/highlights").body()).containsPattern(DATA);
	}

	@Test
	@DisplayName("S3: a program is told what to solve")
	void asksProgramsForWork() throws Exception {
		surge();
		String email = ReaderSite.someAddress();
		HttpResponse<String> answer = this.site.postJson("/api/v1/subscriptions",
				"{\"email\":\"" + email + "\",\"consent\":true}");
		assertThat(answer.statusCode()).isEqualTo(428);
		var challenge = tools.jackson.databind.json.JsonMapper.shared().readTree(answer.body()).get("challenge");
		Solution solution = ProofOfWorkTests.solve(new Challenge(challenge.get("token").asString(),
				challenge.get("digest").asString(), challenge.get("guesses").asInt()));
		HttpResponse<String> solved = this.site.postJson("/api/v1/subscriptions",
				"{\"email\":\"" + email + "\",\"consent\":true,\"proof\":{\"token\":\"" + solution.token()
						+ "\",\"number\":\"" + solution.number() + "\"}}");
		assertThat(solved.statusCode()).isEqualTo(202);
		ReaderSite.awaitMail(email, 1);
	}

	@Test
	@DisplayName("S3: no client alone makes a surge, and what is refused counts for none")
	void oneClientMakesNoSurge() {
		int before = this.surge.recent();
		for (int i = 0; i < NETWORK + 20; i++) {
			HttpResponse<String> answer = this.site.post("/subscribe", "email", ReaderSite.someAddress(), "consent",
					"true", "website", "http://program.example");
			assertThat(answer.statusCode()).isEqualTo((i < NETWORK) ? 200 : 429);
		}
		assertThat(this.surge.recent() - before).isEqualTo(NETWORK);
	}

	@Test
	@DisplayName("S2: a sign-up is taken down for whoever it is, and worked off behind the answer")
	void loosesNoneThatFails() {
		long broken = this.jdbc.sql("SELECT COALESCE(MAX(id), 0) + 1000000 FROM sign_up").query(Long.class).single();
		this.jdbc.sql("""
				INSERT INTO sign_up (id, newsletter_id, content, attempts, next_attempt_at, created_at)
				SELECT ?, id, '{"nonsense', 0, ?, ? FROM newsletter WHERE slug = 'highlights'
				""").params(broken, this.clock.instant(), this.clock.instant().minusSeconds(600)).update();
		String email = ReaderSite.someAddress();
		this.site.signUp(email);
		Awaitility.await().until(() -> attempts(broken) == 1);
		assertThat(this.watch.stuckSince())
			.hasValueSatisfying((since) -> assertThat(since).isBeforeOrEqualTo(this.clock.instant().minusSeconds(600)));
		this.jdbc.sql("DELETE FROM sign_up WHERE id = ?").param(broken).update();
		assertThat(this.jdbc.sql("SELECT COUNT(*) FROM sign_up WHERE content LIKE ?")
			.param("%" + email + "%")
			.query(Integer.class)
			.single()).isZero();
	}

	@Test
	void tellsOfSignUpsThatNobodyLooksAt() {
		long alone = this.jdbc.sql("SELECT COALESCE(MAX(id), 0) + 2000000 FROM sign_up").query(Long.class).single();
		this.transaction.executeWithoutResult((status) -> {
			// As long as the transaction lasts, no worker sees it.
			this.jdbc.sql("""
					INSERT INTO sign_up (id, newsletter_id, content, attempts, next_attempt_at, created_at)
					SELECT ?, id, '{}', 0, ?, ? FROM newsletter WHERE slug = 'highlights'
					""")
				.params(alone, this.clock.instant().minusSeconds(700), this.clock.instant().minusSeconds(700))
				.update();
			assertThat(this.watch.stuckSince()).hasValueSatisfying(
					(since) -> assertThat(since).isBeforeOrEqualTo(this.clock.instant().minusSeconds(700)));
			status.setRollbackOnly();
		});
	}

	@Test
	@DisplayName("S2: an answer waits for nothing that is known about an address")
	void answersWithoutLookingTheAddressUp() {
		String email = ReaderSite.someAddress();
		this.site.signUp(email);
		this.transaction.executeWithoutResult((status) -> {
			this.jdbc.sql("SELECT id FROM subscriber WHERE email_key = ? FOR UPDATE")
				.param(email)
				.query(Long.class)
				.single();
			assertThat(this.site.post("/subscribe", "email", email, "consent", "true").body())
				.contains("Check your mail");
			assertThat(TestRelay.get().to(email)).hasSize(1);
		});
		ReaderSite.awaitMail(email, 2);
	}

	@Test
	void throwawayAddressesAreTakenAndSeen() {
		Instant since = this.clock.instant().minus(Duration.ofDays(1));
		int before = this.watch.throwaways(since).domains().getOrDefault("mailinator.com", 0);
		String email = "guest-" + System.nanoTime() + "@mailinator.com";
		this.site.signUp(email);
		assertThat(this.watch.throwaways(since).domains()).containsEntry("mailinator.com", before + 1);
		this.jdbc.sql("""
				INSERT INTO subscriber (email, email_key, status, created_at, confirmed_at, status_changed_at)
				SELECT CONCAT('i', email), CONCAT('i', email_key), 'ACTIVE', created_at, created_at, created_at
				FROM subscriber WHERE email_key = ?
				""").param(email).update();
		assertThat(this.watch.throwaways(since).domains()).as("without who came by a file")
			.containsEntry("mailinator.com", before + 1);
		assertThat(this.watch.throwaways(this.clock.instant().plusSeconds(1)).domains())
			.doesNotContainKey("mailinator.com");
	}

	@ParameterizedTest
	@CsvSource({ "203.0.113.9, 203.0.113.9", "'6.6.6.6, 203.0.113.9', 203.0.113.9",
			"'203.0.113.9, 127.0.0.1', 203.0.113.9", "'6.6.6.6, 10.1.2.3', 10.1.2.3",
			"'6.6.6.6, 2001:db8::7', 2001:db8::7" })
	@DisplayName("the client is whom the nearest trusted proxy names, and private networks are none")
	void believesTrustedProxies(String forwarded, String client) {
		String email = ReaderSite.someAddress();
		HttpResponse<String> answer = new Caller("127.0.0.1").post(email, forwarded);
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(evidence(email)).isEqualTo(client);
	}

	@Test
	@DisplayName("whoever comes from elsewhere cannot say where from")
	void believesNobodyElse() throws SocketException {
		Optional<InetAddress> own = NetworkInterface.networkInterfaces()
			.flatMap(NetworkInterface::inetAddresses)
			.filter((address) -> address instanceof Inet4Address && !address.isLoopbackAddress())
			.findFirst();
		Assumptions.assumeTrue(own.isPresent(), "This machine has no address but the loopback");
		String address = own.get().getHostAddress();
		String email = ReaderSite.someAddress();
		assertThat(new Caller(address).post(email, "6.6.6.6").statusCode()).isEqualTo(200);
		assertThat(evidence(email)).isEqualTo(address);
		if (own.get().isSiteLocalAddress()) {
			assertThat(this.watch.unheardProxy()).hasValue(address);
		}
	}

	@Test
	void scriptsOfAllowedSitesSignUpAndOthersDoNot() {
		HttpResponse<String> asked = this.site.send("OPTIONS", "/api/v1/subscriptions", null, "", "Origin",
				"https://www.paper.example", "Access-Control-Request-Method", "POST", "Access-Control-Request-Headers",
				"content-type");
		assertThat(asked.statusCode()).isEqualTo(200);
		assertThat(asked.headers().firstValue("Access-Control-Allow-Origin")).hasValue("https://www.paper.example");
		assertThat(asked.headers().firstValue("Access-Control-Allow-Credentials")).isEmpty();
		String email = ReaderSite.someAddress();
		HttpResponse<String> taken = json(email, "http://127.0.0.1:4711");
		assertThat(taken.statusCode()).isEqualTo(202);
		assertThat(taken.headers().firstValue("Access-Control-Allow-Origin")).hasValue("http://127.0.0.1:4711");
		ReaderSite.awaitMail(email, 1);
		String never = ReaderSite.someAddress();
		for (String origin : new String[] { "https://paper.example.evil.example", "https://evil.example", "null",
				"http://www.paper.example" }) {
			HttpResponse<String> refused = json(never, origin);
			assertThat(refused.statusCode()).as(origin).isEqualTo(403);
			assertThat(refused.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
		}
		assertThat(TestRelay.get().to(never)).isEmpty();
	}

	@Test
	void theScriptBesideTheFrameIsKeptForAnHourOnly() {
		HttpResponse<String> script = this.site.get("/embed.js");
		assertThat(script.statusCode()).isEqualTo(200);
		assertThat(script.headers().firstValue("Content-Type")).hasValue("text/javascript;charset=UTF-8");
		assertThat(script.headers().firstValue("Cache-Control")).hasValue("max-age=3600, public");
		assertThat(script.body()).contains("event.origin !== origin");
	}

	/** As another process has it. */
	private ProofOfWork elsewhere() {
		return new ProofOfWork(this.signer, this.surge, this.settings, new SpentProofs(this.jdbc, this.clock),
				this.clock);
	}

	private void surge() {
		for (int i = 0; i <= this.settings.surge(); i++) {
			this.surge.count();
		}
		assertThat(this.watch.surgeSince()).isPresent();
	}

	private HttpResponse<String> post(String email, Solution solution) {
		return this.site.post("/subscribe", "email", email, "consent", "true", "proofToken", solution.token(),
				"proofNumber", solution.number());
	}

	private HttpResponse<String> json(String email, String origin) {
		return this.site.send("POST", "/api/v1/subscriptions", "application/json",
				"{\"email\":\"" + email + "\",\"consent\":true}", "Origin", origin);
	}

	private static Challenge challenge(String page) {
		Matcher data = DATA.matcher(page);
		assertThat(data.find()).isTrue();
		return new Challenge(data.group(1), data.group(2), Integer.parseInt(data.group(3)));
	}

	private int attempts(long id) {
		return this.jdbc.sql("SELECT attempts FROM sign_up WHERE id = ?").param(id).query(Integer.class).single();
	}

	private String evidence(String email) {
		ReaderSite.awaitMail(email, 1);
		return this.jdbc.sql("""
				SELECT e.ip FROM consent_evidence e JOIN consent c ON c.id = e.consent_id
				JOIN subscriber r ON r.id = c.subscriber_id WHERE r.email_key = ?
				""").param(email).query(String.class).single();
	}

	/** Comes to the server by one of this machine's addresses. */
	private final class Caller {

		private final String host;

		Caller(String host) {
			this.host = host;
		}

		HttpResponse<String> post(String email, String forwarded) {
			var request = java.net.http.HttpRequest
				.newBuilder(
						java.net.URI.create("http://" + this.host + ":" + SignUpGuardTests.this.port + "/subscribe"))
				.header("X-Forwarded-For", forwarded)
				.header("Content-Type", "application/x-www-form-urlencoded")
				.POST(java.net.http.HttpRequest.BodyPublishers.ofString("consent=true&email=" + email))
				.build();
			try {
				return java.net.http.HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
			}
			catch (java.io.IOException ex) {
				throw new java.io.UncheckedIOException(ex);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new IllegalStateException(ex);
			}
		}

	}

}
