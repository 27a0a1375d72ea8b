package dev.postrider.edition.gate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import dev.postrider.edition.gate.Styles.Theme;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * The rules of a mail's style blocks that hold in a theme. Only what decides about
 * colours is read: plain rules and those of {@code prefers-color-scheme}; what depends on
 * a width, or on the pointer being somewhere, is layout.
 */
final class StyleRules {

	private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/", Pattern.DOTALL);

	private static final Pattern SPECIFIC = Pattern.compile("#[\\w-]+|\\.[\\w-]+|\\[[^\\]]*\\]|\\b[a-z][\\w-]*");

	private final List<Rule> rules = new ArrayList<>();

	private final Theme theme;

	private StyleRules(Theme theme) {
		this.theme = theme;
	}

	static List<Rule> of(Document html, Theme theme) {
		StyleRules read = new StyleRules(theme);
		for (Element style : html.select("style")) {
			read.block(COMMENT.matcher(style.data()).replaceAll(" "));
		}
		return read.rules;
	}

	private void block(String css) {
		int from = 0;
		for (int open = css.indexOf('{'); open >= 0; open = css.indexOf('{', from)) {
			int end = closing(css, open);
			String head = css.substring(from, open);
			// What has no block, such as @import, ends with a semicolon.
			head = head.substring(head.lastIndexOf(';') + 1).strip();
			String body = css.substring(open + 1, end);
			if (head.toLowerCase(Locale.ROOT).startsWith("@media")) {
				if (holds(head)) {
					block(body);
				}
			}
			else if (!head.startsWith("@")) {
				add(head, body);
			}
			from = Math.min(end + 1, css.length());
		}
	}

	private static int closing(String css, int open) {
		int depth = 0;
		for (int i = open; i < css.length(); i++) {
			char c = css.charAt(i);
			depth += (c == '{') ? 1 : (c == '}') ? -1 : 0;
			if (depth == 0) {
				return i;
			}
		}
		return css.length();
	}

	private boolean holds(String media) {
		String condition = media.toLowerCase(Locale.ROOT).replaceAll("\\s", "");
		return condition.contains("prefers-color-scheme:" + this.theme.name().toLowerCase(Locale.ROOT))
				&& !condition.contains("width:");
	}

	private void add(String selectors, String body) {
		Map<String, Declaration> declarations = declarations(body);
		for (String each : selectors.split(",")) {
			String selector = each.strip().replace(":root", "html");
			if (!selector.isEmpty() && selector.indexOf(':') < 0) {
				this.rules.add(new Rule(selector, specificity(selector), declarations));
			}
		}
	}

	/** The declarations of a block or of a style attribute. */
	static Map<String, Declaration> declarations(String css) {
		Map<String, Declaration> declarations = new LinkedHashMap<>();
		for (String each : css.split(";(?![^(]*\\))")) {
			int colon = each.indexOf(':');
			if (colon > 0) {
				String name = each.substring(0, colon).strip().toLowerCase(Locale.ROOT);
				String value = each.substring(colon + 1).strip();
				boolean important = value.toLowerCase(Locale.ROOT).endsWith("!important");
				declarations.put(name, new Declaration(
						important ? value.substring(0, value.lastIndexOf('!')).strip() : value, important));
			}
		}
		return declarations;
	}

	private static int specificity(String selector) {
		return SPECIFIC.matcher(selector).results().mapToInt((part) -> switch (part.group().charAt(0)) {
			case '#' -> 10_000;
			case '.', '[' -> 100;
			default -> 1;
		}).sum();
	}

	/**
	 * A rule.
	 *
	 * @param selector one selector
	 * @param specificity the higher wins
	 * @param declarations by property
	 */
	record Rule(String selector, int specificity, Map<String, Declaration> declarations) {
	}

	/**
	 * A property's value.
	 *
	 * @param value as written
	 * @param important whether it beats those that are not
	 */
	record Declaration(String value, boolean important) {
	}

}
