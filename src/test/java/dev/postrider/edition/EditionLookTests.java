package dev.postrider.edition;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

import javax.imageio.ImageIO;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import dev.postrider.mail.Letter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.story.StoryKind;
import dev.postrider.testing.Browser;
import dev.postrider.testing.PostriderTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The front-page letter as a browser shows it; pictures in {@code target/screenshots}.
 */
@PostriderTest
class EditionLookTests {

	@Autowired
	private Editions editions;

	@Autowired
	private EditionComposer composer;

	@Autowired
	private EditionRenderer renderer;

	@Autowired
	private Newsletters newsletters;

	@Autowired
	private JdbcClient jdbc;

	@Test
	@DisplayName("H1, H2, H3, H4: axe finds nothing, light or dark, and nothing is wider than the screen")
	void readableByAllOnEveryScreen() {
		Letter letter = letter();
		try (Page page = Browser.newPage(Browser.Look.LIGHT)) {
			page.route("https://news.example/picture.png", (route) -> route
				.fulfill(new Route.FulfillOptions().setContentType("image/png").setBodyBytes(picture())));
			page.setContent(letter.html());
			Browser.assertAccessible(page);
			Browser.screenshots(page, "edition-mail");
			Browser.look(page, Browser.Look.DARK);
			assertThat(page.evaluate("getComputedStyle(document.querySelector('.page')).backgroundColor"))
				.isEqualTo("rgb(23, 22, 20)");
			for (Browser.Look look : Browser.Look.values()) {
				Browser.look(page, look);
				for (int width : new int[] { 600, 375, 320 }) {
					page.setViewportSize(width, 800);
					Browser.screenshot(page, "edition-mail-" + width + "-" + look);
					assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(width);
				}
			}
		}
	}

	private Letter letter() {
		SampleNewsroom newsroom = new SampleNewsroom(this.jdbc, this.newsletters);
		long lead = newsroom.story("Harbour reopens after the storm, but a third of the fleet is still missing",
				"Port authorities let the first ferries out at dawn. Forty-one boats remain unaccounted for, most of them small.",
				"Local", StoryKind.NEWS);
		long second = newsroom.story("Council votes to keep the night buses, at least until spring",
				"The lines carry 4,100 people a week. A fare rise of 20 cents pays for half of it.", "City",
				StoryKind.FEATURE);
		for (long id : new long[] { lead, second }) {
			newsroom.set(id, "image_url", "https://news.example/picture.png");
			newsroom.set(id, "image_alt", "The sea at dusk");
			newsroom.set(id, "image_credit", "Tomas Vell");
			newsroom.set(id, "image_width", 1200);
			newsroom.set(id, "image_height", 675);
			newsroom.set(id, "author", "Ines Maartens");
		}
		newsroom.set(lead, "tags", "Harbour,Ferries,Storm");
		newsroom.relate(lead, "https://news.example/map", "Map: which lines sail today, and when");
		newsroom.relate(lead, "https://news.example/live", "How the night went, hour by hour");
		newsroom.relate(second, "https://news.example/buses", "All night buses from Monday");
		long podcast = newsroom.story("Low water: what the river remembers",
				"Our reporters walk the dry bed of the Elm.", "Podcasts", StoryKind.PODCAST);
		newsroom.set(podcast, "audio_url", "https://news.example/audio.mp3");
		newsroom.set(podcast, "audio_seconds", 2040);
		newsroom.story("Follow the count: by-election in the northern wards", "Polls closed at 18:00.", "Politics",
				StoryKind.LIVE);
		Edition edition = this.editions.open(newsroom.newsletter(), newsroom.date(), 1, newsroom.due());
		Edition composed = this.composer.compose(edition.id(), newsroom.newsletter());
		Edition described = this.composer.describe(edition.id(), composed.subject(), composed.preheader(),
				"Good morning. The storm has passed; the counting has begun.");
		return this.renderer.preview(described, newsroom.newsletter());
	}

	private static byte[] picture() {
		BufferedImage image = new BufferedImage(1200, 675, BufferedImage.TYPE_INT_RGB);
		Graphics2D pen = image.createGraphics();
		pen.setPaint(new GradientPaint(0, 0, new Color(0x26384a), 0, 675, new Color(0xd98b5f)));
		pen.fillRect(0, 0, 1200, 675);
		pen.setColor(new Color(0xfff0d2));
		pen.fillOval(780, 180, 90, 90);
		pen.dispose();
		try {
			ByteArrayOutputStream out = new ByteArrayOutputStream();
			ImageIO.write(image, "png", out);
			return out.toByteArray();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
