package dev.postrider.desk.web;

import java.net.http.HttpResponse;

import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionStatus;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestRelay;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What the gate finds, on the desk and by API: errors refuse, warnings are accepted by
 * name.
 */
@PostriderTest
class FindingsTests extends DeskSession {

	@Autowired
	private JdbcClient jdbc;

	@Test
	void anEditionWithoutFindingsIsApproved() {
		Edition edition = this.newsroom.edition(this.newsletter, "The lock opens again");
		assertThat(page(edition).select("#gate").text()).isEqualTo("Nothing stands against it.");
		act(edition, "/approve");
		assertThat(now(edition).status()).isEqualTo(EditionStatus.APPROVED);
	}

	@Test
	void anErrorRefusesApprovalAndSendingWithWhatAndWhere() {
		Edition edition = plain();
		Document page = page(edition);
		assertThat(page.select("#gate li.bad").text()).contains("No https", "Stops it",
				"Link “The lock opens again” to http://plain.example/", "Give the address that begins with https");
		assertThat(page.select("#gate form")).isEmpty();
		assertThat(Jsoup.parse(this.desk.get("/desk?newsletter=" + this.newsletter.slug()).body()).text())
			.contains("cannot go out like this: Link “The lock opens again”");
		act(edition, "/approve");
		assertThat(page(edition).select("[role=alert]").text()).contains("cannot go out like this",
				"http://plain.example/");
		act(edition, "/send");
		assertThat(page(edition).select("[role=alert]").text()).contains("cannot go out like this");
		assertThat(now(edition).status()).isEqualTo(EditionStatus.DRAFT);

		this.jdbc.sql("UPDATE story SET url = REPLACE(url, 'http:', 'https:') WHERE id = ?")
			.param(ids(edition).get(0))
			.update();
		act(edition, "/approve");
		assertThat(now(edition).status()).isEqualTo(EditionStatus.APPROVED);
	}

	@Test
	void anApprovedEditionThatWentWrongIsNotSent() {
		Edition edition = this.newsroom.edition(this.newsletter, "The lock opens again");
		act(edition, "/approve");
		this.jdbc.sql("UPDATE story SET url = CONCAT('http://plain.example/', id) WHERE id = ?")
			.param(ids(edition).get(0))
			.update();
		act(edition, "/send");
		assertThat(page(edition).select("[role=alert]").text()).contains("cannot go out like this");
		assertThat(now(edition).status()).isEqualTo(EditionStatus.APPROVED);
	}

	@Test
	void aWarningIsAcceptedByNameAndThenTheEditionGoesOut() {
		String reader = this.newsroom.reader(this.newsletter);
		Edition edition = this.newsroom.edition(this.newsletter, "The lock opens again");
		edition = this.composer.describe(edition.id(), "THE LOCK OPENS AGAIN", "And the ferry", null);
		act(edition, "/approve");
		assertThat(page(edition).select("[role=alert]").text()).contains("warnings that nobody has accepted",
				"reads as shouting");
		assertThat(now(edition).status()).isEqualTo(EditionStatus.DRAFT);
		act(edition, "/send");
		assertThat(now(edition).status()).isEqualTo(EditionStatus.DRAFT);

		String path = page(edition).select("#gate li.warn form").attr("action");
		act(edition, path.substring(("/desk/editions/" + edition.id()).length()));
		Document accepted = page(edition);
		assertThat(accepted.select("#gate li.good").text()).contains("Accepted by " + this.editor.email());
		assertThat(accepted.select("#gate form")).isEmpty();
		assertAudited("edition.accept", "2026-11-25");
		assertThat(this.jdbc.sql("SELECT rule FROM edition_acceptance WHERE edition_id = ? AND accepted_by = ?")
			.params(edition.id(), this.editor.email())
			.query(String.class)
			.list()).containsExactly("spam");
		act(edition, "/send");
		TestRelay.get().awaitTo(reader);
		Edition sent = edition;
		await().until(() -> now(sent).status() == EditionStatus.SENT);
		assertThat(page(edition).text()).doesNotContain("Went out with a warning");
	}

