package dev.postrider.desk.web;

import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.postrider.delivery.DeliveryStatus;
import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionStatus;
import dev.postrider.newsletter.Newsletter;
import org.jspecify.annotations.Nullable;

/**
 * An edition as the API answers it.
 *
 * @param newsletter its newsletter's slug
 * @param date its date
 * @param number 1 for the scheduled one
 * @param status where it stands
 * @param subject of its mail
 * @param stories in order
 * @param deliveries how many stand where; every status is there
 */
record EditionBody(String newsletter, LocalDate date, int number, EditionStatus status, String subject,
		List<StoryBody> stories, Map<DeliveryStatus, Integer> deliveries) {

	static EditionBody of(Newsletter newsletter, Edition edition, Map<DeliveryStatus, Integer> counts) {
		Map<DeliveryStatus, Integer> deliveries = new EnumMap<>(DeliveryStatus.class);
		for (DeliveryStatus status : DeliveryStatus.values()) {
			deliveries.put(status, counts.getOrDefault(status, 0));
		}
		return new EditionBody(newsletter.slug(), edition.date(), edition.number(), edition.status(), edition.subject(),
				edition.picks().stream().map(StoryBody::of).toList(), deliveries);
	}

	/**
	 * A story in it.
	 *
	 * @param headline as readers see it
	 * @param url the article
	 * @param section {@code null} when it has none
	 * @param reason why it was chosen
	 */
	@JsonInclude(JsonInclude.Include.ALWAYS)
	record StoryBody(String headline, String url, @Nullable String section, String reason) {

		static StoryBody of(Edition.Pick pick) {
			return new StoryBody(pick.headline(), pick.story().url(), pick.story().section(), pick.reason());
		}

	}

}
