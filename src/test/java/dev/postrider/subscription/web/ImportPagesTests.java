package dev.postrider.subscription.web;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.SelectOption;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.staff.Audit;
import dev.postrider.testing.Browser;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestClock;
import dev.postrider.testing.TestNewsroom;
import dev.postrider.testing.TestStaff;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * An admin hands in a file of readers, in a real browser.
 */
@PostriderTest
class ImportPagesTests {

	private static final String SOURCE = "Double opt-in at our old newsletter tool, 2019 to 2026";

	@LocalServerPort
	private int port;

	@Autowired
	private TestStaff staff;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private Newsletters newsletters;

	@Autowired
	private Audit audit;

	@Autowired
	private TestClock clock;

	private TestStaff.Member admin;

	private Newsletter newsletter;

	private Page page;

	private final String tag = UUID.randomUUID().toString().substring(0, 8);

	@BeforeEach
	void open() {
		this.clock.reset();
		this.page = Browser.newPage(Browser.Look.LIGHT);
		this.admin = this.staff.admin();
		this.newsletter = new TestNewsroom(this.jdbc, this.newsletters, this.clock).newsletter();
	}

	@AfterEach
	void close() {
		this.page.context().close();
	}

	@Test
	void handsInChecksAndTakesIn() throws Exception {
		this.staff.login(this.port, this.admin).into(this.page.context());
		go("/monitor/imports");
		handIn("Number;Contact;Name\n1;not an address;Nobody\n");
		assertThat(heading("readers.csv")).isVisible();
		look("import-columns-unknown");
		go("/monitor/imports");
		handIn("Number;E-mail;Full name;Weekdays\n1;%s;\"Doe, Jane\";MON FRI\n2;not an address;Nobody;\n3;%s;Zoë;SUN\n"
			.formatted(address("jane"), address("zoe")));
		assertThat(heading("readers.csv")).isVisible();
		assertThat(this.page.getByText("Waits for you")).isVisible();
		this.page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true))
			.selectOption(new SelectOption().setLabel("Full name"));
		this.page.getByLabel("Days").selectOption(new SelectOption().setLabel("Weekdays"));
		look("import-columns");

		press("Check without taking in");
		assertThat(this.page.getByText("1 row would be taken in, 2 rejected; nothing is changed yet"))
			.isVisible(patient());
		assertThat(readers()).isZero();
		look("import-checked");
		Download rejected = this.page.waitForDownload(
				() -> this.page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Download")).click());
		assertThat(new String(rejected.createReadStream().readAllBytes(), StandardCharsets.UTF_8))
			.contains("3,not an address,Nobody,", "4," + address("zoe") + ",Zoë,SUN", "days: ");

		this.page.onceDialog((dialog) -> dialog.accept());
		press("Take in");
		assertThat(this.page.getByText("1 row taken in, 2 rejected")).isVisible(patient());
		look("import-taken-in");
		assertThat(this.jdbc.sql("""
				SELECT CONCAT(r.name, ' ', s.days, ' ', c.wording) FROM subscriber r
				JOIN subscription s ON s.subscriber_id = r.id JOIN consent c ON c.subscriber_id = r.id WHERE r.email = ?
				""").param(address("jane")).query(String.class).single()).isEqualTo("Doe, Jane 17 " + SOURCE);
		assertThat(this.audit.entries(null, 200)).filteredOn((it) -> it.actor().equals(this.admin.email()))
			.extracting(Audit.Entry::action)
			.contains("subscribers.import", "subscribers.import-check", "subscribers.import-file");
		go("/monitor/imports");
		look("imports");
	}

	@Test
	void saysWhatIsWrongWithAFile() {
		this.staff.login(this.port, this.admin).into(this.page.context());
		go("/monitor/imports");
		handIn("email,name\na@b.example,Doe, Jane\n");
		assertThat(this.page.getByText("Line 2 has 3 fields, the header 2")).isVisible(patient());
		look("imports-error");
	}

	@Test
	void worksWithoutJavaScript() {
		TestStaff.Session session = this.staff.login(this.port, this.admin);
		String boundary = "b" + this.tag;
		String answer = session
			.postMultipart("/monitor/imports", boundary,
					List.of("newsletter", this.newsletter.slug(), "source", SOURCE), "readers.csv",
					"email\n" + address("plain") + "\n")
			.headers()
			.firstValue("Location")
			.orElseThrow();
		String path = answer.substring(answer.indexOf("/monitor"));
		assertThat(session.get(path).body()).contains("readers.csv", address("plain"), SOURCE);
		assertThat(session.post(path, path, "action", "take-in", "field.email", "0", "source", "").statusCode())
			.isEqualTo(302);
		assertThat(session.get(path).body()).contains("Say where and how these readers agreed.");
		session.post(path, path + "/delete");
		assertThat(session.get(path).statusCode()).isEqualTo(404);
		assertThat(this.staff.login(this.port, this.staff.editor()).get("/monitor/imports").statusCode())
			.isEqualTo(403);
	}

	private void handIn(String text) {
		this.page.getByLabel("File", new Page.GetByLabelOptions().setExact(true))
			.setInputFiles(new FilePayload("readers.csv", "text/csv", text.getBytes(StandardCharsets.UTF_8)));
		this.page.getByLabel("Newsletter they are to get").selectOption(this.newsletter.slug());
		this.page.getByLabel("Where and how").fill(SOURCE);
		press("Hand it in");
	}

	private com.microsoft.playwright.Locator heading(String name) {
		return this.page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(name));
	}

	private void press(String name) {
		this.page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true)).click();
	}

	private static LocatorAssertions.IsVisibleOptions patient() {
		return new LocatorAssertions.IsVisibleOptions().setTimeout(20_000);
	}

	private int readers() {
		return this.jdbc.sql("SELECT COUNT(*) FROM subscriber WHERE email LIKE ?")
			.param("%" + this.tag + "%")
			.query(Integer.class)
			.single();
	}

	private String address(String who) {
		return who + "-" + this.tag + "@import.example";
	}

	private void go(String path) {
		this.page.navigate("http://localhost:" + this.port + path);
	}

	private void look(String name) {
		Browser.assertAccessible(this.page);
		Browser.screenshots(this.page, "monitor-" + name);
	}

}
