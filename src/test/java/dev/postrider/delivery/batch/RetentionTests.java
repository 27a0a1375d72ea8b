package dev.postrider.delivery.batch;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.postrider.delivery.Deliveries;
import dev.postrider.delivery.DeliveryStatus;
import dev.postrider.delivery.RetentionRuns;
import dev.postrider.delivery.RetryRuns;
import dev.postrider.edition.Corrections;
import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionException;
import dev.postrider.run.Run;
import dev.postrider.run.RunLauncher;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestClock;
import dev.postrider.testing.TestMailing;
import dev.postrider.testing.TestNewsroom;
import dev.postrider.testing.TestStaff;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Ledgers of old editions become counts, and nothing that is shown changes by it.
 */
@PostriderTest
class RetentionTests {

	private static final LocalDate MONDAY = TestMailing.MONDAY;

	private static final LocalDate WEDNESDAY = LocalDate.of(2026, 11, 25);

	@LocalServerPort
	private int port;

	@Autowired
	private TestMailing mailing;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private TestClock clock;

	@Autowired
	private RetryRuns retries;

	@Autowired
	private RunLauncher launcher;

	@Autowired
	private Corrections corrections;

	@Autowired
	private Deliveries deliveries;

	@Autowired
	private Compaction compaction;

	@Autowired
	private TestStaff staff;

	@BeforeEach
	void setUp() {
		this.mailing.story("Harbour bridge opens");
	}

	@Test
	void anOldLedgerBecomesCountsAndNothingThatIsShownChanges() {
		TestStaff.Member admin = this.staff.admin();
		String reader = this.mailing.address("reader");
		this.mailing.reader("unknown");
		this.mailing.reader("full");
		this.mailing.add(TestNewsroom.address("pending"), "PENDING", false);
		send(MONDAY);
		this.mailing.story("Night trains return");
		send(WEDNESDAY);
		Edition old = this.mailing.edition(MONDAY, 1);
		Edition young = this.mailing.edition(WEDNESDAY, 1);
		Map<DeliveryStatus, Integer> counts = this.deliveries.counts(old.id());
		assertThat(counts).containsEntry(DeliveryStatus.SENT, 1).containsEntry(DeliveryStatus.BOUNCED, 1);
		String api = get(admin, "/api/v1/newsletters/" + this.mailing.newsletter().slug() + "/editions/2026-11-23");
		String proof = get(admin, "/api/v1/deliveries?email=" + reader);
		assertThat(proof).contains("2026-11-23", "2026-11-25");
		String webCopy = page("/editions/" + this.mailing.newsletter().slug() + "/2026-11-23");
		assertThat(webCopy).contains("Harbour bridge opens");
		TestStaff.Session session = this.staff.login(this.port, admin);
		String desk = desk(session, old);
		assertThat(desk).containsIgnoringCase("sent").contains("Unverified");

		this.jdbc.sql("INSERT INTO welcome_delivery (edition_id, subscriber_id, variant) VALUES (?, 1, 1), (?, 1, 1)")
			.params(old.id(), young.id())
			.update();
		age(old);
		Run run = retention();

		assertThat(run.status()).isEqualTo("COMPLETED");
		assertThat(rows("delivery", old)).isZero();
		assertThat(rows("delivery_block", old)).isZero();
		assertThat(rows("welcome_delivery", old)).isZero();
		assertThat(rows("welcome_delivery", young)).isEqualTo(1);
		assertThat(rows("delivery_total", old)).isEqualTo(3);
		assertThat(rows("delivery", young)).isEqualTo(2);
		assertThat(this.deliveries.counts(old.id())).isEqualTo(counts);
		assertThat(this.deliveries.exclusions(old.id())).isEqualTo(Map.of("UNVERIFIED", 1));
		assertThat(this.deliveries.readersByVariant(old.id())).isEqualTo(Map.of(1, 3));
		assertThat(this.deliveries.isTopical(old.id())).isFalse();
		assertThat(get(admin, "/api/v1/newsletters/" + this.mailing.newsletter().slug() + "/editions/2026-11-23"))
			.isEqualTo(api);
		assertThat(page("/editions/" + this.mailing.newsletter().slug() + "/2026-11-23")).isEqualTo(webCopy);
		assertThat(get(admin, "/api/v1/deliveries?email=" + reader)).contains("2026-11-25", "\"upTo\":\"2026-11-")
			.contains("only counts are kept")
			.doesNotContain("\"date\":\"2026-11-23\"");
		assertThat(desk(session, old)).isEqualTo(desk);
		assertThatExceptionOfType(EditionException.class)
			.isThrownBy(() -> this.retries.retry(old.id(),
					new RetryRuns.Wish(this.clock.instant().plus(Duration.ofHours(1)), false, "test")))
			.withMessageContaining("only counts are kept");

		List<String> before = totals(old);
		assertThat(retention().steps()).singleElement().satisfies((step) -> assertThat(step.written()).isZero());
		assertThat(totals(old)).isEqualTo(before);
	}

