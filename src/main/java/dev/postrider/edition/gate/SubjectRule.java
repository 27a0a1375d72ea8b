package dev.postrider.edition.gate;

import java.util.ArrayList;
import java.util.List;

import dev.postrider.edition.GateFinding;

import org.springframework.stereotype.Component;

/**
 * The subject says something, fits into a list of mails, and is not that of the edition
 * before.
 */
@Component
class SubjectRule implements GateRule {

	/** In characters as people count them; telephones show about 40 of them. */
	static final int LONG = 90;

	static final int SHORT = 8;

	private static final String WHERE = "The subject";

	@Override
	public String name() {
		return "subject";
	}

	@Override
	public List<GateFinding> check(GateLetter letter) {
		String subject = GateLetter.line(letter.letter().subject());
		if (subject.isEmpty()) {
			return List.of(GateFinding.error(name(), "It is empty. Write one line that tells the lead story.", WHERE));
		}
		List<GateFinding> findings = new ArrayList<>();
		int length = length(subject);
		if (length > LONG) {
			findings.add(GateFinding.warning(name(),
					"It has %d characters, and mail programs cut it off: %d are enough.".formatted(length, LONG),
					WHERE));
		}
		if (length < SHORT) {
			findings.add(GateFinding.warning(name(),
					"“%s” is hardly a subject: tell the lead story.".formatted(subject), WHERE));
		}
		String earlier = letter.earlierSubject();
		if (earlier != null && GateLetter.line(earlier).equalsIgnoreCase(subject)) {
			findings.add(GateFinding.warning(name(),
					"The edition before had the same: mail programs put the two into one thread, and readers miss this one.",
					"The subject, again"));
		}
		return findings;
	}

	/** In code points; good enough to compare with what fits. */
	static int length(String line) {
		return line.codePointCount(0, line.length());
	}

}
