package dev.postrider.edition.gate;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import dev.postrider.edition.GateFinding;
import dev.postrider.edition.gate.Styles.Theme;
import org.jsoup.nodes.Element;

import org.springframework.stereotype.Component;

/**
 * Both parts have a link that ends the subscription, in the HTML one to be seen, and
 * before the place where Gmail cuts off (L17).
 */
@Component
class UnsubscribeRule implements GateRule {

	private static final String SIGN = "/unsubscribe";

	@Override
	public String name() {
		return "unsubscribe";
	}

	@Override
	public List<GateFinding> check(GateLetter letter) {
		List<GateFinding> findings = new ArrayList<>();
		boolean seen = letter.html()
			.select("a[href]")
			.stream()
			.anyMatch((link) -> link.attr("href").contains(SIGN) && isSeen(link, letter));
		if (!seen) {
			findings.add(GateFinding.error(name(),
					"It has no visible link to unsubscribe, which Gmail and the law ask for. Use ${reader.unsubscribeUrl}.",
					"The HTML part"));
		}
		else {
			String html = letter.letter().html();
			int at = html.substring(0, html.indexOf(SIGN)).getBytes(StandardCharsets.UTF_8).length;
			if (at >= SizeRule.LIMIT) {
				findings.add(GateFinding.error(name(),
						"The link to unsubscribe comes after the first 100 KB, where Gmail has cut the mail off.",
						"The HTML part"));
			}
		}
		if (!letter.letter().text().contains(SIGN)) {
			findings.add(GateFinding.error(name(), "It has no link to unsubscribe. Use ${reader.unsubscribeUrl}.",
					"The text part"));
		}
		return findings;
	}

	private static boolean isSeen(Element link, GateLetter letter) {
		return !EmptyLinkRule.words(link).isEmpty()
				&& !Objects.requireNonNull(letter.styles(Theme.LIGHT)).isHidden(link);
	}

}
