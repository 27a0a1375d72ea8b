package dev.postrider.edition;

import java.util.List;

import dev.postrider.edition.Edition.Pick;
import org.jspecify.annotations.Nullable;

/**
 * The words around an edition's stories. What an editor did not write is told by the
 * stories: the subject by the lead, the preheader by the second.
 */
record Words(String subject, boolean subjectEdited, String preheader, boolean preheaderEdited, @Nullable String intro) {

	/** Mail programs show about so much of a subject. */
	private static final int SUBJECT_LENGTH = 70;

	/** And about so much of what follows it. */
	private static final int PREHEADER_LENGTH = 100;

	private static final int LONGEST_LINE = 250;

	private static final int LONGEST_INTRO = 2000;

	/** The same words, those that no editor wrote made to fit these stories. */
	Words following(List<Pick> picks) {
		String newSubject = this.subjectEdited ? this.subject : subjectOf(picks);
		String newPreheader = this.preheaderEdited ? this.preheader : preheaderOf(picks, newSubject);
		return new Words(newSubject, this.subjectEdited, newPreheader, this.preheaderEdited, this.intro);
	}

	/**
	 * The words for readers who get other stories: what an editor wrote tells the lead,
	 * so it stands where that story stands.
	 * @param picks the edition's
	 * @param others theirs
	 */
	Words of(List<Pick> picks, List<Pick> others) {
		boolean told = !picks.isEmpty()
				&& others.stream().anyMatch((pick) -> pick.story().id() == picks.get(0).story().id());
		return new Words(this.subject, this.subjectEdited && told, this.preheader, this.preheaderEdited && told,
				this.intro)
			.following(others);
	}

	/** An editor's words; those that say what we would say still follow the stories. */
	static Words byEditor(String subject, String preheader, @Nullable String intro, List<Pick> picks) {
		String newSubject = line("subject", subject);
		if (newSubject.isEmpty()) {
			throw new EditionException("The subject is blank. Write one line that tells the lead story.");
		}
		String newPreheader = line("preheader", preheader);
		boolean subjectEdited = !newSubject.equals(subjectOf(picks));
		boolean preheaderEdited = !newPreheader.equals(preheaderOf(picks, newSubject));
		return new Words(newSubject, subjectEdited, newPreheader, preheaderEdited, introOf(intro));
	}

	private static String subjectOf(List<Pick> picks) {
		return picks.isEmpty() ? "" : Lines.shorten(picks.get(0).headline(), SUBJECT_LENGTH);
	}

	/**
	 * Never the subject again: where the second story has the same headline, its summary.
	 */
	private static String preheaderOf(List<Pick> picks, String subject) {
		if (picks.isEmpty()) {
			return "";
		}
		Pick told = picks.get(Math.min(1, picks.size() - 1));
		String headline = (picks.size() > 1) ? Lines.shorten(told.headline(), PREHEADER_LENGTH) : subject;
		return headline.equals(subject) ? Lines.shorten(told.summary(), PREHEADER_LENGTH) : headline;
	}

	private static String line(String what, String text) {
		String line = Lines.clean(text);
		if (line.length() > LONGEST_LINE) {
			throw new EditionException("The " + what + " has " + line.length() + " characters; " + LONGEST_LINE
					+ " are the most, and mail programs show fewer than 100.");
		}
		return line;
	}

	private static @Nullable String introOf(@Nullable String intro) {
		if (intro == null || intro.isBlank()) {
			return null;
		}
		if (intro.length() > LONGEST_INTRO) {
			throw new EditionException(
					"The intro has " + intro.length() + " characters; " + LONGEST_INTRO + " are the most. Shorten it.");
		}
		return intro.strip();
	}

}
