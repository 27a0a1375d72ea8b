package dev.postrider.story.feed;

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

	private SafeHtml() {
	}

	/**
	 * What may be shown of a text.
	 * @param text HTML, or text without any markup
	 * @return HTML, empty when there was no text
	 */
	public static String of(@Nullable String text) {
		return (text == null || text.isBlank()) ? "" : POLICY.sanitize(text).strip();
	}

}
