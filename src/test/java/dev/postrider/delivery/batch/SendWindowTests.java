package dev.postrider.delivery.batch;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.postrider.SqlTime;
import dev.postrider.delivery.Deliveries;
import dev.postrider.delivery.DeliveryStatus;
import dev.postrider.delivery.EditionPauses;
import dev.postrider.edition.Edition;
import dev.postrider.edition.Editions;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.run.RunHistory;
import dev.postrider.run.RunLauncher;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestClock;
import dev.postrider.testing.TestMailing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * An edition spread over the time its newsletter wants.
 */
@PostriderTest
class SendWindowTests {

	private static final LocalDate MONDAY = TestMailing.MONDAY;

	@Autowired
	private TestMailing mailing;

	@Autowired
	private DeliveryProperties properties;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private Newsletters newsletters;

	@Autowired
	private TestClock clock;

	@Autowired
	private RunHistory runs;

	@Autowired
	private RunLauncher launcher;

	@Autowired
	private Editions editions;

	@Autowired
	private Deliveries deliveries;

	@Autowired
	private EditionPauses pauses;

	@Autowired
	private SendWindow window;

	@BeforeEach
	void setUp() {
		this.mailing.story("Harbour bridge opens");
		this.mailing.readers("reader", 12);
	}

	@AfterEach
	void resetClock() {
		this.clock.reset();
	}

	@Test
	void readersGetItOneAfterTheOtherOverTheWindowAlsoAfterARestart() {
		within(Duration.ofMinutes(24));
		long run = this.mailing.send();
		await().until(() -> edition() != null && sent() == 1);
		List<Instant> due = due();
		assertThat(due).hasSize(12);
		for (int block = 0; block < 12; block++) {
			// The first may be done and released by now.
			if (block > 0) {
				assertThat(due.get(block)).isEqualTo(TestClock.START.plus(Duration.ofMinutes(2L * block)));
			}
		}
		this.clock.advance(Duration.ofMinutes(10));
		await().until(() -> sent() == 6);
		this.launcher.stop(run);
		await().until(() -> !this.runs.find(run).orElseThrow().isRunning());
		long again = this.launcher.restart(run, "test");
		await().pollDelay(Duration.ofSeconds(1)).until(() -> this.runs.find(again).orElseThrow().isRunning());
		assertThat(sent()).isEqualTo(6);
		this.clock.advance(Duration.ofMinutes(12));
		await().until(() -> !this.runs.find(again).orElseThrow().isRunning());
		assertThat(sent()).isEqualTo(12);
		assertThat(this.runs.find(again).orElseThrow().status()).isEqualTo("COMPLETED");
	}

	@Test
	void whatWasToComeWhenItWasPausedStaysSpread() {
		within(Duration.ofMinutes(24));
		long run = this.mailing.send();
		await().until(() -> edition() != null && sent() == 1);
		this.pauses.pause(edition(), "ann@news.example");
		await().until(() -> !this.runs.find(run).orElseThrow().isRunning());
		this.clock.advance(Duration.ofMinutes(30));
		long again = this.pauses.resume(edition(), "ann@news.example");
		await().until(() -> TestClock.START.plus(Duration.ofMinutes(52)).equals(due().get(11)));
		this.clock.advance(Duration.ofMinutes(5));
		await().until(() -> sent() == 3);
		this.clock.advance(Duration.ofMinutes(20));
		await().until(() -> !this.runs.find(again).orElseThrow().isRunning());
		assertThat(sent()).isEqualTo(12);
	}

	@Test
	void theWindowEndsBeforeTheEditionIsUseless() {
		Instant now = TestClock.START;
		Newsletter wide = within(Duration.ofHours(10));
		assertThat(SendWindow.window(wide, now, now.plus(Duration.ofHours(20)))).isEqualTo(Duration.ofHours(10));
		assertThat(SendWindow.window(wide, now, now.plus(Duration.ofHours(10)))).isEqualTo(Duration.ofHours(8));
		assertThat(SendWindow.window(wide, now, now.minusSeconds(1))).isEqualTo(Duration.ZERO);
	}

	@Test
	void blocksAreSmallEnoughForTheWindowAndNeverBiggerThanSet() {
		Newsletter hour = within(Duration.ofHours(1));
		assertThat(this.window.blockSize(hour, 48_000)).isEqualTo(200);
		assertThat(this.window.blockSize(hour, 12)).isEqualTo(1);
		assertThat(this.window.blockSize(hour, 10_000_000)).isEqualTo(this.properties.blockSize());
	}

	@Test
	void blocksAreSoSmallThatNoLaneIsWithoutWork() {
		DeliveryProperties usual = new Binder(new MapConfigurationPropertySource(Map.of()))
			.bindOrCreate("postrider.delivery", DeliveryProperties.class);
		SendWindow window = new SendWindow(this.jdbc, usual);
		Newsletter atOnce = within(Duration.ZERO);
		assertThat(window.blockSize(atOnce, 5_000)).isEqualTo(40);
		assertThat(window.blockSize(atOnce, 25)).isEqualTo(10);
		assertThat(window.blockSize(atOnce, 1_000_000)).isEqualTo(1_000);
	}

	private Newsletter within(Duration window) {
		this.newsletters.changeSendWindow(this.mailing.newsletter().id(), window);
		return this.newsletters.find(this.mailing.newsletter().id()).orElseThrow();
	}

	private int sent() {
		return this.deliveries.counts(edition().id()).get(DeliveryStatus.SENT);
	}

	private Edition edition() {
		return this.editions.find(this.mailing.newsletter().id(), MONDAY, 1).orElse(null);
	}

	private List<Instant> due() {
		return new ArrayList<>(this.jdbc.sql("SELECT next_at FROM delivery_block WHERE edition_id = ? ORDER BY block")
			.param(edition().id())
			.query((row, index) -> SqlTime.orNull(row, "next_at"))
			.list());
	}

}
