package dev.postrider.delivery.batch;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.postrider.delivery.Deliveries;
import dev.postrider.delivery.DeliveryStatus;
import dev.postrider.delivery.DigestRuns;
import dev.postrider.delivery.Rehearsals;
import dev.postrider.delivery.Rehearsals.Part;
import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionComposer;
import dev.postrider.edition.EditionException;
import dev.postrider.edition.Editions;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.newsletter.PublicationCalendar;
import dev.postrider.run.RunHistory;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestClock;
import dev.postrider.testing.TestNewsroom;
import dev.postrider.testing.TestRelay;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * A rehearsal says what the run itself then does, and leaves no trace for it.
 */
@PostriderTest
class RehearsalTests {

	private static final LocalDate MONDAY = LocalDate.of(2026, 11, 23);

	private static final List<String> TABLES = List.of("edition_pick", "edition_topics", "variant_pick",
			"edition_variant", "variant", "delivery", "delivery_exclusion", "delivery_block", "edition_note");

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private Newsletters newsletters;

	@Autowired
	private TestClock clock;

	@Autowired
	private DigestRuns digests;

	@Autowired
	private Rehearsals rehearsals;

	@Autowired
	private RunHistory runs;

	@Autowired
	private Editions editions;

	@Autowired
	private EditionComposer composer;

	@Autowired
	private Deliveries deliveries;

	private TestNewsroom newsroom;

	private Newsletter newsletter;

	@BeforeEach
	void newsletter() {
		this.clock.reset();
		this.newsroom = new TestNewsroom(this.jdbc, this.newsletters, this.clock);
		this.newsletter = this.newsroom.newsletter();
	}

	@AfterEach
	void resetClock() {
		this.clock.reset();
	}

	@Test
	void saysWhoWouldGetWhatAndTheRunDoesSo() {
		long sport = this.newsroom.story("Harbour rowers win");
		this.jdbc.sql("UPDATE story SET section = 'Sport' WHERE id = ?").param(sport).update();
		this.newsroom.story("Bridge opens");
		String first = reader("reader", "topics = 'sport'");
		String second = reader("reader", "topics = 'sport'");
		String third = reader("reader", "language = 'de'");
		for (int i = 0; i < 5; i++) {
			reader("reader", "days = NULL");
		}
		reader("nothing", "topics = 'chess'");
		reader("paused", "paused_until = '2026-12-01'");
		this.newsroom.reader(this.newsletter, TestNewsroom.address("pending"), "PENDING", false);
		this.jdbc.sql("UPDATE subscriber SET email = CONCAT(email, '.example') WHERE email IN (?, ?)")
			.params(first, third)
			.update();
		Edition edition = composed();
		Map<String, Integer> before = traces(edition);
		String row = row(edition);

		assertThat(finish(this.rehearsals.start(edition, "ann@news.example"))).isEqualTo("COMPLETED");

		assertThat(traces(edition)).isEqualTo(before);
		assertThat(row(edition)).isEqualTo(row);
		assertThat(TestRelay.get().to(second)).isEmpty();
		Rehearsals.Rehearsal found = this.rehearsals.newest(edition.id()).orElseThrow();
		assertThat(found.candidates()).isEqualTo(11);
		assertThat(found.readers()).isEqualTo(8);
		assertThat(found.bytes()).isGreaterThan(8 * 5_000);
		assertThat(found.version()).isEqualTo(edition.version());
		assertThat(found.askedBy()).isEqualTo("ann@news.example");
		assertThat(counts(found.exclusions())).isEqualTo(Map.of("NOTHING_IN_TOPICS", 1, "PAUSED", 1, "UNVERIFIED", 1));
		assertThat(found.variants()).extracting(Part::readers).containsExactlyInAnyOrder(2, 1, 5);
		assertThat(found.variants()).extracting(Part::detail).anyMatch((subject) -> subject.contains("rowers"));
		assertThat(counts(found.providers())).isEqualTo(Map.of("readers.example", 6, "readers.example.example", 2));
		assertThat(found.forecast().endsAt()).isAfterOrEqualTo(found.forecast().beginsAt());
		assertThat(found.forecast().rate()).isPositive();

		assertThat(finish(this.digests.send(this.newsletter.slug(), MONDAY, 1, "test"))).isEqualTo("COMPLETED");
		assertThat(this.deliveries.exclusions(edition.id())).isEqualTo(counts(found.exclusions()));
		assertThat(this.deliveries.counts(edition.id())).containsEntry(DeliveryStatus.SENT, found.readers());
		assertThat(this.deliveries.readersByVariant(edition.id()).values())
			.containsExactlyInAnyOrderElementsOf(found.variants().stream().map(Part::readers).toList());
		Edition sent = this.editions.find(edition.id()).orElseThrow();
		assertThatExceptionOfType(EditionException.class).isThrownBy(() -> this.rehearsals.start(sent, "test"))
			.withMessageContaining("nothing to rehearse any more");
	}

