package dev.postrider.desk.web;

import java.net.http.HttpResponse;
import java.util.List;

import dev.postrider.edition.Edition;
import dev.postrider.testing.PostriderTest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Stories and words of an edition, and two editors at once.
 */
@PostriderTest
class CuratingTests extends DeskSession {

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

}
