package dev.postrider.story.web;

import java.util.UUID;

import dev.postrider.story.Source;
import dev.postrider.story.Sources;
import dev.postrider.story.Stories;
import dev.postrider.story.Story;
import dev.postrider.story.StoryKind;
import dev.postrider.story.ingest.StoryIdentity;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestStaff;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.json.JsonCompareMode;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What content management systems and other programs see. Dates are far from other tests'
 * editions.
 */
@PostriderTest
class StoriesApiTests {

	private final String url = "https://news.example/api/" + UUID.randomUUID();

	@LocalServerPort
	private int port;

	@Autowired
	private TestStaff staff;

	@Autowired
	private Stories stories;

	@Autowired
	private Sources sources;

	@Autowired
	private JdbcClient jdbc;

	private TestStaff.Member editor;

	private RestTestClient client;

	@BeforeEach
	void connect() {
		this.editor = this.staff.editor();
		this.client = RestTestClient.bindToServer()
			.baseUrl("http://localhost:" + this.port)
			.defaultHeader("Authorization", this.editor.bearer())
			.build();
	}

	@Test
	void oneStoryWithEverything() {
		post("""
				{"url": "%s?utm_source=cms#top", "headline": "<b>Fish</b> &amp; chips", "summary": "<p>It is <script>alert(1)</script>good.</p>",
				 "section": "Food", "tags": ["fish", "chips, large"], "author": "Ann Bell", "kind": "PODCAST", "language": "en_gb",
				 "publishedAt": "2019-03-05T10:00:00Z", "embargoUntil": "2019-03-06T10:00:00Z", "withdrawn": false,
				 "image": {"url": "https://img.example/1.jpg", "alt": "A plate", "credit": "Bob", "width": 800, "height": 450},
				 "audio": {"url": "https://audio.example/1.mp3", "seconds": 90}}
				"""
			.formatted(this.url), 200, "{\"created\":1,\"updated\":0,\"unchanged\":0}");
		Story story = story();
		assertThat(story.url()).isEqualTo(this.url);
		assertThat(story.headline()).isEqualTo("Fish & chips");
		assertThat(story.summary()).isEqualTo("It is good.");
		assertThat(story.section()).isEqualTo("Food");
		assertThat(story.tags()).containsExactly("fish", "chips large");
		assertThat(story.kind()).isEqualTo(StoryKind.PODCAST);
		assertThat(story.language()).isEqualTo("en-GB");
		assertThat(story.publishedAt()).isEqualTo("2019-03-05T10:00:00Z");
		assertThat(story.embargoUntil()).isEqualTo("2019-03-06T10:00:00Z");
		assertThat(story.image())
			.isEqualTo(new Story.Image("https://img.example/1.jpg", "A plate", "Bob", 800, 450, false));
		assertThat(story.audio().length()).hasSeconds(90);
		assertThat(story.sourceId()).isNull();
	}

	@Test
	void anArrayIsUpsertedByUrl() {
		String one = "{\"url\": \"%s/1\", \"headline\": \"One\", \"publishedAt\": \"2019-03-05T10:00:00Z\"}"
			.formatted(this.url);
		String two = one.replace("/1", "/2");
		post("[" + one + "," + two + "]", 200, "{\"created\":2,\"updated\":0,\"unchanged\":0}");
		post("[" + one + "," + two.replace("One", "Two") + "]", 200, "{\"created\":0,\"updated\":1,\"unchanged\":1}");
		post("[]", 200, "{\"created\":0,\"updated\":0,\"unchanged\":0}");
		assertThat(this.jdbc
			.sql("SELECT CONCAT(subject, ': ', detail) FROM audit WHERE actor = :actor AND action = 'story.write'")
			.param("actor", this.editor.email())
			.query(String.class)
			.list())
			.contains("2 stories: 2 created, 0 updated, 0 unchanged", "2 stories: 0 created, 1 updated, 1 unchanged");
	}

	@Test
	void withdrawnAndBack() {
		String story = "{\"url\": \"%s\", \"headline\": \"One\", \"publishedAt\": \"2019-03-05T10:00:00Z\", \"withdrawn\": %s}";
		post(story.formatted(this.url, "true"), 200, "{\"created\":1,\"updated\":0,\"unchanged\":0}");
		assertThat(story().withdrawnAt()).isNotNull();
		post(story.formatted(this.url, "true"), 200, "{\"created\":0,\"updated\":0,\"unchanged\":1}");
		post(story.formatted(this.url, "false"), 200, "{\"created\":0,\"updated\":1,\"unchanged\":0}");
		assertThat(story().withdrawnAt()).isNull();
	}

