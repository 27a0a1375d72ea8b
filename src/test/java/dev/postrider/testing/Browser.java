package dev.postrider.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The one real browser of a test JVM: a headless Chromium. Without one the test is
 * skipped with a line saying so; where {@code CI=true} it fails. Use it from the test's
 * own thread only.
 */
public final class Browser {

	/** Where pictures of pages go. */
	public static final Path SCREENSHOTS = Path.of("target", "screenshots");

	private static final List<String> ARGUMENTS = List.of("--no-sandbox", "--disable-gpu",
			"--disable-background-networking", "--disable-component-update", "--disable-sync");

	/** Milliseconds that a page may take to show what it should. */
	private static final double PATIENCE = 20_000;

	private static final String TOO_WIDE = """
			[...document.querySelectorAll("body *")].filter((e) => e.clientWidth > 0 && e.scrollWidth > Math.max(e.clientWidth, innerWidth - 40))
			  .map((e) => `${e.tagName}.${e.className}: ${e.textContent.trim().slice(0, 200)}`).slice(-5).join(" | ")""";

	private static final Path CHROMIUM = Path
		.of(System.getenv().getOrDefault("POSTRIDER_TEST_CHROMIUM", "/usr/bin/chromium"));

	private static com.microsoft.playwright.@org.jspecify.annotations.Nullable Browser chromium;

	private Browser() {
	}

	/** How a page is looked at. */
	public enum Look {

		/** A desk screen, light. */
		LIGHT(1280, 900, ColorScheme.LIGHT),

		/** A desk screen, dark. */
		DARK(1280, 900, ColorScheme.DARK),

		/** A telephone, 375 px wide. */
		PHONE(375, 812, ColorScheme.LIGHT);

		private final int width;

		private final int height;

		private final ColorScheme scheme;

		Look(int width, int height, ColorScheme scheme) {
			this.width = width;
			this.height = height;
			this.scheme = scheme;
		}

	}

	/**
	 * A blank page with cookies of its own; close its context when done.
	 */
	public static synchronized Page newPage(Look look) {
		Page page = chromium().newContext().newPage();
		look(page, look);
		return page;
	}

	/** Looks at an open page in another way. */
	public static void look(Page page, Look look) {
		page.setViewportSize(look.width, look.height);
		page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(look.scheme));
	}

	/**
	 * An open page in every look, as {@link #screenshot pictures}
	 * {@code target/screenshots/NAME-light.png} and so on. Fails when the page is wider
	 * than a telephone.
	 */
	public static void screenshots(Page page, String name) {
		for (Look look : Look.values()) {
			look(page, look);
			screenshot(page, name + "-" + look.name().toLowerCase(java.util.Locale.ROOT));
			if (look == Look.PHONE) {
				assertThat(page.evaluate("document.documentElement.scrollWidth"))
					.as(() -> "width of " + name + " on a telephone; too wide: " + page.evaluate(TOO_WIDE))
					.isEqualTo(look.width);
			}
		}
		look(page, Look.LIGHT);
	}

	/**
	 * One picture of a whole page as it is looked at now; only with
	 * {@code -Dpostrider.screenshots=true}, since they take their time.
	 */
	public static void screenshot(Page page, String name) {
		if (Boolean.getBoolean("postrider.screenshots")) {
			page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")).setFullPage(true));
		}
	}

	/** Fails when axe finds anything wrong with an open page, light or dark. */
	public static void assertAccessible(Page page) {
		for (Look look : List.of(Look.LIGHT, Look.DARK)) {
			look(page, look);
			assertThat(violations(page)).as("axe on " + page.url() + ", " + look).isEmpty();
		}
		look(page, Look.LIGHT);
	}

	/** What axe finds wrong: rule, help and the places. */
	static List<String> violations(Page page) {
		return new AxeBuilder(page).analyze()
			.getViolations()
			.stream()
			.map((rule) -> rule.getId() + ": " + rule.getHelp() + " at " + rule.getNodes()
				.stream()
				.map((node) -> node.getTarget() + " " + Arrays.toString(node.getAny().toArray()) + " " + node.getHtml())
				.toList())
			.toList();
	}

	private static com.microsoft.playwright.Browser chromium() {
		com.microsoft.playwright.Browser browser = chromium;
		if (browser == null) {
			if (!Files.isExecutable(CHROMIUM)) {
				String missing = "No browser at " + CHROMIUM
						+ "; install chromium, or name one in POSTRIDER_TEST_CHROMIUM";
				if ("true".equals(System.getenv("CI"))) {
					Assertions.fail(missing);
				}
				System.out.println("Skipped: " + missing);
				Assumptions.abort(missing);
			}
			PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
			Playwright playwright = Playwright
				.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
			browser = playwright.chromium()
				.launch(new BrowserType.LaunchOptions().setExecutablePath(CHROMIUM).setArgs(ARGUMENTS));
			chromium = browser;
		}
		return browser;
	}

}
