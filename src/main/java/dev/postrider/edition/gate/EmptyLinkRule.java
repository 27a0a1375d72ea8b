package dev.postrider.edition.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import dev.postrider.edition.GateFinding;
import org.jsoup.nodes.Element;

import org.springframework.stereotype.Component;

/**
 * Every link leads somewhere and says so in words, or by the alt text of its picture.
 */
@Component
class EmptyLinkRule implements GateRule {

	@Override
	public String name() {
		return "empty-link";
	}

	@Override
	public List<GateFinding> check(GateLetter letter) {
		List<GateFinding> findings = new ArrayList<>();
		for (Element link : letter.html().select("a:not([name]), a[href]")) {
			String href = link.attr("href").strip();
			String words = words(link);
			if (href.isEmpty() || href.equals("#")) {
				findings.add(GateFinding.error(name(), "This link leads nowhere.",
						words.isEmpty() ? GateLetter.place(link) : "Link " + GateLetter.quoted(words)));
			}
			else if (words.isEmpty()) {
				findings.add(GateFinding.error(name(),
						"This link has no words, nor a picture with alt text: a screen reader spells its address.",
						"Link to " + href));
			}
		}
		return findings;
	}

	static String words(Element link) {
		return GateLetter.line(link.text() + " " + link.attr("aria-label") + " "
				+ link.select("img[alt]").stream().map((image) -> image.attr("alt")).collect(Collectors.joining(" ")));
	}

}
