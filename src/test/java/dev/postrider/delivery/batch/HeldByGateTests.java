package dev.postrider.delivery.batch;

import java.time.LocalDate;

import dev.postrider.delivery.AudienceRelease;
import dev.postrider.delivery.Deliveries;
import dev.postrider.delivery.DeliveryStatus;
import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionComposer;
import dev.postrider.edition.EditionException;
import dev.postrider.edition.EditionNotes;
import dev.postrider.edition.EditionStatus;
import dev.postrider.edition.Editions;
import dev.postrider.run.Run;
import dev.postrider.run.RunHolds;
import dev.postrider.run.RunLauncher;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestClock;
import dev.postrider.testing.TestMailing;
import dev.postrider.testing.TestNewsroom;
import dev.postrider.testing.TestRelay;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * The gate in the digest's way: nothing leaves with an error, and what was mended goes
 * on.
 */
@PostriderTest
class HeldByGateTests {

	private static final LocalDate MONDAY = TestMailing.MONDAY;

	@Autowired
	private TestMailing mailing;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private TestClock clock;

	@Autowired
	private RunLauncher launcher;

	@Autowired
	private Editions editions;

	@Autowired
	private EditionComposer composer;

	@Autowired
	private EditionNotes notes;

	@Autowired
	private Deliveries deliveries;

	@Autowired
	private AudienceRelease audiences;

	@Autowired
	private RunHolds holds;

	private String reader;

	@BeforeEach
	void setUp() {
		this.reader = TestNewsroom.address("reader");
		this.mailing.add(this.reader);
	}

	@Test
	void anErrorHoldsTheEditionBeforeAnybodyIsMailedAndAMendedOneGoesOn() {
		long story = plain("Harbour bridge opens");
		pinned(story);
		Run run = send();
		assertThat(run.status()).isEqualTo("FAILED");
		assertThat(run.steps()).extracting(Run.Step::name).endsWith("check");
		Edition held = this.mailing.edition();
		assertThat(held.status()).isEqualTo(EditionStatus.HELD);
		assertThat(held.statusReason()).contains("Nobody has been mailed").contains("http://plain.example/" + story);
		assertThat(held.frozenAt()).isNull();
		assertThat(TestRelay.get().to(this.reader)).isEmpty();
		assertThat(this.holds.against(run.job(), run.identity())).as("it passes the gate again, whoever starts it")
			.isNull();

		// Pressing Restart without mending anything changes nothing.
		Run again = this.mailing.finish(this.launcher.restart(run.id(), "test"));
		assertThat(again.status()).isEqualTo("FAILED");
		assertThat(this.mailing.edition().status()).isEqualTo(EditionStatus.HELD);

		// The newsroom gives its story an https address.
		this.jdbc.sql("UPDATE story SET url = REPLACE(url, 'http:', 'https:') WHERE id = ?").param(story).update();
		assertThat(this.mailing.finish(this.launcher.restart(again.id(), "test")).status()).isEqualTo("COMPLETED");
		assertThat(this.mailing.edition().status()).isEqualTo(EditionStatus.SENT);
		assertThat(TestRelay.get().to(this.reader)).hasSize(1);
	}

	@Test
	void aHeldEditionIsTakenUpAgainMendedAndSentByTheSameRun() {
		long story = plain("Harbour bridge opens");
		pinned(story);
		Run run = send();
		assertThat(this.mailing.edition().status()).isEqualTo(EditionStatus.HELD);
		this.editions.changeStatus(this.mailing.edition().id(), EditionStatus.DRAFT, null);
		assertThat(this.mailing.finish(this.launcher.restart(run.id(), "test")).message()).contains("is a draft again");

		this.composer.drop(this.mailing.edition().id(), story);
		this.composer.add(this.mailing.edition().id(),
				this.mailing.story("Ferries sail again " + TestNewsroom.words()));
		this.editions.approve(this.mailing.edition().id(), "test");
		assertThat(send().status()).isEqualTo("COMPLETED");
		assertThat(this.mailing.edition().status()).isEqualTo(EditionStatus.SENT);
		assertThat(this.mailing.edition().picks()).hasSize(1);
		assertThat(TestRelay.get().to(this.reader)).hasSize(1);
	}

