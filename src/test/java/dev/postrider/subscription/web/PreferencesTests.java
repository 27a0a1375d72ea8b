package dev.postrider.subscription.web;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

import dev.postrider.subscription.ReaderLinks;
import dev.postrider.subscription.Readers;
import dev.postrider.testing.PostriderTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

@PostriderTest
class PreferencesTests {

	@LocalServerPort
	private int port;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private Readers readers;

	@Autowired
	private ReaderLinks links;

	private ReaderSite site;

	private String email;

	private long id;

	private String path;

	@BeforeEach
	void reader() {
		this.site = new ReaderSite(this.port);
		this.email = ReaderSite.someAddress();
		this.path = this.site.subscribe(this.email);
		this.id = this.jdbc.sql("SELECT id FROM subscriber WHERE email_key = ?")
			.param(this.email)
			.query(Long.class)
			.single();
	}

	@Test
	void languageAndDesignAreChosen() {
		assertThat(this.site.get(this.path).body()).contains("Deutsch", "Long read");

		HttpResponse<String> saved = this.site.post(this.path, "newsletter", "highlights", "action", "look", "language",
				"de", "design", "list");

		assertThat(saved.body()).contains("Gespeichert.", "value=\"de\" selected", "value=\"list\" selected");
		assertThat(look()).isEqualTo("de list");
		HttpResponse<String> wrong = this.site.post(this.path, "newsletter", "highlights", "action", "look", "language",
				"xx", "design", "../confirm");
		assertThat(wrong.statusCode()).isEqualTo(422);
		assertThat(wrong.body()).contains("Wählen Sie eine Sprache aus der Liste.",
				"Wählen Sie eine Gestaltung aus der Liste.");
		assertThat(look()).isEqualTo("de list");
		this.site.post(this.path, "newsletter", "highlights", "action", "look", "language", "", "design", "");
		assertThat(look()).isEqualTo("- -");
	}

	private String look() {
		return this.jdbc
			.sql("SELECT CONCAT(COALESCE(language, '-'), ' ', COALESCE(design, '-')) FROM subscription "
					+ "WHERE subscriber_id = ?")
			.param(this.id)
			.query(String.class)
			.single();
	}

	@Test
	void isWhereTheLinksInMailsLead() {
		assertThat(URI.create(this.links.preferences(this.id, 0)).getPath()).isEqualTo(this.path);
		HttpResponse<String> page = this.site.get(this.path);
		assertThat(page.body()).contains("r•••@readers.example", "value=\"MON\" checked").doesNotContain(this.email);
	}

	@Test
	void changesDays() {
		HttpResponse<String> saved = change("action", "save", "days", "MON", "days", "FRI");
		assertThat(saved.body()).contains("Saved. You will get News highlights on Monday and Friday.",
				"value=\"FRI\" checked");
		assertThat(subscription()).containsEntry("days", 0b10001);
		// All days is no choice: the reader follows the newsletter.
		change("action", "save", "days", "MON", "days", "WED", "days", "FRI");
		assertThat(subscription()).containsEntry("days", null);
		HttpResponse<String> none = change("action", "save");
		assertThat(none.statusCode()).isEqualTo(422);
		assertThat(none.body()).contains("Choose at least one day");
		assertThat(subscription()).containsEntry("days", null);
	}

	@Test
	void pausesAndGoesOn() {
		assertThat(change("action", "pause", "until", "2026-12-24").body())
			.contains("Paused. News highlights comes again from Thu 24 December 2026.", "End the pause now");
		assertThat(subscription().get("paused_until")).hasToString("2026-12-24");
		assertThat(change("action", "resume").body()).contains("The pause is over");
		assertThat(subscription().get("paused_until")).isNull();
		for (String wrong : List.of("2026-11-23", "2020-01-01", "2029-01-01", "soon", "")) {
			HttpResponse<String> answer = change("action", "pause", "until", wrong);
			assertThat(answer.statusCode()).isEqualTo(422);
			assertThat(answer.body()).contains("from Tue 24 November 2026 up to a year");
		}
		assertThat(subscription().get("paused_until")).isNull();
	}

