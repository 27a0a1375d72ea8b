package dev.postrider.subscription.web;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.postrider.testing.Browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/**
 * A reader at the pages in a real browser. What is looked at must be accessible, and is
 * pictured where pictures are asked for.
 */
final class ReaderBrowser implements AutoCloseable {

	private final ReaderSite site;

	private final Page page = Browser.newPage(Browser.Look.LIGHT);

	ReaderBrowser(ReaderSite site) {
		this.site = site;
	}

	Page page() {
		return this.page;
	}

	void go(String path) {
		this.page.navigate(this.site.url(path));
	}

	void press(String button) {
		this.page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button).setExact(true)).click();
	}

	/** Awaits a page by its heading. */
	void heading(String text) {
		assertThat(this.page.locator("h1")).hasText(text);
	}

	void look(String name) {
		Browser.assertAccessible(this.page);
		Browser.screenshots(this.page, "reader-" + name);
	}

	void lookAtMail(String html, String name) {
		Page mail = Browser.newPage(Browser.Look.LIGHT);
		mail.setContent(html);
		Browser.screenshots(mail, "reader-" + name);
		Browser.assertAccessible(mail);
		mail.context().close();
	}

	@Override
	public void close() {
		this.page.context().close();
	}

}
