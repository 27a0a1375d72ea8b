package dev.postrider.desk.web;

import java.time.Duration;

import dev.postrider.delivery.Deliveries;
import dev.postrider.delivery.DeliveryStatus;
import dev.postrider.delivery.EditionPauses;
import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionStatus;
import dev.postrider.run.Run;
import dev.postrider.run.RunHistory;
import dev.postrider.run.RunLauncher;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestClock;
import dev.postrider.testing.TestRelay;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * An edition that broke off while it was sent: an editor gives it up, or goes on with it
 * where nobody held it; what is held or failed an admin lets go on.
 */
@PostriderTest
class BrokenOffTests extends DeskSession {

	@Autowired
	private Deliveries deliveries;

	@Autowired
	private RunHistory runs;

	@Autowired
	private RunLauncher launcher;

	@Autowired
	private EditionPauses pauses;

	@Autowired
	private TestClock clock;

	private String reached;

	private String waiting;

	@BeforeEach
	@AfterEach
	void resetClock() {
		this.clock.reset();
	}

	@ParameterizedTest
	@EnumSource(names = { "SENDING", "HELD", "FAILED" })
	void goesOnSending(EditionStatus status) {
		Edition edition = brokenOff(status);
		if (status != EditionStatus.SENDING) {
			assertLeftToAnAdmin(edition, status);
			this.editor = this.staff.admin();
			this.desk = this.staff.login(this.port, this.editor);
		}
		String page = this.desk.get("/desk/editions/" + edition.id()).body();
		assertThat(page).contains("Go on sending…", "Stop for good").doesNotContain("Send now…", "every 3s");
		assertThat(this.desk.get("/desk?newsletter=" + this.newsletter.slug()).body())
			.contains((status == EditionStatus.SENDING) ? "is half sent, and nobody is sending it"
					: (status == EditionStatus.HELD) ? "is held: The relay says no" : "failed: The relay says no")
			.doesNotContain("Going out now");
		String ask = Jsoup.parse(this.desk.get("/desk/editions/" + edition.id() + "/send").body()).text();
		assertThat(ask).contains("goes to 1 reader", "those who do not have it yet", "Send to 1 reader");

		this.clock.advance(Duration.ofMinutes(2));
		act(edition, "/send");

		await().until(() -> now(edition).status() == EditionStatus.SENT);
		assertThat(TestRelay.get().to(this.waiting)).hasSize(1);
		assertThat(TestRelay.get().to(this.reached)).as("nobody gets it twice").hasSize(1);
		assertAudited("edition.send", "2026-11-25");
	}

	@ParameterizedTest
	@EnumSource(names = { "SENDING", "HELD" })
	void isStoppedForGood(EditionStatus status) {
		Edition edition = brokenOff(status);
		act(edition, "/cancel");
		assertThat(now(edition).status()).isEqualTo(EditionStatus.CANCELLED);
		assertThat(this.deliveries.counts(edition.id())).containsEntry(DeliveryStatus.SENT, 1)
			.containsEntry(DeliveryStatus.SKIPPED, 1)
			.containsEntry(DeliveryStatus.DEFERRED, 0);
		assertAudited("edition.cancelled", "2026-11-25");
		String page = this.desk.get("/desk/editions/" + edition.id()).body();
		assertThat(page).contains("It is given up for good").doesNotContain("Go on sending…", "Send now…");
		act(edition, "/send");
		assertThat(this.desk.get("/desk/editions/" + edition.id()).body()).contains("cancelled, so it is not sent");
		assertThat(TestRelay.get().to(this.waiting)).isEmpty();
	}

	@Test
	void staleOneIsNotSentOnButStoppedForGood() {
		Edition edition = brokenOff(EditionStatus.FAILED);
		this.clock.advance(Duration.ofDays(4));
		assertThat(this.desk.get("/desk/editions/" + edition.id()).body())
			.contains("This edition was worth sending until", "Stop for good")
			.doesNotContain("Go on sending…");
		assertThat(this.desk.get("/desk/editions/" + edition.id() + "/send").body())
			.contains("Make an extra edition of today instead");
		act(edition, "/cancel");
		assertThat(now(edition).status()).isEqualTo(EditionStatus.CANCELLED);
	}

