package dev.postrider.staff.web;

import java.util.List;
import java.util.Map;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import dev.postrider.mail.Letter;
import dev.postrider.mail.LetterRenderer;
import dev.postrider.testing.Browser;
import dev.postrider.testing.Browser.Look;
import dev.postrider.testing.PostriderTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The mails to the staff, as a mail program shows them.
 */
@PostriderTest
class StaffMailLookTests {

	private static final Map<String, Object> LINK = Map.of("name", "Kim <Larsen>", "email", "kim@news.example", "link",
			"https://news.example/invite/a-token", "hours", 72, "admin", false, "invitedBy", "robin@news.example");

	private static final Map<String, Object> SLOW = Map.of("newsletter", "News highlights", "day", "Wed 25 November",
			"due", "07:00 (Europe/Berlin)", "why", "would have 2 of at least 5 stories: it would be skipped", "found",
			2, "minimum", 5, "calledOff", true, "headlines",
			List.of("Rain & wind: <the> pier stays closed", "Council keeps the night buses"), "link",
			"https://news.example/desk/editions/12");

	@Autowired
	private LetterRenderer renderer;

	@Test
	void lookRight() {
		Map<String, Object> problems = Map.of("monitor", "https://news.example/monitor", "problems",
				List.of(new Told("News highlights of 2026-11-23 is held",
						"News highlights of 2026-11-23 is held. Ten messages in a row were refused.",
						"Mend what the reason names, then press Restart on its run: it goes on where it stopped."),
						new Told("City desk feed gives nothing any more", "The source has failed 5 times in a row.",
								"Open its address in a browser.")));
		Page page = Browser.newPage(Look.LIGHT);
		try {
			show(page, "invite", this.renderer.render("invite", LINK));
			show(page, "reset", this.renderer.render("reset", LINK));
			show(page, "problem", this.renderer.render("problem", problems));
			show(page, "slow-news", this.renderer.render("slow-news", SLOW));
		}
		finally {
			page.context().close();
		}
	}

	private static void show(Page page, String name, Letter letter) {
		page.setContent(letter.html());
		Browser.screenshots(page, "mail-" + name);
		for (Look look : List.of(Look.LIGHT, Look.DARK)) {
			Browser.look(page, look);
			assertThat(new AxeBuilder(page).withRules(List.of("color-contrast")).analyze().getViolations())
				.as(name + ", " + look)
				.isEmpty();
		}
		assertThat(letter.subject()).isNotBlank();
		assertThat(letter.html()).doesNotContain("Kim <Larsen>").contains("https://news.example/");
		assertThat(letter.text()).contains("https://news.example/").doesNotContain("&lt;", "<p", "<mj");
	}

	/**
	 * A problem as the template sees it.
	 */
	public record Told(String title, String message, String remedy) {
	}

}
