package dev.postrider.staff.web;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.postrider.staff.Role;
import dev.postrider.staff.account.Accounts;
import dev.postrider.testing.Browser;
import dev.postrider.testing.Browser.Look;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestStaff;
import dev.postrider.testing.TestStaff.Member;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

@PostriderTest
class StaffBrowserTests {

	@LocalServerPort
	private int port;

	@Autowired
	private TestStaff staff;

	@Autowired
	private Accounts accounts;

	private Page page;

	@BeforeEach
	void open() {
		this.page = Browser.newPage(Look.LIGHT);
	}

	@AfterEach
	void close() {
		if (this.page != null) {
			this.page.context().close();
		}
	}

	@Test
	void logsInWithTheKeyboard() {
		Member member = this.staff.editor();
		go("/account");
		look("login");
		this.page.keyboard().type(member.email());
		this.page.keyboard().press("Tab");
		this.page.keyboard().type("not the password");
		this.page.keyboard().press("Enter");
		assertThat(this.page.getByRole(AriaRole.ALERT)).containsText("do not go together");
		look("login-refused");
		this.page.keyboard().type(member.password());
		this.page.keyboard().press("Enter");
		assertThat(this.page.getByRole(AriaRole.HEADING).first()).hasText("Your account");
		this.page.getByLabel("What is the new token for?").fill("CMS publishing hook");
		this.page.getByText("Make a token").click();
		assertThat(this.page.getByRole(AriaRole.STATUS)).containsText("postrider_");
		look("account");
	}

	@Test
	void invitesAColleague() {
		this.accounts.disable(this.staff.editor().id());
		this.accounts.add("invited-" + System.nanoTime() + "@news.example", "Ines Duarte", Role.EDITOR);
		Member admin = this.staff.admin();
		this.staff.login(this.port, admin).into(this.page.context());
		go("/monitor/staff");
		this.page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("Kim Larsen");
		this.page.getByLabel("Email address").fill("kim-" + System.nanoTime() + "@news.example");
		this.page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Invite").setExact(true)).click();
		assertThat(this.page.getByRole(AriaRole.STATUS)).containsText("Kim Larsen is invited");
		look("staff");
		String link = this.page.locator(".notice code").textContent();
		go(java.net.URI.create(link).getPath());
		look("invite");
		go("/reset");
		look("reset-request");
		go("/invite/nonsense");
		look("link-gone");
		go("/nowhere");
		look("not-found");
	}

	private void go(String path) {
		this.page.navigate("http://localhost:" + this.port + path);
	}

	private void look(String name) {
		Browser.assertAccessible(this.page);
		Browser.screenshots(this.page, "staff-" + name);
	}

}
