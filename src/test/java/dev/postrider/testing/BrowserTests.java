package dev.postrider.testing;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The browser finds what is wrong with a page, so that finding nothing means something.
 */
class BrowserTests {

	@Test
	void accessibleMeansThatAxeFindsNothing() {
		Page page = Browser.newPage(Browser.Look.LIGHT);
		page.setContent(page("<h1>Title</h1><p>Text</p>"));
		Browser.assertAccessible(page);
		page.setContent(page("<h1>Title</h1><p style='color:#eee;background:#fff'>Text</p><img src='a.png'>"));
		assertThat(Browser.violations(page)).anyMatch((it) -> it.startsWith("color-contrast"))
			.anyMatch((it) -> it.startsWith("image-alt"));
		page.context().close();
	}

	@Test
	void screenshotsFailOnAPageWiderThanATelephone() {
		Page page = Browser.newPage(Browser.Look.LIGHT);
		page.setContent(page("<div style='width:600px'>wide</div>"));
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> Browser.screenshots(page, "too-wide"))
			.withMessageContaining("telephone");
		page.context().close();
	}

	private static String page(String body) {
		return "<!DOCTYPE html><html lang='en'><head><title>t</title>"
				+ "<meta name='viewport' content='width=device-width'></head><body><main>" + body
				+ "</main></body></html>";
	}

}
