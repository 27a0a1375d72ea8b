package dev.postrider.subscription.web;

import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.sql.DataSource;

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
	private DataSource dataSource;

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
	@DisplayName("C4: what readers agreed to elsewhere is kept with each of them")
	void recordsWhereReadersAgreed() {
		String bob = address("bob");
		String source = "Signed up at the fair, on paper; scans in the archive";
		long run = run(PATH + "?source=" + ReaderSite.encode(source),
				"email,status\n" + address("ann") + ",\n" + bob + ",\n" + address("ANN") + ",\n");
		assertThat(this.jdbc.sql("""
				SELECT CONCAT(c.wording_version, ' ', c.action, ' ', c.wording) FROM consent c
				JOIN subscriber r ON r.id = c.subscriber_id WHERE r.email_key IN (?, ?)
				""").params(address("ann"), bob).query(String.class).list()).hasSize(2)
			.allMatch((it) -> it.matches("import-\\d+ CONFIRMED " + source));
		assertThat(get(PATH + "/" + run + "/rejected").body().lines()).hasSize(1);
		assertThat(send(PATH + "?source=" + "x".repeat(901), "text/csv", "email\n").statusCode()).isEqualTo(422);
	}

	@Test
	void takesColumnsOfOtherNames() {
		run(PATH + "?column.email=E-Mail&column.name=who&column.topics=",
				"Id,Who,E-Mail,topics\n7,Jane," + address("other") + ",World\n");
		assertThat(this.jdbc.sql("""
				SELECT CONCAT(r.name, ' ', COALESCE(s.topics, 'all')) FROM subscriber r
				JOIN subscription s ON s.subscriber_id = r.id WHERE r.email_key = ?
				""").param(address("other")).query(String.class).single()).isEqualTo("Jane all");
		assertThat(send(PATH + "?column.email=Mail", "text/csv", "Id,E-Mail\n").body())
			.contains("There is no column Mail in the file");
	}

	@Test
	void triesWithoutTakingIn() {
		long dry = run(PATH + "?dry=true", "email\n" + address("later") + "\nnobody\n");
		assertThat(count("later")).isZero();
		assertThat(get(PATH + "/" + dry).body()).contains("\"rows\":2", "\"taken\":1", "\"rejected\":1", "\"dry\":true",
				"\"finished\":true");
		assertThat(get(PATH + "/" + dry + "/rejected").body()).contains("3,nobody,");
		HttpResponse<String> started = send(PATH + "/" + dry + "/start", "application/json", "{}");
		assertThat(started.statusCode()).as(started.body()).isEqualTo(202);
		long run = completed(started);
		assertThat(status("later")).isEqualTo("ACTIVE");
		assertThat(get(PATH + "/" + run + "/rejected").body()).contains("3,nobody,");
		// The dry run is over and told all it had to tell.
		assertThat(get(PATH + "/" + dry).statusCode()).isEqualTo(404);
		assertThat(send(PATH + "/" + run + "/start", "application/json", "{}").statusCode()).isEqualTo(409);
	}

	@Test
	void rowsOfOneReaderCountInTheirOrder() {
		long run = run("""
				email,status
				%1$s,
				%1$s,UNSUBSCRIBED
				%2$s,UNSUBSCRIBED
				%2$s,
				%3$s,
				%3$s,BOUNCED
				%3$s,
				%4$s,COMPLAINED
				%4$s,
				""".formatted(address("goes"), address("left"), address("dead"), address("angry")));
		assertThat(status("goes")).isEqualTo("UNSUBSCRIBED");
		assertThat(status("left")).isEqualTo("UNSUBSCRIBED");
		assertThat(status("dead")).isEqualTo("SUPPRESSED");
		assertThat(count("angry")).isZero();
		assertThat(get(PATH + "/" + run + "/rejected").body()
			.lines()
			.skip(1)
			.map((it) -> it.substring(0, it.indexOf(',')))).containsExactly("5", "8", "10");
	}

	@Test
	void givesEachOfManyWhatTheirRowSays() {
		StringBuilder file = new StringBuilder("email,name,topics\n");
		for (int i = 0; i < 2100; i++) {
			file.append(address("m" + i)).append(",Reader m").append(i).append(",T").append(i).append('\n');
		}
		run(file.toString());
		assertThat(this.jdbc.sql("""
				SELECT COUNT(*) FROM subscriber r JOIN subscription s ON s.subscriber_id = r.id
				JOIN consent c ON c.subscriber_id = r.id AND c.newsletter_id = s.newsletter_id AND c.channel = 'IMPORT'
				WHERE r.email LIKE ? AND r.name = CONCAT('Reader ', SUBSTRING_INDEX(r.email, '-', 1))
				AND s.topics = CONCAT('T', SUBSTRING(SUBSTRING_INDEX(r.email, '-', 1), 2)) AND r.status = 'ACTIVE'
				AND r.confirmed_at = s.confirmed_at
				""").param("m%-" + this.tag + "@import.example").query(Integer.class).single()).isEqualTo(2100);
	}

	@Test
	void waitsForWhoIsJustSigningUp() throws Exception {
		String email = address("quick");
		try (Connection connection = this.dataSource.getConnection();
				Statement statement = connection.createStatement()) {
			connection.setAutoCommit(false);
			statement.execute("""
					INSERT INTO subscriber (email, email_key, status, created_at, status_changed_at)
					VALUES ('%1$s', '%1$s', 'PENDING', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))""".formatted(email));
			HttpResponse<String> answer = send(PATH, "text/csv",
					"email\n" + address("one") + "\n" + email + "\n" + address("two") + "\n");
			await().until(() -> this.jdbc
				.sql("SELECT COUNT(*) FROM information_schema.INNODB_TRX WHERE trx_state = 'LOCK WAIT'")
				.query(Integer.class)
				.single() > 0);
			connection.commit();
			connection.setAutoCommit(true);
			long run = completed(answer);
			assertThat(get(PATH + "/" + run + "/rejected").body()).contains("has not confirmed yet");
			assertThat(status("quick")).isEqualTo("PENDING");
			assertThat(status("one") + status("two")).isEqualTo("ACTIVEACTIVE");
		}
	}

	@Test
	@DisplayName("C8: erasing a reader erases the rejected rows about the reader")
	void forgetsRejectedRowsOfErasedReaders() {
		String email = address("goes");
		String preferences = this.site.subscribe(email);
		long run = run("email,days\n" + email + ",SUN\n" + address("other") + ",SUN\n");
		assertThat(get(PATH + "/" + run + "/rejected").body()).contains(email);
		this.site.post(preferences, "action", "erase", "sure", "true");
		assertThat(get(PATH + "/" + run + "/rejected").body()).doesNotContain(email).contains(address("other"));
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
		return run(PATH, file);
	}

	private long run(String path, String file) {
		return completed(send(path, "text/csv; charset=utf-8", file));
	}

	private long completed(HttpResponse<String> answer) {
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
