package dev.postrider.newsletter;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * When a newsletter is due, reckoned in its own zone. A send time that a clock change
 * leaves out falls on the first moment after the gap; one that occurs twice is taken the
 * first time.
 */
public final class PublicationCalendar {

	private PublicationCalendar() {
	}

	/** The slot of a date, whether or not the newsletter comes out on that day. */
	public static Slot slot(Newsletter newsletter, LocalDate date) {
		return new Slot(date, date.atTime(newsletter.sendTime()).atZone(newsletter.zone()).toInstant());
	}

	/** The first slot after a moment. */
	public static Slot next(Newsletter newsletter, Instant after) {
		LocalDate date = after.atZone(newsletter.zone()).toLocalDate();
		for (int i = 0; i <= 7; i++) {
			Slot slot = slot(newsletter, date.plusDays(i));
			if (newsletter.days().contains(slot.date().getDayOfWeek()) && slot.dueAt().isAfter(after)) {
				return slot;
			}
		}
		throw new IllegalStateException("Newsletter " + newsletter.slug() + " comes out on no day of the week");
	}

	/** The slots after one moment and up to another, oldest first. */
	public static List<Slot> due(Newsletter newsletter, Instant after, Instant upTo) {
		return java.util.stream.Stream
			.iterate(next(newsletter, after), (slot) -> !slot.dueAt().isAfter(upTo),
					(slot) -> next(newsletter, slot.dueAt()))
			.toList();
	}

}
