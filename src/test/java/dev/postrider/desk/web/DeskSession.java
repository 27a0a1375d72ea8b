package dev.postrider.desk.web;

import java.net.http.HttpResponse;
import java.util.List;

import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionComposer;
import dev.postrider.edition.Editions;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.testing.TestStaff;
import org.junit.jupiter.api.BeforeEach;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An editor at the desk by plain HTTP, as a browser without JavaScript uses it.
 */
abstract class DeskSession {

	@LocalServerPort
	int port;

	@Autowired
	TestStaff staff;

	@Autowired
	Newsroom newsroom;

	@Autowired
	Editions editions;

	@Autowired
	EditionComposer composer;

	Newsletter newsletter;

	TestStaff.Member editor;

	TestStaff.Session desk;

	@BeforeEach
	void login() {
		this.newsletter = this.newsroom.newsletter();
		this.editor = this.staff.editor();
		this.desk = this.staff.login(this.port, this.editor);
	}

	HttpResponse<String> act(Edition edition, String action, String... fields) {
		String page = "/desk/editions/" + edition.id();
		HttpResponse<String> answer = this.desk.post(page, page + action, fields);
		assertThat(answer.statusCode()).as(action + ": " + answer.body()).isEqualTo(302);
		return answer;
	}

	HttpResponse<String> rewrite(Edition edition, Edition.Pick pick, String headline, String summary, String seen) {
		String page = "/desk/editions/" + edition.id();
		return this.desk.post(page, page + "/stories/" + pick.story().id() + "/rewrite", "headline", headline,
				"summary", summary, "seen", seen);
	}

	HttpResponse<String> describe(Edition edition, String subject, String preheader, String seen) {
		String page = "/desk/editions/" + edition.id();
		return this.desk.post(page, page + "/words", "subject", subject, "preheader", preheader, "intro", "", "seen",
				seen);
	}

	void assertAudited(String action, String label) {
		assertThat(this.newsroom.audited(this.editor.email(), action, this.newsletter.slug() + " " + label)).as(action)
			.isTrue();
	}

	Edition now(Edition edition) {
		return this.editions.find(edition.id()).orElseThrow();
	}

	static List<Long> ids(Edition edition) {
		return edition.picks().stream().map((pick) -> pick.story().id()).toList();
	}

}
