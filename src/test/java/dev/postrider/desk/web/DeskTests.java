package dev.postrider.desk.web;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionStatus;
import dev.postrider.story.Source;
import dev.postrider.story.Sources;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestNewsroom;
import dev.postrider.testing.TestRelay;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.FormElement;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The desk as a whole: who may, what goes out next, the standing of editions.
 */
@PostriderTest
class DeskTests extends DeskSession {

	@Autowired
	private Sources sources;

	@ParameterizedTest
	@ValueSource(strings = { "/desk", "/desk/sources", "/desk/editions/1", "/desk/editions/1/preview" })
	void wantsALogin(String path) {
		HttpResponse<String> answer = this.staff.anonymous(this.port).get(path);
		assertThat(answer.statusCode()).isEqualTo(302);
		assertThat(answer.headers().firstValue("Location").orElseThrow()).contains("/login");
	}

	@Test
	void nothingIsDoneWithoutCsrfToken() {
		Edition edition = this.newsroom.edition(this.newsletter, "A story");
		for (String action : List.of("approve", "skip", "cancel", "compose", "send")) {
			assertThat(this.desk.post(null, "/desk/editions/" + edition.id() + "/" + action).statusCode())
				.isEqualTo(403);
		}
		assertThat(now(edition)).isEqualTo(edition);
	}

	@Test
	@DisplayName("S: a GET changes nothing")
	void getChangesNothing() {
		Edition edition = this.newsroom.edition(this.newsletter, "A story");
		for (String page : List.of("", "/send", "/preview", "/preview.txt", "/stories", "/progress")) {
			assertThat(this.desk.get("/desk/editions/" + edition.id() + page).statusCode()).as(page).isEqualTo(200);
		}
		for (String action : List.of("approve", "skip", "cancel", "compose", "draft")) {
			assertThat(this.desk.get("/desk/editions/" + edition.id() + "/" + action).statusCode()).isEqualTo(405);
		}
		assertThat(now(edition)).isEqualTo(edition);
	}

	@Test
	void composesTheNextEdition() {
		this.newsroom.story("The lock opens again", "Harbour", "NEWS");
		assertThat(this.desk.get("/desk?newsletter=" + this.newsletter.slug()).body())
			.contains("Compose Wed 25 November", "Wed 25 November, 07:00 (Europe/Berlin)", "In 2 days, to 0 readers");
		HttpResponse<String> answer = this.desk.post("/desk",
				"/desk/newsletters/" + this.newsletter.slug() + "/editions", "date", "2026-11-25");
		Edition edition = this.editions.find(this.newsletter.id(), "2026-11-25").orElseThrow();
		assertThat(answer.headers().firstValue("Location").orElseThrow()).endsWith("/desk/editions/" + edition.id());
		assertThat(edition.picks()).isNotEmpty();
		assertAudited("edition.compose", "2026-11-25");
	}

	@Test
	void extraEditionOfTodayIsDueNow() {
		this.newsroom.story("The lock opens again", "Harbour", "NEWS");
		this.desk.post("/desk", "/desk/newsletters/" + this.newsletter.slug() + "/extra");
		Edition extra = this.editions.find(this.newsletter.id(), "2026-11-23-2").orElseThrow();
		assertThat(this.desk.get("/desk/editions/" + extra.id()).body()).contains("extra edition 2",
				"it goes out when you send it");
	}

	@ParameterizedTest
	@ValueSource(strings = { "2026-11-22", "", "soon" })
	void dayThatCannotBeIsSaidBesideTheField(String date) {
		HttpResponse<String> answer = this.desk.post("/desk",
				"/desk/newsletters/" + this.newsletter.slug() + "/editions", "date", date);
		assertThat(answer.statusCode()).isEqualTo(302);
		assertThat(this.desk.get("/desk").body()).contains("id=\"date-error\"");
		assertThat(this.editions.newest(this.newsletter.id(), 1)).isEmpty();
	}

	@Test
	void statusGoesThereAndBack() {
		Edition edition = this.newsroom.edition(this.newsletter, "One");
		act(edition, "/approve");
		assertThat(now(edition).approvedBy()).isEqualTo(this.editor.email());
		act(edition, "/draft");
		act(edition, "/skip", "reason", "Public holiday");
		assertThat(now(edition).status()).isEqualTo(EditionStatus.SKIPPED);
		assertThat(this.desk.get("/desk/editions/" + edition.id()).body()).contains("Public holiday",
				"Take it up again");
		act(edition, "/draft");
		act(edition, "/cancel");
		assertThat(now(edition).status()).isEqualTo(EditionStatus.CANCELLED);
		String page = this.desk.get("/desk/editions/" + edition.id()).body();
		assertThat(page).doesNotContain("name=\"subject\"", "/drop");
	}

