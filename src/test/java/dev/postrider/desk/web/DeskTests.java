package dev.postrider.desk.web;

import java.net.http.HttpResponse;
import java.util.List;

import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionComposer;
import dev.postrider.edition.EditionStatus;
import dev.postrider.edition.Editions;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestStaff;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The desk by plain HTTP, as a browser without JavaScript uses it.
 */
@PostriderTest
class DeskTests {

	@LocalServerPort
	private int port;

	@Autowired
	private TestStaff staff;

	@Autowired
	private Newsroom newsroom;

	@Autowired
	private Editions editions;

	@Autowired
	private EditionComposer composer;

	private Newsletter newsletter;

	private TestStaff.Member editor;

	private TestStaff.Session desk;

	@BeforeEach
	void login() {
		this.newsletter = this.newsroom.newsletter();
		this.editor = this.staff.editor();
		this.desk = this.staff.login(this.port, this.editor);
	}

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
		assertThat(this.desk.get("/desk").body()).contains("Compose Wed 25 November",
				"Wed 25 November, 07:00 (Europe/Berlin)", "In 2 days, to 0 readers");
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
	void storiesMoveArePinnedDroppedAndTakenBack() {
		Edition edition = this.newsroom.edition(this.newsletter, "One", "Two", "Three");
		List<Long> ids = ids(edition);
		HttpResponse<String> moved = act(edition, "/stories/" + ids.get(2) + "/up");
		assertThat(moved.headers().firstValue("Location").orElseThrow()).endsWith("#up-" + ids.get(2));
		assertThat(ids(now(edition))).containsExactly(ids.get(0), ids.get(2), ids.get(1));
		act(edition, "/stories/" + ids.get(0) + "/down");
		assertThat(ids(now(edition))).containsExactly(ids.get(2), ids.get(0), ids.get(1));
		act(edition, "/stories/order", "storyIds", ids.get(0) + "," + ids.get(1) + "," + ids.get(2));
		assertThat(ids(now(edition))).isEqualTo(ids);
		act(edition, "/stories/" + ids.get(1) + "/unpin");
		assertThat(now(edition).picks().get(1).pinned()).isFalse();
		act(edition, "/stories/" + ids.get(1) + "/pin");
		assertThat(now(edition).picks().get(1).pinned()).isTrue();
		act(edition, "/stories/" + ids.get(1) + "/ban");
		assertThat(ids(now(edition))).containsExactly(ids.get(0), ids.get(2));
		act(edition, "/stories/" + ids.get(1) + "/restore", "position", "2", "pinned", "true");
		assertThat(ids(now(edition))).isEqualTo(ids);
		for (String action : List.of("edition.reorder", "edition.pin", "edition.unpin", "story.ban",
				"edition.restore")) {
			assertAudited(action, "2026-11-25");
		}
	}

	@Test
	void storyIsFoundAndAdded() {
		Edition edition = this.newsroom.edition(this.newsletter, "One");
		String headline = "Zeppelin over the quay " + edition.id();
		long story = this.newsroom.story(headline, "Air", "FEATURE");
		assertThat(this.desk.get("/desk/editions/" + edition.id() + "/stories?query=zeppelin").body())
			.contains(headline, "Air · Feature");
		act(edition, "/stories", "storyId", String.valueOf(story));
		assertThat(ids(now(edition))).endsWith(story);
		assertAudited("edition.add", "2026-11-25");
	}

	@Test
	void rewritesAStory() {
		Edition edition = this.newsroom.edition(this.newsletter, "One");
		Edition.Pick pick = edition.picks().get(0);
		rewrite(edition, pick, "Uno", "In short.", Fingerprint.words(pick));
		assertThat(now(edition).picks().get(0).headline()).isEqualTo("Uno");
		rewrite(edition, pick, "", "", Fingerprint.words(now(edition).picks().get(0)));
		assertThat(now(edition).picks().get(0).rewrittenHeadline()).isNull();
	}

