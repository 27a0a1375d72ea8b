package dev.postrider.edition.gate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import dev.postrider.edition.GateFinding;
import dev.postrider.edition.gate.Styles.Theme;
import org.jspecify.annotations.Nullable;
import org.jsoup.nodes.Element;

import org.springframework.stereotype.Component;

/**
 * All words can be read against what lies behind them, in the light and in the dark
 * theme: a contrast of 4.5:1, large type 3:1 (WCAG 2.2, 1.4.3).
 */
@Component
class ContrastRule implements GateRule {

	private static final double LEAST = 4.5;

	private static final double LEAST_LARGE = 3;

	/** In pixels: 18 points, or 14 points when bold. */
	private static final double LARGE = 24;

	private static final double LARGE_BOLD = 18.66;

	private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]");

	@Override
	public String name() {
		return "contrast";
	}

	@Override
	public List<GateFinding> check(GateLetter letter) {
		List<GateFinding> findings = new ArrayList<>();
		for (Theme theme : Theme.values()) {
			Map<Pair, Element> weak = new LinkedHashMap<>();
			Styles styles = letter.styles(theme);
			for (Element element : letter.html().body().getAllElements()) {
				if (WORD.matcher(element.ownText()).find() && !styles.isHidden(element)) {
					Pair pair = pair(element, styles);
					if (pair.isWeak()) {
						weak.putIfAbsent(pair, element);
					}
				}
			}
			weak.forEach((pair, element) -> findings.add(finding(pair, element, theme)));
		}
		return findings;
	}

	private GateFinding finding(Pair pair, Element element, Theme theme) {
		String where = GateLetter.quoted(element.ownText()) + " in " + theme.words();
		return (pair.ink() == null || pair.paper() == null) ? GateFinding.warning(name(),
				"Its colour or that behind it is written in a way that not all mail programs know; write it as #1c1b19.",
				where)
				: GateFinding.error(name(), String.format(Locale.ROOT,
						"Its words in %s on %s have a contrast of %.2f:1; %s:1 is the least that can be read well.",
						pair.ink(), pair.paper(), pair.contrast(), pair.large() ? "3" : "4.5"), where);
	}

	private static Pair pair(Element element, Styles styles) {
		Colour paper = styles.paper(element);
		Colour ink = styles.ink(element);
		double size = styles.size(element);
		boolean large = size >= LARGE || (size >= LARGE_BOLD && styles.isBold(element));
		return new Pair((ink != null && paper != null) ? ink.over(paper) : null, paper, large);
	}

	/**
	 * Words and what lies behind them.
	 *
	 * @param ink {@code null} when it cannot be read
	 * @param paper {@code null} when it cannot be read
	 * @param large whether the type is large
	 */
	private record Pair(@Nullable Colour ink, @Nullable Colour paper, boolean large) {

		double contrast() {
			return (this.ink == null || this.paper == null) ? 0 : Colour.contrast(this.ink, this.paper);
		}

		boolean isWeak() {
			return contrast() < (this.large ? LEAST_LARGE : LEAST);
		}

	}

}
