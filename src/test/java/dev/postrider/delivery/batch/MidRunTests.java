package dev.postrider.delivery.batch;

import java.util.ArrayList;
import java.util.List;

import dev.postrider.delivery.Deliveries;
import dev.postrider.delivery.DeliveryStatus;
import dev.postrider.edition.EditionStatus;
import dev.postrider.edition.Editions;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestMailing;
import dev.postrider.testing.TestNewsroom;
import dev.postrider.testing.TestRelay;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What changes while an edition is on its way counts before the next page of readers.
 */
@PostriderTest
class MidRunTests {

	@Autowired
	private TestMailing mailing;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private Editions editions;

	@Autowired
	private Deliveries deliveries;

	@BeforeEach
	void setUp() {
		this.mailing.story("Harbour bridge opens");
	}

	@Test
	@DisplayName("L15: who leaves, pauses or is suppressed in the middle of the run is not mailed any more")
	void theLastMomentCheckIsMade() {
		String gate = TestNewsroom.address("gate");
		this.mailing.add(gate);
		List<String> addresses = new ArrayList<>();
		List<Long> ids = new ArrayList<>();
		for (int i = 0; i < 104; i++) {
			addresses.add(TestNewsroom.address("reader"));
			ids.add(this.mailing.add(addresses.get(i)));
		}
		long runId = this.mailing.send();
		// One lane has the only block, and its first page of 100 in hand.
		await().until(() -> this.mailing.edition().status() == EditionStatus.SENDING && ownedBlocks() == 1);
		this.mailing.changeSubscription(ids.get(100), "left_at = UTC_TIMESTAMP(6)");
		this.mailing.changeSubscription(ids.get(101), "paused_until = '2026-12-01'");
		this.jdbc.sql("UPDATE subscriber SET status = 'SUPPRESSED' WHERE id = ?").param(ids.get(102)).update();
		TestRelay.get().open(gate);
		this.mailing.finish(runId);

		assertThat(this.mailing.status(ids.get(100))).startsWith("SKIPPED Unsubscribed");
		assertThat(this.mailing.status(ids.get(101))).startsWith("SKIPPED Paused");
		assertThat(this.mailing.status(ids.get(102))).startsWith("SKIPPED Suppressed");
		assertThat(addresses.subList(100, 103)).allSatisfy((left) -> assertThat(TestRelay.get().to(left)).isEmpty());
		assertThat(this.mailing.status(ids.get(103))).startsWith("SENT");
		assertThat(this.deliveries.counts(this.mailing.edition().id())).containsEntry(DeliveryStatus.SENT, 102);
	}

	@Test
	void cancellingInTheMiddleEndsWhatIsOpenAndKeepsWhatIsSent() {
		String gate = TestNewsroom.address("gate");
		long first = this.mailing.add(gate);
		for (int i = 0; i < 104; i++) {
			this.mailing.reader("reader");
		}
		long last = this.mailing.reader("reader");
		long runId = this.mailing.send();
		await().until(() -> this.mailing.edition().status() == EditionStatus.SENDING && ownedBlocks() == 1);
		this.editions.changeStatus(this.mailing.edition().id(), EditionStatus.CANCELLED, "Wrong headline");
		assertThat(this.mailing.status(last)).isEqualTo("SKIPPED The edition was cancelled");
		TestRelay.get().open(gate);
		this.mailing.finish(runId);

		assertThat(this.mailing.status(first)).as("was in flight").startsWith("SENT");
		assertThat(this.mailing.status(last)).isEqualTo("SKIPPED The edition was cancelled");
		assertThat(this.mailing.edition().status()).isEqualTo(EditionStatus.CANCELLED);
		assertThat(this.deliveries.counts(this.mailing.edition().id())).containsEntry(DeliveryStatus.PENDING, 0);
	}

	private int ownedBlocks() {
		return this.jdbc.sql("SELECT COUNT(*) FROM delivery_block WHERE edition_id = ? AND owner IS NOT NULL")
			.param(this.mailing.edition().id())
			.query(Integer.class)
			.single();
	}

}
