package dev.postrider.desk.web;

import java.time.Duration;
import java.util.List;

import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionStatus;
import dev.postrider.testing.Browser;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestNewsroom;
import dev.postrider.testing.TestRelay;
import jakarta.mail.internet.MimeMessage;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * An editor's morning in a real browser.
 */
@PostriderTest
class DeskBrowserTests extends DeskBrowser {

	@Test
	void composeReorderRewriteApproveSend() throws Exception {
		String reader = this.newsroom.reader(this.newsletter);
		for (String headline : List.of("Ferry line to the islands returns after nine years",
				"Council votes on the harbour tunnel on Thursday", "What the tide tables do not tell you")) {
			this.newsroom.story(headline, "Told by " + TestNewsroom.words(), "Harbour", "NEWS");
		}
		open("/desk?newsletter=" + this.newsletter.slug());
		Locator section = this.page.locator("section",
				new Page.LocatorOptions().setHas(this.page.locator("#next-" + this.newsletter.slug())));
		section.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Compose Wed 25 November")).click();
		assertThat(this.page.locator("h1")).hasText("Wed 25 November");
		assertThat(this.page.locator(".pick")).hasCount(3);
		List<String> before = this.page.locator(".pick h3").allTextContents();

		Locator second = this.page.locator(".pick").nth(1);
		second.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Move “" + before.get(1) + "” up"))
			.click();
		assertThat(this.page.locator(".pick h3")).hasText(new String[] { before.get(1), before.get(0), before.get(2) });
		// The keyboard goes on where it was.
		assertThat(this.page.locator(":focus")).hasText("↓");
		this.page.keyboard().press("Alt+ArrowDown");
		assertThat(this.page.locator(".pick h3")).hasText(before.toArray(String[]::new));

		Locator first = this.page.locator(".pick").first();
		first.locator("summary").click();
		first.locator("[name=headline]").fill("Boats to the islands, at last");
		first.getByText("Save this story’s words").click();
		assertThat(this.page.locator(".pick h3").first()).hasText("Boats to the islands, at last");
		FrameLocator preview = this.page.frameLocator("iframe.html");
		assertThat(preview.getByText("Boats to the islands, at last").first()).isVisible();

		this.page.locator("#subject").fill("Boats are back");
		assertThat(this.page.locator("#saved")).containsText("Saved at 07:00:00 (Europe/Berlin)");
		// By keyboard: a click right after scrolling may still land in the mail's frame.
		this.page.getByText("Approve", new Page.GetByTextOptions().setExact(true)).press("Enter");
		assertThat(this.page.locator(".standing")).containsText("Approved by staff-");

		this.page.getByText("Send now…").press("Enter");
		Locator dialog = this.page.locator("dialog");
		assertThat(dialog).isVisible();
		Browser.screenshot(this.page, "desk-send");
		dialog.getByText("Send to 1 reader").click();
		assertThat(this.page.locator(".notice.good")).containsText("Sending has begun");
		MimeMessage mail = TestRelay.get().awaitTo(reader);
		assertThat(mail.getSubject()).isEqualTo("Boats are back");
		await().atMost(Duration.ofSeconds(30))
			.until(() -> this.editions.find(this.newsletter.id(), "2026-11-25").orElseThrow().status(),
					(status) -> status == EditionStatus.SENT);
		open("/desk/editions/" + this.editions.find(this.newsletter.id(), "2026-11-25").orElseThrow().id());
		assertThat(this.page.locator("#progress")).containsText("1 of 1 reader sent");
		Browser.screenshots(this.page, "desk-edition-sent");
		assertAccessible();
		correct();
	}

	/**
	 * What was mailed wrong: said in the archive, and a mail drafted to those who had it.
	 */
	private void correct() {
		Locator first = this.page.locator(".pick").first();
		first.getByText("Correct…").click();
		first.locator("textarea").fill("The boats are back on Thursday, not on Wednesday.");
		Browser.screenshot(this.page, "desk-correct");
		first.getByText("Say so, and draft a mail").click();
		assertThat(this.page.locator("h1")).hasText("Wed 25 November, correction 2");
		assertThat(this.page.locator(".standing")).containsText("those who were sent the story");
		assertThat(this.page.locator(".pick .correction")).containsText("on Thursday, not on Wednesday");
		assertThat(this.page.locator("#subject")).hasValue("Correction: Boats to the islands, at last");
		Browser.screenshots(this.page, "desk-correction");
		this.page.getByText("Send now…").press("Enter");
		assertThat(this.page.locator("dialog")).containsText("Send to 1 reader");
	}

