package dev.postrider.edition;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;

import javax.imageio.ImageIO;

import dev.postrider.mail.Letter;
import dev.postrider.mail.template.DroppedIn;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.testing.PostriderTest;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Designs that a newsroom drops in, with the stories that every design gets.
 */
@PostriderTest
class DesignTrialsTests {

	@TempDir
	private Path folder;

	@Autowired
	private EditionModel model;

	@Autowired
	private Newsletters newsletters;

	@Autowired
	private JdbcClient jdbc;

	private DroppedIn dropped;

	private DesignTrials trials;

	@BeforeEach
	void folder() {
		this.dropped = new DroppedIn(this.folder);
		this.trials = new DesignTrials(this.dropped.designs(), this.dropped.renderer(), this.model, this.newsletters);
	}

	@AfterEach
	void close() {
		this.dropped.close();
	}

	@Test
	void aDesignOfOnesOwnWithOurParts() {
		this.dropped.file("bulletin/edition.mjml.ftlh", """
				<#import "/parts/look.ftlh" as look>
				<#import "/parts/footer.ftlh" as footer>
				<mjml lang="${lang}" dir="${dir}">
				<@look.head/>
				<mj-body background-color="${theme.paper}">
				<mj-section><mj-column><mj-text><h1>${newsletter.name}</h1></mj-text>
				<#list stories as story>
				<mj-text><h2><a href="${story.url}">${story.headline}</a></h2></mj-text>
				</#list>
				</mj-column></mj-section>
				<@footer.colophon/>
				</mj-body>
				</mjml>
				""");
		this.dropped.file("bulletin/edition.txt.ftl", """
				Subject: ${subject}

				<#list stories as story>
				${story.headline}
				${story.url}
				</#list>
				""");
		assertThat(this.trials.failures()).doesNotContainKey("bulletin");
		Document html = Jsoup.parse(letter("bulletin").html());
		assertThat(html.select("h2")).hasSize(10);
		assertThat(html.text()).contains("Unsubscribe");
	}

	@Test
	void whatOnlyAFullStoryShowsIsFound() {
		this.dropped.design("daily", "<#list stories as story>${story.headline}</#list>");
		this.dropped.design("weekly",
				"<#list stories as story>\n<#if story.image??>${story.image.colour}</#if></#list>");
		this.dropped.design("yearly", "<#if web>${reader.email}</#if>");
		assertThat(this.trials.failures()).doesNotContainKey("daily");
		assertThat(this.trials.failures().get("weekly")).isEqualTo(
				this.folder.resolve("weekly/edition.mjml.ftlh") + ", line 3: there is no story.image.colour here."
						+ " Where it may be missing, write story.image.colour!\"\" or <#if story.image.colour??>");
		assertThat(this.trials.failures().get("yearly")).as("nobody reads the archive's page alone")
			.contains("yearly/edition.mjml.ftlh, line 2: there is no reader here: the edition's page");
	}

	@Test
	void aNewsletterInADesignThatIsGoneIsNamed() {
		String slug = "design-" + UUID.randomUUID().toString().substring(0, 8);
		this.jdbc.sql("""
				INSERT INTO newsletter (slug, name, description, days, send_time, design, created_at)
				VALUES (?, 'Gone', 'x', 21, '07:00:00', ?, UTC_TIMESTAMP(6))
				""").params(slug, slug).update();
		assertThat(this.trials.failures().get(slug)).startsWith("The newsletter " + slug + " has it, but there is no")
			.contains("front-page, list, long-read");
		this.jdbc.sql("UPDATE newsletter SET design = 'front-page' WHERE slug = ?").param(slug).update();
		assertThat(this.trials.failures()).doesNotContainKey(slug);
	}

	@Test
	void coloursFontsAndLogoAloneMakeADesign() throws IOException {
		this.dropped.file("evening/theme.properties", """
				base = front-page
				paper = #f4f7fb
				ink = #0f1c2e
				quiet = #4a5a70
				line = #c5d0de
				accent = #0b5394
				darkPaper = #0d1520
				darkInk = #e6edf5
				darkQuiet = #9db0c6
				darkLine = #2b3a4d
				darkAccent = #8ec5ff
				serif = 'Trebuchet MS', Verdana, sans-serif
				logo = logo.png
				logo.alt = The Evening Courier
				logo.width = 210
				""");
		logo(this.folder.resolve("evening/logo.png"));
		assertThat(this.trials.failures()).doesNotContainKey("evening");
		Letter letter = letter("evening");
		Document html = Jsoup.parse(letter.html());
		assertThat(html.select("img[alt=The Evening Courier]").attr("src"))
			.matches("https://news[.]example/designs/evening/logo-[0-9a-f]{16}[.]png");
		assertThat(letter.html()).contains("#0b5394", "#8ec5ff", "Trebuchet MS").doesNotContain("#8c2f1b", "#ef9a83");
	}

	private Letter letter(String design) {
		Newsletter newsletter = SampleEditions.newsletter(design, "en");
		return this.dropped.renderer().render(design + "/edition", this.model.mail(SampleEditions.full(), newsletter));
	}

	private static void logo(Path file) throws IOException {
		BufferedImage image = new BufferedImage(420, 64, BufferedImage.TYPE_INT_RGB);
		Graphics2D graphics = image.createGraphics();
		graphics.setColor(new Color(0x0b5394));
		graphics.fillRect(0, 0, 420, 64);
		graphics.setColor(Color.WHITE);
		graphics.setFont(new Font(Font.SERIF, Font.BOLD, 36));
		graphics.drawString("The Evening Courier", 24, 44);
		graphics.dispose();
		ImageIO.write(image, "png", file.toFile());
	}

}
