package dev.postrider.staff.web;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.postrider.staff.Audit;
import dev.postrider.staff.account.Accounts;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestClock;
import dev.postrider.testing.TestRelay;
import dev.postrider.testing.TestStaff;
import dev.postrider.testing.TestStaff.Member;
import dev.postrider.testing.TestStaff.Session;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@PostriderTest
class InvitationTests {

	private static final String PASSWORD = "four plain words here";

	private static final String GONE = "This link works no more";

	@LocalServerPort
	private int port;

	@Autowired
	private TestStaff staff;

	@Autowired
	private TestClock clock;

	@Autowired
	private Accounts accounts;

	@Autowired
	private Audit audit;

	private Member admin;

	private Session desk;

	private Session guest;

	private final String email = "new-" + UUID.randomUUID() + "@news.example";

	@BeforeEach
	void logIn() {
		this.admin = this.staff.admin();
		this.desk = this.staff.login(this.port, this.admin);
		this.guest = this.staff.anonymous(this.port);
	}

	@AfterEach
	void resetClock() {
		this.clock.reset();
	}

	@Test
	void invitesByAOneTimeLink() throws Exception {
		String path = invite();
		MimeMessage mail = TestRelay.get().awaitTo(this.email);
		assertThat(mail.getSubject()).isEqualTo("Your account at the newsletter desk");
		assertThat(text(mail)).contains("https://news.example" + path).contains("Kim");
		assertThat(this.guest.get(path).body()).contains(this.email).contains("value=\"Kim\"");
		assertThat(this.guest.get(path).statusCode()).isEqualTo(200);
		HttpResponse<String> refused = this.guest.post(path, path, "name", "Kim Larsen", "password", "too short");
		assertThat(refused.statusCode()).isEqualTo(422);
		assertThat(refused.body()).contains("Choose at least 12 characters").contains("value=\"Kim Larsen\"");
		HttpResponse<String> taken = this.guest.post(path, path, "name", "Kim Larsen", "password", PASSWORD);
		assertThat(taken.statusCode()).isEqualTo(302);
		assertThat(this.guest.get("/login").body()).contains("Your account is ready");
		assertThat(logIn(PASSWORD)).isEqualTo(302);
		assertThat(this.accounts.find(this.email)).hasValueSatisfying((account) -> {
			assertThat(account.name()).isEqualTo("Kim Larsen");
			assertThat(account.isAdmin()).isFalse();
		});
		assertThat(this.guest.get(path).statusCode()).isEqualTo(410);
		Session other = this.staff.anonymous(this.port);
		HttpResponse<String> again = other.post("/login", path, "name", "Mallory", "password", "an intruder's words");
		assertThat(again.statusCode()).isEqualTo(410);
		assertThat(again.body()).contains(GONE);
		assertThat(actions()).contains("account.invite", "account.accept", "login");
	}

	@Test
	void letsLinksExpire() {
		String path = invite();
		this.clock.advance(Duration.ofHours(73));
		assertThat(this.guest.get(path).statusCode()).isEqualTo(410);
		assertThat(this.guest.post("/login", path, "name", "Kim", "password", PASSWORD).statusCode()).isEqualTo(410);
		assertThat(this.accounts.find(this.email).orElseThrow().isInvited()).isTrue();
	}

	@Test
	void replacesALinkByANewOne() {
		String first = invite();
		long id = this.accounts.find(this.email).orElseThrow().id();
		this.desk.post("/monitor/staff", "/monitor/staff/" + id + "/invite");
		String second = shownLink();
		assertThat(second).isNotEqualTo(first);
		assertThat(this.guest.get(first).statusCode()).isEqualTo(410);
		assertThat(this.guest.get(second).statusCode()).isEqualTo(200);
	}

	@Test
	void keepsWhatWasTypedWhenAnInvitationIsRefused() {
		HttpResponse<String> wrong = this.desk.post("/monitor/staff", "/monitor/staff", "name", "Kim", "email",
				"kim at news", "role", "ADMIN");
		assertThat(wrong.statusCode()).isEqualTo(422);
		assertThat(wrong.body()).contains("value=\"kim at news\"", "value=\"Kim\"", "not an address");
		HttpResponse<String> known = this.desk.post("/monitor/staff", "/monitor/staff", "name", "Kim", "email",
				this.admin.email(), "role", "EDITOR");
		assertThat(known.body()).contains("There is an account for " + this.admin.email());
	}

