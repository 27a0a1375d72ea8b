package dev.postrider.delivery;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

import dev.postrider.delivery.Deliveries.Proof;
import dev.postrider.edition.Editions;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestClock;
import dev.postrider.testing.TestNewsroom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Proof of delivery, page by page.
 */
@PostriderTest
class ProofTests {

	private static final LocalDate MONDAY = LocalDate.of(2026, 11, 23);

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private Newsletters newsletters;

	@Autowired
	private Editions editions;

	@Autowired
	private Deliveries deliveries;

	@Autowired
	private TestClock clock;

	@Test
	@DisplayName("who failed to get an edition and was welcomed with it later has two proofs, which no page parts")
	void welcomesStandBesideTheLedger() {
		TestNewsroom newsroom = new TestNewsroom(this.jdbc, this.newsletters, this.clock);
		Newsletter newsletter = newsroom.newsletter();
		String email = TestNewsroom.address("again");
		long reader = newsroom.reader(newsletter, email);
		List<Long> ids = new ArrayList<>();
		for (int number = 1; number <= 3; number++) {
			long edition = this.editions.open(newsletter, MONDAY, number, this.clock.instant()).id();
			this.jdbc.sql("""
					INSERT INTO delivery (edition_id, seq, subscriber_id, variant, status, attempts, reply)
					VALUES (?, 1, ?, 1, 'FAILED', 3, '550 no')
					""").params(edition, reader).update();
			ids.add(edition);
		}
		this.jdbc.sql("""
				INSERT INTO welcome_delivery (edition_id, subscriber_id, variant, status, attempts, at, relay, reply)
				VALUES (?, ?, 1, 'SENT', 1, ?, 'relay', '250 yes')
				""").params(ids.get(1), reader, this.clock.instant()).update();

		List<Proof> all = this.deliveries.byEmail(email, 10);
		assertThat(all).extracting(Proof::editionId).containsExactly(ids.get(2), ids.get(1), ids.get(1), ids.get(0));
		assertThat(all).extracting(Proof::welcome).containsExactly(false, true, false, false);
		assertThat(all.get(1)).satisfies((proof) -> {
			assertThat(proof.status()).isEqualTo(DeliveryStatus.SENT);
			assertThat(proof.reply()).isEqualTo("250 yes");
			assertThat(proof.relay()).isEqualTo("relay");
			assertThat(proof.at()).isEqualTo(this.clock.instant());
			assertThat(proof.messageId()).isEqualTo(all.get(2).messageId());
		});
		assertThat(this.deliveries.byEmail(email, 1)).isEqualTo(all.subList(0, 1));
		assertThat(this.deliveries.byEmail(email, 2)).as("both of the second").isEqualTo(all.subList(0, 3));
		assertThat(this.deliveries.byEmail(email, ids.get(2), 1)).isEqualTo(all.subList(1, 3));
		assertThat(this.deliveries.byEmail(email, ids.get(1), 2)).isEqualTo(all.subList(3, 4));
		assertThat(this.deliveries.byEmail(email, ids.get(0), 2)).isEmpty();
	}

}
