package dev.postrider.edition.gate;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.postrider.edition.gate.StyleRules.Declaration;
import dev.postrider.edition.gate.StyleRules.Rule;
import org.jspecify.annotations.Nullable;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.Selector;

/**
 * How the elements of a mail look in one theme: style blocks and style attributes by the
 * cascade of CSS, as far as colours and the size of type go.
 */
final class Styles {

	private static final Pattern LENGTH = Pattern.compile("([\\d.]+)(px|pt|em|rem|%)");

	private static final Pattern BLANK = Pattern.compile("\\s+(?![^(]*\\))");

	private static final Map<String, Double> HEADINGS = Map.of("h1", 32.0, "h2", 24.0, "h3", 18.72, "h5", 13.28, "h6",
			10.72);

	private final Map<Element, Map<String, Ranked>> declared = new IdentityHashMap<>();

	private final boolean darkCanvas;

	private Styles(boolean darkCanvas) {
		this.darkCanvas = darkCanvas;
	}

	/**
	 * What a mail program prefers.
	 */
	enum Theme {

		LIGHT, DARK;

		/** To be said in a sentence. */
		String words() {
			return "the " + name().toLowerCase(Locale.ROOT) + " theme";
		}

	}

	static Styles of(Document html, Theme theme) {
		boolean adapts = html.select("meta[name=color-scheme]").attr("content").contains("dark");
		Styles styles = new Styles(theme == Theme.DARK && adapts);
		int order = 0;
		for (Rule rule : StyleRules.of(html, theme)) {
			int rank = rule.specificity() * 1000 + order++;
			for (Element element : matching(html, rule.selector())) {
				styles.declare(element, rule.declarations(), rank);
			}
		}
		for (Element element : html.getAllElements()) {
			styles.declare(element, StyleRules.declarations(element.attr("style")), Integer.MAX_VALUE);
		}
		return styles;
	}

	private static List<Element> matching(Document html, String selector) {
		try {
			return html.select(selector);
		}
		catch (Selector.SelectorParseException | IllegalArgumentException ex) {
			// What our parser does not know, few mail programs do.
			return List.of();
		}
	}

	private void declare(Element element, Map<String, Declaration> declarations, int rank) {
		if (declarations.isEmpty()) {
			return;
		}
		Map<String, Ranked> own = this.declared.computeIfAbsent(element, (any) -> new HashMap<>());
		declarations.forEach((property, declaration) -> {
			String name = property.equals("background") ? "background-color" : property;
			String value = property.equals("background") ? paint(declaration.value()) : declaration.value();
			Ranked next = new Ranked(value, rank + (declaration.important() ? 1L << 32 : 0));
			own.merge(name, next, (old, late) -> (late.rank() >= old.rank()) ? late : old);
		});
	}

	/** The colour among the parts of a background. */
	private static String paint(String background) {
		for (String part : BLANK.split(background)) {
			if (Colour.parse(part) != null) {
				return part;
			}
		}
		return background.isBlank() || background.startsWith("url(") || background.equals("none") ? "transparent"
				: background;
	}

	private @Nullable String value(Element element, String property) {
		Ranked found = this.declared.getOrDefault(element, Map.of()).get(property);
		return (found == null || found.value().equalsIgnoreCase("inherit")) ? null : found.value();
	}

	/** Whether neither it nor what it stands in is shown. */
	boolean isHidden(Element element) {
		for (Element each = element; each != null; each = each.parent()) {
			if ("none".equalsIgnoreCase(value(each, "display"))) {
				return true;
			}
		}
		return "hidden".equalsIgnoreCase(inherited(element, "visibility"));
	}

	private @Nullable String inherited(Element element, String property) {
		for (Element each = element; each != null; each = each.parent()) {
			String value = value(each, property);
			if (value != null) {
				return value;
			}
		}
		return null;
	}

	/**
	 * The colour of its words.
	 * @return the colour; {@code null} when it is written so that it cannot be read
	 */
	@Nullable Colour ink(Element element) {
		for (Element each = element; each != null; each = each.parent()) {
			String value = value(each, "color");
			if (value == null && each.normalName().equals("font") && each.hasAttr("color")) {
				value = each.attr("color");
			}
			if (value != null) {
				return Colour.parse(value);
			}
			if (each.normalName().equals("a") && each.hasAttr("href")) {
				// What browsers give links.
				return Colour.parse(this.darkCanvas ? "#9e9eff" : "#0000ee");
			}
		}
		return this.darkCanvas ? Colour.WHITE : Colour.BLACK;
	}

	/**
	 * What lies behind its words.
	 * @return an opaque colour; {@code null} when one is written so that it cannot be
	 * read
	 */
	@Nullable Colour paper(Element element) {
		Element each = element;
		while (each != null) {
			String value = value(each, "background-color");
			if (value == null && each.hasAttr("bgcolor")) {
				value = each.attr("bgcolor");
			}
			if (value != null) {
				Colour colour = Colour.parse(value);
				if (colour == null || colour.alpha() == 1) {
					return colour;
				}
				Colour below = (each.parent() != null) ? paper(each.parent()) : canvas();
				return (below != null) ? colour.over(below) : null;
			}
			each = each.parent();
		}
		return canvas();
	}

	private Colour canvas() {
		return this.darkCanvas ? new Colour(18, 18, 18, 1) : Colour.WHITE;
	}

	/** The size of its type in pixels. */
	double size(@Nullable Element element) {
		if (element == null) {
			return 16;
		}
		String value = value(element, "font-size");
		if (value == null) {
			value = value(element, "font");
		}
		Matcher length = LENGTH.matcher((value != null) ? value : "");
		if (!length.find()) {
			return HEADINGS.containsKey(element.normalName()) ? HEADINGS.get(element.normalName())
					: (value != null && value.matches("0+")) ? 0 : size(element.parent());
		}
		double number = Double.parseDouble(length.group(1));
		return switch (length.group(2)) {
			case "px" -> number;
			case "pt" -> number * 4 / 3;
			case "rem" -> number * 16;
			case "em" -> number * size(element.parent());
			default -> number / 100 * size(element.parent());
		};
	}

	boolean isBold(Element element) {
		for (Element each = element; each != null; each = each.parent()) {
			String weight = value(each, "font-weight");
			if (weight != null) {
				return weight.matches("(?i)bold(er)?|[6-9]00");
			}
			if (List.of("h1", "h2", "h3", "h4", "h5", "h6", "b", "strong", "th").contains(each.normalName())) {
				return true;
			}
		}
		return false;
	}

	private record Ranked(String value, long rank) {
	}

}
