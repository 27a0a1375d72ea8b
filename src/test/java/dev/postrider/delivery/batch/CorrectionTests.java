package dev.postrider.delivery.batch;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

import dev.postrider.delivery.Deliveries;
import dev.postrider.delivery.DigestRuns;
import dev.postrider.edition.Corrections;
import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionException;
import dev.postrider.edition.EditionRenderer;
import dev.postrider.edition.EditionStatus;
import dev.postrider.edition.Editions;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.run.RunHistory;
import dev.postrider.subscription.SubscriptionConfirmed;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestClock;
import dev.postrider.testing.TestNewsroom;
import dev.postrider.testing.TestRelay;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * A story that was mailed wrong: the archive says so, and those who had it are told.
 */
@PostriderTest
class CorrectionTests {

	private static final LocalDate MONDAY = LocalDate.of(2026, 11, 23);

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private Newsletters newsletters;

	@Autowired
	private TestClock clock;

	@Autowired
	private Editions editions;

	@Autowired
	private EditionRenderer renderer;

	@Autowired
	private Corrections corrections;

	@Autowired
	private Deliveries deliveries;

	@Autowired
	private ApplicationEventPublisher events;

	@Autowired
	private DigestRuns digests;

	@Autowired
	private RunHistory runs;

	private TestNewsroom newsroom;

	private Newsletter newsletter;

	private long story;

	private String reader;

	private String ofTheCity;

	@BeforeEach
	void mail() {
		this.clock.reset();
		this.newsroom = new TestNewsroom(this.jdbc, this.newsletters, this.clock);
		this.newsletter = this.newsroom.newsletter();
		this.story = this.newsroom.story("Harbour bridge opens " + TestNewsroom.words());
		this.reader = TestNewsroom.address("reader");
		this.newsroom.reader(this.newsletter, this.reader);
		this.ofTheCity = TestNewsroom.address("city");
		this.jdbc.sql("UPDATE subscription SET topics = 'City' WHERE subscriber_id = ?")
			.param(this.newsroom.reader(this.newsletter, this.ofTheCity))
			.update();
		this.newsroom.reader(this.newsletter, TestNewsroom.address("unknown"));
		this.newsroom.reader(this.newsletter, TestNewsroom.address("fridays"));
		this.jdbc.sql("""
				UPDATE subscription SET days = 16 WHERE newsletter_id = ? AND subscriber_id =
				(SELECT id FROM subscriber WHERE email LIKE 'fridays%' ORDER BY id DESC LIMIT 1)
				""").param(this.newsletter.id()).update();
		send(1);
	}

	@Test
	void onlyWhoReceivedTheEditionGetsItsCorrection() throws Exception {
		long later = this.newsroom.story("Another story altogether " + TestNewsroom.words());
		String joinedSince = TestNewsroom.address("late");
		this.newsroom.reader(this.newsletter, joinedSince);
		String welcomed = TestNewsroom.address("welcomed");
		this.events.publishEvent(
				new SubscriptionConfirmed(this.newsroom.reader(this.newsletter, welcomed), this.newsletter.id()));
		TestRelay.get().awaitTo(welcomed);
		// Who takes other days by now had it all the same.
		this.jdbc.sql("""
				UPDATE subscription SET days = 4 WHERE newsletter_id = ? AND subscriber_id =
				(SELECT id FROM subscriber WHERE email = ?)
				""").params(this.newsletter.id(), this.reader).update();

		this.corrections.mark(this.story, "The bridge opens on Tuesday, not on Monday.", "editor");
		Edition draft = this.corrections.draft(edition(1), this.newsletter, this.story);

		assertThat(draft.number()).isEqualTo(2);
		assertThat(draft.status()).isEqualTo(EditionStatus.DRAFT);
		assertThat(draft.subject()).startsWith("Correction: Harbour bridge opens");
		assertThat(draft.intro()).isEqualTo("The bridge opens on Tuesday, not on Monday.");
		assertThat(this.deliveries.audience(draft)).isEqualTo(3);

		send(2);

		Edition sent = edition(2);
		assertThat(sent.status()).isEqualTo(EditionStatus.SENT);
		assertThat(sent.picks()).extracting((pick) -> pick.story().id())
			.containsExactly(this.story)
			.doesNotContain(later);
		assertThat(this.deliveries.exclusions(sent.id())).isEqualTo(Map.of("NOT_SENT_BEFORE", 2, "SUPPRESSED", 1));
		assertThat(TestRelay.get().to(joinedSince)).isEmpty();
		assertThat(TestRelay.get().to(welcomed)).as("a new reader's copy had it too").hasSize(2);
		assertThat(this.renderer.variants(sent.id())).singleElement()
			.satisfies((variant) -> assertThat(variant.letter().text()).doesNotContain("Another story altogether"));
		assertThat(TestRelay.get().to(this.ofTheCity)).hasSize(2);
		assertThat(TestRelay.get().to(this.reader)).hasSize(2)
			.last()
			.satisfies((mail) -> assertThat(mail.getSubject()).startsWith("Correction: Harbour bridge opens"));
	}

