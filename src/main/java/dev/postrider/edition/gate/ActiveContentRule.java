package dev.postrider.edition.gate;

import java.util.ArrayList;
import java.util.List;

import dev.postrider.edition.GateFinding;
import org.jsoup.nodes.Element;

import org.springframework.stereotype.Component;

/**
 * Nothing in the mail does anything: mail programs strip scripts, forms and frames, and
 * spam filters count them.
 */
@Component
class ActiveContentRule implements GateRule {

	private static final String FORBIDDEN = "script, form, input, button, select, textarea, iframe, frame, object, embed, "
			+ "applet, audio, video, base, meta[http-equiv=refresh]";

	@Override
	public String name() {
		return "active-content";
	}

	@Override
	public List<GateFinding> check(GateLetter letter) {
		List<GateFinding> findings = new ArrayList<>();
		for (Element element : letter.html().select(FORBIDDEN)) {
			findings
				.add(GateFinding.error(name(),
						"Mail programs strip <" + element.normalName()
								+ ">, and spam filters count it. Take it out of the template.",
						GateLetter.place(element)));
		}
		for (Element element : letter.html().select("[^on]")) {
			findings.add(GateFinding.error(name(), "It has a script in an attribute, which no mail program runs.",
					GateLetter.place(element)));
		}
		return findings.stream().distinct().toList();
	}

}
