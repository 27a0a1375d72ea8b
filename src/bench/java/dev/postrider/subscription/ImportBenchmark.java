package dev.postrider.subscription;

import java.io.BufferedWriter;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.postrider.delivery.SendStage;
import dev.postrider.testing.Cpu;
import dev.postrider.testing.Figures;
import dev.postrider.testing.HeapWatch;
import dev.postrider.testing.PostriderProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.awaitility.Awaitility.await;

/**
 * {@code mvn -q -Pbench verify -Dbench=import [-Dreaders=1000000] [-Dheap=512m]}: a file of
 * so many readers, in no order, handed in by the API to the whole application as a process
 * of its own, until its run is over. Then the same file again, in which nobody is new. The
 * reference is the bare insert of as many rows, a thousand a statement and a commit, into a
 * table like subscriber. The database is the one of {@code SPRING_DATASOURCE_URL}, else an
 * embedded MariaDB with its default durability.
 * <p>
 * {@code rows_per_s}: from the first byte sent to the end of the run.
 */
@Tag("bench")
@Tag("import")
class ImportBenchmark {

	private static final int BATCH = 1000;

	private final int readers = Integer.getInteger("readers", 1_000_000);

	@Test
	void imports() throws Exception {
		Path file = file();
		try (SendStage stage = new SendStage()) {
			PostriderProcess process = stage.start(Map.of(),
					List.of("-Xmx" + System.getProperty("heap", "512m")));
			try (HeapWatch heap = HeapWatch.of(process.handle())) {
				double first = measure("import", stage, process, heap, file);
				measure("import-again", stage, process, heap, file);
				double bare = bareInsert(stage);
				Figures.of("import-reference")
					.add("bare_insert_rows_per_s", Math.round(bare))
					.add("ratio_bare_insert", first / bare)
					.print();
			}
		}
		finally {
			Files.deleteIfExists(file);
		}
	}

	private double measure(String name, SendStage stage, PostriderProcess process, HeapWatch heap, Path file) {
		heap.begin();
		double cpu = Cpu.seconds(process.handle());
		double database = Cpu.ofDatabase(stage.databasePort());
		long from = System.nanoTime();
		HttpResponse<String> answer = process.sendFile("/api/v1/subscribers/import?source=Asked+elsewhere", "text/csv",
				file);
		double received = (System.nanoTime() - from) / 1e9;
		if (answer.statusCode() != 202) {
			throw new IllegalStateException(answer.statusCode() + " " + answer.body());
		}
		await().pollInterval(Duration.ofMillis(100))
			.atMost(Duration.ofSeconds(120 + this.readers / 500))
			.until(() -> stage.ask("SELECT finished_at IS NOT NULL FROM subscriber_import ORDER BY id DESC LIMIT 1")
				.equals("1"));
		double seconds = (System.nanoTime() - from) / 1e9;
		Figures.of(name)
			.add("rows_per_s", Math.round(this.readers / seconds))
			.add("seconds", seconds)
			.add("received_s", received)
			.add("cpu_s", Cpu.seconds(process.handle()) - cpu)
			.add("database_cpu_s", Cpu.ofDatabase(stage.databasePort()) - database)
			.add("peak_heap_mb", heap.peak())
			.add("live_mb_first", heap.live(0, 0.34))
			.add("live_mb_last", heap.live(0.66, 1))
			.add("readers", stage.ask("SELECT COUNT(*) FROM subscriber WHERE status = 'ACTIVE'"))
			.add("rejected", stage.ask("SELECT rejected FROM subscriber_import ORDER BY id DESC LIMIT 1"))
			.add("database", stage.databaseName())
			.print();
		return this.readers / seconds;
	}

	private double bareInsert(SendStage stage) throws SQLException {
		stage.execute("CREATE TABLE bare_subscriber LIKE subscriber");
		try (Connection connection = stage.connect("rewriteBatchedStatements=true");
				PreparedStatement statement = connection.prepareStatement("""
						INSERT INTO bare_subscriber (email, email_key, name, status, created_at, confirmed_at, status_changed_at)
						VALUES (?, ?, ?, 'ACTIVE', ?, ?, ?)""")) {
			connection.setAutoCommit(false);
			Timestamp now = Timestamp.from(Instant.now());
			long from = System.nanoTime();
			for (int i = 1; i <= this.readers; i++) {
				statement.setString(1, address(i));
				statement.setString(2, address(i));
				statement.setString(3, "Reader " + i);
				statement.setTimestamp(4, now);
				statement.setTimestamp(5, now);
				statement.setTimestamp(6, now);
				statement.addBatch();
				if (i % BATCH == 0 || i == this.readers) {
					statement.executeBatch();
					connection.commit();
				}
			}
			return this.readers / ((System.nanoTime() - from) / 1e9);
		}
		finally {
			stage.execute("DROP TABLE bare_subscriber");
		}
	}

	private Path file() throws IOException {
		Path file = Files.createDirectories(Path.of("target")).resolve("bench-import.csv");
		try (BufferedWriter out = Files.newBufferedWriter(file)) {
			out.write("email,name,days,topics,status\n");
			for (int i = 1; i <= this.readers; i++) {
				out.write(address(i) + ",Reader " + i + "," + ((i % 3 == 0) ? "MON FRI" : "") + ",,ACTIVE\n");
			}
		}
		return file;
	}

	/** Each number once, mixed up: multiplying by an odd number is one to one. */
	private static String address(int number) {
		return Integer.toHexString(number * 0x9E3779B1) + "@readers.example";
	}

}