	@Test
	void oneUnderWayIsLeftToItsRun() {
		Edition edition = underWay();
		String page = this.desk.get("/desk/editions/" + edition.id()).body();
		assertThat(page).contains("every 3s", "Stop for good").doesNotContain("Go on sending…");
		assertThat(this.desk.get("/desk?newsletter=" + this.newsletter.slug()).body()).contains("Going out now")
			.doesNotContain("is half sent");
		assertThat(this.desk.get("/desk/editions/" + edition.id() + "/progress").headers().firstValue("HX-Refresh"))
			.isEmpty();
		this.launcher.stop(run().id());
		await().until(() -> !run().isRunning());
		assertThat(this.desk.get("/desk/editions/" + edition.id() + "/progress").headers().firstValue("HX-Refresh"))
			.contains("true");
	}

	@Test
	void whatAnAdminPausedNoEditorTakesBack() {
		Edition edition = this.newsroom.edition(this.newsletter, "The lock waits for its gate");
		this.editions.approve(edition.id(), this.editor.email());
		this.editions.changeStatus(edition.id(), EditionStatus.SENDING, null);
		this.pauses.pause(now(edition), this.staff.admin().email());
		assertThat(this.desk.get("/desk/editions/" + edition.id()).body()).doesNotContain("Take it up again");
		act(edition, "/draft");
		assertThat(this.desk.get("/desk/editions/" + edition.id()).body()).contains("was paused by an admin; ask ");
		assertThat(now(edition).status()).isEqualTo(EditionStatus.HELD);

		this.desk = this.staff.login(this.port, this.staff.admin());
		assertThat(this.desk.get("/desk/editions/" + edition.id()).body()).contains("Take it up again");
		act(edition, "/draft");
		assertThat(now(edition).status()).isEqualTo(EditionStatus.DRAFT);
	}

	private void assertLeftToAnAdmin(Edition edition, EditionStatus status) {
		this.staff.admin();
		assertThat(this.desk.get("/desk/editions/" + edition.id()).body())
			.contains("Only an admin lets it go on", "Stop for good")
			.doesNotContain("Go on sending…");
		assertThat(this.desk.get("/desk/editions/" + edition.id() + "/send").body())
			.contains("Only an admin lets it go on");
		act(edition, "/send");
		assertThat(this.desk.get("/desk/editions/" + edition.id()).body())
			.contains("in the middle of its sending. Only an admin lets it go on; ask ");
		assertThat(now(edition).status()).isEqualTo(status);
		assertThat(TestRelay.get().to(this.waiting)).isEmpty();
	}

	/** One reader has it, the other waits, and no run is at it. */
	private Edition brokenOff(EditionStatus status) {
		Edition edition = underWay();
		this.launcher.stop(run().id());
		await().until(() -> run().status().equals("STOPPED"));
		return (status == EditionStatus.SENDING) ? now(edition)
				: this.editions.changeStatus(edition.id(), status, "The relay says no");
	}

	private Edition underWay() {
		this.reached = this.newsroom.reader(this.newsletter);
		this.waiting = this.newsroom.reader(this.newsletter, "grey");
		Edition edition = this.newsroom.edition(this.newsletter, "The lock opens again");
		act(edition, "/send");
		await().until(() -> this.deliveries.counts(edition.id()).getOrDefault(DeliveryStatus.SENT, 0) == 1
				&& this.deliveries.counts(edition.id()).getOrDefault(DeliveryStatus.DEFERRED, 0) == 1);
		return now(edition);
	}

	private Run run() {
		return this.runs.list("digest", null, 20)
			.stream()
			.filter((run) -> this.newsletter.slug().equals(run.identity().get("newsletter")))
			.findFirst()
			.orElseThrow();
	}

}
