package dev.postrider.story.feed;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Range;
import org.jsoup.parser.Parser;

/**
 * Makes the relative addresses in HTML absolute and leaves every other character as it
 * is.
 */
final class RelativeLinks {

	private static final Set<String> ATTRIBUTES = Set.of("href", "src", "cite", "poster", "background", "longdesc");

	/** Saves the parser's work for most texts. */
	private static final Pattern ANY = Pattern.compile("\\b(?:" + String.join("|", ATTRIBUTES) + ")\\s*=",
			Pattern.CASE_INSENSITIVE);

	private RelativeLinks() {
	}

	/** Whether an attribute of HTML holds an address. */
	static boolean isAddress(String attribute) {
		return ATTRIBUTES.contains(attribute.toLowerCase(Locale.ROOT));
	}

	/**
	 * The same HTML with absolute addresses.
	 * @param html any, also broken
	 * @param base what its addresses are relative to
	 */
	static String absolute(String html, URI base) {
		if (!ANY.matcher(html).find()) {
			return html;
		}
		Map<Range, String> changes = changes(Jsoup.parse(html, "", Parser.htmlParser().setTrackPosition(true)), base);
		StringBuilder result = new StringBuilder(html.length() + 100);
		int at = 0;
		for (Map.Entry<Range, String> change : changes.entrySet()) {
			result.append(html, at, change.getKey().startPos()).append(change.getValue());
			at = change.getKey().endPos();
		}
		return result.append(html, at, html.length()).toString();
	}

	/** In the order of the text, whatever the parser made of its elements' order. */
	private static Map<Range, String> changes(Document document, URI base) {
		Map<Range, String> changes = new TreeMap<>((a, b) -> Integer.compare(a.startPos(), b.startPos()));
		for (Element element : document.getAllElements()) {
			for (String name : ATTRIBUTES) {
				Optional<String> address = element.hasAttr(name) ? WebAddress.absolute(element.attr(name), base)
						: Optional.empty();
				Range range = element.attributes().sourceRange(name).valueRange();
				if (address.isPresent() && range.isTracked()) {
					changes.put(range,
							address.get().replace("&", "&amp;").replace("\"", "&quot;").replace("'", "&#39;"));
				}
			}
		}
		return changes;
	}

}
