package dev.postrider.subscription.web;

import java.time.Clock;
import java.util.List;
import java.util.Map;

import dev.postrider.newsletter.Attribute;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.run.RunHistory;
import dev.postrider.subscription.ReaderAttributes;
import dev.postrider.subscription.list.Evidence;
import dev.postrider.subscription.list.PersonalData;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestNewsroom;
import dev.postrider.testing.TestStaff;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What a newsletter keeps about its readers: declared, filled by programs and files,
 * shown to the reader and forgotten with the reader.
 */
@PostriderTest
class AttributesTests {

	@LocalServerPort
	private int port;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private Newsletters newsletters;

	@Autowired
	private Clock clock;

	@Autowired
	private RunHistory runs;

	@Autowired
	private ReaderAttributes attributes;

	@Autowired
	private PersonalData personalData;

	@Autowired
	private TestStaff staff;

	private TestNewsroom newsroom;

	private Newsletter newsletter;

	private RestTestClient admin;

	private RestTestClient editor;

	@BeforeEach
	void newsletter() {
		this.newsroom = new TestNewsroom(this.jdbc, this.newsletters, this.clock);
		this.newsletter = this.newsroom.newsletter();
		this.admin = client(this.staff.admin().bearer());
		this.editor = client(this.staff.editor().bearer());
	}

	@Test
	void anEditorDeclaresThem() {
		assertThat(declare("memberSince", "Member since", "always")).isEqualTo(200);
		assertThat(declare("club", "Club", "")).isEqualTo(200);
		assertThat(declare("club", "The club", "none")).isEqualTo(200);
		assertThat(this.newsletters.attributes(this.newsletter.id())).containsExactly(
				new Attribute("club", "The club", "none"), new Attribute("memberSince", "Member since", "always"));
		String list = send(this.editor, HttpMethod.GET, path(""), null, 200);
		assertThat(list).contains("\"name\":\"club\",\"label\":\"The club\",\"fallback\":\"none\"", "\"next\":null");
		for (String name : List.of("email", "topics", "unsubscribeUrl", "Club", "my-club", "x".repeat(41), "1st")) {
			assertThat(declare(name, "Label", "")).as(name).isEqualTo(422);
		}
		assertThat(send(this.editor, HttpMethod.PUT, path("/email"), "{\"label\":\"x\"}", 422))
			.contains("Every reader has a field");
		for (String column : List.of("email", "name", "days", "topics", "status", "language", "design", "eMail")) {
			assertThat(send(this.editor, HttpMethod.PUT, path("/" + column), "{\"label\":\"x\"}", 422)).as(column)
				.contains("needs a name of its own");
		}
		send(this.editor, HttpMethod.DELETE, path("/club"), null, 204);
		assertThat(send(this.editor, HttpMethod.DELETE, path("/club"), null, 404))
			.contains("no attribute of this name");
	}

	@Test
	void anAdminsProgramSetsThem() {
		declare("memberSince", "Member since", "");
		declare("club", "Club", "");
		String email = TestNewsroom.address("ada");
		long id = this.newsroom.reader(this.newsletter, email);
		assertThat(set(this.admin, email, "{\"memberSince\":\" 2019 \",\"club\":\"Öffis & more\"}", 204)).isEmpty();
		assertThat(known(id)).isEqualTo(Map.of("memberSince", "2019", "club", "Öffis & more"));
		set(this.admin, email.toUpperCase(), "{\"club\":\"\"}", 204);
		assertThat(known(id)).isEqualTo(Map.of("memberSince", "2019"));
		assertThat(set(this.admin, email, "{\"shoeSize\":\"44\"}", 422)).contains("no such attribute",
				"club, memberSince");
		assertThat(set(this.admin, email, "{\"club\":\"a\\nb\"}", 422)).contains("line breaks");
		assertThat(set(this.admin, email, "{\"club\":\"" + "x".repeat(401) + "\"}", 422)).contains("longer than 400");
		set(this.admin, TestNewsroom.address("nobody"), "{\"club\":\"x\"}", 404);
		set(this.editor, email, "{\"club\":\"x\"}", 403);
		assertThat(known(id)).isEqualTo(Map.of("memberSince", "2019"));
		send(this.editor, HttpMethod.DELETE, path("/memberSince"), null, 204);
		assertThat(known(id)).isEmpty();
	}

