package dev.postrider.story.feed;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.jsoup.parser.Tag;
import org.jspecify.annotations.Nullable;

/**
 * Makes plain text of what feeds and systems call text: no markup, no characters that
 * cannot be seen, one blank between words.
 */
public final class PlainText {

	private static final Pattern TAG = Pattern.compile("</?([A-Za-z][A-Za-z0-9]*)(\\s[^<>]*)?/?>|<!--");

	/** Elements whose words are none of the text's. */
	static final String NO_TEXT = "script, style, iframe, object, noscript, template, svg, figcaption";

	/**
	 * Controls, zero-width characters, those that turn the direction of text, and those
	 * for private use: they mean nothing to a reader, and mail templates mark the
	 * reader's fields with them.
	 */
	private static final Pattern UNSEEN = Pattern
		.compile("[\\p{Cc}\\p{Co}\\u00AD\\u200B\\u2060\\uFEFF\\u202A-\\u202E\\u2066-\\u2069\\uFFFC&&[^\\s\\u0085]]");

	/** Unicode's own mark between paragraphs; no text keeps one. */
	private static final String PARAGRAPH = "\u2029";

	private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.!?…][\"'”’»)]?)\\s+(?=\\p{Lu}|[\"'“‘«(]|\\d)");

	private static final Pattern BLANKS = Pattern
		.compile("[\\s\\u0085\\u00A0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000]+");

	private PlainText() {
	}

	/**
	 * Text that may or may not be HTML, as in the title of an RSS item.
	 * @param text with markup, escapes, or neither
	 * @return what a reader would read
	 */
	public static String of(@Nullable String text) {
		return String.join(" ", paragraphs(text));
	}

	/**
	 * The paragraphs of text that may or may not be HTML.
	 * @param text with markup, escapes, or neither
	 * @return none of them empty
	 */
	public static List<String> paragraphs(@Nullable String text) {
		if (text == null || text.isBlank()) {
			return List.of();
		}
		return looksLikeHtml(text) ? paragraphsOfHtml(text)
				: split(Parser.unescapeEntities(text, false).replaceAll("\\n\\s*\\n", PARAGRAPH));
	}

	/**
	 * The words of HTML.
	 * @param html any, also broken
	 * @return its text, without scripts and styles
	 */
	public static String ofHtml(String html) {
		return String.join(" ", paragraphsOfHtml(html));
	}

	static List<String> paragraphsOfHtml(String html) {
		Document document = Jsoup.parseBodyFragment(html);
		document.select(NO_TEXT).remove();
		dropLastLink(document.body());
		document.select("br").forEach((line) -> line.replaceWith(new TextNode(PARAGRAPH)));
		document.body().getAllElements().stream().filter(Element::isBlock).forEach((block) -> {
			block.prependText(PARAGRAPH);
			block.appendText(PARAGRAPH);
		});
		return split(document.body().text());
	}

	private static List<String> split(String text) {
		return Arrays.stream(text.split(PARAGRAPH)).map(PlainText::tidy).filter((words) -> !words.isEmpty()).toList();
	}

	/**
	 * What a reader wants to know before going on: the first paragraph, with the next
	 * ones while it is short, cut after a sentence.
	 * @param paragraphs in order
	 * @param enough characters that need no further paragraph
	 * @param max characters it may have
	 */
	public static String lead(List<String> paragraphs, int enough, int max) {
		StringBuilder lead = new StringBuilder();
		for (String paragraph : paragraphs) {
			boolean more = lead.isEmpty() || lead.length() < enough && lead.length() + paragraph.length() < max;
			if (!more) {
				break;
			}
			lead.append(lead.isEmpty() ? "" : " ").append(paragraph);
		}
		if (lead.length() <= max) {
			return lead.toString();
		}
		int sentence = -1;
		Matcher end = SENTENCE_END.matcher(lead);
		while (end.find() && end.start() < max) {
			sentence = end.start();
		}
		return (sentence >= enough) ? lead.substring(0, sentence).strip() : fit(lead.toString(), max);
	}

	/**
	 * Text that is text: only its blanks and unseen characters are put right.
	 * @param text without markup
	 */
	public static String tidy(@Nullable String text) {
		if (text == null) {
			return "";
		}
		return BLANKS.matcher(UNSEEN.matcher(text).replaceAll("")).replaceAll(" ").strip();
	}

	/**
	 * Shortens text at a word.
	 * @param text any
	 * @param max characters it may have, the ellipsis included
	 */
	public static String fit(String text, int max) {
		if (text.length() <= max) {
			return text;
		}
		String cut = text.substring(0, text.offsetByCodePoints(0, text.codePointCount(0, max - 1)));
		int blank = cut.lastIndexOf(' ');
		return ((blank > max / 2) ? cut.substring(0, blank) : cut).stripTrailing() + "…";
	}

	static boolean looksLikeHtml(String text) {
		Matcher tag = TAG.matcher(text);
		while (tag.find()) {
			if (tag.group(1) == null || Tag.isKnownTag(tag.group(1))) {
				return true;
			}
		}
		return false;
	}

	/**
	 * "Continue reading…": a summary that ends in a link of a few words after a whole
	 * sentence asks for a click that the mail asks for itself.
	 */
	static void dropLastLink(Element body) {
		Element link = body.select("a").last();
		if (link == null || link.text().split(" ").length > 4 || body.text().equals(link.text())) {
			return;
		}
		for (Node node = link; node != null && node != body; node = node.parent()) {
			for (Node next = node.nextSibling(); next != null; next = next.nextSibling()) {
				boolean empty = (next instanceof TextNode words) ? words.isBlank()
						: !(next instanceof Element element) || element.text().isBlank();
				if (!empty) {
					return;
				}
			}
		}
		Node before = link.previousSibling();
		String words = (before instanceof TextNode text) ? text.text().strip() : "";
		if (words.isEmpty() || ".!?…".indexOf(words.charAt(words.length() - 1)) >= 0) {
			link.remove();
		}
	}

}
