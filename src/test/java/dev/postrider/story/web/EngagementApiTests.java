package dev.postrider.story.web;

import java.util.UUID;

import dev.postrider.story.Stories;
import dev.postrider.story.StoryTrail.Engagement;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestClock;
import dev.postrider.testing.TestStaff;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a content management system says of readers, and what it can look up.
 */
@PostriderTest
class EngagementApiTests {

	private final String url = "https://news.example/engaged/" + UUID.randomUUID();

	@LocalServerPort
	private int port;

	@Autowired
	private TestStaff staff;

	@Autowired
	private Stories stories;

	@Autowired
	private TestClock clock;

	private RestTestClient client;

	@BeforeEach
	void connect() {
		this.client = RestTestClient.bindToServer()
			.baseUrl("http://localhost:" + this.port)
			.defaultHeader("Authorization", this.staff.editor().bearer())
			.build();
		post("/api/v1/stories",
				"""
						[{"url": "%1$s/1", "headline": "One", "publishedAt": "2018-03-05T10:00:00Z", "summary": "<p>So <b>wet</b>.</p>",
						  "related": [{"url": "https://news.example/map", "title": "The <i>map</i>"}]},
						 {"url": "%1$s/2", "headline": "Two", "publishedAt": "2018-03-05T10:00:00Z"}]
						"""
					.formatted(this.url),
				200, "{\"created\":2}");
	}

	@Test
	void countsReplaceEarlierOnesAndThoseLeftOutStay() {
		engagement("""
				[{"url": "%1$s/1?utm_source=x", "views": 120, "comments": 4}, {"url": "%1$s/2", "shares": 7}]
				""".formatted(this.url), 200, "{\"stored\":2,\"unknown\":[]}");
		assertThat(of("/1")).isEqualTo(new Engagement(120, 4, 0, this.clock.instant()));
		assertThat(of("/2")).isEqualTo(new Engagement(0, 0, 7, this.clock.instant()));
		engagement("{\"url\": \"%s/1\", \"views\": 150, \"shares\": 2}".formatted(this.url), 200, "{\"stored\":1}");
		assertThat(of("/1")).isEqualTo(new Engagement(150, 4, 2, this.clock.instant()));
		engagement("[]", 200, "{\"stored\":0,\"unknown\":[]}");
	}

	@Test
	void storiesThatAreNotHereAreNamed() {
		engagement("[{\"url\": \"%1$s/1\", \"views\": 1}, {\"url\": \"%1$s/none\", \"views\": 1}]".formatted(this.url),
				200, "{\"stored\":1,\"unknown\":[\"%s/none\"]}".formatted(this.url));
	}

	@Test
	void mistakesAreNamedAndNothingIsStored() {
		engagement("""
				[{"url": "%1$s/1", "views": 5}, {"url": "%1$s/2", "views": -1}, {"views": 1}, {"url": "%1$s/1#top"},
				 {"url": "%1$s/3", "likes": 3}, {"url": "%1$s/4", "views": "many"}, 7]
				""".formatted(this.url), 400, """
				{"title": "Invalid engagement", "status": 400, "errors": [
				 {"index": 1, "field": "views", "message": "must be greater than or equal to 0"},
				 {"index": 2, "field": "url", "message": "is required"},
				 {"index": 3, "field": "url", "message": "is the same story as number 0"},
				 {"index": 4, "field": "likes", "message": "is not a field that is known here"},
				 {"index": 5, "field": "views", "message": "is not of the right type"},
				 {"index": 6, "field": "", "message": "is not a JSON object"}]}
				""");
		assertThat(this.stories.trail(this.stories.findByUrl(this.url + "/1").orElseThrow().id()).engagement())
			.isNull();
	}

	@Test
	void strangersMayNothing() {
		RestTestClient.bindToServer()
			.baseUrl("http://localhost:" + this.port)
			.build()
			.post()
			.uri("/api/v1/stories/engagement")
			.contentType(MediaType.APPLICATION_JSON)
			.body("[]")
			.exchange()
			.expectStatus()
			.isUnauthorized();
	}

	@Test
	void aStoryIsLookedUpByItsAddress() {
		post("/api/v1/stories", "{\"url\": \"%s/1\", \"headline\": \"Uno\", \"publishedAt\": \"2018-03-05T10:00:00Z\"}"
			.formatted(this.url), 200, "{\"updated\":1}");
		this.client.get()
			.uri("/api/v1/stories?url={url}", this.url + "/1?utm_medium=mail")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.json("""
					{"story": {"url": "%s/1", "headline": "Uno", "related": []}, "trail": {"sightings": [],
					 "changes": [{"headline": "One", "summary": "So wet.", "fields": ["headline", "summary", "related links"]}]}}
					"""
				.formatted(this.url));
		this.client.get()
			.uri("/api/v1/stories?url={url}", this.url + "/none")
			.exchange()
			.expectStatus()
			.isNotFound()
			.expectHeader()
			.contentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON);
	}

	@Test
	void aStoryIsTakenBackByItsAddressAlone() {
		for (int i = 0; i < 2; i++) {
			this.client.delete()
				.uri("/api/v1/stories?url={url}", this.url + "/1?utm_source=x")
				.exchange()
				.expectStatus()
				.isNoContent();
		}
		var story = this.stories.findByUrl(this.url + "/1").orElseThrow();
		assertThat(story.withdrawnAt()).isEqualTo(this.clock.instant());
		assertThat(this.stories.trail(story.id()).changes()).singleElement()
			.satisfies((change) -> assertThat(change.fields()).containsExactly("withdrawn"));
		this.client.delete()
			.uri("/api/v1/stories?url={url}", this.url + "/none")
			.exchange()
			.expectStatus()
			.isNotFound();
		post("/api/v1/stories", "{\"url\": \"%s/1\", \"headline\": \"One\", \"publishedAt\": \"2018-03-05T10:00:00Z\"}"
			.formatted(this.url), 200, "{\"updated\":1}");
		assertThat(this.stories.findByUrl(this.url + "/1").orElseThrow().withdrawnAt()).isNull();
	}

	@Test
	void safeHtmlAndLinksAreMadeOfWhatIsSent() {
		var story = this.stories.findByUrl(this.url + "/1").orElseThrow();
		assertThat(story.summary()).isEqualTo("So wet.");
		assertThat(story.summaryHtml()).isEqualTo("<p>So <b>wet</b>.</p>");
		assertThat(story.related())
			.containsExactly(new dev.postrider.story.Story.Link("https://news.example/map", "The map"));
	}

	@Test
	void theDescriptionSaysWhatToSend() {
		this.client.get()
			.uri("/v3/api-docs")
			.exchange()
			.expectBody()
			.jsonPath(
					"$.paths['/api/v1/stories/engagement'].post.requestBody.content['application/json'].schema.items['$ref']")
			.isEqualTo("#/components/schemas/Engagement")
			.jsonPath("$.components.schemas.Engagement.properties.views")
			.exists()
			.jsonPath("$.paths['/api/v1/stories'].post.responses['400'].content['application/problem+json'].schema")
			.exists();
	}

	private Engagement of(String path) {
		return this.stories.trail(this.stories.findByUrl(this.url + path).orElseThrow().id()).engagement();
	}

	private void engagement(String body, int status, String answer) {
		post("/api/v1/stories/engagement", body, status, answer);
	}

	private void post(String path, String body, int status, String answer) {
		this.client.post()
			.uri(path)
			.contentType(MediaType.APPLICATION_JSON)
			.body(body)
			.exchange()
			.expectStatus()
			.isEqualTo(status)
			.expectBody()
			.json(answer);
	}

}
