package dev.postrider.delivery.batch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.postrider.delivery.DeliveryStatus;
import dev.postrider.delivery.DeliveryTransitions;
import dev.postrider.delivery.DeliveryTransitions.Cause;
import dev.postrider.edition.Edition;
import dev.postrider.edition.Editions;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestClock;
import dev.postrider.testing.TestNewsroom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Every pair of statuses, through the ledger and the database: what the table does not
 * allow does not happen.
 */
@PostriderTest
class LedgerTransitionTests {

	private static final Instant NOW = TestClock.START;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private Newsletters newsletters;

	@Autowired
	private Editions editions;

	@Autowired
	private Audience audience;

	@Autowired
	private Ledger ledger;

	@Autowired
	private TestClock clock;

	private long edition;

	private int readers;

	@BeforeEach
	void freeze() {
		this.clock.reset();
		TestNewsroom newsroom = new TestNewsroom(this.jdbc, this.newsletters, this.clock);
		Newsletter newsletter = newsroom.newsletter();
		this.readers = DeliveryStatus.values().length;
		for (int i = 0; i < this.readers; i++) {
			newsroom.reader(newsletter, TestNewsroom.address("reader"));
		}
		Edition opened = this.editions.open(newsletter, LocalDate.of(2026, 11, 23), 1, NOW);
		this.audience.freeze(Audience.Frozen.of(opened), 1000, NOW);
		this.edition = opened.id();
	}

	@Test
	@DisplayName("what comes of trying: every pair of statuses, and several of a row in one commit")
	void results() {
		for (DeliveryStatus to : DeliveryStatus.values()) {
			begin();
			if (DeliveryTransitions.before(Cause.RESULT, to).isEmpty()) {
				assertThatIllegalArgumentException().isThrownBy(() -> this.ledger.write(List.of(outcome(1, to))));
			}
			else {
				List<Outcome> all = new ArrayList<>();
				for (int seq = 1; seq <= this.readers; seq++) {
					all.add(outcome(seq, to));
				}
				this.ledger.write(all);
			}
			assertMoved(Cause.RESULT, to);
		}
	}

	@Test
	@DisplayName("what is given up: too late, or cancelled")
	void ends() {
		begin();
		this.ledger.giveUp(new Blocks.Claim(this.edition, 1, 1, this.readers, 1), NOW, "Too late");
		assertAllowed(Cause.END);
		assertThat(status(DeliveryStatus.PENDING)).isEqualTo(DeliveryStatus.SKIPPED);
		assertThat(status(DeliveryStatus.DEFERRED)).isEqualTo(DeliveryStatus.FAILED);
		begin();
		this.ledger.cancel(this.edition, NOW);
		assertMoved(Cause.END, DeliveryStatus.SKIPPED);
	}

	@Test
	@DisplayName("what is tried again by an admin's word")
	void retries() {
		begin();
		this.ledger.reopen(this.edition, 1, this.readers, true);
		assertMoved(Cause.RETRY, DeliveryStatus.DEFERRED);
	}

	@Test
	@DisplayName("what a relay was wrong about; it begins anew")
	void recalls() {
		begin();
		List<Integer> rows = IntStream.rangeClosed(1, this.readers).boxed().toList();
		this.jdbc.sql("UPDATE delivery_block SET done = TRUE WHERE edition_id = ?").param(this.edition).update();
		assertThat(this.ledger.recall(this.edition, List.of())).isZero();
		assertThat(this.ledger.recall(this.edition, rows)).isEqualTo(1);
		assertMoved(Cause.RECALL, DeliveryStatus.DEFERRED);
		assertThat(this.jdbc.sql("SELECT COUNT(*) FROM delivery_block WHERE edition_id = ? AND NOT done")
			.param(this.edition)
			.query(Integer.class)
			.single()).isEqualTo(1);
	}

	@Test
	@DisplayName("no other class changes a status")
	void nobodyElseWrites() throws IOException {
		try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
			assertThat(sources.filter((file) -> file.toString().endsWith(".java"))
				.filter(LedgerTransitionTests::writesDeliveries)
				.map((file) -> file.getFileName().toString()))
				.containsExactlyInAnyOrder("Ledger.java", "OutcomeUpdates.java");
		}
	}

	private static boolean writesDeliveries(Path source) {
		try {
			return Files.readString(source).replaceAll("\\s+", " ").contains("UPDATE delivery ");
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** One row in each status. */
	private void begin() {
		for (DeliveryStatus status : DeliveryStatus.values()) {
			this.jdbc.sql("UPDATE delivery SET status = ?, attempts = 1, reply = NULL WHERE edition_id = ? AND seq = ?")
				.params(status.name(), this.edition, status.ordinal() + 1)
				.update();
		}
	}

	private void assertMoved(Cause cause, DeliveryStatus to) {
		for (DeliveryStatus from : DeliveryStatus.values()) {
			boolean allowed = DeliveryTransitions.allows(cause, from, to);
			assertThat(status(from)).as("%s: %s to %s", cause, from, to).isEqualTo(allowed ? to : from);
			if (cause == Cause.RESULT) {
				assertThat(reply(from)).as("%s: %s to %s", cause, from, to).isEqualTo(allowed ? "relay 2 said so" : "");
			}
		}
	}

	private void assertAllowed(Cause cause) {
		for (DeliveryStatus from : DeliveryStatus.values()) {
			assertThat(status(from)).satisfiesAnyOf((now) -> assertThat(now).isEqualTo(from),
					(now) -> assertThat(DeliveryTransitions.allows(cause, from, now)).isTrue());
		}
	}

	private Outcome outcome(int seq, DeliveryStatus to) {
		return new Outcome(this.edition, seq, to, 2, false, NOW, null, "relay", "said so");
	}

	/** Where the row stands that stood there. */
	private DeliveryStatus status(DeliveryStatus from) {
		return DeliveryStatus.valueOf(this.jdbc.sql("SELECT status FROM delivery WHERE edition_id = ? AND seq = ?")
			.params(this.edition, from.ordinal() + 1)
			.query(String.class)
			.single());
	}

	private String reply(DeliveryStatus from) {
		return this.jdbc
			.sql("""
					SELECT COALESCE(CONCAT(relay, ' ', attempts, ' ', reply), '') FROM delivery WHERE edition_id = ? AND seq = ?
					""")
			.params(this.edition, from.ordinal() + 1)
			.query(String.class)
			.single();
	}

}
