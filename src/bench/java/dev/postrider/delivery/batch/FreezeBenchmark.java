package dev.postrider.delivery.batch;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.StringJoiner;

import javax.sql.DataSource;

import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionComposer;
import dev.postrider.edition.EditionStatus;
import dev.postrider.edition.Editions;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.testing.Figures;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestClock;
import dev.postrider.testing.TestNewsroom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * {@code mvn -q -Pbench verify -Dbench=freeze [-Dreaders=1000000]}: how long it takes to
 * freeze an audience, a fifth of which is left out for one reason or another; three times,
 * the median. The reference beside each is the bare insert of the same ledger rows into a
 * table of the same form. The database is the one of {@code SPRING_DATASOURCE_URL}, which should be
 * set: the embedded one of the tests is not durable.
 */
@Tag("bench")
@Tag("freeze")
@PostriderTest
class FreezeBenchmark {

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private DataSource dataSource;

	@Autowired
	private Newsletters newsletters;

	@Autowired
	private Editions editions;

	@Autowired
	private EditionComposer composer;

	@Autowired
	private Audience audience;

	@Autowired
	private TestClock clock;

	@Test
	void freeze() throws Exception {
		int readers = Integer.getInteger("readers", 1_000_000);
		this.clock.set(Instant.parse("2061-02-07T06:00:00Z"));
		TestNewsroom newsroom = new TestNewsroom(this.jdbc, this.newsletters, this.clock);
		Newsletter newsletter = newsroom.newsletter();
		readers(newsletter, readers);
		List<Double> bare = new ArrayList<>();
		List<Double> seconds = new ArrayList<>();
		for (int day : List.of(7, 9, 11)) {
			seconds.add(seconds(newsroom, newsletter, day));
			bare.add(bareInsert());
		}
		Collections.sort(seconds);
		Collections.sort(bare);
		Figures.of("freeze")
			.add("readers", readers)
			.add("seconds", seconds.get(1))
			.add("best", seconds.get(0))
			.add("bare_insert", bare.get(1))
			.add("ratio_bare_insert", bare.get(1) / seconds.get(1))
			.add("deliveries", this.jdbc.sql("SELECT COUNT(*) / 3 FROM delivery").query(Long.class).single())
			.add("database", this.jdbc.sql("SELECT VERSION()").query(String.class).single())
			.print();
	}

	private double seconds(TestNewsroom newsroom, Newsletter newsletter, int day) {
		newsroom.story("The harbour is open again on day " + day);
		Edition edition = this.editions.open(newsletter, LocalDate.of(2061, 2, day), 1, this.clock.instant());
		this.composer.compose(edition.id(), newsletter);
		this.editions.approve(edition.id(), "bench");
		this.editions.changeStatus(edition.id(), EditionStatus.SENDING, null);
		long from = System.nanoTime();
		this.audience.freeze(Audience.Frozen.of(edition), 1000, this.clock.instant());
		return (System.nanoTime() - from) / 1e9;
	}

	private double bareInsert() throws Exception {
		try (Connection connection = this.dataSource.getConnection(); Statement statement = connection.createStatement()) {
			statement.execute("CREATE TABLE bare_ledger LIKE delivery");
			statement.execute("SET SESSION max_heap_table_size = 2147483648");
			statement.execute("""
					CREATE TEMPORARY TABLE reader (subscriber_id BIGINT NOT NULL, variant INT NOT NULL) ENGINE=MEMORY AS
					SELECT subscriber_id, variant FROM delivery WHERE edition_id = (SELECT MAX(edition_id) FROM delivery)
					""");
			long from = System.nanoTime();
			statement.execute("""
					INSERT INTO bare_ledger (edition_id, seq, subscriber_id, variant)
					SELECT 1, ROW_NUMBER() OVER (), subscriber_id, variant FROM reader
					""");
			double seconds = (System.nanoTime() - from) / 1e9;
			statement.execute("DROP TEMPORARY TABLE reader");
			statement.execute("DROP TABLE bare_ledger");
			return seconds;
		}
	}

	/** One in ten has left, one in twenty never confirmed, as many are away. */
	private void readers(Newsletter newsletter, int readers) throws Exception {
		StringJoiner numbers = new StringJoiner(",");
		for (int i = 0; i < 1000; i++) {
			numbers.add("(" + i + ")");
		}
		try (Connection connection = this.dataSource.getConnection(); Statement statement = connection.createStatement()) {
			statement.execute("CREATE TEMPORARY TABLE low (n INT NOT NULL PRIMARY KEY)");
			statement.execute("INSERT INTO low VALUES " + numbers);
			for (int from = 0; from < readers; from += 100_000) {
				statement.execute("DROP TEMPORARY TABLE IF EXISTS high");
				statement.execute("CREATE TEMPORARY TABLE high SELECT n FROM low WHERE n < 100");
				statement.execute("""
						INSERT INTO subscriber (id, email, email_key, status, created_at, status_changed_at)
						SELECT 60000000 + n, CONCAT('bench', n, '@readers.example'), CONCAT('bench', n, '@readers.example'),
						  CASE WHEN n %% 20 = 1 THEN 'PENDING' ELSE 'ACTIVE' END, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6)
						FROM (SELECT high.n * 1000 + low.n + %d AS n FROM high JOIN low) numbered WHERE n < %d
						""".formatted(from, readers));
			}
			statement.execute("""
					INSERT INTO subscription (newsletter_id, subscriber_id, requested_at, confirmed_at, left_at, paused_until)
					SELECT %d, id, created_at, created_at, CASE WHEN id %% 10 = 2 THEN created_at END,
					  CASE WHEN id %% 20 = 3 THEN '2099-01-01' END FROM subscriber WHERE id >= 60000000
					""".formatted(newsletter.id()));
			statement.execute("DROP TEMPORARY TABLE low");
			statement.execute("DROP TEMPORARY TABLE high");
			statement.execute("ANALYZE TABLE subscriber, subscription");
		}
	}

}
