package dev.postrider.story.feed;

import java.util.Set;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;

/**
 * Makes HTML of a story safe to show: a few elements of running text, links to http(s),
 * and no attribute besides.
 */
public final class SafeHtml {

	private static final PolicyFactory POLICY = new HtmlPolicyBuilder()
		.allowElements("p", "br", "em", "i", "strong", "b", "ul", "ol", "li", "blockquote", "a")
		.allowUrlProtocols("http", "https")
		.allowAttributes("href")
		.onElements("a")
		.toFactory();

	private static final Set<String> BLOCKS = Set.of("p", "ul", "ol", "li", "blockquote");

	private SafeHtml() {
	}

	/**
	 * What may be shown of a text.
	 * @param text HTML, or text without any markup
	 * @return HTML, empty when there was no text
	 */
	public static String of(@Nullable String text) {
		return (text == null || text.isBlank()) ? "" : sanitized(Jsoup.parseBodyFragment(text).body());
	}

	/**
	 * What may be shown of a summary: as {@link #of}, without a last link that only asks
	 * to read on.
	 * @param html any, also broken
	 * @return empty when there is no markup that says more than the words do
	 */
	static String summary(String html) {
		Element body = Jsoup.parseBodyFragment(html).body();
		body.select(PlainText.NO_TEXT).remove();
		PlainText.dropLastLink(body);
		String safe = sanitized(body);
		return safe.contains("<") ? safe : "";
	}

	/** Blocks that may not stand become paragraphs, lest their words run together. */
	private static String sanitized(Element body) {
		for (Element block : body.select("*")) {
			boolean stays = block == body || !block.isBlock() || BLOCKS.contains(block.normalName());
			if (!stays && block.children().stream().noneMatch(Element::isBlock) && block.hasText()) {
				block.tagName("p");
			}
		}
		return POLICY.sanitize(body.html()).strip();
	}

}
