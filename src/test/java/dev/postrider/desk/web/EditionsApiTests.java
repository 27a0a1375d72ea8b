package dev.postrider.desk.web;

import java.util.List;
import java.util.Map;

import dev.postrider.edition.Edition;
import dev.postrider.testing.PostriderTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Composing and reading editions by the API.
 */
@PostriderTest
class EditionsApiTests extends ApiClient {

	@Test
	void composesOnceAndAgain() {
		this.newsroom.story("The lock opens again", "Harbour", "NEWS");
		compose("{\"date\": \"2026-11-25\"}").expectStatus()
			.isCreated()
			.expectHeader()
			.valueEquals("Location", "/api/v1/newsletters/" + this.newsletter.slug() + "/editions/2026-11-25")
			.expectBody()
			.jsonPath("$.status")
			.isEqualTo("DRAFT")
			.jsonPath("$.stories[0].headline")
			.isNotEmpty();
		compose("{\"date\": \"2026-11-25\"}").expectStatus().isOk();
		compose("{\"date\": \"2026-11-25\", \"number\": 2}").expectStatus().isCreated();
		assertThat(
				this.newsroom.audited(this.editor.email(), "edition.compose", this.newsletter.slug() + " 2026-11-25"))
			.isTrue();
	}

	@Test
	void answersExactlyTheContract() {
		Edition edition = this.newsroom.edition(this.newsletter, "The ferry \"Anna\" <is> back");
		Edition.Pick pick = edition.picks().get(0);
		Map<?, ?> body = this.api.get()
			.uri("/2026-11-25")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(Map.class)
			.returnResult()
			.getResponseBody();
		assertThat(body).isEqualTo(Map.of("newsletter", this.newsletter.slug(), "date", "2026-11-25", "number", 1,
				"status", "DRAFT", "subject", "The harbour today", "stories",
				List.of(Map.of("headline", "The ferry \"Anna\" <is> back", "url", pick.story().url(), "section",
						"Harbour", "reason", pick.reason())),
				"deliveries", Map.of("PENDING", 0, "SENT", 0, "DEFERRED", 0, "BOUNCED", 0, "SKIPPED", 0, "FAILED", 0)));
	}

	@Test
	void latestAndNumbersAreNames() {
		this.newsroom.edition(this.newsletter, "First");
		compose("{\"date\": \"2026-11-25\", \"number\": 2}").expectStatus().isCreated();
		for (String name : List.of("latest", "2026-11-25-2")) {
			this.api.get()
				.uri("/" + name)
				.exchange()
				.expectStatus()
				.isOk()
				.expectBody()
				.jsonPath("$.number")
				.isEqualTo(2);
		}
		this.api.get()
			.uri("/2026-11-25-1")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.number")
			.isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "2026-11-24", "2026-11-25-7", "yesterday", "2026-02-30", "latest" })
	void unknownEditionIsNotFound(String name) {
		problem(this.api.get().uri("/" + name).exchange(), HttpStatus.NOT_FOUND, name);
		problem(this.api.post().uri("/" + name + "/send").exchange(), HttpStatus.NOT_FOUND, name);
	}

	@Test
	void unknownNewsletterIsNotFound() {
		problem(RestTestClient.bindToServer()
			.baseUrl("http://localhost:" + this.port)
			.build()
			.get()
			.uri("/api/v1/newsletters/nothing/editions/latest")
			.header("Authorization", this.editor.bearer())
			.exchange(), HttpStatus.NOT_FOUND, "nothing");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "{}", "{\"date\": \"tomorrow\"}", "{\"date\": \"2026-11-25\", \"number\": 0}", "{\"date\"" })
	void badRequestsSayWhatIsWrong(String body) {
		compose(body).expectStatus()
			.isBadRequest()
			.expectHeader()
			.contentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.detail")
			.isNotEmpty();
	}

	@Test
	void wantsAToken() {
		RestTestClient.bindToServer()
			.baseUrl("http://localhost:" + this.port)
			.build()
			.get()
			.uri("/api/v1/newsletters/highlights/editions")
			.exchange()
			.expectStatus()
			.isUnauthorized();
	}

	@Test
	void listIsPaged() {
		for (int number = 1; number <= 3; number++) {
			compose("{\"date\": \"2026-11-25\", \"number\": " + number + "}").expectStatus().isCreated();
		}
		compose("{\"date\": \"2026-11-27\"}").expectStatus().isCreated();
		assertThat(pages(2)).containsExactly(List.of("2026-11-27 1", "2026-11-25 3"),
				List.of("2026-11-25 2", "2026-11-25 1"));
		assertThat(pages(100)).hasSize(1);
		this.api.get().uri("?limit=0").exchange().expectStatus().isBadRequest();
	}

	private List<List<String>> pages(int limit) {
		List<List<String>> pages = new java.util.ArrayList<>();
		Object next = "";
		while (next != null) {
			Map<?, ?> page = this.api.get()
				.uri("?limit=" + limit + (next.equals("") ? "" : "&after=" + next))
				.exchange()
				.expectStatus()
				.isOk()
				.expectBody(Map.class)
				.returnResult()
				.getResponseBody();
			assertThat(page.keySet()).hasToString("[items, next]");
			pages.add(((List<?>) page.get("items")).stream()
				.map((item) -> ((Map<?, ?>) item).get("date") + " " + ((Map<?, ?>) item).get("number"))
				.toList());
			next = page.get("next");
		}
		return pages;
	}

}