	@Test
	void aHeldEditionIsTakenUpAgain() {
		Edition edition = plain();
		String reader = this.newsroom.reader(this.newsletter);
		this.editions.approve(edition.id(), "test");
		this.editions.changeStatus(edition.id(), EditionStatus.HELD, "It cannot go out like this.");
		Document held = page(edition);
		assertThat(held.text()).contains("It cannot go out like this.", "Take it up again");
		assertThat(held.select("#gate li.bad")).isNotEmpty();
		act(edition, "/send");
		assertThat(now(edition).status()).as("it is still wrong").isEqualTo(EditionStatus.HELD);
		act(edition, "/draft");
		assertThat(now(edition).status()).isEqualTo(EditionStatus.DRAFT);
		assertAudited("edition.draft", "2026-11-25");
		act(edition, "/stories/" + ids(edition).get(0) + "/drop");
		this.composer.add(edition.id(), this.newsroom.story("Another lock opens", "Harbour", "NEWS"));
		act(edition, "/send");
		TestRelay.get().awaitTo(reader);
	}

	@Test
	void programsSeeFindingsAndAcceptThem() {
		Edition edition = this.newsroom.edition(this.newsletter, "The lock opens again");
		this.composer.describe(edition.id(), "THE LOCK OPENS AGAIN", "And the ferry", null);
		RestTestClient api = RestTestClient.bindToServer()
			.baseUrl("http://localhost:" + this.port + "/api/v1/newsletters/" + this.newsletter.slug()
					+ "/editions/2026-11-25")
			.defaultHeader("Authorization", this.editor.bearer())
			.build();
		ApiClient.problem(api.post().uri("/approve").exchange(), HttpStatus.CONFLICT, "nobody has accepted");
		api.post().uri("/approve").exchange().expectBody().jsonPath("$.findings[0].rule").isEqualTo("spam");
		String key = key(edition);
		api.get()
			.uri("/findings")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.passed")
			.isEqualTo(false)
			.jsonPath("$.findings[0].key")
			.isEqualTo(key)
			.jsonPath("$.findings[0].severity")
			.isEqualTo("WARNING");
		api.post()
			.uri("/findings/" + key + "/accept")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.passed")
			.isEqualTo(true)
			.jsonPath("$.findings[0].acceptedBy")
			.isEqualTo(this.editor.email());
		ApiClient.problem(api.post().uri("/findings/0123456789abcdef/accept").exchange(), HttpStatus.CONFLICT,
				"does not stand any more");
		api.post().uri("/approve").exchange().expectStatus().isOk();
	}

	@Test
	void theListIsFetchedByItselfWhenWordsWereSaved() {
		Edition edition = plain();
		HttpResponse<String> list = this.desk.get("/desk/editions/" + edition.id() + "/findings");
		assertThat(list.statusCode()).isEqualTo(200);
		assertThat(Jsoup.parse(list.body()).select("li.bad")).isNotEmpty();
		assertThat(list.body()).doesNotContain("<html");
		assertThat(page(edition).select("#gate").attr("hx-trigger")).isEqualTo("saved from:body");
	}

	private String key(Edition edition) {
		String action = page(edition).select("#gate li.warn form").attr("action");
		return action.split("/")[5];
	}

	private Edition plain() {
		Edition edition = this.newsroom.edition(this.newsletter, "The lock opens again");
		this.jdbc.sql("UPDATE story SET url = CONCAT('http://plain.example/', id) WHERE id = ?")
			.param(ids(edition).get(0))
			.update();
		return edition;
	}

	private Document page(Edition edition) {
		return Jsoup.parse(this.desk.get("/desk/editions/" + edition.id()).body());
	}

}
