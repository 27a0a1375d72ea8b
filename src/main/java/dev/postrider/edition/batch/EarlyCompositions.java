package dev.postrider.edition.batch;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;

import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionRefresh;
import dev.postrider.edition.EditionStatus;
import dev.postrider.edition.Editions;
import dev.postrider.edition.SlowDays;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.newsletter.PublicationCalendar;
import dev.postrider.newsletter.Slot;
import dev.postrider.story.Sources;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Composes an edition ahead of its hour. What it has then is what the desk shows; at its
 * hour it is composed anew.
 */
@Component
class EarlyCompositions {

	private static final Logger logger = LoggerFactory.getLogger(EarlyCompositions.class);

	private final Newsletters newsletters;

	private final Editions editions;

	private final EditionRefresh refresh;

	private final Sources sources;

	private final SlowDays slowDays;

	private final SlowDayMails mails;

	private final Clock clock;

	EarlyCompositions(Newsletters newsletters, Editions editions, EditionRefresh refresh, Sources sources,
			SlowDays slowDays, SlowDayMails mails, Clock clock) {
		this.newsletters = newsletters;
		this.editions = editions;
		this.refresh = refresh;
		this.sources = sources;
		this.slowDays = slowDays;
		this.mails = mails;
		this.clock = clock;
	}

	void compose(String slug, LocalDate date) {
		this.newsletters.find(slug)
			.ifPresentOrElse((newsletter) -> compose(newsletter, date),
					() -> logger.info("There is no newsletter {} any more: nothing to compose", slug));
	}

	private void compose(Newsletter newsletter, LocalDate date) {
		Slot slot = PublicationCalendar.slot(newsletter, date);
		Instant now = this.clock.instant();
		if (!now.isBefore(slot.dueAt())) {
			logger.info("{} of {} was due at {}: too late to compose it ahead", newsletter.slug(), date, slot.dueAt());
			return;
		}
		this.sources.poll(false);
		Edition edition = this.editions.open(newsletter, date, 1, slot.dueAt());
		if (edition.status() != EditionStatus.DRAFT) {
			return;
		}
		Edition composed = this.refresh.refresh(edition.id(), newsletter);
		this.slowDays.of(composed).ifPresent((day) -> {
			logger.info("Edition {} of {} {}", composed.label(), newsletter.slug(), day.words());
			this.mails.tell(newsletter, composed, day);
		});
	}

}
