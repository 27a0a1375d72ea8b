package dev.postrider.desk.web;

import dev.postrider.edition.Editions;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.testing.TestStaff;
import org.junit.jupiter.api.BeforeEach;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An editor's program.
 */
abstract class ApiClient {

	@LocalServerPort
	int port;

	@Autowired
	TestStaff staff;

	@Autowired
	Newsroom newsroom;

	@Autowired
	Editions editions;

	Newsletter newsletter;

	TestStaff.Member editor;

	RestTestClient api;

	@BeforeEach
	void newsroom() {
		this.newsletter = this.newsroom.newsletter();
		this.editor = this.staff.editor();
		this.api = RestTestClient.bindToServer()
			.baseUrl("http://localhost:" + this.port + "/api/v1/newsletters/" + this.newsletter.slug() + "/editions")
			.defaultHeader("Authorization", this.editor.bearer())
			.build();
	}

	RestTestClient.ResponseSpec compose(String body) {
		return this.api.post().contentType(MediaType.APPLICATION_JSON).body(body).exchange();
	}

	static void problem(RestTestClient.ResponseSpec answer, HttpStatus status, String reason) {
		answer.expectStatus()
			.isEqualTo(status)
			.expectHeader()
			.contentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.detail")
			.value((detail) -> assertThat(String.valueOf(detail)).contains(reason));
	}

}
