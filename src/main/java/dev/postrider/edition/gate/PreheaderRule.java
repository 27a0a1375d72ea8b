package dev.postrider.edition.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import dev.postrider.edition.GateFinding;

import org.springframework.stereotype.Component;

/**
 * The line beside the subject is there, fits, and does not say the subject again.
 */
@Component
class PreheaderRule implements GateRule {

	/** In characters as people count them. */
	static final int LONG = 150;

	static final int SHORT = 8;

	private static final String WHERE = "The preheader";

	@Override
	public String name() {
		return "preheader";
	}

	@Override
	public List<GateFinding> check(GateLetter letter) {
		String preheader = letter.preheader();
		if (preheader.isEmpty()) {
			return List.of(GateFinding.warning(name(),
					"It is empty: mail programs show the first words of the page instead. Let it tell the second story.",
					WHERE));
		}
		List<GateFinding> findings = new ArrayList<>();
		int length = SubjectRule.length(preheader);
		if (length > LONG) {
			findings.add(GateFinding.warning(name(),
					"It has %d characters; mail programs show fewer than %d.".formatted(length, LONG), WHERE));
		}
		if (length < SHORT) {
			findings.add(GateFinding.warning(name(),
					"“%s” is hardly a line: tell the second story.".formatted(preheader), WHERE));
		}
		if (isSame(preheader, GateLetter.line(letter.letter().subject()))) {
			findings.add(GateFinding.warning(name(), "It says what the subject says. Let it tell the second story.",
					"The preheader and the subject"));
		}
		return findings;
	}

	private static boolean isSame(String preheader, String subject) {
		return bare(preheader).equals(bare(subject));
	}

	/** Letters and digits only. */
	private static String bare(String line) {
		String bare = line.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
		return bare.isEmpty() ? line : bare;
	}

}
