package dev.postrider.desk.web;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionStatus;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestRelay;
import jakarta.mail.internet.MimeMessage;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The mail as any reader gets it.
 */
@PostriderTest
class LookTests extends DeskSession {

	@Autowired
	private JdbcClient jdbc;

	@Test
	void allPartsOfTheMailAsItWouldLeave() {
		Edition edition = this.newsroom.edition(this.newsletter, "The lock opens again", "Ferries sail");
		assertThat(look(edition, "").select("iframe.mail").attr("src")).contains("/look/html?", "theme=light");
		assertThat(look(edition, "?part=text").select("pre").text()).contains("The lock opens again", "Unsubscribe");
		assertThat(look(edition, "?part=headers").select("pre").text())
			.contains("Subject: The harbour today", "List-Unsubscribe: <https://news.example/unsubscribe/example>",
					"Feedback-ID:")
			.doesNotContain("<html");
		assertThat(look(edition, "?part=source").select("pre").text()).contains("Content-Type: multipart/alternative",
				"Content-Transfer-Encoding");
		HttpResponse<String> file = get(edition, "/message.eml");
		assertThat(file.headers().firstValue("Content-Type")).hasValue("message/rfc822");
		assertThat(file.body()).contains("\r\n\r\n").contains("Subject: The harbour today");
	}

	@Test
	void lightDarkAndWithoutPictures() {
		Edition edition = this.newsroom.edition(this.newsletter, "The lock opens again");
		HttpResponse<String> light = get(edition, "/html");
		assertThat(light.body()).contains("@media not all").doesNotContain("prefers-color-scheme");
		HttpResponse<String> dark = get(edition, "/html?theme=dark&images=off");
		assertThat(dark.body()).contains("@media all").doesNotContain("prefers-color-scheme");
		assertThat(policy(light)).contains("img-src http: https: data:", "default-src 'none'").doesNotContain("script");
		assertThat(policy(dark)).contains("img-src 'none'");
		assertThat(Jsoup.parse(dark.body()).select("h2").text()).isEqualTo("The lock opens again");
	}

	@Test
	void asAReaderOfTopicsAndAsOneReader() {
		Edition edition = this.newsroom.edition(this.newsletter, "The lock opens again");
		// What an editor pinned is in everybody's mail.
		this.composer.pin(edition.id(), ids(edition).get(0), false);
		String section = "Lookers " + this.newsletter.slug();
		this.newsroom.story("Only for lookers", "A tale of its own, told nowhere else.", section, "NEWS");
		String topics = "topics=" + URLEncoder.encode(section, StandardCharsets.UTF_8);
		assertThat(headlines(edition, topics)).isEqualTo("Only for lookers");
		assertThat(headlines(edition, "")).isEqualTo("The lock opens again");
		assertThat(look(edition, "?topics=nosuchtopic").select(".looked").text())
			.contains("readers of nosuchtopic get no mail");

		String email = this.newsroom.reader(this.newsletter);
		this.jdbc.sql("""
				UPDATE subscription u JOIN subscriber s ON s.id = u.subscriber_id SET u.topics = LOWER(?)
				WHERE s.email = ?
				""").params(section, email).update();
		HttpResponse<String> found = act(edition, "/look/reader", "email", " " + email.toUpperCase() + " ");
		String there = found.headers().firstValue("Location").orElseThrow();
		assertThat(there).contains("/look?reader=").doesNotContain("@").doesNotContainIgnoringCase("readers.example");
		String query = there.substring(there.indexOf('?'));
		Document page = look(edition, query);
		assertThat(page.select(".looked").text()).contains("For " + email, "who chose lookers");
		assertThat(headlines(edition, query.substring(1))).isEqualTo("Only for lookers");
		assertThat(look(edition, query.replace("part=html", "part=source")).select("pre").text())
			.contains("To: " + email)
			.as("nobody but the reader may use a personal link")
			.contains("/unsubscribe/example");
		assertAudited("edition.look", "2026-11-25");
		HttpResponse<String> unknown = act(edition, "/look/reader", "email", "nobody@readers.example");
		assertThat(follow(unknown).select("[role=alert]").text()).contains("has that address");
	}