	@Test
	void theArchiveSaysWhatWasWrongAndWhen() {
		long edition = edition(1).id();
		assertThat(this.renderer.webCopy(edition).orElseThrow().html()).doesNotContain("on Tuesday &lt;b&gt;");

		this.corrections.mark(this.story, "The bridge opens\non Tuesday <b>not</b> on Monday.", "editor");

		assertThat(this.renderer.webCopy(edition)).hasValueSatisfying((copy) -> {
			assertThat(copy.html()).contains("Monday 23 November 2026",
					"The bridge opens on Tuesday &lt;b&gt;not&lt;/b&gt; on Monday.");
			assertThat(copy.text())
				.contains("Monday 23 November 2026: The bridge opens on Tuesday <b>not</b> on Monday.");
		});
		assertThat(this.corrections.of(List.of(this.story)).get(this.story)).singleElement()
			.satisfies((correction) -> assertThat(correction.by()).isEqualTo("editor"));
	}

	@Test
	void aWithdrawnStoryIsCorrectedAllTheSame() {
		this.jdbc.sql("UPDATE story SET withdrawn_at = ? WHERE id = ?")
			.params(this.clock.instant(), this.story)
			.update();
		this.corrections.mark(this.story, "This never happened.", "editor");
		this.corrections.draft(edition(1), this.newsletter, this.story);

		send(2);

		assertThat(edition(2).status()).isEqualTo(EditionStatus.SENT);
		assertThat(TestRelay.get().to(this.reader)).hasSize(2);
	}

	@Test
	void whoStillGetsTheEditionIsWaitedFor() {
		this.corrections.mark(this.story, "The bridge opens on Tuesday.", "editor");
		this.jdbc.sql("UPDATE edition SET status = 'SENDING', closed_at = NULL WHERE id = ?")
			.param(edition(1).id())
			.update();
		assertThatExceptionOfType(EditionException.class)
			.isThrownBy(() -> this.corrections.draft(edition(1), this.newsletter, this.story))
			.withMessageContaining("still being sent");
		this.jdbc.sql("UPDATE edition SET status = 'CANCELLED' WHERE id = ?").param(edition(1).id()).update();
	}

	@Test
	void whatCannotBeCorrectedIsSaid() {
		long unsent = this.newsroom.story("Nobody had this " + TestNewsroom.words());
		assertThatExceptionOfType(EditionException.class)
			.isThrownBy(() -> this.corrections.mark(unsent, "Wrong.", "editor"))
			.withMessageContaining("was not mailed yet");
		assertThatExceptionOfType(EditionException.class)
			.isThrownBy(() -> this.corrections.mark(this.story, " \n ", "editor"))
			.withMessageContaining("what was wrong");
		assertThatExceptionOfType(EditionException.class)
			.isThrownBy(() -> this.corrections.mark(this.story, "x".repeat(1001), "editor"))
			.withMessageContaining("1001 characters");
		assertThatExceptionOfType(EditionException.class)
			.isThrownBy(() -> this.corrections.draft(edition(1), this.newsletter, this.story))
			.withMessageContaining("no correction yet");
	}

	private Edition edition(int number) {
		return this.editions.find(this.newsletter.id(), MONDAY, number).orElseThrow();
	}

	private void send(int number) {
		long run = this.digests.send(this.newsletter.slug(), MONDAY, number, "test");
		await().until(() -> !this.runs.find(run).orElseThrow().isRunning());
	}

}
