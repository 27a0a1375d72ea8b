package dev.postrider.subscription.web;

import java.net.URI;
import java.time.Duration;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.postrider.subscription.ReaderLinks;
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

	private ReaderBrowser browser;

	private Page page;

	private String email;

	@BeforeEach
	void open() {
		this.site = new ReaderSite(this.port);
		this.browser = new ReaderBrowser(this.site);
		this.page = this.browser.page();
		this.email = ReaderSite.someAddress();
	}

	@AfterEach
	void close() {
		this.browser.close();
		this.clock.reset();
	}

	@Test
	void choosesDaysRightAfterConfirming() {
		this.browser.go(this.site.signUp(this.email));
		this.browser.press("Confirm");
		this.browser.heading("You are subscribed");
		this.browser.look("thanks");
		this.page.getByLabel("Monday").uncheck();
		this.browser.press("Save");
		assertThat(this.page.getByRole(AriaRole.STATUS))
			.hasText("Saved. You will get News highlights on Wednesday and Friday.");
	}

	@Test
	void getsTheLinkByTypingTheAddress() {
		this.site.subscribe(this.email);
		this.browser.go("/");
		this.page.getByText("Change or leave").click();
		this.browser.heading("Your newsletters");
		this.browser.press("Mail me my link");
		assertThat(this.page.getByText("Enter your email address.")).isVisible();
		this.browser.look("link-error");
		this.page.getByLabel("Email address").fill(this.email);
		this.browser.press("Mail me my link");
		this.browser.heading("Check your mail");
		this.browser.look("link-sent");
		var mail = ReaderSite.awaitMail(this.email, 2);
		this.browser.lookAtMail(ReaderSite.html(mail), "mail-preferences");
		this.browser.go(ReaderSite.link(mail));
		this.browser.heading("Your newsletters");
	}

	@Test
	void movesToAnotherAddress() {
		String wanted = ReaderSite.someAddress();
		this.browser.go(this.site.subscribe(this.email));
		this.page.getByLabel("New address").fill("not an address");
		this.browser.press("Change address");
		assertThat(this.page.getByText("An email address has no spaces")).isVisible();
		this.page.getByLabel("New address").fill(wanted);
		this.browser.press("Change address");
		assertThat(this.page.getByRole(AriaRole.STATUS)).containsText("We have written to " + wanted);
		this.browser.look("address-asked");
		var mail = ReaderSite.awaitMail(wanted, 1);
		this.browser.lookAtMail(ReaderSite.html(mail), "mail-address");
		this.browser.go(ReaderSite.link(mail));
		this.browser.heading("Get your newsletters here");
		this.browser.look("address");
		this.browser.press("Yes, send them here");
		this.browser.heading("Your newsletters come here now");
		this.browser.look("address-done");
		this.browser.lookAtMail(ReaderSite.html(ReaderSite.awaitMail(this.email, 2)), "mail-address-moved");
		this.page.getByText("Change days, or pause").click();
		this.browser.heading("Your newsletters");
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
		this.browser.go(link);
		this.browser.heading("Nothing was moved");
		this.browser.look("address-impossible");
		this.site.subscribe(other);
		this.site.post(preferences, "action", "address", "email", other);
		this.browser.lookAtMail(ReaderSite.html(ReaderSite.awaitMail(other, 2)), "mail-address-taken");
		String late = ReaderSite.someAddress();
		this.site.post(preferences, "action", "address", "email", late);
		link = ReaderSite.link(ReaderSite.awaitMail(late, 1));
		this.clock.advance(Duration.ofHours(73));
		this.browser.go(link);
		this.browser.heading("This link has expired");
		this.browser.look("address-expired");
	}

	@Test
	void seesWhatIsStored() {
		this.browser.go(this.site.subscribe(this.email));
		this.browser.press("See what is stored");
		this.browser.heading("What we keep about you");
		assertThat(this.page.getByText("Please send me News highlights").first()).isVisible();
		this.browser.look("stored");
		this.page.getByText("Back to your newsletters").click();
		this.browser.heading("Your newsletters");
	}

	@Test
	void getsLessOrLeavesAndSaysWhy() {
		this.site.subscribe(this.email);
		this.browser.go(unsubscribe());
		this.browser.look("unsubscribe-or-fewer");
		this.browser.press("Wednesday");
		this.browser.heading("You get fewer mails");
		this.browser.look("fewer-days");
		this.browser.press("Undo: as it was before");
		this.browser.heading("As before");
		this.browser.go(unsubscribe());
		this.browser.press("Pause for 4 weeks");
		this.browser.heading("Paused");
		this.browser.look("fewer-paused");
		this.browser.press("Undo: do not pause");
		this.browser.heading("The pause is over");
		this.browser.go(unsubscribe());
		this.browser.press("Unsubscribe");
		this.browser.heading("You are unsubscribed");
		this.browser.look("unsubscribed-why");
		this.page.getByLabel("It comes too often").check();
		this.browser.press("Tell us");
		assertThat(this.page.getByRole(AriaRole.STATUS)).hasText("Thank you. That helps us to do better.");
		this.browser.look("unsubscribed-told");
		this.browser.press("Undo: subscribe me again");
		this.browser.heading("You are subscribed again");
	}

	@Test
	void readsFromRightToLeft() {
		this.browser.go("/?lang=ar");
		this.browser.look("ar-sign-up");
		this.page.locator(".big").click();
		this.browser.look("ar-sign-up-errors");
		this.page.locator("#email").fill(this.email);
		this.page.locator("input[name=consent]").check();
		this.page.locator(".big").click();
		this.browser.heading("تفقّد بريدك");
		this.browser.look("ar-sent");
		var mail = ReaderSite.awaitMail(this.email, 1);
		this.browser.lookAtMail(ReaderSite.html(mail), "ar-mail-confirm");
		this.browser.go(ReaderSite.link(mail));
		this.browser.look("ar-confirm");
		this.page.locator(".big").click();
		this.browser.heading("تم اشتراكك");
		this.browser.look("ar-thanks");
		this.browser
			.go(String.valueOf(this.page.locator("a[href*='/preferences/']").evaluate("(link) => link.pathname")));
		this.browser.heading("نشراتك");
		this.browser.look("ar-preferences");
		this.browser.go(unsubscribe());
		this.browser.look("ar-unsubscribe");
		this.browser.go("/editions?lang=ar");
		this.browser.look("ar-editions");
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
