package dev.postrider.delivery.fault;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.postrider.demo.database.EmbeddedDatabase;
import dev.postrider.testing.Judge;
import dev.postrider.testing.SmtpSink;
import dev.postrider.testing.TestDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The database server itself dies in the middle, or has no room left. It writes every
 * commit through to the disk, as a newsroom's does.
 */
@Tag("faults")
class DatabaseKilledTests {

	private static final int READERS = 20_000;

	@Test
	void aDatabaseThatIsKilledAndStartedAgainLosesNobody() throws Exception {
		Path folder = Path.of("target", "test-database", "killed");
		EmbeddedDatabase database = start(folder, SmtpSink.freePort(), true, List.of());
		try (FaultStage stage = stage(database)) {
			FaultEdition edition = stage.running().begin(READERS);
			for (int sent = READERS / 5; sent < READERS; sent += READERS / 5) {
				edition.awaitSent(sent);
				int port = port(database);
				ProcessHandle.of(database.pid()).orElseThrow().destroyForcibly();
				database.close();
				database = start(folder, port, false, List.of());
			}
			edition.awaitEnd();
			edition.assertAllSent(READERS, 4 * 2 * FaultStage.LANES);
		}
		finally {
			database.close();
		}
	}

	@Test
	void aFullDiskOnlyDelays() throws Exception {
		Path disk = Files.createTempDirectory("disk");
		if (Judge.ask("mount", "-t", "tmpfs", "-o", "size=400m", "postrider-test", disk.toString()).status() != 0) {
			Files.delete(disk);
			throw Judge.missing("a small disk can be mounted by root only");
		}
		EmbeddedDatabase database = null;
		try {
			database = start(disk.resolve("database"), SmtpSink.freePort(), true,
					List.of("--innodb-log-file-size=16M", "--innodb-temp-data-file-path=ibtmp1:12M:autoextend"));
			try (FaultStage stage = stage(database)) {
				FaultEdition edition = stage.running().begin(READERS);
				edition.awaitSent(READERS / 5);
				Path filler = disk.resolve("filler");
				fill(filler);
				await().atMost(Duration.ofMinutes(2))
					.until(() -> stage.process().log().contains("could not be written") || edition.isSent());
				Files.delete(filler);
				edition.awaitEnd();
				edition.assertAllSent(READERS, 2 * FaultStage.LANES);
			}
		}
		finally {
			if (database != null) {
				database.close();
			}
			Judge.ask("umount", "-l", disk.toString());
			Files.delete(disk);
		}
	}

	private static void fill(Path filler) throws IOException {
		try (RandomAccessFile file = new RandomAccessFile(filler.toFile(), "rw")) {
			byte[] megabyte = new byte[1 << 20];
			while (true) {
				file.write(megabyte);
			}
		}
		catch (IOException full) {
			assertThat(full).hasMessageContaining("No space left");
		}
	}

	private static FaultStage stage(EmbeddedDatabase database) throws IOException {
		return new FaultStage(TestDatabase.at(database.url(), EmbeddedDatabase.USER, ""), Map.of(), Map.of());
	}

	private static int port(EmbeddedDatabase database) {
		return TestDatabase.at(database.url(), EmbeddedDatabase.USER, "").port();
	}

	private static EmbeddedDatabase start(Path folder, int port, boolean fresh, List<String> more) throws IOException {
		Files.createDirectories(folder);
		return EmbeddedDatabase
			.start(new EmbeddedDatabase.Options(folder, Path.of("target/test-database/mariadb"), port, fresh, more));
	}

}
