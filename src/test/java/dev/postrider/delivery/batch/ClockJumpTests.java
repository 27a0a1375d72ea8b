package dev.postrider.delivery.batch;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

import dev.postrider.delivery.Deliveries;
import dev.postrider.delivery.DeliveryStatus;
import dev.postrider.edition.Editions;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestClock;
import dev.postrider.testing.TestMailing;
import dev.postrider.testing.TestNewsroom;
import dev.postrider.testing.TestRelay;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Wall clocks jump, ours and the database's; an edition on its way is none the worse.
 */
@PostriderTest
class ClockJumpTests {

	private static final LocalDate MONDAY = TestMailing.MONDAY;

	@Autowired
	private TestMailing mailing;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private TestClock clock;

	@Autowired
	private Editions editions;

	@Autowired
	private Deliveries deliveries;

	@AfterEach
	void resetClock() {
		this.clock.reset();
	}

	@Test
	void anHourAheadAndBackInTheMiddleOfAnEdition() {
		this.mailing.story("Harbour bridge opens");
		List<String> readers = new ArrayList<>();
		List<String> gates = new ArrayList<>();
		for (int i = 1; i <= 400; i++) {
			boolean gate = i % 100 == 0;
			String address = TestNewsroom.address(gate ? "gate" : "reader");
			(gate ? gates : readers).add(address);
			this.mailing.add(address);
		}
		long run = this.mailing.send();
		for (int i = 0; i < gates.size(); i++) {
			// The lane stands in the middle of a message, the clocks jump, other lanes
			// look for work, the lane goes on.
			int before = i * 100 + 98;
			await().until(() -> sent() >= before);
			int hours = (i % 2 == 0) ? 1 : -1;
			this.clock.advance(Duration.ofHours(hours));
			jumpDatabase(hours);
			awaitClaims();
			TestRelay.get().open(gates.get(i));
		}
		this.mailing.finish(run);
		assertThat(this.deliveries.counts(this.mailing.edition().id())).containsEntry(DeliveryStatus.SENT, 400);
		readers.addAll(gates);
		assertThat(readers).allSatisfy((reader) -> assertThat(TestRelay.get().to(reader)).hasSize(1));
	}

	/** What its clock's jump amounts to: leases that end earlier or later by it. */
	private void jumpDatabase(int hours) {
		this.jdbc.sql("UPDATE delivery_block SET lease_until = lease_until - INTERVAL ? HOUR WHERE edition_id = ?")
			.params(hours, this.mailing.edition().id())
			.update();
	}

	/** Idle lanes ask for a block several times a second. */
	private void awaitClaims() {
		await().pollDelay(Duration.ofMillis(700)).until(() -> true);
	}

	private int sent() {
		return this.editions.find(this.mailing.newsletter().id(), MONDAY, 1)
			.map((edition) -> this.deliveries.counts(edition.id()).getOrDefault(DeliveryStatus.SENT, 0))
			.orElse(0);
	}

}
