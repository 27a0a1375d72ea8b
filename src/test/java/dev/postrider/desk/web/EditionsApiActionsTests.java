package dev.postrider.desk.web;

import java.time.Duration;

import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionStatus;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestRelay;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Approving, calling off and sending editions by the API.
 */
@PostriderTest
class EditionsApiActionsTests extends ApiClient {

	@Autowired
	private JdbcClient jdbc;

	@Test
	void refusalIsAConflictWithItsReason() {
		Edition edition = this.newsroom.edition(this.newsletter);
		problem(this.api.post().uri("/2026-11-25/approve").exchange(), HttpStatus.CONFLICT, "no stories");
		problem(this.api.post().uri("/2026-11-25/send").exchange(), HttpStatus.CONFLICT, "no stories");
		assertThat(this.editions.find(edition.id()).orElseThrow().status()).isEqualTo(EditionStatus.DRAFT);
	}

	@Test
	void approvesSkipsAndCancels() {
		this.newsroom.edition(this.newsletter, "A story");
		status("approve", "APPROVED");
		status("skip", "SKIPPED");
		problem(this.api.post().uri("/2026-11-25/send").exchange(), HttpStatus.CONFLICT, "skipped");
		compose("{\"date\": \"2026-11-25\", \"number\": 2}").expectStatus().isCreated();
		this.api.post()
			.uri("/2026-11-25-2/cancel")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.status")
			.isEqualTo("CANCELLED");
		problem(this.api.post().uri("/2026-11-25-2/approve").exchange(), HttpStatus.CONFLICT, "CANCELLED");
	}

	@Test
	void sendsAndRefusesASecondTime() {
		String reader = this.newsroom.reader(this.newsletter);
		this.newsroom.edition(this.newsletter, "The lock opens again");
		this.api.post()
			.uri("/2026-11-25/send")
			.exchange()
			.expectStatus()
			.isAccepted()
			.expectBody()
			.jsonPath("$.runId")
			.isNumber();
		TestRelay.get().awaitTo(reader);
		await().atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> this.api.get()
				.uri("/2026-11-25")
				.exchange()
				.expectBody()
				.jsonPath("$.status")
				.isEqualTo("SENT")
				.jsonPath("$.deliveries.SENT")
				.isEqualTo(1));
		problem(this.api.post().uri("/2026-11-25/send").exchange(), HttpStatus.CONFLICT, "");
		assertThat(TestRelay.get().to(reader)).hasSize(1);
	}

	@Test
	void whatIsHeldInTheMiddleIsLeftToAnAdmin() {
		Edition edition = this.newsroom.edition(this.newsletter, "The lock opens again");
		this.jdbc.sql("UPDATE edition SET status = 'HELD', frozen_at = UTC_TIMESTAMP(6) WHERE id = ?")
			.param(edition.id())
			.update();
		problem(this.api.post().uri("/2026-11-25/send").exchange(), HttpStatus.CONFLICT, "Only an admin lets it go on");
		assertThat(this.editions.find(edition.id()).orElseThrow().status()).isEqualTo(EditionStatus.HELD);
		this.jdbc.sql("UPDATE edition SET status = 'CANCELLED' WHERE id = ?").param(edition.id()).update();
	}

	private void status(String action, String status) {
		this.api.post()
			.uri("/2026-11-25/" + action)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.status")
			.isEqualTo(status);
	}

}
