package dev.postrider.desk.web;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionStatus;
import dev.postrider.newsletter.Newsletter;
import org.jspecify.annotations.Nullable;

/**
 * A page of editions.
 *
 * @param items newest first
 * @param next what to give as {@code after} for the next page, or {@code null} when there
 * is none
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record EditionList(List<Item> items, @Nullable String next) {

	/**
	 * Makes a page.
	 * @param found one more than the page holds shows that there is another
	 */
	static EditionList of(Newsletter newsletter, List<Edition> found, int limit) {
		List<Edition> page = found.subList(0, Math.min(limit, found.size()));
		return new EditionList(page.stream().map((edition) -> Item.of(newsletter, edition)).toList(),
				(found.size() > limit) ? page.get(limit - 1).label() : null);
	}

	/**
	 * One of them.
	 *
	 * @param newsletter its newsletter's slug
	 * @param date its date
	 * @param number 1 for the scheduled one
	 * @param status where it stands
	 * @param subject of its mail
	 * @param stories how many
	 * @param dueAt when it is to be sent
	 */
	record Item(String newsletter, LocalDate date, int number, EditionStatus status, String subject, int stories,
			Instant dueAt) {

		static Item of(Newsletter newsletter, Edition edition) {
			return new Item(newsletter.slug(), edition.date(), edition.number(), edition.status(), edition.subject(),
					edition.picks().size(), edition.dueAt());
		}

	}

}