	@Test
	void leaves() {
		HttpResponse<String> left = change("action", "leave");
		assertThat(left.body()).contains("You have left News highlights", "You are subscribed to nothing");
		assertThat(status()).isEqualTo("UNSUBSCRIBED");
		assertThat(change("action", "save", "days", "MON").statusCode()).isEqualTo(422);
		assertThat(subscription().get("days")).isNull();
	}

	@Test
	void asksBackWhenThePostSaysNothing() {
		HttpResponse<String> answer = change();
		assertThat(answer.statusCode()).isEqualTo(422);
		assertThat(answer.body()).contains("Press one of the buttons");
	}

	@Test
	@DisplayName("C8: a reader gets all that is kept, as a file")
	void exportsData() {
		HttpResponse<String> file = this.site.post(this.path, "action", "export");
		assertThat(file.statusCode()).isEqualTo(200);
		assertThat(file.headers().firstValue("Content-Type")).hasValue("application/json");
		assertThat(file.headers().firstValue("Content-Disposition").orElseThrow()).contains("attachment");
		assertThat(file.body()).contains(this.email, "\"newsletter\":\"highlights\"", "\"action\":\"SIGNED_UP\"",
				"\"action\":\"CONFIRMED\"", this.site.ip(), "Please send me News highlights");
	}

	@Test
	@DisplayName("C8: erasing leaves a keyed hash and no trace of the person")
	void erases() {
		assertThat(this.site.post(this.path, "action", "erase").body()).contains("Tick the box");
		assertThat(status()).isEqualTo("ACTIVE");
		HttpResponse<String> erased = this.site.post(this.path, "action", "erase", "sure", "true");
		assertThat(erased.body()).contains("Your data is erased");

		Map<String, Object> row = this.jdbc.sql("SELECT status, email, email_key, name FROM subscriber WHERE id = ?")
			.param(this.id)
			.query()
			.singleRow();
		assertThat(row).containsEntry("status", "ERASED")
			.containsEntry("email", null)
			.containsEntry("email_key", null)
			.containsEntry("name", null);
		assertThat(this.jdbc.sql("""
				SELECT COUNT(*) FROM consent c JOIN consent_evidence e ON e.consent_id = c.id WHERE c.subscriber_id = ?
				""").param(this.id).query(Integer.class).single()).isZero();
		assertThat(this.jdbc.sql("SELECT COUNT(*) FROM outbox WHERE recipient = ?")
			.param(this.email)
			.query(Integer.class)
			.single()).isZero();
		assertThat(this.site.get(this.path).statusCode()).isEqualTo(404);
		assertThat(this.site.get(URI.create(this.links.unsubscribe(this.id, newsletterId())).getPath()).body())
			.contains("You are not subscribed");
		// No list brings the address back; its owner can.
		assertThat(this.readers.addVerified(this.email.toUpperCase(), null, newsletterId(), "DEMO")).isFalse();
		assertThat(this.site.post(this.site.signUp(this.email)).body()).contains("You are subscribed");
		assertThat(this.jdbc.sql("SELECT status FROM subscriber WHERE email_key = ?")
			.param(this.email)
			.query(String.class)
			.single()).isEqualTo("ACTIVE");
	}

	private HttpResponse<String> change(String... fields) {
		String[] all = java.util.Arrays.copyOf(fields, fields.length + 2);
		all[fields.length] = "newsletter";
		all[fields.length + 1] = "highlights";
		return this.site.post(this.path, all);
	}

	private long newsletterId() {
		return this.jdbc.sql("SELECT id FROM newsletter WHERE slug = 'highlights'").query(Long.class).single();
	}

	private String status() {
		return this.jdbc.sql("SELECT status FROM subscriber WHERE id = ?").param(this.id).query(String.class).single();
	}

	private Map<String, Object> subscription() {
		return this.jdbc.sql("SELECT days, topics, paused_until FROM subscription WHERE subscriber_id = ?")
			.param(this.id)
			.query()
			.singleRow();
	}

}