	@Test
	void whatOnlySomeReadersGetHoldsTheEditionTooAndItsAudienceIsReleased() {
		long food = plain("Why oysters are small");
		this.jdbc.sql("UPDATE story SET section = 'Oysterfood' WHERE id = ?").param(food).update();
		Edition edition = this.editions.open(this.mailing.newsletter(), MONDAY, 1, this.clock.instant());
		this.composer.add(edition.id(), this.mailing.story("Ferries sail again " + TestNewsroom.words()));
		this.composer.pin(edition.id(), this.mailing.edition().picks().get(0).story().id(), false);
		this.jdbc.sql("UPDATE newsletter SET story_count = 1 WHERE id = ?")
			.param(this.mailing.newsletter().id())
			.update();
		this.editions.approve(edition.id(), "test");
		String eater = TestNewsroom.address("reader");
		long id = this.mailing.add(eater);
		this.jdbc.sql("UPDATE subscription SET topics = 'oysterfood' WHERE subscriber_id = ?").param(id).update();

		Run run = send();
		assertThat(run.status()).isEqualTo("FAILED");
		assertThat(run.steps()).extracting(Run.Step::name).endsWith("render");
		assertThat(this.mailing.edition().status()).isEqualTo(EditionStatus.HELD);
		assertThat(this.mailing.edition().statusReason()).contains("for readers of oysterfood");
		assertThat(this.deliveries.counts(edition.id())).containsEntry(DeliveryStatus.PENDING, 2);
		assertThat(TestRelay.get().to(this.reader)).isEmpty();
		assertThatExceptionOfType(EditionException.class)
			.isThrownBy(() -> this.editions.changeStatus(edition.id(), EditionStatus.DRAFT, null))
			.withMessageContaining("has its readers already");

		assertThat(this.audiences.isReleasable(edition.id())).isTrue();
		this.audiences.release(edition.id());
		this.editions.changeStatus(edition.id(), EditionStatus.DRAFT, null);
		assertThat(this.deliveries.counts(edition.id())).containsEntry(DeliveryStatus.PENDING, 0);
		this.jdbc.sql("UPDATE story SET url = REPLACE(url, 'http:', 'https:') WHERE id = ?").param(food).update();
		this.editions.approve(edition.id(), "test");
		assertThat(send().status()).isEqualTo("COMPLETED");
		assertThat(TestRelay.get().to(this.reader)).hasSize(1);
		assertThat(TestRelay.get().to(eater)).hasSize(1);
		assertThat(this.audiences.isReleasable(edition.id())).isFalse();
		assertThatExceptionOfType(EditionException.class).isThrownBy(() -> this.audiences.release(edition.id()))
			.withMessageContaining("cannot be taken up again");
	}

	@Test
	void whatFailedInFreezingAndIsThenRefusedSaysWhy() {
		long story = this.mailing.story("Harbour bridge opens " + TestNewsroom.words());
		pinned(story);
		// A row that should not be there lets the freeze fail.
		this.jdbc.sql("INSERT INTO delivery (edition_id, seq, subscriber_id, variant) VALUES (?, 1, 0, 1)")
			.param(this.mailing.edition().id())
			.update();
		Run run = send();
		assertThat(run.steps()).extracting(Run.Step::name).endsWith("freeze");
		// Said after the run has ended.
		await().until(() -> this.mailing.edition().status() == EditionStatus.FAILED);
		this.jdbc.sql("DELETE FROM delivery WHERE edition_id = ?").param(this.mailing.edition().id()).update();
		this.jdbc.sql("UPDATE story SET url = CONCAT('http://plain.example/', id) WHERE id = ?").param(story).update();

		Run again = this.mailing.finish(this.launcher.restart(run.id(), "test"));
		assertThat(again.status()).isEqualTo("FAILED");
		assertThat(this.mailing.edition().status()).isEqualTo(EditionStatus.HELD);
		assertThat(this.mailing.edition().statusReason()).contains("Nobody has been mailed")
			.contains("http://plain.example/");
		assertThat(this.mailing.edition().startedAt()).isNull();

		this.jdbc.sql("UPDATE story SET url = REPLACE(url, 'http:', 'https:') WHERE id = ?").param(story).update();
		assertThat(this.mailing.finish(this.launcher.restart(again.id(), "test")).status()).isEqualTo("COMPLETED");
		assertThat(TestRelay.get().to(this.reader)).hasSize(1);
	}

	@Test
	void whatNobodyApprovedByHandGoesOutWithWarningsThatAreNoted() {
		long story = this.mailing.story("Harbour bridge opens");
		this.jdbc.sql("UPDATE story SET headline = 'HARBOUR BRIDGE OPENS TODAY' WHERE id = ?").param(story).update();
		pinned(story);
		assertThat(send().status()).isEqualTo("COMPLETED");
		assertThat(TestRelay.get().to(this.reader)).hasSize(1);
		assertThat(this.notes.of(this.mailing.edition().id()))
			.filteredOn((note) -> note.kind() == EditionNotes.Kind.WARNING)
			.singleElement()
			.satisfies((note) -> assertThat(note.words()).contains("Went out with a warning", "all capitals"));
	}

	private long plain(String headline) {
		long story = this.mailing.story(headline + " " + TestNewsroom.words());
		this.jdbc.sql("UPDATE story SET url = CONCAT('http://plain.example/', id) WHERE id = ?").param(story).update();
		return story;
	}

	/** An edition of this story only. */
	private void pinned(long story) {
		this.jdbc.sql("UPDATE newsletter SET story_count = 1 WHERE id = ?")
			.param(this.mailing.newsletter().id())
			.update();
		Edition edition = this.editions.open(this.mailing.newsletter(), MONDAY, 1, this.clock.instant());
		this.composer.add(edition.id(), story);
	}

	private Run send() {
		return this.mailing.finish(this.mailing.send());
	}

}
