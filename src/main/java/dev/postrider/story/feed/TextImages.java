package dev.postrider.story.feed;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

import dev.postrider.story.Story;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/**
 * Finds pictures in the text of an item, with the words that stand around them.
 */
final class TextImages {

	/** Smaller pictures in a text are icons and counters. */
	private static final int SMALLEST = 50;

	/** A caption that begins so says whose picture it is, not what it shows. */
	private static final Pattern CREDIT = Pattern.compile(
			"^(?:(?:photo(?:graph)?|picture|image|credit|foto|bild|imagen|crédito|quelle|source)s?\\s*(?:by|credit|:)|©|\\(c\\)).*",
			Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

	private TextImages() {
	}

	/**
	 * The first picture that is not a mere icon.
	 * @param html any, also broken
	 * @param base what its addresses are relative to
	 */
	static Optional<Story.Image> first(String html, URI base) {
		if (!html.toLowerCase(Locale.ROOT).contains("<img")) {
			return Optional.empty();
		}
		return Jsoup.parseBodyFragment(html)
			.select("img[src]")
			.stream()
			.filter((img) -> ItemMedia.isVisible(pixels(img.attr("width")), SMALLEST)
					&& ItemMedia.isVisible(pixels(img.attr("height")), SMALLEST))
			.flatMap((img) -> WebAddress.http(img.attr("src"), base).map((uri) -> image(img, uri)).stream())
			.findFirst();
	}

	private static Story.Image image(Element img, URI uri) {
		return new Story.Image(uri.toString(), PlainText.tidy(img.attr("alt")), credit(img), pixels(img.attr("width")),
				pixels(img.attr("height")), false);
	}

	/**
	 * Words marked as a credit in the picture's figure, else a caption that reads as one.
	 */
	private static @Nullable String credit(Element img) {
		Element figure = img.closest("figure");
		if (figure == null) {
			return null;
		}
		Element marked = figure
			.selectFirst("[class*=credit], [class*=copyright], [itemprop=copyrightHolder], small, cite");
		Element caption = figure.selectFirst("figcaption");
		String words = PlainText.tidy((marked != null) ? marked.text() : (caption != null) ? caption.text() : "");
		return (!words.isEmpty() && (marked != null || CREDIT.matcher(words).matches())) ? words : null;
	}

	private static @Nullable Integer pixels(String value) {
		return value.matches("\\d{1,5}(px)?") ? Integer.valueOf(value.replace("px", "")) : null;
	}

}
