package dev.postrider.subscription.batch;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import javax.sql.DataSource;

import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.run.RunHistory;
import dev.postrider.run.RunLauncher;
import dev.postrider.subscription.Readers;
import dev.postrider.subscription.batch.ImportWork.ImportPass;
import dev.postrider.subscription.list.Evidence;
import dev.postrider.subscription.list.PersonalData;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestClock;
import dev.postrider.testing.TestNewsroom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * How long files of readers are kept, and what is left of erased readers in them.
 */
@PostriderTest
class KeptFilesTests {

	private static final Runnable AT_ONCE = () -> {
	};

	@Autowired
	private ImportWork work;

	@Autowired
	private Imports imports;

	@Autowired
	private ImportHistory history;

	@Autowired
	private ImportRetention retention;

	@Autowired
	private StoredImports stored;

	@Autowired
	private Readers readers;

	@Autowired
	private PersonalData personalData;

	@Autowired
	private RunHistory runs;

	@Autowired
	private RunLauncher launcher;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private DataSource dataSource;

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
	void aFileIsNotForgottenWhileARunIsAtWorkOnIt() throws Exception {
		StoredImport file = receive("email\n" + address("one") + "\n" + address("two") + "\n");
		age(file, "created_at");
		try (Connection connection = this.dataSource.getConnection();
				Statement statement = connection.createStatement()) {
			// The run waits for somebody who is just signing up.
			connection.setAutoCommit(false);
			statement.execute("""
					INSERT INTO subscriber (email, email_key, status, created_at, status_changed_at)
					VALUES ('%1$s', '%1$s', 'PENDING', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))"""
				.formatted(address("two")));
			long run = this.imports.start(file, false, "test");
			await().until(() -> this.jdbc
				.sql("SELECT COUNT(*) FROM information_schema.INNODB_TRX WHERE trx_state = 'LOCK WAIT'")
				.query(Integer.class)
				.single() > 0);
			this.retention.purge();
			connection.rollback();
			connection.setAutoCommit(true);
			await().atMost(Duration.ofSeconds(60))
				.until(() -> this.runs.find(run).orElseThrow().status().equals("COMPLETED"));
		}
		assertThat(this.stored.find(file.id()).orElseThrow().taken()).isEqualTo(2);
		// From its end on the file is kept for as long as any other.
		this.retention.purge();
		assertThat(this.stored.find(file.id())).isPresent();
		age(file, "finished_at");
		this.retention.purge();
		assertThat(this.stored.find(file.id())).isEmpty();
	}

	@Test
	void aFileThatNobodyTookInIsForgotten() throws Exception {
		StoredImport waiting = receive("email\n" + address("one") + "\n");
		StoredImport stopped = receive("email\n" + address("two") + "\n" + address("three") + "\n");
		ImportPass pass = begin(stopped, false);
		this.work.take(pass, 0, this.work.next(pass, 1), AT_ONCE);
		this.retention.purge();
		assertThat(this.stored.find(waiting.id())).isPresent();
		age(waiting, "created_at");
		age(stopped, "created_at");
		this.retention.purge();
		assertThat(this.stored.find(waiting.id())).isEmpty();
		assertThat(this.stored.find(stopped.id())).isEmpty();
	}

