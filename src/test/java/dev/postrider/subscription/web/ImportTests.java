package dev.postrider.subscription.web;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.postrider.run.Run;
import dev.postrider.run.RunHistory;
import dev.postrider.subscription.Readers;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestRelay;
import dev.postrider.testing.TestStaff;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@PostriderTest
class ImportTests {

	private static final String PATH = "/api/v1/subscribers/import";

	private static final Pattern RUN_ID = Pattern.compile("\"runId\":(\\d+)");

	@LocalServerPort
	private int port;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private RunHistory runs;

	@Autowired
	private Readers readers;

	@Autowired
	private TestStaff staff;

	private ReaderSite site;

	private TestStaff.Member admin;

	private final String tag = UUID.randomUUID().toString().substring(0, 8);

	@BeforeEach
	void site() {
		this.site = new ReaderSite(this.port);
		this.admin = this.staff.admin();
	}

	@Test
	void takesReadersInAndSaysWhichNotAndWhy() {
		String left = address("left");
		this.site.post(this.site.subscribe(left), "action", "leave", "newsletter", "highlights");
		String pending = address("pending");
		this.site.signUp(pending);
		long run = run("""
				email,name,days,topics,status
				%s,"Doe, Jane",MON|FRI,World;Arts,ACTIVE
				%s,,,,
				%s,Again,,,
				%s,,,,active
				%s,,,,
				%s,,,,UNSUBSCRIBED
				%s,,,,BOUNCED
				not-an-address,Nobody,,,
				%s,,SUN,,
				%s,,,,PENDING
				""".formatted(address("jane"), address("joe"), address("JANE"), left, pending, address("gone"),
				address("dead"), address("sunday"), address("unverified")));

		assertThat(status("jane")).isEqualTo("ACTIVE");
		assertThat(this.jdbc
			.sql("""
					SELECT CONCAT(s.days, ' ', s.topics, ' ', r.name, ' ', c.channel) FROM subscriber r
					JOIN subscription s ON s.subscriber_id = r.id JOIN consent c ON c.subscriber_id = r.id WHERE r.email_key = ?
					""")
			.param(address("jane"))
			.query(String.class)
			.single()).isEqualTo("17 Arts,World Doe, Jane IMPORT");
		assertThat(status("joe")).isEqualTo("ACTIVE");
		assertThat(status("left")).isEqualTo("UNSUBSCRIBED");
		assertThat(status("pending")).isEqualTo("PENDING");
		assertThat(status("gone")).isEqualTo("UNSUBSCRIBED");
		assertThat(count("dead")).isZero();
		assertThat(count("sunday")).isZero();
		assertThat(this.readers.addVerified(address("dead"), null, newsletterId(), "DEMO")).isFalse();

		HttpResponse<String> rejected = get(PATH + "/" + run + "/rejected");
		assertThat(rejected.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/csv");
		assertThat(rejected.body().lines()).hasSize(6)
			.anyMatch((it) -> it.startsWith("5," + left + ",") && it.contains("only the reader can sign up again"))
			.anyMatch((it) -> it.startsWith("6," + pending + ",") && it.contains("has not confirmed yet"))
			.anyMatch((it) -> it.startsWith("9,not-an-address,Nobody,") && it.contains("email: "))
			.anyMatch((it) -> it.startsWith("10,") && it.contains("days: "))
			.anyMatch((it) -> it.startsWith("11,") && it.contains("status: "));
		Run.Step step = this.runs.find(run).orElseThrow().steps().get(0);
		assertThat(List.of(step.read(), step.written(), step.skipped())).containsExactly(10L, 5L, 5L);
		// Nobody is mailed by an import.
		assertThat(TestRelay.get().to(address("jane"))).isEmpty();
	}

	@Test
	void makesNoDuplicatesTheSecondTime() {
		StringBuilder file = new StringBuilder("email\n");
		for (int i = 0; i < 450; i++) {
			file.append(address("many" + i)).append('\n');
		}
		int before = this.readers.countActive(newsletterId());
		run(file.toString());
		assertThat(this.readers.countActive(newsletterId())).isEqualTo(before + 450);
		long second = run(file.toString());
		assertThat(this.readers.countActive(newsletterId())).isEqualTo(before + 450);
		assertThat(get(PATH + "/" + second + "/rejected").body().lines()).hasSize(1);
		assertThat(this.jdbc.sql("SELECT COUNT(*) FROM subscriber_import_row WHERE email LIKE ?")
			.param("%" + this.tag + "%")
			.query(Integer.class)
			.single()).isZero();
	}

	@Test
	@DisplayName("C8: what a file says of an erased reader brings nobody back")
	void keepsErasedReadersAway() {
		String email = address("erased");
		this.site.post(this.site.subscribe(email), "action", "erase", "sure", "true");
		long run = run("email\n" + email + "\n");
		assertThat(count("erased")).isZero();
		assertThat(get(PATH + "/" + run + "/rejected").body()).contains("suppression list (ERASED)");
	}

	@Test
	void saysWhatIsWrongWithAFile() {
		assertProblem("", 422, "The file is empty");
		assertProblem("name,days\nJane,MON\n", 422, "The first line names the columns");
		assertProblem("email,colour\na@b.example,red\n", 422, "The first line names the columns");
		assertProblem("email,name\na@b.example,Doe, Jane\n", 422, "Line 2 has 3 fields, the header 2");
		assertThat(send(PATH + "?newsletter=unheard-of", "text/csv", "email\n").statusCode()).isEqualTo(404);
		assertThat(send(PATH, "application/json", "{}").statusCode()).isEqualTo(415);
		assertThat(get(PATH + "/999999999/rejected").statusCode()).isEqualTo(404);
		assertThat(this.jdbc.sql("SELECT COUNT(*) FROM subscriber_import WHERE requested_by LIKE ?")
			.param("%" + this.admin.email() + "%")
			.query(Integer.class)
			.single()).isZero();
	}

	@Test
	void isForAdmins() {
		String file = "email\n" + address("nobody") + "\n";
		assertThat(this.site.send("POST", PATH, "text/csv", file).statusCode()).isEqualTo(401);
		assertThat(this.site.send("POST", PATH, "text/csv", file, "Authorization", this.staff.editor().bearer())
			.statusCode()).isEqualTo(403);
		assertThat(count("nobody")).isZero();
	}

	private void assertProblem(String file, int status, String detail) {
		HttpResponse<String> answer = send(PATH, "text/csv", file);
		assertThat(answer.statusCode()).isEqualTo(status);
		assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
		assertThat(answer.body()).contains(detail);
	}

	private long run(String file) {
		HttpResponse<String> answer = send(PATH, "text/csv; charset=utf-8", file);
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
		Matcher id = RUN_ID.matcher(answer.body());
		assertThat(id.find()).isTrue();
		long run = Long.parseLong(id.group(1));
		await().atMost(java.time.Duration.ofSeconds(60)).until(() -> !this.runs.find(run).orElseThrow().isRunning());
		assertThat(this.runs.find(run).orElseThrow().status()).isEqualTo("COMPLETED");
		return run;
	}

	private HttpResponse<String> send(String path, String type, String body) {
		return this.site.send("POST", path, type, body, "Authorization", this.admin.bearer());
	}

	private HttpResponse<String> get(String path) {
		return this.site.send("GET", path, null, "", "Authorization", this.admin.bearer());
	}

	private String address(String who) {
		return who + "-" + this.tag + "@import.example";
	}

	private String status(String who) {
		return this.jdbc.sql("SELECT status FROM subscriber WHERE email_key = ?")
			.param(address(who))
			.query(String.class)
			.single();
	}

	private int count(String who) {
		return this.jdbc.sql("SELECT COUNT(*) FROM subscriber WHERE email_key = ?")
			.param(address(who))
			.query(Integer.class)
			.single();
	}

	private long newsletterId() {
		return this.jdbc.sql("SELECT id FROM newsletter WHERE slug = 'highlights'").query(Long.class).single();
	}

}
