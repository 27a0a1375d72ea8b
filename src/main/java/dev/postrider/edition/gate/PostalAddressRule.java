package dev.postrider.edition.gate;

import java.util.ArrayList;
import java.util.List;

import dev.postrider.edition.GateFinding;

import org.springframework.stereotype.Component;

/**
 * The publisher's postal address stands in both parts: the law of many countries asks for
 * it (C1).
 */
@Component
class PostalAddressRule implements GateRule {

	@Override
	public String name() {
		return "postal-address";
	}

	@Override
	public List<GateFinding> check(GateLetter letter) {
		String address = GateLetter.line(letter.newsletter().postalAddress());
		if (address.isEmpty()) {
			return List.of(GateFinding.error(name(),
					"The newsletter has none. The law of many countries asks for one in every mail: set the newsletter's postal address.",
					"The footer"));
		}
		List<GateFinding> findings = new ArrayList<>();
		if (!letter.words().contains(address)) {
			findings.add(GateFinding.error(name(), "It is missing. The design's template has to show it.",
					"The footer of the HTML part"));
		}
		if (!letter.textWords().contains(address)) {
			findings.add(GateFinding.error(name(), "It is missing. The design's template has to show it.",
					"The footer of the text part"));
		}
		return findings;
	}

}