	@Test
	void aFileBringsThemInColumnsOfTheirNames() {
		declare("memberSince", "Member since", "");
		declare("club", "Club", "");
		String ada = TestNewsroom.address("ada");
		String bob = TestNewsroom.address("bob");
		String eve = TestNewsroom.address("eve");
		long known = this.newsroom.reader(this.newsletter, bob);
		set(this.admin, bob, "{\"club\":\"Rowing\",\"memberSince\":\"2001\"}", 204);
		String rejected = imported("""
				Email,MEMBERSINCE,club
				%s,2019,"Sailing, sometimes"
				%s,2020,
				%s,%s,x
				""".formatted(ada, bob, eve, "y".repeat(401)));
		assertThat(known(id(ada))).isEqualTo(Map.of("memberSince", "2019", "club", "Sailing, sometimes"));
		// What a file does not say of a known reader stays.
		assertThat(known(known)).isEqualTo(Map.of("memberSince", "2020", "club", "Rowing"));
		assertThat(rejected.lines()).hasSize(2)
			.first()
			.isEqualTo("line,email,name,days,topics,status,club,memberSince,reason");
		assertThat(rejected).contains("4," + eve, ",x,yyyy", "memberSince: longer than 400");
		assertThat(send(this.admin, HttpMethod.POST, "/subscribers/import?newsletter=" + this.newsletter.slug(),
				"email,shoeSize\na@b.example,44\n", 422))
			.contains("status, club, memberSince", "shoesize");
	}

	@Test
	@DisplayName("C8: they are in a reader's file, and erased with the reader")
	void theyAreTheReadersToo() {
		declare("club", "Club", "");
		String email = TestNewsroom.address("ada");
		long id = this.newsroom.reader(this.newsletter, email);
		set(this.admin, email, "{\"club\":\"Rowing\"}", 204);
		assertThat(String.valueOf(this.personalData.export(id).get("attributes"))).contains("club", "Rowing",
				this.newsletter.slug());
		this.personalData.erase(id, Evidence.Channel.PAGE);
		assertThat(known(id)).isEmpty();
	}

	private String imported(String file) {
		String started = send(this.admin, HttpMethod.POST, "/subscribers/import?newsletter=" + this.newsletter.slug(),
				file, 202);
		long run = Long.parseLong(started.replaceAll("(?s).*\"runId\":(\\d+).*", "$1"));
		await().until(() -> this.runs.find(run).filter((it) -> it.status().equals("COMPLETED")).isPresent());
		return send(this.admin, HttpMethod.GET, "/subscribers/import/" + run + "/rejected", null, 200);
	}

	private int declare(String name, String label, String fallback) {
		return this.editor.put()
			.uri(path("/" + name))
			.contentType(MediaType.APPLICATION_JSON)
			.body("{\"label\":\"" + label + "\",\"fallback\":\"" + fallback + "\"}")
			.exchange()
			.returnResult(String.class)
			.getStatus()
			.value();
	}

	private String set(RestTestClient client, String email, String values, int status) {
		return send(client, HttpMethod.POST, "/subscribers/attributes", "{\"newsletter\":\"" + this.newsletter.slug()
				+ "\",\"email\":\"" + email + "\",\"attributes\":" + values + "}", status);
	}

	private static String send(RestTestClient client, HttpMethod method, String path,
			@org.jspecify.annotations.Nullable String body, int status) {
		RestTestClient.RequestBodySpec request = client.method(method).uri(path);
		if (body != null) {
			request
				.contentType(body.startsWith("{") ? MediaType.APPLICATION_JSON : MediaType.parseMediaType("text/csv"))
				.body(body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
		}
		byte[] answer = request.exchange()
			.expectStatus()
			.isEqualTo(HttpStatus.valueOf(status))
			.expectBody()
			.returnResult()
			.getResponseBody();
		return (answer != null) ? new String(answer, java.nio.charset.StandardCharsets.UTF_8) : "";
	}

	private String path(String rest) {
		return "/newsletters/" + this.newsletter.slug() + "/attributes" + rest;
	}

	private Map<String, String> known(long id) {
		return this.attributes.of(this.newsletter.id(), List.of(id)).getOrDefault(id, Map.of());
	}

	private long id(String email) {
		return this.jdbc.sql("SELECT id FROM subscriber WHERE email_key = ?").param(email).query(Long.class).single();
	}

	private RestTestClient client(String bearer) {
		return RestTestClient.bindToServer()
			.baseUrl("http://localhost:" + this.port + "/api/v1")
			.defaultHeader("Authorization", bearer)
			.build();
	}

}