	@Test
	void twoEditorsDoNotOverwriteEachOther() {
		Edition edition = this.newsroom.edition(this.newsletter, "One");
		Edition.Pick pick = edition.picks().get(0);
		this.composer.rewrite(edition.id(), pick.story().id(), "Theirs", null);
		HttpResponse<String> answer = rewrite(edition, pick, "Mine", "My summary", Fingerprint.words(pick));
		assertThat(answer.statusCode()).isEqualTo(409);
		assertThat(answer.body()).contains("Another editor rewrote this story meanwhile", "Theirs", "value=\"Mine\"",
				">My summary</textarea>");
		assertThat(now(edition).picks().get(0).headline()).isEqualTo("Theirs");
		this.composer.describe(edition.id(), "Their subject", "Their line", null);
		answer = describe(edition, "My subject", "My line", Fingerprint.words(edition));
		assertThat(answer.statusCode()).isEqualTo(409);
		assertThat(answer.body()).contains("Their subject", "value=\"My subject\"", "value=\"My line\"");
		assertThat(describe(edition, "My subject", "My line", Fingerprint.words(now(edition))).statusCode())
			.isEqualTo(302);
		assertThat(now(edition).subject()).isEqualTo("My subject");
	}

	@Test
	void anotherEditorsChangeElsewhereDisturbsNobody() {
		Edition edition = this.newsroom.edition(this.newsletter, "One", "Two");
		this.composer.reorder(edition.id(), List.of(ids(edition).get(1), ids(edition).get(0)));
		assertThat(describe(edition, "My subject", "", Fingerprint.words(edition)).statusCode()).isEqualTo(302);
	}

	@Test
	void wrongWordsStayInTheFormWithTheErrorBeside() {
		Edition edition = this.newsroom.edition(this.newsletter, "One");
		HttpResponse<String> answer = describe(edition, " ", "Kept as typed", Fingerprint.words(edition));
		assertThat(answer.statusCode()).isEqualTo(422);
		assertThat(answer.body()).contains("id=\"error-subject\"", "Kept as typed");
		assertThat(describe(edition, "x".repeat(251), "", Fingerprint.words(edition)).body())
			.contains("251 characters");
	}

	@Test
	void autosaveSaysWhenItSaved() {
		Edition edition = this.newsroom.edition(this.newsletter, "One");
		String page = "/desk/editions/" + edition.id();
		HttpResponse<String> answer = this.desk.post(page, page + "/words/autosave", "subject", "Saved by itself",
				"preheader", "", "intro", "Good morning", "seen", Fingerprint.words(edition));
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.body()).contains("Saved at 07:00:00 (Europe/Berlin).");
		assertThat(now(edition).intro()).isEqualTo("Good morning");
		answer = this.desk.post(page, page + "/words/autosave", "subject", "Late", "seen", Fingerprint.words(edition));
		assertThat(answer.statusCode()).isEqualTo(409);
		assertThat(now(edition).subject()).isEqualTo("Saved by itself");
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

	private HttpResponse<String> act(Edition edition, String action, String... fields) {
		String page = "/desk/editions/" + edition.id();
		HttpResponse<String> answer = this.desk.post(page, page + action, fields);
		assertThat(answer.statusCode()).as(action + ": " + answer.body()).isEqualTo(302);
		return answer;
	}

	private HttpResponse<String> rewrite(Edition edition, Edition.Pick pick, String headline, String summary,
			String seen) {
		String page = "/desk/editions/" + edition.id();
		return this.desk.post(page, page + "/stories/" + pick.story().id() + "/rewrite", "headline", headline,
				"summary", summary, "seen", seen);
	}

	private HttpResponse<String> describe(Edition edition, String subject, String preheader, String seen) {
		String page = "/desk/editions/" + edition.id();
		return this.desk.post(page, page + "/words", "subject", subject, "preheader", preheader, "intro", "", "seen",
				seen);
	}

	private void assertAudited(String action, String label) {
		assertThat(this.newsroom.audited(this.editor.email(), action, this.newsletter.slug() + " " + label)).as(action)
			.isTrue();
	}

	private Edition now(Edition edition) {
		return this.editions.find(edition.id()).orElseThrow();
	}

	private static List<Long> ids(Edition edition) {
		return edition.picks().stream().map((pick) -> pick.story().id()).toList();
	}

}