	@Test
	void inAnotherLanguageAndDesign() {
		Edition edition = this.newsroom.edition(this.newsletter, "The lock opens again");
		assertThat(get(edition, "/html?language=de").body()).contains("Abmelden").contains("lang=\"de\"");
		String own = get(edition, "/html").body();
		assertThat(get(edition, "/html?design=list").body()).isNotEqualTo(own);
		assertThat(look(edition, "?design=none-such").select(".looked").text())
			.contains("There is no design \"none-such\"");
		String email = this.newsroom.reader(this.newsletter);
		this.jdbc
			.sql("""
					UPDATE subscription u JOIN subscriber s ON s.id = u.subscriber_id SET u.language = 'de', u.design = 'list'
					WHERE s.email = ?
					""")
			.param(email)
			.update();
		String there = act(edition, "/look/reader", "email", email).headers().firstValue("Location").orElseThrow();
		String wanted = get(edition, "/html?" + there.substring(there.indexOf('?') + 1)).body();
		assertThat(wanted)
			.isEqualTo(get(edition, "/html?language=de&design=list").body().replace(this.editor.email(), email));
	}

	@Test
	void anotherNewslettersReaderIsNotShown() {
		Edition edition = this.newsroom.edition(this.newsletter, "The lock opens again");
		String email = this.newsroom.reader(this.newsroom.newsletter());
		long id = this.jdbc.sql("SELECT id FROM subscriber WHERE email = ?").param(email).query(Long.class).single();
		assertThat(get(edition, "?reader=" + id).statusCode()).isEqualTo(404);
		assertThat(follow(act(edition, "/look/reader", "email", email)).select("[role=alert]").text())
			.contains("No reader of");
	}

	@Test
	void aTestGoesToTheSignedInAccountAndToNobodyElse() throws Exception {
		String reader = this.newsroom.reader(this.newsletter);
		Edition edition = this.newsroom.edition(this.newsletter, "The lock opens again");
		HttpResponse<String> sent = act(edition, "/look/test", "email", reader, "recipient", reader, "to", reader);
		MimeMessage mail = TestRelay.get().awaitTo(this.editor.email());
		assertThat(mail.getSubject()).isEqualTo("The harbour today");
		assertThat(mail.getHeader("List-Unsubscribe")[0]).contains("/unsubscribe/example");
		assertThat(mail.getAllRecipients()).hasSize(1);
		assertThat(TestRelay.get().to(reader)).isEmpty();
		assertThat(now(edition).status()).isEqualTo(EditionStatus.DRAFT);
		assertAudited("edition.test", "2026-11-25");
		assertThat(follow(sent).select("[role=status]").text()).contains("On its way to " + this.editor.email());
	}

	@Test
	void anEditionThatHasItsReadersIsShownAsItWasRendered() {
		String reader = this.newsroom.reader(this.newsletter);
		Edition edition = this.newsroom.edition(this.newsletter, "The lock opens again");
		act(edition, "/send");
		TestRelay.get().awaitTo(reader);
		await().until(() -> now(edition).status() == EditionStatus.SENT);
		this.jdbc.sql("UPDATE story SET headline = 'Changed afterwards' WHERE id = ?")
			.param(ids(edition).get(0))
			.update();
		assertThat(headlines(edition, "")).isEqualTo("The lock opens again");
		String there = act(edition, "/look/reader", "email", reader).headers().firstValue("Location").orElseThrow();
		assertThat(look(edition, there.substring(there.indexOf('?'))).select(".looked").text())
			.contains("as it was rendered for its readers");
	}

	@Test
	void anEditionWithoutStoriesHasNoMail() {
		Edition empty = this.newsroom.edition(this.newsletter);
		assertThat(look(empty, "").select(".looked").text()).contains("has no stories yet");
	}

	private String headlines(Edition edition, String query) {
		return Jsoup.parse(get(edition, "/html?" + query).body()).select("h2").text();
	}

	private Document follow(HttpResponse<String> redirect) {
		String there = redirect.headers().firstValue("Location").orElseThrow();
		return Jsoup.parse(this.desk.get(there.replaceFirst("^https?://[^/]+", "")).body());
	}

	private Document look(Edition edition, String query) {
		HttpResponse<String> answer = get(edition, query);
		assertThat(answer.statusCode()).isEqualTo(200);
		return Jsoup.parse(answer.body());
	}

	private HttpResponse<String> get(Edition edition, String rest) {
		return this.desk.get("/desk/editions/" + edition.id() + "/look" + rest);
	}

	private static String policy(HttpResponse<String> answer) {
		return answer.headers().firstValue("Content-Security-Policy").orElseThrow();
	}

}
