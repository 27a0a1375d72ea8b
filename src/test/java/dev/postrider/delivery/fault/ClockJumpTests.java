package dev.postrider.delivery.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

import dev.postrider.testing.Judge;
import dev.postrider.testing.TestDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The wall clock of the process that sends jumps an hour ahead and back, by libfaketime;
 * the database keeps its own.
 */
@Tag("faults")
class ClockJumpTests {

	@Test
	void aClockThatJumpsAnHourCostsNobodyTheMail() throws Exception {
		Path offset = Files.createTempFile("clock", ".offset");
		Files.writeString(offset, "+0");
		Map<String, String> environment = Map.of("LD_PRELOAD", library(), "FAKETIME_TIMESTAMP_FILE", offset.toString(),
				"FAKETIME_CACHE_DURATION", "1", "FAKETIME_DONT_FAKE_MONOTONIC", "1");
		try (FaultStage stage = new FaultStage(TestDatabase.get().another(), Map.of(), environment)) {
			FaultEdition edition = stage.running().begin(20_000);
			edition.awaitSent(4_000);
			Files.writeString(offset, "+1h");
			edition.awaitSent(8_000);
			Files.writeString(offset, "-1h");
			edition.awaitSent(12_000);
			Files.writeString(offset, "+0");
			edition.awaitEnd();
			edition.assertAllSent(20_000, 0);
		}
		finally {
			Files.delete(offset);
		}
	}

	private static String library() throws IOException {
		Path libraries = Path.of("/usr/lib");
		try (Stream<Path> found = Files.find(libraries, 4,
				(path, attributes) -> path.endsWith("faketime/libfaketimeMT.so.1"))) {
			return found.findFirst()
				.orElseThrow(() -> Judge.missing("libfaketime is not installed (Debian: faketime)"))
				.toString();
		}
	}

}