	@Test
	void aLargeLedgerIsCountedInSmallTransactionsThatNeverChangeTheSum() {
		this.mailing.reader("reader");
		send(MONDAY);
		Edition edition = this.mailing.edition(MONDAY, 1);
		// Ten thousand more: four digits.
		String digits = "(SELECT 0 AS d UNION SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4"
				+ " UNION SELECT 5 UNION SELECT 6 UNION SELECT 7 UNION SELECT 8 UNION SELECT 9)";
		this.jdbc
			.sql("""
					INSERT INTO delivery (edition_id, seq, subscriber_id, variant, status)
					SELECT :edition, n + 2, 7000000000 + n, 1 + MOD(n, 2), CASE MOD(n, 3) WHEN 0 THEN 'FAILED' ELSE 'SENT' END
					FROM (SELECT a.d + 10 * b.d + 100 * c.d + 1000 * e.d AS n
					  FROM %s a CROSS JOIN %s b CROSS JOIN %s c CROSS JOIN %s e) AS numbers
					"""
				.formatted(digits, digits, digits, digits))
			.param("edition", edition.id())
			.update();
		Map<DeliveryStatus, Integer> counts = this.deliveries.counts(edition.id());
		Map<Integer, Integer> variants = this.deliveries.readersByVariant(edition.id());
		assertThat(counts).containsEntry(DeliveryStatus.FAILED, 3334).containsEntry(DeliveryStatus.SENT, 6667);
		age(edition);
		for (int rows : List.of(5000, 5000, 1, 0)) {
			assertThat(this.compaction.next(edition.id())).isEqualTo(rows);
			assertThat(this.deliveries.counts(edition.id())).isEqualTo(counts);
			assertThat(this.deliveries.readersByVariant(edition.id())).isEqualTo(variants);
			assertThat(this.deliveries.isTopical(edition.id())).isTrue();
		}
		assertThat(rows("delivery", edition)).isZero();
	}

	@Test
	void anEditionThatIsOpenKeepsItsLedger() {
		this.mailing.reader("reader");
		this.mailing.reader("full");
		send(MONDAY);
		Edition edition = this.mailing.edition(MONDAY, 1);
		age(edition);
		for (String status : List.of("SENDING", "HELD", "FAILED")) {
			set(edition, status);
			retention();
			assertThat(rows("delivery", edition)).as(status).isEqualTo(2);
		}
		set(edition, "CANCELLED");
		this.jdbc.sql("UPDATE delivery SET status = 'PENDING' WHERE edition_id = ? AND seq = 1")
			.param(edition.id())
			.update();
		retention();
		assertThat(rows("delivery", edition)).isEqualTo(2);
		assertThat(rows("delivery_total", edition)).isZero();
	}

	@Test
	void aCorrectionThatIsDraftedKeepsTheLedgerAndAfterwardsNoneCanBe() {
		this.mailing.reader("reader");
		send(MONDAY);
		Edition edition = this.mailing.edition(MONDAY, 1);
		long story = edition.picks().get(0).story().id();
		this.corrections.mark(story, "It opens on Tuesday.", "ann@news.example");
		Edition draft = this.corrections.draft(edition, this.mailing.newsletter(), story);
		age(edition);
		retention();
		assertThat(rows("delivery", edition)).isEqualTo(1);
		set(draft, "CANCELLED");
		retention();
		assertThat(rows("delivery", edition)).isZero();
		assertThatExceptionOfType(EditionException.class)
			.isThrownBy(() -> this.corrections.draft(this.mailing.edition(MONDAY, 1), this.mailing.newsletter(), story))
			.withMessageContaining("nobody knows any more who had it");
	}

	private Run retention() {
		long run = this.launcher.start(RetentionRuns.JOB, Map.of("day", UUID.randomUUID().toString()), "test");
		return this.mailing.finish(run);
	}

	/** As if it had been sent more than a year ago; others' editions stay young. */
	private void age(Edition edition) {
		Instant then = this.clock.instant().minus(Duration.ofDays(401));
		this.jdbc.sql("UPDATE edition SET due_at = ?, closed_at = ? WHERE id = ?")
			.params(then, then, edition.id())
			.update();
	}

	private void set(Edition edition, String status) {
		this.jdbc.sql("UPDATE edition SET status = ? WHERE id = ?").params(status, edition.id()).update();
	}

	private int rows(String table, Edition edition) {
		return this.jdbc.sql("SELECT COUNT(*) FROM " + table + " WHERE edition_id = ?")
			.param(edition.id())
			.query(Integer.class)
			.single();
	}

	private List<String> totals(Edition edition) {
		return this.jdbc
			.sql("SELECT CONCAT_WS(' ', variant, status, readers) FROM delivery_total WHERE edition_id = ? ORDER BY 1")
			.param(edition.id())
			.query(String.class)
			.list();
	}

	private void send(LocalDate date) {
		assertThat(this.mailing.finish(this.mailing.send(date, 1)).status()).isEqualTo("COMPLETED");
	}

	private String get(TestStaff.Member member, String path) {
		return body(client().get().uri(path).header(HttpHeaders.AUTHORIZATION, member.bearer()));
	}

	/** What the desk says of its deliveries. */
	private static String desk(TestStaff.Session session, Edition edition) {
		String page = session.get("/desk/editions/" + edition.id()).body();
		int from = page.indexOf("aria-label=\"Deliveries\"");
		return page.substring(from, page.indexOf("</section>", from));
	}

	private String page(String path) {
		return body(client().get().uri(path));
	}

	private static String body(RestTestClient.RequestHeadersSpec<?> request) {
		return String.valueOf(
				request.exchange().expectStatus().isOk().expectBody(String.class).returnResult().getResponseBody());
	}

	private RestTestClient client() {
		return RestTestClient.bindToServer().baseUrl("http://localhost:" + this.port).build();
	}

}
