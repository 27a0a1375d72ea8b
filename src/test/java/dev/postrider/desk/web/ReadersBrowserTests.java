package dev.postrider.desk.web;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.testing.Browser;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestClock;
import dev.postrider.testing.TestNewsroom;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The desk's page of a newsletter's readers: the welcome, and why readers left.
 */
@PostriderTest
class ReadersBrowserTests extends DeskBrowser {

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private Newsletters newsletters;

	@Autowired
	private TestClock clock;

	@Test
	void showsWhyReadersLeftAndSwitchesTheWelcome() {
		open("/desk/newsletters/" + this.newsletter.slug() + "/readers");
		assertThat(this.page.getByText("Nobody has said")).isVisible();
		left("TOO_OFTEN");
		left("NOT_FOR_ME");
		left("TOO_OFTEN");
		open("/desk?newsletter=" + this.newsletter.slug());
		this.page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Readers").setExact(true)).click();
		assertThat(this.page.locator("h1")).hasText("Readers");
		assertThat(this.page.locator("tbody tr").first()).hasText("It comes too often2");
		this.page.getByLabel("Mail new readers the latest edition at once").uncheck();
		this.page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Save")).click();
		assertThat(this.page.getByRole(AriaRole.STATUS)).hasText("Saved. New readers wait for the next edition.");
		Browser.screenshots(this.page, "desk-readers");
		assertAccessible();
		assertThat(this.newsletters.welcomes(this.newsletter.id())).isFalse();
		assertThat(this.jdbc.sql("SELECT COUNT(*) FROM audit WHERE action = 'newsletter.welcome' AND subject = ?")
			.param(this.newsletter.slug())
			.query(Integer.class)
			.single()).isEqualTo(1);
	}

	@Test
	void programsSwitchItToo() {
		RestTestClient api = RestTestClient.bindToServer()
			.baseUrl("http://localhost:" + this.port + "/api/v1/newsletters/" + this.newsletter.slug() + "/welcome")
			.defaultHeader("Authorization", this.staff.editor().bearer())
			.build();
		api.get().exchange().expectBody().json("{\"latestEdition\":true}");
		api.put()
			.contentType(MediaType.APPLICATION_JSON)
			.body("{\"latestEdition\":false}")
			.exchange()
			.expectBody()
			.json("{\"latestEdition\":false}");
		assertThat(this.newsletters.welcomes(this.newsletter.id())).isFalse();
		api.put().contentType(MediaType.APPLICATION_JSON).body("{}").exchange().expectStatus().is4xxClientError();
	}

	private void left(String reason) {
		long id = new TestNewsroom(this.jdbc, this.newsletters, this.clock).reader(this.newsletter,
				TestNewsroom.address("left"), "UNSUBSCRIBED", true);
		this.jdbc.sql("UPDATE subscription SET left_at = ? WHERE subscriber_id = ?")
			.params(this.clock.instant(), id)
			.update();
		this.jdbc.sql("INSERT INTO departure_reason (newsletter_id, subscriber_id, reason, at) VALUES (?, ?, ?, ?)")
			.params(this.newsletter.id(), id, reason, this.clock.instant())
			.update();
	}

}
