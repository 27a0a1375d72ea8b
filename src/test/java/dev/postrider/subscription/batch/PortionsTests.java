package dev.postrider.subscription.batch;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.run.Run;
import dev.postrider.run.RunHistory;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestClock;
import dev.postrider.testing.TestNewsroom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Files of more rows than one transaction has, by real runs.
 */
@PostriderTest
class PortionsTests {

	@Autowired
	private Imports imports;

	@Autowired
	private StoredImports stored;

	@Autowired
	private RunHistory runs;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private Newsletters newsletters;

	@Autowired
	private TestClock clock;

	private Newsletter newsletter;

	private final String tag = UUID.randomUUID().toString().substring(0, 8);

	@BeforeEach
	void newsletter() {
		this.clock.reset();
		this.newsletter = new TestNewsroom(this.jdbc, this.newsletters, this.clock).newsletter();
	}

	@Test
	void rowsOfOneReaderCountInTheirOrderAcrossPortions() throws Exception {
		List<String> rows = new ArrayList<>();
		for (int i = 2; i <= 6100; i++) {
			rows.add(address("reader" + i) + ",");
		}
		rows.set(10, address("ada") + ",");
		rows.set(2010, address("ada") + ",UNSUBSCRIBED");
		rows.set(4010, address("ada") + ",");
		rows.set(2020, address("bob") + ",COMPLAINED");
		rows.set(4020, address("bob") + ",");
		StoredImport file = receive(rows);
		Run run = run(file);
		assertThat(run.status()).isEqualTo("COMPLETED");
		Run.Step step = run.steps().get(0);
		assertThat(List.of(step.read(), step.written(), step.skipped())).containsExactly(6099L, 6097L, 2L);
		List<Integer> rejected = new ArrayList<>();
		this.stored.rejected(file.id(), (row) -> rejected.add(row.line()));
		assertThat(rejected).containsExactly(4012, 4022);
		assertThat(this.jdbc.sql("SELECT status FROM subscriber WHERE email_key = ?")
			.param(address("ada"))
			.query(String.class)
			.single()).isEqualTo("UNSUBSCRIBED");
		assertThat(subscribed()).isEqualTo(6094);
	}

	@Test
	void aRunThatFailsLeavesNothingHalfDone() throws Exception {
		List<String> rows = new ArrayList<>();
		for (int i = 0; i < 3 * FileParts.SIZE / 40; i++) {
			rows.add(address("reader" + i) + ",");
		}
		StoredImport file = receive(rows);
		this.jdbc.sql("DELETE FROM subscriber_import_part WHERE import_id = ? AND part = ?")
			.params(file.id(), file.parts() - 1)
			.update();
		Run run = run(file);
		assertThat(run.status()).isEqualTo("FAILED");
		assertThat(run.steps().get(0).toString()).contains("of stored file " + file.id() + " is missing");
		StoredImport left = this.stored.find(file.id()).orElseThrow();
		assertThat(left.finishedAt()).isNull();
		assertThat(left.taken()).isPositive().isLessThan(file.rows()).isEqualTo(left.doneLine() - 1);
		assertThat(subscribed()).isEqualTo(left.taken());
	}

	private Run run(StoredImport file) throws ImportException {
		long id = this.imports.start(file, false, "test");
		await().atMost(Duration.ofSeconds(60)).until(() -> !this.runs.find(id).orElseThrow().isRunning());
		return this.runs.find(id).orElseThrow();
	}

	private StoredImport receive(List<String> rows) throws ImportException {
		String text = "email,status\n" + String.join("\n", rows) + "\n";
		return this.imports.receive(this.newsletter, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
				"readers.csv", "Asked at the fair", "test");
	}

	private int subscribed() {
		return this.jdbc
			.sql("""
					SELECT COUNT(*) FROM subscription WHERE newsletter_id = ? AND confirmed_at IS NOT NULL AND left_at IS NULL
					""")
			.param(this.newsletter.id())
			.query(Integer.class)
			.single();
	}

	private String address(String who) {
		return who + "-" + this.tag + "@import.example";
	}

}
