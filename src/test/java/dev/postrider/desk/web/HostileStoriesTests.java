package dev.postrider.desk.web;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.postrider.delivery.DigestRuns;
import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionStatus;
import dev.postrider.newsletter.PublicationCalendar;
import dev.postrider.run.RunHistory;
import dev.postrider.story.Source;
import dev.postrider.story.Sources;
import dev.postrider.story.feed.FeedServer;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.ScriptJudge;
import dev.postrider.testing.TestClock;
import dev.postrider.testing.TestRelay;
import jakarta.mail.BodyPart;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.util.HtmlUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * No script, event handler or dangerous address gets from any field of a story into a
 * page or a mail. A browser is the judge, with no policy to help it.
 */
@PostriderTest
class HostileStoriesTests extends DeskSession {

	private static final String CALL = "fetch('//" + ScriptJudge.BEACON + "/'),alert(1)";

	/** Each as it stands, and escaped once, which reading takes off. */
	private static final List<String> STRINGS = List.of("<script>" + CALL + "</script>",
			"&lt;script&gt;" + CALL + "&lt;/script&gt;", "\"><img src=x onerror=alert(1)>",
			"'&gt;&lt;svg onload=alert(1)&gt;", "\" onmouseover=\"alert(1)", "' onfocus='alert(1)' autofocus='",
			"<a href=\"javascript:alert(1)\">here</a>",
			"&lt;a href=&quot;java\tscript:alert(1)&quot;&gt;here&lt;/a&gt;",
			"--&gt;&lt;/title&gt;&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt;",
			"<mj-raw><script>alert(1)</script></mj-raw>",
			"&lt;/mj-text&gt;&lt;mj-raw&gt;&lt;img src=x onerror=alert(1)&gt;",
			"<math><mtext></p><style><img src=x onerror=alert(1)></style>",
			"<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
			"${1+1}<#assign x=1><img src=x onerror=alert(1)>",
			"<p style=\"background:url(//" + ScriptJudge.BEACON + "/)\" onclick=alert(1)>x</p>",
			"<iframe srcdoc='<script>alert(1)</script>'></iframe>");

	private final String id = UUID.randomUUID().toString();

	@Autowired
	private Sources sources;

	@Autowired
	private DigestRuns digests;

	@Autowired
	private RunHistory runs;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private JsonMapper json;

	@Test
	void theJudgeSeesWhatIsNotMadeSafe() {
		try (ScriptJudge judge = new ScriptJudge()) {
			for (String string : STRINGS) {
				String raw = HtmlUtils.htmlUnescape(string);
				String open = raw.startsWith("\" on") ? "<p title=\"" + raw + "\">x</p>"
						: raw.startsWith("' on") ? "<p title='" + raw + "'>x</p>" : raw;
				assertThat(judge.findings("<!DOCTYPE html><title>t</title><body>" + open)).as(raw).isNotEmpty();
				assertThat(judge.findings("<!DOCTYPE html><title>t</title><body>" + HtmlUtils.htmlEscape(raw))).as(raw)
					.isEmpty();
			}
		}
	}

	@Test
	void storiesByTheApi() throws Exception {
		List<Map<String, Object>> stories = new ArrayList<>();
		for (int i = 0; i < STRINGS.size(); i++) {
			stories.add(body(i, STRINGS.get(i)));
		}
		HttpResponse<String> answer = post(this.json.writeValueAsString(stories));
		assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
		judge("https://news.example/" + this.id + "/%");
	}

	@Test
	void storiesByAFeed() throws Exception {
		StringBuilder items = new StringBuilder();
		for (int i = 0; i < STRINGS.size(); i++) {
			items.append(item(i, STRINGS.get(i)));
		}
		try (FeedServer server = new FeedServer()) {
			server.serve("/feed",
					"""
							<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/" xmlns:dc="http://purl.org/dc/elements/1.1/"
							  xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom">
							<channel><title>%s</title><link>javascript:alert(1)</link>%s</channel></rss>"""
						.formatted(xml(STRINGS.get(0)), items));
			Source source = this.sources.add(server.url("/feed") + "?\"><img src=x onerror=alert(1)>",
					cut("Section" + STRINGS.get(2), 100));
			try {
				this.sources.poll(true);
				assertThat(this.sources.find(source.id()).orElseThrow().lastError()).isNull();
				judge("https://news.example/" + this.id + "/%");
			}
			finally {
				this.sources.remove(source.id());
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)",
			"data:text/html,<script>alert(1)</script>", "vbscript:x", "//news.example/x", "file:///etc/passwd" })
	void addressesThatAreNoneAreRefusedByTheApi(String address) throws Exception {
		for (String field : List.of("url", "image", "audio", "related")) {
			Map<String, Object> story = body(0, "words");
			Object value = switch (field) {
				case "url" -> address;
				case "related" -> List.of(Map.of("url", address, "title", "x"));
				default -> Map.of("url", address);
			};
			story.put(field, value);
			assertThat(post(this.json.writeValueAsString(story)).statusCode()).as(field + " " + address)
				.isBetween(400, 422);
		}
	}

