package dev.postrider.edition.gate;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

import dev.postrider.edition.GateFinding;

import org.springframework.stereotype.Component;

/**
 * The HTML part stays under 100 KB (100,000 bytes): Gmail cuts a longer one off at some
 * 102 KB, and with it the footer and its unsubscribe link.
 */
@Component
class SizeRule implements GateRule {

	static final int LIMIT = 100_000;

	static final int MUCH = 80_000;

	private static final String WHERE = "The HTML part";

	@Override
	public String name() {
		return "size";
	}

	@Override
	public List<GateFinding> check(GateLetter letter) {
		int bytes = letter.letter().html().getBytes(StandardCharsets.UTF_8).length;
		String has = "It has %s KB; ".formatted(String.format(Locale.ROOT, "%.1f", bytes / 1000.0));
		if (bytes >= LIMIT) {
			return List.of(GateFinding.error(name(),
					has + "Gmail cuts mails off from 100 KB on, with the unsubscribe link. Drop a story or two.",
					WHERE));
		}
		return (bytes < MUCH) ? List.of()
				: List.of(GateFinding.warning(name(), has + "from 100 KB on it could not be sent.", WHERE));
	}

}
