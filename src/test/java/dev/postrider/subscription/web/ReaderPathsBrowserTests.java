package dev.postrider.subscription.web;

import java.net.URI;
import java.time.Duration;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.postrider.subscription.ReaderLinks;
import dev.postrider.testing.Browser;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a reader does after signing up, in a real browser, with pictures of each page.
 */
@PostriderTest
class ReaderPathsBrowserTests {

	@LocalServerPort
	private int port;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private ReaderLinks links;

	@Autowired
	private TestClock clock;

	private ReaderSite site;

	private Page page;

	private String email;

	@BeforeEach
	void open() {
		this.site = new ReaderSite(this.port);
		this.page = Browser.newPage(Browser.Look.LIGHT);
		this.email = ReaderSite.someAddress();
	}

	@AfterEach
	void close() {
		this.page.context().close();
		this.clock.reset();
	}

	@Test
	void choosesDaysRightAfterConfirming() {
		go(this.site.signUp(this.email));
		press("Confirm");
		heading("You are subscribed");
		look("thanks");
		this.page.getByLabel("Monday").uncheck();
		press("Save");
		assertThat(this.page.getByRole(AriaRole.STATUS))
			.hasText("Saved. You will get News highlights on Wednesday and Friday.");
	}

	@Test
	void getsTheLinkByTypingTheAddress() {
		this.site.subscribe(this.email);
		go("/");
		this.page.getByText("Change or leave").click();
		heading("Your newsletters");
		press("Mail me my link");
		assertThat(this.page.getByText("Enter your email address.")).isVisible();
		look("link-error");
		this.page.getByLabel("Email address").fill(this.email);
		press("Mail me my link");
		heading("Check your mail");
		look("link-sent");
		var mail = ReaderSite.awaitMail(this.email, 2);
		lookAtMail(ReaderSite.html(mail), "mail-preferences");
		go(ReaderSite.link(mail));
		heading("Your newsletters");
	}

	@Test
	void movesToAnotherAddress() {
		String wanted = ReaderSite.someAddress();
		go(this.site.subscribe(this.email));
		this.page.getByLabel("New address").fill("not an address");
		press("Change address");
		assertThat(this.page.getByText("An email address has no spaces")).isVisible();
		this.page.getByLabel("New address").fill(wanted);
		press("Change address");
		assertThat(this.page.getByRole(AriaRole.STATUS)).containsText("We have written to " + wanted);
		look("address-asked");
		var mail = ReaderSite.awaitMail(wanted, 1);
		lookAtMail(ReaderSite.html(mail), "mail-address");
		go(ReaderSite.link(mail));
		heading("Get your newsletters here");
		look("address");
		press("Yes, send them here");
		heading("Your newsletters come here now");
		look("address-done");
		lookAtMail(ReaderSite.html(ReaderSite.awaitMail(this.email, 2)), "mail-address-moved");
		this.page.getByText("Change days, or pause").click();
		heading("Your newsletters");
		assertThat(this.page.getByText("They come to")).containsText("@readers.example");
	}

	@Test
	void tellsWhyNothingWasMoved() {
		String other = ReaderSite.someAddress();
		String wanted = ReaderSite.someAddress();
		String preferences = this.site.subscribe(this.email);
		this.site.post(preferences, "action", "address", "email", wanted);
		String link = ReaderSite.link(ReaderSite.awaitMail(wanted, 1));
		this.site.subscribe(wanted);
		go(link);
		heading("Nothing was moved");
		look("address-impossible");
		this.site.subscribe(other);
		this.site.post(preferences, "action", "address", "email", other);
		lookAtMail(ReaderSite.html(ReaderSite.awaitMail(other, 2)), "mail-address-taken");
		String late = ReaderSite.someAddress();
		this.site.post(preferences, "action", "address", "email", late);
		link = ReaderSite.link(ReaderSite.awaitMail(late, 1));
		this.clock.advance(Duration.ofHours(73));
		go(link);
		heading("This link has expired");
		look("address-expired");
	}

	@Test
	void seesWhatIsStored() {
		go(this.site.subscribe(this.email));
		press("See what is stored");
		heading("What we keep about you");
		assertThat(this.page.getByText("Please send me News highlights").first()).isVisible();
		look("stored");
		this.page.getByText("Back to your newsletters").click();
		heading("Your newsletters");
	}

	@Test
	void getsLessOrLeavesAndSaysWhy() {
		this.site.subscribe(this.email);
		go(unsubscribe());
		look("unsubscribe-or-fewer");
		press("Wednesday");
		heading("You get fewer mails");
		look("fewer-days");
		press("Undo: as it was before");
		heading("As before");
		go(unsubscribe());
		press("Pause for 4 weeks");
		heading("Paused");
		look("fewer-paused");
		press("Undo: do not pause");
		heading("The pause is over");
		go(unsubscribe());
		press("Unsubscribe");
		heading("You are unsubscribed");
		look("unsubscribed-why");
		this.page.getByLabel("It comes too often").check();
		press("Tell us");
		assertThat(this.page.getByRole(AriaRole.STATUS)).hasText("Thank you. That helps us to do better.");
		look("unsubscribed-told");
		press("Undo: subscribe me again");
		heading("You are subscribed again");
	}

	@Test
	void readsFromRightToLeft() {
		go("/?lang=ar");
		look("ar-sign-up");
		this.page.locator(".big").click();
		look("ar-sign-up-errors");
		this.page.locator("#email").fill(this.email);
		this.page.locator("input[name=consent]").check();
		this.page.locator(".big").click();
		heading("تفقّد بريدك");
		look("ar-sent");
		var mail = ReaderSite.awaitMail(this.email, 1);
		lookAtMail(ReaderSite.html(mail), "ar-mail-confirm");
		go(ReaderSite.link(mail));
		look("ar-confirm");
		this.page.locator(".big").click();
		heading("تم اشتراكك");
		look("ar-thanks");
		go(String.valueOf(this.page.locator("a[href*='/preferences/']").evaluate("(link) => link.pathname")));
		heading("نشراتك");
		look("ar-preferences");
		go(unsubscribe());
		look("ar-unsubscribe");
		go("/editions?lang=ar");
		look("ar-editions");
	}

	private void look(String name) {
		Browser.assertAccessible(this.page);
		Browser.screenshots(this.page, "reader-" + name);
	}

	private void lookAtMail(String html, String name) {
		Page mail = Browser.newPage(Browser.Look.LIGHT);
		mail.setContent(html);
		Browser.screenshots(mail, "reader-" + name);
		Browser.assertAccessible(mail);
		mail.context().close();
	}

	private void go(String path) {
		this.page.navigate(this.site.url(path));
	}

	private void press(String button) {
		this.page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button).setExact(true)).click();
	}

	private void heading(String text) {
		assertThat(this.page.locator("h1")).hasText(text);
	}

	private String unsubscribe() {
		long newsletter = this.jdbc.sql("SELECT id FROM newsletter WHERE slug = 'highlights'")
			.query(Long.class)
			.single();
		long id = this.jdbc.sql("SELECT id FROM subscriber WHERE email_key = ?")
			.param(this.email)
			.query(Long.class)
			.single();
		return URI.create(this.links.unsubscribe(id, newsletter)).getPath();
	}

}