	@Test
	void mistakesNameIndexAndFieldAndNothingIsStored() {
		post("""
				[{"url": "%1$s", "headline": "Good"}, {"headline": " "}, {"url": "javascript:alert(1)", "headline": "x"},
				 {"url": "%1$s/3", "headline": "x", "kind": "GOSSIP"}, {"url": "%1$s/4", "headline": "x", "publishedAt": "today"},
				 {"url": "%1$s/5", "headline": "x", "embargoUntill": "2019-03-05T10:00:00Z"},
				 {"url": "%1$s/6", "headline": "x", "image": {"url": "data:image/png,x"}}, "text", {"url": "%1$s?utm_x=1", "headline": "x"},
				 {"url": "%1$s/9", "headline": "<p> </p>"}, {"url": "%1$s/10", "headline": "x", "tags": ["a", ""]},
				 {"url": "%1$s/11", "headline": "x", "audio": {"url": "https://a.example/1.mp3", "seconds": -1}}]
				"""
			.formatted(this.url), 400,
				"""
						{"title": "Invalid stories", "status": 400, "errors": [
						 {"index": 1, "field": "headline", "message": "is required"}, {"index": 1, "field": "url", "message": "is required"},
						 {"index": 2, "field": "url", "message": "must be an absolute http or https address of at most 2000 characters"},
						 {"index": 3, "field": "kind", "message": "must be one of NEWS, FEATURE, PODCAST, OPINION, LIVE"},
						 {"index": 4, "field": "publishedAt", "message": "must be a moment such as 2026-11-23T07:00:00Z"},
						 {"index": 5, "field": "embargoUntill", "message": "is not a field that is known here"},
						 {"index": 6, "field": "image.url", "message": "must be an absolute http or https address of at most 2000 characters"},
						 {"index": 7, "field": "", "message": "is not a JSON object"},
						 {"index": 8, "field": "url", "message": "is the same story as number 0"},
						 {"index": 9, "field": "headline", "message": "has no words besides its markup"},
						 {"index": 10, "field": "tags[1]", "message": "is blank"},
						 {"index": 11, "field": "audio.seconds", "message": "must be greater than 0"}]}
						""");
		assertThat(count()).isZero();
	}

	@Test
	void whatIsNoJsonIsAProblemToo() {
		this.client.post()
			.uri("/api/v1/stories")
			.contentType(MediaType.APPLICATION_JSON)
			.body("[{")
			.exchange()
			.expectStatus()
			.isBadRequest()
			.expectHeader()
			.contentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON);
	}

	@Test
	void strangersMayNothing() {
		RestTestClient stranger = RestTestClient.bindToServer().baseUrl("http://localhost:" + this.port).build();
		stranger.post()
			.uri("/api/v1/stories")
			.contentType(MediaType.APPLICATION_JSON)
			.body("[]")
			.exchange()
			.expectStatus()
			.isUnauthorized();
		stranger.get().uri("/api/v1/sources").exchange().expectStatus().isUnauthorized();
	}

	@Test
	void sourcesAreAddedListedAndRemoved() {
		String feed = "http://localhost:" + this.port + "/editions/" + UUID.randomUUID() + ".xml?key=secret";
		this.client.post()
			.uri("/api/v1/sources")
			.contentType(MediaType.APPLICATION_JSON)
			.body("{\"url\": \"%s\", \"section\": \"Food\"}".formatted(feed))
			.exchange()
			.expectStatus()
			.isCreated()
			.expectBody()
			.jsonPath("$.url")
			.isEqualTo(feed)
			.jsonPath("$.section")
			.isEqualTo("Food");
		Source source = this.sources.all().stream().filter((each) -> each.url().equals(feed)).findFirst().orElseThrow();
		this.client.get()
			.uri("/api/v1/sources?limit=1&after=" + (source.id() - 1))
			.exchange()
			.expectBody()
			.jsonPath("$.items.length()")
			.isEqualTo(1)
			.jsonPath("$.items[0].id")
			.isEqualTo(source.id());
		this.client.get()
			.uri("/api/v1/sources?after=" + Long.MAX_VALUE)
			.exchange()
			.expectBody()
			.json("{\"items\": [], \"next\": null}", JsonCompareMode.STRICT);
		this.client.delete().uri("/api/v1/sources/" + source.id()).exchange().expectStatus().isNoContent();
		this.client.delete().uri("/api/v1/sources/" + source.id()).exchange().expectStatus().isNotFound();
		assertThat(this.sources.find(source.id())).isEmpty();
		assertThat(this.jdbc.sql("SELECT action FROM audit WHERE subject = :url ORDER BY id")
			.param("url", feed.replace("?key=secret", ""))
			.query(String.class)
			.list()).containsExactly("source.add", "source.remove");
	}

	@Test
	void aSourceThatMayNotBeOneIsAProblem() {
		this.client.post()
			.uri("/api/v1/sources")
			.contentType(MediaType.APPLICATION_JSON)
			.body("{\"url\": \"http://10.0.0.1/feed\"}")
			.exchange()
			.expectStatus()
			.isEqualTo(422)
			.expectBody()
			.jsonPath("$.title")
			.isEqualTo("This cannot be a source")
			.jsonPath("$.detail")
			.value(String.class, (detail) -> assertThat(detail).contains("10.0.0.1 is a private address"));
		this.client.post()
			.uri("/api/v1/sources")
			.contentType(MediaType.APPLICATION_JSON)
			.body("{}")
			.exchange()
			.expectStatus()
			.isBadRequest();
	}

	private void post(String body, int status, String answer) {
		this.client.post()
			.uri("/api/v1/stories")
			.contentType(MediaType.APPLICATION_JSON)
			.body(body)
			.exchange()
			.expectStatus()
			.isEqualTo(status)
			.expectBody()
			.json(answer);
	}

	private Story story() {
		long id = this.jdbc.sql("SELECT id FROM story WHERE identity = :identity")
			.param("identity", StoryIdentity.hash(this.url))
			.query(Long.class)
			.single();
		return this.stories.find(id).orElseThrow();
	}

	private long count() {
		return this.jdbc.sql("SELECT COUNT(*) FROM story WHERE url LIKE :url")
			.param("url", this.url + "%")
			.query(Long.class)
			.single();
	}

}
