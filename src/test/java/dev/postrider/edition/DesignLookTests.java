package dev.postrider.edition;

import java.util.List;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import dev.postrider.demo.newsroom.SamplePictures;
import dev.postrider.mail.Letter;
import dev.postrider.mail.LetterRenderer;
import dev.postrider.testing.Browser;
import dev.postrider.testing.PostriderTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The designs as a browser shows them, with the sample newsroom's stories; pictures in
 * {@code target/screenshots}.
 */
@PostriderTest
class DesignLookTests {

	static final List<String> DESIGNS = SampleEditions.DESIGNS;

	@Autowired
	private LetterRenderer letters;

	@Autowired
	private EditionModel model;

	private Page page;

	@BeforeEach
	void open() {
		this.page = Browser.newPage(Browser.Look.LIGHT);
		this.page.route("https://**/*", (route) -> route
			.fulfill(new Route.FulfillOptions().setContentType("image/png").setBodyBytes(new byte[0])));
		this.page.route("https://courier.example/pictures/*.jpg", (route) -> {
			String slug = route.request().url().replaceAll(".*/|\\.jpg$", "");
			route.fulfill(
					new Route.FulfillOptions().setContentType("image/jpeg").setBodyBytes(SamplePictures.jpeg(slug)));
		});
	}

	@AfterEach
	void close() {
		this.page.context().close();
	}

	@ParameterizedTest
	@FieldSource("DESIGNS")
	@DisplayName("H1, H2, H3, H4: axe finds nothing, light or dark, and nothing is wider than the screen")
	void inEnglish(String design) {
		look(design, "en", SampleEditions.full());
	}

	@ParameterizedTest
	@FieldSource("DESIGNS")
	@DisplayName("H1, H2, H3, H4: the same from right to left")
	void inArabic(String design) {
		look(design, "ar", SampleEditions.arabic());
	}

	@ParameterizedTest
	@FieldSource("DESIGNS")
	@DisplayName("H3: with images off every picture is told by its words, and nothing moves out of the screen")
	void withImagesOff(String design) {
		this.page.route("https://courier.example/pictures/*.jpg", Route::abort);
		this.page.setContent(letter(design, "en", SampleEditions.full()).html());
		width(600, ColorScheme.LIGHT);
		Browser.screenshot(this.page, "design-" + design + "-en-600-off");
		assertFits(600);
		width(375, ColorScheme.LIGHT);
		assertFits(375);
	}

	@ParameterizedTest
	@FieldSource("DESIGNS")
	@DisplayName("stories that attack or never end stay inside the screen")
	void hostileStoriesFit(String design) {
		Letter letter = letter(design, "en", SampleEditions.hostile());
		this.page.setContent(letter.html());
		for (int width : new int[] { 600, 375, 320 }) {
			width(width, ColorScheme.LIGHT);
			assertFits(width);
		}
		Browser.screenshot(this.page, "design-" + design + "-hostile");
		Browser.assertAccessible(this.page);
	}

	@ParameterizedTest
	@FieldSource("DESIGNS")
	void theWebCopyIsOfTheSameFamily(String design) {
		this.page.setContent(this.letters
			.render(design + "/edition", this.model.web(SampleEditions.full(), SampleEditions.newsletter(design, "en")))
			.html());
		Browser.assertAccessible(this.page);
		width(1280, ColorScheme.LIGHT);
		Browser.screenshot(this.page, "design-" + design + "-web");
	}

	private void look(String design, String language, Edition edition) {
		this.page.setContent(letter(design, language, edition).html());
		Browser.assertAccessible(this.page);
		// Not only the page: MJML gives each of its tables a direction.
		assertThat(this.page.evaluate("[...new Set([...document.querySelectorAll('h1, h2, p, td')]"
				+ ".map(e => getComputedStyle(e).direction))].join()"))
			.isEqualTo(language.equals("ar") ? "rtl" : "ltr");
		for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
			for (int width : new int[] { 600, 375, 320 }) {
				width(width, scheme);
				assertFits(width);
				if (width > 320) {
					Browser.screenshot(this.page,
							"design-" + design + "-" + language + "-" + width + "-" + scheme.name().toLowerCase());
				}
			}
			String paper = "getComputedStyle(document.querySelector('.page')).backgroundColor";
			assertThat(this.page.evaluate(
					paper + ".match(/\\d+/g).every(c => c " + ((scheme == ColorScheme.DARK) ? "< 40" : "> 230") + ")"))
				.as(design + " " + scheme)
				.isEqualTo(true);
		}
	}

	private void width(int width, ColorScheme scheme) {
		this.page.setViewportSize(width, 900);
		this.page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
	}

	private void assertFits(int width) {
		assertThat(this.page.evaluate("document.documentElement.scrollWidth")).isEqualTo(width);
	}

	private Letter letter(String design, String language, Edition edition) {
		Letter letter = this.letters.render(design + "/edition",
				this.model.mail(edition, SampleEditions.newsletter(design, language)));
		return new Letter(letter.subject(), SampleEditions.filled(letter.html()), SampleEditions.filled(letter.text()));
	}

}
