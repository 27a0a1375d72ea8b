package dev.postrider.edition;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.safety.Safelist;

/**
 * A story's summary as blocks that a template can set: paragraphs, quotations and points
 * of a list, in order. A block's {@code html} holds words, {@code em}, {@code i},
 * {@code strong}, {@code b} and {@code br}, nothing else; its {@code text} says the same.
 * Links lose their address: the headline leads to the story, and both parts of a mail
 * have the same links.
 */
final class StoryBody {

	/** With the block that passes it the body ends. */
	private static final int ENOUGH = 700;

	private static final int LONGEST_BLOCK = 900;

	private static final String BLOCKS = "p, li, blockquote";

	private static final Safelist INLINE = Safelist.none().addTags("em", "i", "strong", "b", "br");

	private static final Document.OutputSettings PLAIN = new Document.OutputSettings().prettyPrint(false)
		.syntax(Document.OutputSettings.Syntax.xml)
		.charset("UTF-8");

	private StoryBody() {
	}

	/**
	 * The blocks of a text.
	 * @param html a summary as HTML, may be empty
	 * @param plain what stands in its place when it is empty
	 * @return none only when both are blank
	 */
	static List<Map<String, String>> blocks(String html, String plain) {
		List<Map<String, String>> blocks = new ArrayList<>();
		int length = 0;
		Element body = Jsoup.parseBodyFragment(html).body();
		for (Element each : body.select(BLOCKS)) {
			if (each.select(BLOCKS).size() == 1 && length < ENOUGH) {
				length += add(blocks, type(each), each);
			}
		}
		if (blocks.isEmpty()) {
			add(blocks, "paragraph", body);
		}
		if (blocks.isEmpty() && !Lines.clean(plain).isEmpty()) {
			String text = Lines.shorten(plain, LONGEST_BLOCK);
			blocks.add(Map.of("type", "paragraph", "html", org.jsoup.nodes.Entities.escape(text, PLAIN), "text", text));
		}
		return blocks;
	}

	private static int add(List<Map<String, String>> blocks, String type, Element element) {
		String text = Lines.clean(element.text());
		if (text.isEmpty()) {
			return 0;
		}
		String shown = Lines.shorten(text, LONGEST_BLOCK);
		String html = shown.equals(text) ? Lines.clean(Jsoup.clean(element.html(), "", INLINE, PLAIN))
				: org.jsoup.nodes.Entities.escape(shown, PLAIN);
		blocks.add(Map.of("type", type, "html", html, "text", shown));
		return shown.length();
	}

	private static String type(Element element) {
		return (element.closest("blockquote") != null) ? "quote"
				: (element.closest("li") != null) ? "point" : "paragraph";
	}

}
