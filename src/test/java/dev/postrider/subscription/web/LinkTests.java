package dev.postrider.subscription.web;

import java.net.http.HttpResponse;
import java.util.List;

import dev.postrider.subscription.Suppressions;
import dev.postrider.subscription.Suppressions.Reason;
import dev.postrider.testing.PostriderTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * "Mail me my link".
 */
@PostriderTest
class LinkTests {

	@LocalServerPort
	private int port;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private Suppressions suppressions;

	private ReaderSite site;

	@BeforeEach
	void site() {
		this.site = new ReaderSite(this.port);
	}

	@Test
	void mailsTheLinkToAReader() {
		String email = ReaderSite.someAddress();
		String preferences = this.site.subscribe(email);
		HttpResponse<String> answer = ask(email.toUpperCase());
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(ReaderSite.link(ReaderSite.awaitMail(email, 2))).isEqualTo(preferences);
		assertThat(this.site.get(preferences).body()).contains("News highlights");
	}

	@Test
	@DisplayName("S2: the answer is the same whoever's address it is, and only readers get mail")
	void answersEverybodyAlike() {
		String reader = ReaderSite.someAddress();
		this.site.subscribe(reader);
		String pending = ReaderSite.someAddress();
		this.site.signUp(pending);
		String complained = ReaderSite.someAddress();
		this.site.subscribe(complained);
		this.suppressions.suppress(id(complained), Reason.COMPLAINT, "abuse report");
		String unknown = ReaderSite.someAddress();
		List<String> answers = List.of(unknown, pending, complained, reader)
			.stream()
			.map((email) -> ask(email).body().replace(email, "ADDRESS"))
			.distinct()
			.toList();
		assertThat(answers).hasSize(1);
		ReaderSite.awaitMail(reader, 2);
		awaitAnswered();
		assertThat(ReaderSite.subjects(unknown)).isEmpty();
		assertThat(ReaderSite.subjects(pending)).hasSize(1);
		assertThat(ReaderSite.subjects(complained)).hasSize(1);
		assertThat(noted(unknown)).isZero();
	}

	@Test
	void mailsOnlySoManyADay() {
		String email = ReaderSite.someAddress();
		this.site.subscribe(email);
		for (int i = 0; i < 5; i++) {
			assertThat(ask(email).statusCode()).isEqualTo(200);
			awaitAnswered();
		}
		assertThat(this.jdbc.sql("SELECT COUNT(*) FROM outbox WHERE recipient = ? AND purpose = 'preferences'")
			.param(email)
			.query(Integer.class)
			.single()).isEqualTo(3);
	}

	@Test
	void helpsWithASlip() {
		HttpResponse<String> answer = ask("no address");
		assertThat(answer.statusCode()).isEqualTo(422);
		assertThat(answer.body()).contains("An email address has no spaces", "value=\"no address\"");
		assertThat(ask("").body()).contains("Enter your email address.");
		assertThat(this.site.get("/preferences").body()).contains("Mail me my link");
	}

	private HttpResponse<String> ask(String email) {
		return this.site.post("/preferences", "email", email);
	}

	/** Also those that other tests asked for. */
	private void awaitAnswered() {
		await().until(() -> this.jdbc.sql("SELECT COUNT(*) FROM link_request").query(Integer.class).single() == 0);
	}

	private int noted(String email) {
		return this.jdbc.sql("SELECT COUNT(*) FROM outbox WHERE recipient = ?")
			.param(email)
			.query(Integer.class)
			.single();
	}

	private long id(String email) {
		return this.jdbc.sql("SELECT id FROM subscriber WHERE email_key = ?").param(email).query(Long.class).single();
	}

}