	@Test
	void theWindowDecidesTheEndAndTheNewestRehearsalCounts() {
		this.newsroom.story("Harbour bridge opens");
		reader("reader", "days = NULL");
		Edition edition = composed();
		finish(this.rehearsals.start(edition, "ann@news.example"));
		this.newsletters.changeSendWindow(this.newsletter.id(), Duration.ofMinutes(30));
		reader("reader", "days = NULL");
		finish(this.rehearsals.start(edition, "bob@news.example"));
		Rehearsals.Rehearsal newest = this.rehearsals.newest(edition.id()).orElseThrow();
		assertThat(newest.number()).isEqualTo(2);
		assertThat(newest.readers()).isEqualTo(2);
		assertThat(newest.forecast().from()).isEqualTo(Rehearsals.Basis.WINDOW);
		assertThat(Duration.between(newest.forecast().beginsAt(), newest.forecast().endsAt()))
			.isEqualTo(Duration.ofMinutes(30));
		assertThat(this.rehearsals.isRunning(edition)).isFalse();
	}

	@Test
	void withoutStoriesThereIsNothingToRehearse() {
		Edition edition = this.editions.open(this.newsletter, MONDAY, 1,
				PublicationCalendar.slot(this.newsletter, MONDAY).dueAt());
		assertThatExceptionOfType(EditionException.class).isThrownBy(() -> this.rehearsals.start(edition, "test"))
			.withMessageContaining("has no stories. Compose it first");
	}

	private Edition composed() {
		Edition edition = this.editions.open(this.newsletter, MONDAY, 1,
				PublicationCalendar.slot(this.newsletter, MONDAY).dueAt());
		return this.composer.compose(edition.id(), this.newsletter);
	}

	private String finish(long run) {
		await().until(() -> !this.runs.find(run).orElseThrow().isRunning());
		return this.runs.find(run).orElseThrow().status();
	}

	private String reader(String prefix, String change) {
		String address = TestNewsroom.address(prefix);
		long id = this.newsroom.reader(this.newsletter, address);
		this.jdbc.sql("UPDATE subscription SET " + change + " WHERE subscriber_id = ?").param(id).update();
		return address;
	}

	private static Map<String, Integer> counts(List<Part> parts) {
		Map<String, Integer> counts = new TreeMap<>();
		parts.forEach((part) -> counts.put(part.name(), part.readers()));
		return counts;
	}

	private Map<String, Integer> traces(Edition edition) {
		Map<String, Integer> traces = new TreeMap<>();
		TABLES.forEach((table) -> traces.put(table,
				this.jdbc.sql("SELECT COUNT(*) FROM " + table + " WHERE edition_id = ?")
					.param(edition.id())
					.query(Integer.class)
					.single()));
		return traces;
	}

	private String row(Edition edition) {
		return this.jdbc.sql("SELECT * FROM edition WHERE id = ?").param(edition.id()).query().singleRow().toString();
	}

}