	private void judge(String urls) throws Exception {
		List<Long> ids = this.jdbc.sql("SELECT id FROM story WHERE url LIKE ? ORDER BY id")
			.param(urls)
			.query(Long.class)
			.list();
		assertThat(ids).hasSize(STRINGS.size());
		String reader = this.newsroom.reader(this.newsletter);
		Edition edition = this.editions.open(this.newsletter, Newsroom.WEDNESDAY, 1,
				PublicationCalendar.slot(this.newsletter, Newsroom.WEDNESDAY).dueAt());
		for (long story : ids) {
			edition = this.composer.add(edition.id(), story);
		}
		String page = "/desk/editions/" + edition.id();
		List<String> pages = new ArrayList<>(List.of("/desk", "/desk/sources", page, page + "/preview", page + "/why",
				page + "/stories?query=Marker", page + "/topics",
				"/desk/newsletters/" + this.newsletter.slug() + "/picking"));
		ids.forEach((story) -> pages.add("/desk/stories/" + story));
		try (ScriptJudge judge = new ScriptJudge()) {
			for (String path : pages) {
				HttpResponse<String> answer = this.desk.get(path);
				assertThat(answer.statusCode()).as(path).isEqualTo(200);
				assertThat(judge.findings(answer.body())).as(path).isEmpty();
				if (path.endsWith("/preview") || path.startsWith("/desk/stories/")) {
					assertThat(judge.text()).as(path).contains("Marker-headline", "Marker-author", "Marker-summary");
				}
			}
			// All at once they are more than a mail may weigh.
			int half = ids.size() / 2;
			judgeMail(ids.subList(0, half), 2, reader, judge);
			judgeMail(ids.subList(half, ids.size()), 3, reader, judge);
		}
	}

	private void judgeMail(List<Long> ids, int number, String reader, ScriptJudge judge) throws Exception {
		Edition edition = this.editions.open(this.newsletter, Newsroom.WEDNESDAY, number,
				PublicationCalendar.slot(this.newsletter, Newsroom.WEDNESDAY).dueAt());
		for (long story : ids) {
			edition = this.composer.add(edition.id(), story);
		}
		this.editions.approve(edition.id(), "test");
		long run = this.digests.send(this.newsletter.slug(), Newsroom.WEDNESDAY, number, "test");
		await().until(() -> !this.runs.find(run).orElseThrow().isRunning());
		assertThat(now(edition).statusReason()).isNull();
		assertThat(now(edition).status()).isEqualTo(EditionStatus.SENT);
		List<MimeMessage> mails = TestRelay.get().to(reader);
		assertThat(mails).hasSize(number - 1);
		String mail = html(mails.get(number - 2));
		assertThat(judge.findings(mail)).as("mail").isEmpty();
		assertThat(judge.text()).contains("Marker-headline", "Marker-author", "Marker-section");
		for (String path : List.of("/editions/" + this.newsletter.slug() + "/" + edition.label(),
				"/editions/" + this.newsletter.slug(), "/editions", "/desk/editions/" + edition.id())) {
			HttpResponse<String> answer = this.desk.get(path);
			assertThat(answer.statusCode()).as(path).isEqualTo(200);
			assertThat(judge.findings(answer.body())).as(path).isEmpty();
		}
	}

	private Map<String, Object> body(int number, String hostile) {
		Map<String, Object> story = new LinkedHashMap<>();
		String address = "https://news.example/" + this.id + "/" + number + "?a=" + hostile;
		story.put("url", address);
		story.put("headline", "Marker-headline " + number + " " + hostile);
		story.put("summary", "Marker-summary " + hostile + " and more");
		story.put("section", cut("Marker-section" + hostile, 100));
		story.put("tags", List.of(cut("t" + hostile, 48)));
		story.put("author", "Marker-author " + hostile);
		story.put("language", cut(hostile, 16));
		story.put("publishedAt", TestClock.START.minusSeconds(3600).toString());
		story.put("image", Map.of("url", address, "alt", "Alt " + hostile, "credit", "Credit " + hostile));
		story.put("audio", Map.of("url", address, "seconds", 60));
		story.put("related", List.of(Map.of("url", address, "title", "Related " + hostile)));
		return story;
	}

	private String item(int number, String hostile) {
		String words = xml(hostile);
		String address = "https://news.example/" + this.id + "/" + number + "?a=" + words;
		return """
				<item><title>Marker-headline %2$d %1$s</title><link>%3$s</link><guid>javascript:alert(1)</guid>
				<description>Marker-summary %1$s and more</description><content:encoded>&lt;p&gt;%1$s&lt;/p&gt;</content:encoded>
				<category>Marker-section%1$s</category><category>%1$s</category><dc:creator>Marker-author %1$s</dc:creator>
				<dc:language>%1$s</dc:language><pubDate>Mon, 23 Nov 2026 05:00:00 GMT</pubDate>
				<media:content url="%3$s" medium="image"><media:title>%1$s</media:title><media:description>%1$s</media:description>
				<media:credit>%1$s</media:credit></media:content><media:thumbnail url="javascript:alert(1)"/>
				<enclosure url="%3$s" type="audio/mpeg" length="1"/><enclosure url="data:text/html,x" type="image/png"/>
				<atom:link rel="related" href="javascript:alert(1)" title="%1$s"/>
				<atom:link rel="related" href="%3$s" title="%1$s"/></item>"""
			.formatted(words, number, address);
	}

	private static String xml(String text) {
		return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
	}

	private static String cut(String text, int length) {
		return text.substring(0, Math.min(length, text.length()));
	}

	private HttpResponse<String> post(String body) throws IOException, InterruptedException {
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + "/api/v1/stories"))
				.header("Authorization", this.editor.bearer())
				.header("Content-Type", "application/json")
				.POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8))
				.build(), HttpResponse.BodyHandlers.ofString());
	}

	private static String html(MimeMessage mail) throws Exception {
		Multipart parts = (Multipart) mail.getContent();
		BodyPart last = parts.getBodyPart(parts.getCount() - 1);
		return String.valueOf(last.getContent());
	}

}