	@Test
	void editionPage() {
		this.newsroom.reader(this.newsletter);
		Edition edition = this.newsroom.edition(this.newsletter, "Ferry line to the islands returns after nine years",
				"Council votes on the harbour tunnel on Thursday", "What the tide tables do not tell you",
				"A winter of early ice: how the pilots prepare for the longest season since 1963");
		this.newsroom.inSection(edition, "Gezeitenkraftwerksgenehmigungsverfahrensbeschleunigungskommission");
		open("/desk/editions/" + edition.id());
		assertThat(this.page.frameLocator("iframe.html").getByText("Ferry line").first()).isVisible();
		Browser.screenshots(this.page, "desk-edition");
		Browser.look(this.page, Browser.Look.PHONE);
		this.page.locator("iframe.html").scrollIntoViewIfNeeded();
		this.page
			.screenshot(new Page.ScreenshotOptions().setPath(Browser.SCREENSHOTS.resolve("desk-preview-phone.png")));
		Browser.look(this.page, Browser.Look.LIGHT);
		this.page.locator("[name=width][value=text]").check();
		assertThat(this.page.frameLocator("iframe.text").locator("body")).containsText("Ferry line");
		Browser.screenshot(this.page, "desk-edition-text");
		this.page.locator("[name=width][value='375']").check();
		this.page.locator(".pick details summary").first().click();
		this.page.locator(".adder > summary").click();
		this.page.getByText("Call off…").click();
		Browser.screenshot(this.page, "desk-edition-open");
		assertAccessible();
	}

	@Test
	void storiesAreFoundWhileTyping() {
		Edition edition = this.newsroom.edition(this.newsletter, "One");
		String headline = "Zeppelin over the quay " + edition.id();
		this.newsroom.story(headline, "Air", "FEATURE");
		open("/desk/editions/" + edition.id());
		this.page.locator(".adder > summary").click();
		this.page.locator("#query").pressSequentially("quay " + edition.id());
		assertThat(this.page.locator("#found .headline")).hasText(new String[] { headline });
		this.page.getByLabel("Add “" + headline + "”").press("Enter");
		assertThat(this.page.locator(".pick h3").last()).hasText(headline);
		this.page.getByLabel("Drop “" + headline + "”").press("Enter");
		assertThat(this.page.locator(".pick")).hasCount(1);
		Browser.screenshot(this.page, "desk-edition-undo");
		this.page.getByText("Take it back").press("Enter");
		assertThat(this.page.locator(".pick h3").last()).hasText(headline);
	}

	@Test
	void storiesAreDragged() {
		Edition edition = this.newsroom.edition(this.newsletter, "One", "Two", "Three");
		open("/desk/editions/" + edition.id());
		// Tall enough that nothing scrolls between pressing and letting go.
		this.page.setViewportSize(1280, 2000);
		this.page.locator(".handle")
			.nth(2)
			.dragTo(this.page.locator(".pick").first(), new Locator.DragToOptions()
				.setTargetPosition(new com.microsoft.playwright.options.Position(60, 4)));
		assertThat(this.page.locator(".pick h3")).hasText(new String[] { "Three", "One", "Two" });
		assertThat(this.editions.find(edition.id()).orElseThrow().picks().get(0).headline()).isEqualTo("Three");
	}

	@Test
	void unsavedWordsAreSavedBeforeAnotherAction() {
		Edition edition = this.newsroom.edition(this.newsletter, "One");
		open("/desk/editions/" + edition.id());
		this.page.locator("#subject").fill("Typed a moment ago");
		this.page.getByText("Approve", new Page.GetByTextOptions().setExact(true)).press("Enter");
		assertThat(this.page.locator(".standing")).containsText("Approved by staff-");
		assertThat(this.editions.find(edition.id()).orElseThrow().subject()).isEqualTo("Typed a moment ago");
	}

	@Test
	void hostileHeadlineRunsNowhere() {
		Edition edition = this.newsroom.edition(this.newsletter,
				"<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">");
		open("/desk/editions/" + edition.id());
		assertThat(this.page.locator(".pick h3")).containsText("<script>");
		assertThat(this.page.frameLocator("iframe.html").getByText("<script>").first()).isVisible();
		assertThat(this.page.title()).startsWith("Wed 25 November");
	}

	@Test
	void emptyStates() {
		Edition edition = this.newsroom.edition(this.newsletter);
		open("/desk/editions/" + edition.id());
		assertThat(this.page.getByText("No stories yet.")).isVisible();
		Browser.screenshots(this.page, "desk-edition-empty");
		assertAccessible();
	}

	@Test
	void deskPage() {
		this.newsroom.reader(this.newsletter);
		this.newsroom.edition(this.newsletter, "Ferry line to the islands returns after nine years",
				"Council votes on the harbour tunnel on Thursday", "What the tide tables do not tell you");
		this.newsroom.newsletter();
		open("/desk?newsletter=" + this.newsletter.slug());
		assertThat(this.page.getByText("What the tide tables do not tell you").first()).isVisible();
		Browser.screenshots(this.page, "desk");
		assertAccessible();
	}

}