	@Test
	void refusalIsSaidOnThePage() {
		Edition edition = this.newsroom.edition(this.newsletter);
		HttpResponse<String> answer = act(edition, "/approve");
		assertThat(answer.statusCode()).isEqualTo(302);
		assertThat(this.desk.get("/desk/editions/" + edition.id()).body()).contains("role=\"alert\"", "no stories");
	}

	@Test
	@DisplayName("S: a hostile headline is shown, not run")
	void hostileHeadlineIsHarmless() {
		String hostile = "<script>alert(1)</script><img src=x onerror=alert(2)> \" onfocus=\"alert(3) ${7*7}";
		Edition edition = this.newsroom.edition(this.newsletter, hostile);
		this.composer.describe(edition.id(), hostile, hostile, hostile);
		for (String page : List.of("/desk", "/desk/editions/" + edition.id(),
				"/desk/editions/" + edition.id() + "/send",
				"/desk/editions/" + edition.id() + "/stories?query=%3Cscript%3Ealert(1)",
				"/desk/editions/" + edition.id() + "/preview")) {
			assertThat(this.desk.get(page).body()).as(page)
				.doesNotContain("<script>alert", "<img src=x", "\" onfocus=\"alert");
		}
	}

	@Test
	void previewMayNotRunScriptsAndShowsOnlyInOurFrame() {
		Edition edition = this.newsroom.edition(this.newsletter, "The ferry is back");
		HttpResponse<String> preview = this.desk.get("/desk/editions/" + edition.id() + "/preview");
		assertThat(preview.headers().allValues("Content-Security-Policy")).singleElement()
			.asString()
			.contains("default-src 'none'", "style-src 'unsafe-inline'", "frame-ancestors 'self'", "sandbox")
			.doesNotContain("script-src");
		assertThat(preview.body()).contains("The ferry is back");
		HttpResponse<String> text = this.desk.get("/desk/editions/" + edition.id() + "/preview.txt");
		assertThat(text.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain");
		assertThat(text.body()).startsWith("Subject: The harbour today").contains("The ferry is back");
	}

	@Test
	void plainFormForAnotherSiteSignsReadersUp() throws Exception {
		Element pasted = Jsoup.parse(this.desk.get("/desk").body()).getElementById("plain-" + this.newsletter.slug());
		FormElement form = (FormElement) Jsoup.parse(pasted.wholeText()).expectFirst("form");
		assertThat(form.attr("method")).isEqualTo("post");
		assertThat(form.attr("action")).isEqualTo("https://news.example/subscribe");
		assertThat(form.text()).contains("Please send me " + this.newsletter.name() + " by email");
		String email = TestNewsroom.address("plain-form");
		form.expectFirst("[name=email]").val(email);
		form.expectFirst("[name=consent]").attr("checked", "");
		String fields = form.formData()
			.stream()
			.map((field) -> field.key() + "=" + URLEncoder.encode(field.value(), StandardCharsets.UTF_8))
			.collect(Collectors.joining("&"));
		HttpResponse<String> answer = HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + "/subscribe"))
				.header("Content-Type", "application/x-www-form-urlencoded")
				.header("Origin", "https://news-site.example")
				.POST(HttpRequest.BodyPublishers.ofString(fields))
				.build(), HttpResponse.BodyHandlers.ofString());
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		assertThat(TestRelay.get().awaitTo(email).getSubject()).contains(this.newsletter.name());
	}

	@Test
	void auditOfASourceLeavesItsKeyOut() {
		String feed = "http://localhost:" + this.port + "/editions/no-such-" + this.newsletter.slug() + ".xml";
		this.desk.post("/desk/sources", "/desk/sources", "url", feed + "?key=secret", "section", "");
		assertThat(this.newsroom.audited(this.editor.email(), "source.add", feed)).isTrue();
		Source source = this.sources.all()
			.stream()
			.filter((each) -> each.url().equals(feed + "?key=secret"))
			.findFirst()
			.orElseThrow();
		this.desk.post("/desk/sources", "/desk/sources/" + source.id() + "/remove");
		assertThat(this.newsroom.audited(this.editor.email(), "source.remove", feed)).isTrue();
	}

	@Test
	void unknownEditionIsNotFound() {
		assertThat(this.desk.get("/desk/editions/999999999").statusCode()).isEqualTo(404);
		assertThat(this.desk.get("/desk/editions/999999999/preview").statusCode()).isEqualTo(404);
	}

	@Test
	void sourceThatCannotBeReadIsSaidBesideTheField() {
		HttpResponse<String> answer = this.desk.post("/desk/sources", "/desk/sources/test", "url",
				"ftp://news.example/feed", "section", "Harbour");
		assertThat(answer.statusCode()).isEqualTo(422);
		assertThat(answer.body()).contains("id=\"url-error\"", "value=\"ftp://news.example/feed\"",
				"value=\"Harbour\"");
		answer = this.desk.post("/desk/sources", "/desk/sources", "url", "", "section", "");
		assertThat(answer.body()).contains("Enter the feed");
	}

}
