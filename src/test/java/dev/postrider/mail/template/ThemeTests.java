package dev.postrider.mail.template;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import javax.imageio.ImageIO;

import dev.postrider.mail.Letter;
import dev.postrider.mail.TemplateException;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A newsroom's own colours, fonts and logo, and its own designs.
 */
class ThemeTests {

	@TempDir
	private Path folder;

	private DroppedIn dropped;

	@BeforeEach
	void folder() {
		this.dropped = new DroppedIn(this.folder);
	}

	@AfterEach
	void close() {
		this.dropped.close();
	}

	@Test
	void colourFontAndLogoReachTheTemplate() throws IOException {
		this.dropped.design("daily", "${theme.paper} ${theme.ink} ${theme.darkAccent} ${theme.serif} ${theme.sans} "
				+ "<img src=\"${theme.logo.url}\" alt=\"${theme.logo.alt}\" width=\"${theme.logo.width}\" height=\"${theme.logo.height}\">");
		this.dropped.file("daily/theme.properties", """
				# Ours
				ink = #102030
				serif = 'Ours Display', Georgia, serif
				logo = masthead.png
				logo.alt = The Daily & Sunday
				logo.width = 240
				""");
		picture("daily/masthead.png", 480, 120);
		Letter letter = this.dropped.render("daily", Map.of());
		assertThat(Jsoup.parse(letter.html()).text())
			.contains("#fdfcfa #102030 #ef9a83 'Ours Display', Georgia, serif");
		Element logo = Jsoup.parse(letter.html()).select("img").get(0);
		assertThat(logo.attr("alt")).isEqualTo("The Daily & Sunday");
		assertThat(logo.attr("width")).isEqualTo("240");
		assertThat(logo.attr("height")).isEqualTo("60");
		String url = logo.attr("src");
		assertThat(url).matches("https://news[.]example/designs/daily/logo-[0-9a-f]{16}[.]png");

		LogoController logos = new LogoController(designs());
		ResponseEntity<byte[]> served = logos.logo("daily", url.substring(url.lastIndexOf('/') + 1));
		assertThat(served.getStatusCode()).isEqualTo(HttpStatus.OK);
		assertThat(served.getHeaders().getContentType()).isEqualTo(MediaType.IMAGE_PNG);
		assertThat(served.getHeaders().getCacheControl()).contains("immutable");
		assertThat(served.getBody()).isEqualTo(Files.readAllBytes(this.folder.resolve("daily/masthead.png")));
		assertThat(logos.logo("daily", "logo-0123456789abcdef.png").getHeaders().getCacheControl())
			.as("an old mail's logo has changed since")
			.doesNotContain("immutable");
		assertThat(logos.logo("front-page", "logo-0123456789abcdef.png").getStatusCode())
			.isEqualTo(HttpStatus.NOT_FOUND);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			ink = navy                           | 2 | ink is "navy"; a colour is written #rrggbb
			ink = #123                           | 2 | a colour is written #rrggbb
			ink = #000000;}body{x:y              | 2 | a colour is written #rrggbb
			ink = #bbbbbb                        | 2 | ink (#bbbbbb) on paper (#fdfcfa) has a contrast of 1.9:1
			quiet = #999999                      | 2 | quiet (#999999) on paper
			darkAccent = #8c2f1b                 | 2 | darkAccent (#8c2f1b) on darkPaper (#171614)
			darkPaper = #ffffff                  | 2 | darkPaper (#ffffff) has a contrast of
			inc = #000000                        | 2 | there is no setting "inc"; there are accent, base,
			ink: #000000                         | 2 | is no setting; write key = value
			serif = Georgia                      | 2 | the last family must be serif, sans-serif
			serif = Georgia;} body{}, serif      | 2 | a font is a list of families
			serif = url(https://x.example), serif | 2 | a font is a list of families
			logo = ../secret.png                 | 2 | it must name a file beside theme.properties
			logo = /etc/passwd                   | 2 | it must name a file beside theme.properties
			logo = masthead.png                  | 0 | logo.alt is needed beside logo
			base = front-page                    | 0 | the folder has an edition.mjml.ftlh of its own
			""")
	void whatIsWrongIsNamedWithItsLine(String line, int number, String reason) {
		this.dropped.design("daily", "x");
		this.dropped.file("daily/theme.properties", "# Ours\n" + line + "\n");
		String place = this.folder.resolve("daily/theme.properties") + ((number > 0) ? ", line " + number : "") + ": ";
		assertThatExceptionOfType(TemplateException.class).isThrownBy(() -> this.dropped.render("daily", Map.of()))
			.withMessageContaining(place)
			.withMessageContaining(reason);
		assertThat(designs().faults().get("daily")).contains(place).contains(reason);
		assertThat(designs().exists("daily")).isFalse();
		assertThat(designs().all()).contains("front-page").doesNotContain("daily");
	}

	@Test
	void aLogoIsAPictureThatLiesThere() throws IOException {
		this.dropped.design("daily", "x");
		this.dropped.file("daily/theme.properties", "logo = masthead.png\nlogo.alt = Daily\n");
		assertThat(designs().faults().get("daily")).contains("theme.properties, line 1: ", "there is no such file");
		this.dropped.file("daily/masthead.png", "<svg onload=\"alert(1)\"/>");
		assertThat(designs().faults().get("daily")).contains("line 1: ", "no PNG, JPEG or GIF picture");
		picture("daily/masthead.png", 900, 90);
		assertThat(designs().faults().get("daily")).contains("line 1: ", "is 900 pixels wide; say with logo.width");
		Files.delete(this.folder.resolve("daily/masthead.png"));
		Path outside = Files.createTempFile("outside", ".png");
		ImageIO.write(new BufferedImage(10, 10, BufferedImage.TYPE_INT_RGB), "png", outside.toFile());
		Files.createSymbolicLink(this.folder.resolve("daily/masthead.png"), outside);
		assertThat(designs().faults().get("daily")).contains("line 1: ", "leads out of the folder by a link");
		Files.delete(outside);
	}

	@Test
	void aThemeAloneIsADesignToo() {
		this.dropped.file("evening/theme.properties", "base = front-page\naccent = #004466\n");
		assertThat(designs().all()).contains("front-page", "evening");
		assertThat(designs().template("evening/edition")).isEqualTo("front-page/edition");
		assertThat(designs().theme("evening/edition").settings()).containsEntry("accent", "#004466")
			.containsEntry("ink", "#1c1b19");
		assertThat(designs().template("front-page/edition")).isEqualTo("front-page/edition");
		assertThat(designs().theme("confirm").settings()).containsEntry("accent", "#8c2f1b");
	}

	@Test
	void whatComesWithPostriderIsNotReplaced() {
		this.dropped.design("front-page", "theirs");
		this.dropped.file("parts/footer.ftlh", "theirs");
		assertThat(designs().faults().get("front-page")).contains("is not replaced: give the folder another name");
		assertThatExceptionOfType(TemplateException.class).isThrownBy(() -> this.dropped.render("front-page", Map.of()))
			.withMessageContaining("give the folder another name");
		this.dropped.design("daily", "<#include \"/parts/footer.ftlh\">here");
		assertThat(this.dropped.render("daily", Map.of()).html()).contains("here").doesNotContain("theirs");
	}

	@Test
	void aFolderThatIsNoDesignSaysSo() {
		this.dropped.file("empty/readme.txt", "x");
		this.dropped.file("odd_Name/edition.mjml.ftlh", "x");
		this.dropped.file("wrong/theme.properties", "base = nowhere\n");
		assertThat(designs().faults()).containsOnlyKeys("empty", "odd_Name", "wrong");
		assertThat(designs().faults().get("empty")).contains("it has no edition.mjml.ftlh");
		assertThat(designs().faults().get("odd_Name")).contains("small letters, digits and hyphens");
		assertThat(designs().faults().get("wrong")).contains("the designs that come with Postrider are [front-page");
	}

	@Test
	void aFolderThatIsAwayCostsOnlyItsOwnDesigns() throws IOException {
		this.dropped.design("daily", "x");
		this.dropped.file("evening/theme.properties", "base = front-page\n");
		FolderDesigns designs = designs();
		assertThat(designs.all()).contains("daily", "evening", "front-page");
		Path away = Files.move(this.folder, this.folder.resolveSibling("away-" + this.folder.getFileName()));
		try {
			assertThat(designs.all()).contains("front-page", "list").doesNotContain("daily", "evening");
			assertThat(designs.exists("front-page")).isTrue();
			assertThat(designs.exists("daily")).isFalse();
			assertThat(designs.template("front-page/edition")).isEqualTo("front-page/edition");
			assertThat(designs.theme("front-page/edition").settings()).containsEntry("accent", "#8c2f1b");
			assertThat(designs.template("confirm")).isEqualTo("confirm");
			assertThatExceptionOfType(TemplateException.class).isThrownBy(() -> designs.template("daily/edition"))
				.withMessageContaining(this.folder + " cannot be read");
			assertThat(designs.faults()).containsOnlyKeys(this.folder.toString());
			assertThatThrownBy(this::designs).as("who starts with it is told").hasMessageContaining("templates");
		}
		finally {
			Files.move(away, this.folder);
		}
		assertThat(designs.all()).contains("daily", "evening");
		assertThat(designs.faults()).isEmpty();
	}

	@Test
	void aLinkThatLeadsNowhereDisturbsNoDesign() throws IOException {
		this.dropped.file("evening/theme.properties", "base = front-page\n");
		Files.createSymbolicLink(this.folder.resolve("evening/.#theme.properties"), Path.of("nobody@nowhere"));
		assertThat(designs().faults()).isEmpty();
	}

	@Test
	void whatIsEditedIsSeen() {
		this.dropped.design("daily", "${theme.ink}");
		this.dropped.file("daily/theme.properties", "ink = #000001\n");
		assertThat(this.dropped.render("daily", Map.of()).html()).contains("#000001");
		this.dropped.file("daily/theme.properties", "ink = #000002\n");
		assertThat(this.dropped.render("daily", Map.of()).html()).contains("#000002");
	}

	private FolderDesigns designs() {
		return new FolderDesigns(new LetterProperties(this.folder, Duration.ofSeconds(5), DataSize.ofMegabytes(1),
				DataSize.ofMegabytes(99)));
	}

	private void picture(String name, int width, int height) throws IOException {
		Path file = this.folder.resolve(name);
		Files.createDirectories(file.getParent());
		ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
	}

}