	@Test
	void changesRolesAndDisables() {
		Member member = this.staff.editor();
		Session session = this.staff.login(this.port, member);
		this.desk.post("/monitor/staff", "/monitor/staff/" + member.id() + "/role", "role", "ADMIN");
		assertThat(session.get("/monitor/staff").statusCode()).isEqualTo(200);
		this.desk.post("/monitor/staff", "/monitor/staff/" + member.id() + "/disable");
		assertThat(session.get("/account").statusCode()).isEqualTo(302);
		Session back = this.staff.anonymous(this.port);
		assertThat(back.post("/login", "/login", "email", member.email(), "password", member.password()).statusCode())
			.isEqualTo(401);
		this.desk.post("/monitor/staff", "/monitor/staff/" + member.id() + "/enable");
		assertThat(back.post("/login", "/login", "email", member.email(), "password", member.password()).statusCode())
			.isEqualTo(302);
		assertThat(entries("account.role")).contains(member.email());
		assertThat(entries("account.disable")).contains(member.email());
		assertThat(entries("account.enable")).contains(member.email());
	}

	@Test
	void refusesToTouchOnesOwnAccount() {
		this.desk.post("/monitor/staff", "/monitor/staff/" + this.admin.id() + "/disable");
		assertThat(this.desk.get("/monitor/staff").body()).contains("You cannot do this to your own account");
		assertThat(this.accounts.find(this.admin.id()).orElseThrow().isDisabled()).isFalse();
	}

	@Test
	void answersTheSameForKnownAndUnknownAddresses() throws Exception {
		Member member = this.staff.editor();
		String unknown = "nobody-" + UUID.randomUUID() + "@news.example";
		String first = this.guest.post("/reset", "/reset", "email", member.email()).body();
		String second = this.guest.post("/reset", "/reset", "email", unknown).body();
		assertThat(second.replace(unknown, "X")).isEqualTo(first.replace(member.email(), "X"));
		assertThat(TestRelay.get().awaitTo(member.email()).getSubject()).isEqualTo("Choose a new password");
		assertThat(TestRelay.get().to(unknown)).isEmpty();
	}

	@Test
	void resetsAPasswordOnce() throws Exception {
		Member member = this.staff.editor();
		Session old = this.staff.login(this.port, member);
		this.guest.post("/reset", "/reset", "email", member.email().toUpperCase());
		String path = path(text(TestRelay.get().awaitTo(member.email())), "/reset/");
		HttpResponse<String> taken = this.guest.post(path, path, "password", PASSWORD);
		assertThat(taken.statusCode()).isEqualTo(302);
		assertThat(old.get("/account").statusCode()).isEqualTo(302);
		assertThat(this.guest.get(path).statusCode()).isEqualTo(410);
		assertThat(this.guest.post("/login", "/login", "email", member.email(), "password", PASSWORD).statusCode())
			.isEqualTo(302);
	}

	@Test
	void mailsAtMostThreeResetsAnHour() {
		Member member = this.staff.editor();
		for (int i = 1; i <= 3; i++) {
			int count = i;
			this.guest.post("/reset", "/reset", "email", member.email());
			await().until(() -> TestRelay.get().to(member.email()).size() == count);
		}
		this.guest.post("/reset", "/reset", "email", member.email());
		Member next = this.staff.editor();
		this.guest.post("/reset", "/reset", "email", next.email());
		TestRelay.get().awaitTo(next.email());
		assertThat(TestRelay.get().to(member.email())).hasSize(3);
	}

	private String invite() {
		HttpResponse<String> answer = this.desk.post("/monitor/staff", "/monitor/staff", "name", "Kim", "email",
				" " + this.email.toUpperCase() + " ", "role", "EDITOR");
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
		return shownLink();
	}

	private String shownLink() {
		String page = this.desk.get("/monitor/staff").body();
		assertThat(this.desk.get("/monitor/staff").body()).doesNotContain("/invite/");
		return path(page, "/invite/");
	}

	private int logIn(String password) {
		return this.guest.post("/login", "/login", "email", this.email, "password", password).statusCode();
	}

	private List<String> actions() {
		return this.audit.entries(null, 500)
			.stream()
			.filter((entry) -> entry.subject().equals(this.email))
			.map(Audit.Entry::action)
			.toList();
	}

	private List<String> entries(String action) {
		return this.audit.entries(null, 500)
			.stream()
			.filter((entry) -> entry.action().equals(action) && entry.actor().equals(this.admin.email()))
			.map(Audit.Entry::subject)
			.toList();
	}

	private static String path(String text, String prefix) {
		Matcher found = Pattern.compile("https://news\\.example(" + prefix + "[A-Za-z0-9_-]{43})").matcher(text);
		assertThat(found.find()).as(text).isTrue();
		return found.group(1);
	}

	private static String text(MimeMessage mail) throws Exception {
		return (String) ((Multipart) mail.getContent()).getBodyPart(0).getContent();
	}

}
