package dev.postrider.delivery.batch;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

import dev.postrider.delivery.Deliveries;
import dev.postrider.delivery.DeliveryStatus;
import dev.postrider.edition.Edition;
import dev.postrider.edition.Editions;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestClock;
import dev.postrider.testing.TestMailing;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Blocks of a frozen edition: who holds one, and for how long.
 */
@PostriderTest
class BlocksTests {

	private static final LocalDate MONDAY = TestMailing.MONDAY;

	@Autowired
	private TestMailing mailing;

	@Autowired
	private Editions editions;

	@Autowired
	private Deliveries deliveries;

	@Autowired
	private Audience audience;

	@Autowired
	private Ledger ledger;

	@Autowired
	private Blocks blocks;

	@Autowired
	private LivingLanes living;

	@Test
	void aClaimThatHasRunOutIsSomebodyElses() {
		this.mailing.reader("reader");
		Edition edition = this.editions.open(this.mailing.newsletter(), MONDAY, 1, TestClock.START);
		this.audience.freeze(Audience.Frozen.of(edition), 1000, TestClock.START);
		Blocks.Claim first = claim(edition, "one.1", Duration.ofMinutes(1)).orElseThrow();
		assertThat(claim(edition, "two.1", Duration.ofMinutes(1))).as("while the lease holds").isEmpty();
		assertThat(this.blocks.renew(first, Duration.ZERO)).isTrue();
		Blocks.Claim second = await().until(() -> claim(edition, "two.1", Duration.ofMinutes(1)), Optional::isPresent)
			.orElseThrow();
		assertThat(this.blocks.renew(first, Duration.ofMinutes(1))).as("it was lost").isFalse();
		this.blocks.release(first, null, true);
		assertThat(this.blocks.allDone(edition.id())).as("a lost claim closes nothing").isFalse();
		assertThat(this.blocks.renew(second, Duration.ofMinutes(1))).isTrue();
		this.blocks.releaseOf(edition.id(), List.of("two"));
		assertThat(claim(edition, "three.1", Duration.ofMinutes(1))).as("freed: its process is dead").isPresent();
	}

	@Test
	void aLaneThatEndedWithoutGivingItsBlockBackHoldsNobodyUp() {
		this.mailing.reader("reader");
		Edition edition = this.editions.open(this.mailing.newsletter(), MONDAY, 1, TestClock.START);
		this.audience.freeze(Audience.Frozen.of(edition), 1000, TestClock.START);
		this.living.begin("one.1");
		Blocks.Claim first = claim(edition, "one.1", Duration.ofMinutes(1)).orElseThrow();
		assertThat(claim(edition, "one.2", Duration.ofMinutes(1))).as("its lane lives").isEmpty();
		this.living.end("one.1");
		assertThat(claim(edition, "two.1", Duration.ofMinutes(1))).as("another process waits for the lease").isEmpty();
		assertThat(claim(edition, "one.2", Duration.ofMinutes(1))).as("its lane has ended").isPresent();
		assertThat(this.blocks.renew(first, Duration.ofMinutes(1))).as("its claim is lost").isFalse();
	}

	@Test
	@DisplayName("L15: who leaves after the freeze is not in the next page")
	void whoLeavesInTheMiddleIsSkipped() {
		this.mailing.story("Harbour bridge opens");
		long left = this.mailing.reader("reader");
		long stays = this.mailing.reader("reader");
		Edition edition = this.editions.open(this.mailing.newsletter(), MONDAY, 1, TestClock.START);
		this.audience.freeze(Audience.Frozen.of(edition), 1000, TestClock.START);
		this.mailing.changeSubscription(left, "left_at = UTC_TIMESTAMP(6)");
		Blocks.Claim claim = this.blocks.claim(edition.id(), "test.1", Duration.ofMinutes(1), TestClock.START)
			.orElseThrow();
		List<LedgerRow> page = this.ledger.page(claim, this.mailing.newsletter().id(), MONDAY, 0, TestClock.START, 100);
		assertThat(page).extracting(LedgerRow::subscriberId).containsExactlyInAnyOrder(left, stays);
		assertThat(page).filteredOn((row) -> row.subscriberId() == left)
			.allSatisfy((row) -> assertThat(row.skip()).startsWith("Unsubscribed"));
		assertThat(page).filteredOn((row) -> row.subscriberId() == stays)
			.allSatisfy((row) -> assertThat(row.skip()).isNull());
	}

	@Test
	void aFrozenAudienceStaysAsItIs() {
		this.mailing.reader("reader");
		Edition edition = this.editions.open(this.mailing.newsletter(), MONDAY, 1, TestClock.START);
		Audience.Frozen frozen = Audience.Frozen.of(edition);
		this.audience.freeze(frozen, 1000, TestClock.START);
		this.mailing.reader("late");
		this.audience.freeze(frozen, 1000, TestClock.START);
		assertThat(this.deliveries.counts(edition.id())).containsEntry(DeliveryStatus.PENDING, 1);
	}

	private Optional<Blocks.Claim> claim(Edition edition, String owner, Duration lease) {
		return this.blocks.claim(edition.id(), owner, lease, TestClock.START);
	}

}