	@Test
	void halfAFileIsNotTakenForAWholeOne() throws Exception {
		StringBuilder text = new StringBuilder("email\n");
		while (text.length() < 2 * FileParts.SIZE) {
			text.append(address("reader" + text.length())).append('\n');
		}
		StoredImport file = receive(text.toString());
		assertThat(file.parts()).isEqualTo(3);
		this.jdbc.sql("DELETE FROM subscriber_import_part WHERE import_id = ? AND part = 2").param(file.id()).update();
		ImportPass pass = begin(file, false);
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> pass.rows().next(file.rows()))
			.withMessageContaining("Part 3 of 3", "hand the file in anew");
	}

	@Test
	void aRunThatDiedAfterTheLastRowIsThroughWhenItGoesOn() throws Exception {
		StoredImport file = receive("email\n" + address("one") + "\n");
		long died = this.imports.start(file, false, "test");
		await().until(() -> this.runs.find(died).orElseThrow().status().equals("COMPLETED"));
		this.jdbc.sql("UPDATE BATCH_STEP_EXECUTION SET STATUS = 'STOPPED' WHERE JOB_EXECUTION_ID = ?")
			.param(died)
			.update();
		this.jdbc.sql("UPDATE BATCH_JOB_EXECUTION SET STATUS = 'STOPPED' WHERE JOB_EXECUTION_ID = ?")
			.param(died)
			.update();
		long next = this.launcher.restart(died, "test");
		await().until(() -> !this.runs.find(next).orElseThrow().isRunning());
		assertThat(this.runs.find(next).orElseThrow().status()).isEqualTo("COMPLETED");
	}

	@Test
	void aPassThatCameByFewerRowsThanThereAreHasFailed() throws Exception {
		StoredImport file = receive("email\n" + address("one") + "\n" + address("two") + "\n");
		ImportPass pass = begin(file, false);
		this.work.take(pass, 0, this.work.next(pass, 1), AT_ONCE);
		assertThatIllegalStateException().isThrownBy(() -> this.work.finish(pass))
			.withMessageContaining("came in with 2 rows, of which 1 were found");
		assertThat(this.stored.find(file.id()).orElseThrow().finishedAt()).isNull();
	}

	@Test
	@DisplayName("C8: erasing a reader reaches rejected rows however the file spells the address")
	void erasesRejectedRowsOfAnySpelling() throws Exception {
		this.readers.addVerified(address("jane"), null, this.newsletter.id(), "FORM");
		StoredImport file = receive("""
				email,name,days
				%s,Jane,SUN
				Jane Doe <%s>,Jane,
				%s,Joe,SUN
				""".formatted(address("JANE"), address("jane"), address("joe")));
		take(file, false);
		assertThat(rejected(file)).hasSize(3);
		erase("jane");
		assertThat(rejected(file)).singleElement().asString().contains(address("joe"));
	}

	@Test
	@DisplayName("C8: of a reader erased after the file was handed in, nothing of it is kept or shown")
	void passesOverWhoWasErasedSince() throws Exception {
		this.readers.addVerified(address("jane"), null, this.newsletter.id(), "FORM");
		StoredImport file = receive("""
				email,name,days
				%1$s,Jane,
				%1$s,Jane,SUN
				%1$s,Jane,MON
				%2$s,Joe,SUN
				""".formatted(address("Jane"), address("joe")));
		erase("jane");
		assertThat(this.history.sample(file)).singleElement().asString().contains(address("joe"));
		for (boolean dry : List.of(true, false)) {
			take(this.stored.find(file.id()).orElseThrow(), dry);
			assertThat(rejected(file)).hasSize(4)
				.anyMatch((it) -> it.startsWith("2,,,,,,") && it.contains("suppression list (ERASED)"))
				.anyMatch((it) -> it.startsWith("3,,,,,,") && it.contains("days: "))
				.anyMatch((it) -> it.startsWith("4,,,,,,"))
				.anyMatch((it) -> it.startsWith("5," + address("joe")));
		}
		assertThat(this.jdbc.sql("SELECT COUNT(*) FROM subscriber WHERE email_key = ?")
			.param(address("jane"))
			.query(Integer.class)
			.single()).isZero();
	}

	private void erase(String who) {
		long id = this.jdbc.sql("SELECT id FROM subscriber WHERE email_key = ?")
			.param(address(who))
			.query(Long.class)
			.single();
		this.personalData.erase(id, Evidence.Channel.PAGE);
	}

	private void age(StoredImport file, String column) {
		this.jdbc.sql("UPDATE subscriber_import SET " + column + " = ? WHERE id = ?")
			.params(this.clock.instant().minus(Duration.ofDays(8)), file.id())
			.update();
	}

	private List<String> rejected(StoredImport file) {
		List<String> rejected = new ArrayList<>();
		this.stored.rejected(file.id(), (row) -> rejected.add(String.join(",", row.fields(List.of()))));
		return rejected;
	}

	private void take(StoredImport file, boolean dry) throws Exception {
		ImportPass pass = begin(file, dry);
		this.work.take(pass, 0, this.work.next(pass, 100), AT_ONCE);
		this.work.finish(pass);
	}

	private ImportPass begin(StoredImport file, boolean dry) throws Exception {
		assertThat(this.stored.begin(file, dry)).isTrue();
		return this.work.open(file.id(), file.pass() + 1);
	}

	private StoredImport receive(String text) throws ImportException {
		return this.imports.receive(this.newsletter, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
				"readers.csv", "Asked at the fair", "test");
	}

	private String address(String who) {
		return who + "-" + this.tag + "@import.example";
	}

}
