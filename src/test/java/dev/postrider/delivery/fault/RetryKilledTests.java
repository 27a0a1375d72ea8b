package dev.postrider.delivery.fault;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A retry whose process is killed in the middle goes on like a digest.
 */
@Tag("faults")
class RetryKilledTests {

	private static final int READERS = 3_000;

	@Test
	void aRetryThatIsKilledGoesOnAndMailsOnlyWhatFailed() throws Exception {
		try (FaultStage stage = new FaultStage().running()) {
			FaultEdition edition = stage.begin(READERS);
			edition.awaitEnd();
			try (Connection connection = stage.connect();
					PreparedStatement statement = connection.prepareStatement(
							"UPDATE delivery SET status = 'FAILED' WHERE edition_id = ? AND seq % 3 <> 0")) {
				statement.setLong(1, edition.id());
				assertThat(statement.executeUpdate()).isEqualTo(2_000);
			}
			Set<String> failed = new HashSet<>(edition.readers("status = 'FAILED'"));
			edition.retry(stage.process());
			edition.awaitSent(1_400);
			stage.process().kill();
			stage.running();
			edition.awaitEnd();
			assertThat(edition.count("status = 'SENT'")).isEqualTo(READERS);
			Map<String, List<String>> copies = edition.copies();
			assertThat(copies).hasSize(READERS);
			copies.forEach((reader, ids) -> {
				assertThat(ids.size()).as(reader)
					.isBetween(failed.contains(reader) ? 2 : 1, failed.contains(reader) ? 3 : 1);
				assertThat(new HashSet<>(ids)).hasSize(1);
			});
			int all = copies.values().stream().mapToInt(List::size).sum();
			assertThat(all - READERS - failed.size()).isBetween(0, 2 * FaultStage.LANES);
		}
	}

}
