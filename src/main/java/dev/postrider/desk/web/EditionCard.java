package dev.postrider.desk.web;

import java.util.List;

import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionStatus;

/**
 * An edition in a list.
 *
 * @param id its key
 * @param title its day, and its number where that is not 1
 * @param status where it stands
 * @param subject of its mail, may be empty
 * @param stories how many
 * @param note what there is to say about its time
 * @param headlines of its stories, with their section
 */
public record EditionCard(long id, String title, StatusWords status, String subject, int stories, String note,
		List<Headline> headlines) {

	static EditionCard of(Edition edition, Times times) {
		return new EditionCard(edition.id(), title(edition, times), StatusWords.of(edition.status()), edition.subject(),
				edition.picks().size(), note(edition, times),
				edition.picks()
					.stream()
					.map((pick) -> new Headline(pick.headline(), PickView.label(pick.story())))
					.toList());
	}

	/** {@code Mon 23 November}, {@code Mon 23 November, extra edition 2}. */
	static String title(Edition edition, Times times) {
		String day = times.day(edition.date());
		return (edition.number() == 1) ? day
				: day + ((edition.corrects() != null) ? ", correction " : ", extra edition ") + edition.number();
	}

	private static String note(Edition edition, Times times) {
		String reason = edition.statusReason();
		if (edition.closedAt() != null && edition.status() == EditionStatus.SENT) {
			return "Closed " + times.brief(edition.closedAt());
		}
		if (reason != null && !reason.isBlank()) {
			return reason;
		}
		if (edition.number() > 1 && edition.status().isEditable()) {
			return "Goes out when you send it";
		}
		return edition.status().isEditable() ? "Due " + times.brief(edition.dueAt()) : "";
	}

	/**
	 * One line of what is in it.
	 *
	 * @param text as readers see it
	 * @param label section and kind
	 */
	public record Headline(String text, String label) {
	}

}
