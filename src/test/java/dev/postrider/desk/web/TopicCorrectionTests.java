package dev.postrider.desk.web;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

import dev.postrider.delivery.Deliveries;
import dev.postrider.desk.web.MailedToTopics.Mailed;
import dev.postrider.edition.Corrections;
import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionStatus;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestRelay;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A story that only readers of a topic had is put right, from the desk to their
 * mailboxes.
 */
@PostriderTest
class TopicCorrectionTests extends DeskSession {

	@Autowired
	private MailedToTopics mails;

	@Autowired
	private Corrections corrections;

	@Autowired
	private Deliveries deliveries;

	private Mailed mailed;

	private String page;

	@BeforeEach
	void mail() {
		this.mailed = this.mails.edition(this.newsletter);
		this.page = "/desk/editions/" + this.mailed.editionId() + "/topics";
		assertThat(now(this.mailed.editionId()).status()).isEqualTo(EditionStatus.SENT);
	}

	@Test
	void onlyTheyGetItsCorrection() throws Exception {
		Document topics = Jsoup.parse(this.desk.get(this.page).body());
		assertThat(topics.select(".pick").eachAttr("id")).containsExactly("story-" + this.mailed.story());
		assertThat(Jsoup.parse(this.desk.get("/desk/editions/" + this.mailed.editionId()).body())
			.select("a[href$=topics#others]")).hasSize(1);

		HttpResponse<String> answer = correct(this.mailed.story(), "They are small because of the frost.", "mail");

		Edition draft = this.editions.find(this.newsletter.id(), Newsroom.WEDNESDAY, 2).orElseThrow();
		assertThat(answer.headers().firstValue("Location").orElseThrow()).endsWith("/desk/editions/" + draft.id());
		assertThat(draft.corrects()).isEqualTo(new Edition.Corrected(this.mailed.editionId(), this.mailed.story()));
		assertThat(draft.subject()).isEqualTo("Correction: Why this year’s oysters are small");
		assertThat(this.deliveries.audience(draft)).isEqualTo(1);
		assertAudited("story.correct", "2026-11-25");
		assertAudited("edition.correct", "2026-11-25-2");
		assertThat(this.desk.get(this.page).body()).contains("They are small because of the frost.");

		this.mails.send(this.newsletter, 2);

		assertThat(now(draft.id()).status()).isEqualTo(EditionStatus.SENT);
		assertThat(this.deliveries.exclusions(draft.id())).isEqualTo(Map.of("NOT_SENT_BEFORE", 1));
		assertThat(TestRelay.get().to(this.mailed.ofTheTopic())).hasSize(2)
			.last()
			.satisfies((mail) -> assertThat(mail.getSubject()).startsWith("Correction: Why this year"));
		assertThat(TestRelay.get().to(this.mailed.everyone())).hasSize(1);
	}

	@Test
	void aStoryOfTheEditionGoesToThoseWhoseCopyHadIt() {
		Edition edition = now(this.mailed.editionId());
		long own = edition.picks().get(0).story().id();
		this.corrections.mark(own, "It returns on Friday.", "editor");
		this.corrections.draft(edition, this.newsletter, own);
		this.mails.send(this.newsletter, 2);
		assertThat(TestRelay.get().to(this.mailed.everyone())).hasSize(2);
		assertThat(TestRelay.get().to(this.mailed.ofTheTopic())).hasSize(1);
	}

	@Test
	void theirPageInTheArchiveSaysSoAndMistakesStayInTheForm() {
		HttpResponse<String> answer = correct(this.mailed.story(), " ", "note");
		assertThat(answer.headers().firstValue("Location").orElseThrow())
			.endsWith("/topics#story-" + this.mailed.story());
		Document topics = Jsoup.parse(this.desk.get(this.page).body());
		assertThat(topics.select(".notice.bad").text()).contains("Say what was wrong");
		assertThat(topics.select("details.corrector[open]")).hasSize(1);

		correct(this.mailed.story(), "They are small because of the frost.", "note");
		String archive = "/editions/" + this.newsletter.slug() + "/2026-11-25";
		assertThat(this.desk.get(archive + "/2").body()).contains("They are small because of the frost.");
		assertThat(this.desk.get(archive).body()).doesNotContain("because of the frost");

		long unsent = this.newsroom.story("Nobody had this", "Air", "NEWS");
		assertThat(correct(unsent, "Wrong.", "mail").body()).doesNotContain("because of the frost");
		assertThat(this.corrections.of(List.of(unsent))).isEmpty();
	}

	private HttpResponse<String> correct(long story, String words, String then) {
		return this.desk.post(this.page, "/desk/editions/" + this.mailed.editionId() + "/stories/" + story + "/correct",
				"words", words, "then", then);
	}

	private Edition now(long id) {
		return this.editions.find(id).orElseThrow();
	}

}
