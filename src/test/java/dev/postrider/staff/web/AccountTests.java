package dev.postrider.staff.web;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.postrider.staff.Audit;
import dev.postrider.staff.account.ApiTokens;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestStaff;
import dev.postrider.testing.TestStaff.Member;
import dev.postrider.testing.TestStaff.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

@PostriderTest
class AccountTests {

	@LocalServerPort
	private int port;

	@Autowired
	private TestStaff staff;

	@Autowired
	private ApiTokens tokens;

	@Autowired
	private Audit audit;

	private Member member;

	private Session session;

	@BeforeEach
	void logIn() {
		this.member = this.staff.editor();
		this.session = this.staff.login(this.port, this.member);
	}

	@Test
	void showsANewTokenOnce() {
		this.session.post("/account", "/account/tokens", "name", "CMS");
		String page = this.session.get("/account").body();
		Matcher token = Pattern.compile("postrider_[A-Za-z0-9_-]{43}").matcher(page);
		assertThat(token.find()).isTrue();
		assertThat(this.session.get("/account").body()).contains("CMS").doesNotContain(token.group());
		assertThat(this.tokens.authenticate(token.group()))
			.hasValueSatisfying((account) -> assertThat(account.email()).isEqualTo(this.member.email()));
		assertThat(this.session.get("/account").body()).contains("Mon 23 Nov 2026, 06:00 UTC");
		long id = this.tokens.list(this.member.id()).get(0).id();
		this.session.post("/account", "/account/tokens/" + id + "/revoke");
		assertThat(this.tokens.authenticate(token.group())).isEmpty();
		assertThat(actions()).contains("token.create", "token.revoke");
	}

	@Test
	void revokesNobodyElsesToken() {
		Member other = this.staff.editor();
		long id = this.tokens.list(other.id()).get(0).id();
		this.session.post("/account", "/account/tokens/" + id + "/revoke");
		assertThat(this.tokens.authenticate(other.token())).isPresent();
	}

	@Test
	void changesThePasswordAndKeepsOnlyThisBrowser() {
		Session elsewhere = this.staff.login(this.port, this.member);
		HttpResponse<String> refused = this.session.post("/account", "/account/password", "current", "not this one",
				"password", "short");
		assertThat(refused.statusCode()).isEqualTo(422);
		assertThat(refused.body()).contains("not your current password", "at least 12 characters");
		HttpResponse<String> taken = this.session.post("/account", "/account/password", "current",
				this.member.password(), "password", "some other long words");
		assertThat(taken.statusCode()).isEqualTo(302);
		assertThat(this.session.get("/account").body()).contains("Your password is changed");
		assertThat(elsewhere.get("/account").statusCode()).isEqualTo(302);
		assertThat(actions()).contains("account.password");
	}

	@Test
	void escapesNames() {
		this.session.post("/account", "/account/tokens", "name", "<script>alert(1)</script>");
		assertThat(this.session.get("/account").body()).doesNotContain("<script>alert").contains("&lt;script&gt;alert");
	}

	private List<String> actions() {
		return this.audit.entries(null, 500)
			.stream()
			.filter((entry) -> entry.actor().equals(this.member.email()))
			.map(Audit.Entry::action)
			.toList();
	}

}
