package dev.postrider.desk.web;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionRankings;
import dev.postrider.edition.Editions;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.newsletter.PublicationCalendar;
import dev.postrider.newsletter.Slot;
import dev.postrider.staff.Audit;
import dev.postrider.story.Story;
import dev.postrider.story.StoryBans;
import dev.postrider.story.StoryPicker.Pick;
import dev.postrider.story.StoryPicker.Picking;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Changes how a newsletter's stories are picked, and tries changes out without storing
 * them.
 */
@Component
class Tuning {

	private static final Duration RECENT = Duration.ofDays(30);

	private static final int SECTIONS = 30;

	private final Newsletters newsletters;

	private final Editions editions;

	private final EditionRankings rankings;

	private final StoryBans stories;

	private final Audit audit;

	private final TransactionTemplate transactions;

	private final Clock clock;

	Tuning(Newsletters newsletters, Editions editions, EditionRankings rankings, StoryBans stories, Audit audit,
			TransactionTemplate transactions, Clock clock) {
		this.newsletters = newsletters;
		this.editions = editions;
		this.rankings = rankings;
		this.stories = stories;
		this.audit = audit;
		this.transactions = transactions;
		this.clock = clock;
	}

	/** The form as the newsletter stands. */
	PickingForm form(Newsletter newsletter) {
		return PickingForm.of(newsletter, this.newsletters.rules(newsletter.id()),
				this.stories.sections(this.clock.instant().minus(RECENT), SECTIONS));
	}

	void save(Newsletter newsletter, PickingSettings settings) {
		this.transactions.executeWithoutResult((status) -> {
			this.newsletters.changeRules(newsletter.id(), settings.rules());
			this.newsletters.changeStories(newsletter.id(), settings.stories(), settings.window());
			String rules = settings.stories() + " stories of " + settings.window().toHours() + " hours, "
					+ settings.rules();
			this.audit.record("newsletter.picking", newsletter.slug(),
					rules.substring(0, Math.min(rules.length(), 1000)));
		});
	}

	/** What the next edition would carry by its present rules and by others. */
	Compared preview(Newsletter newsletter, PickingSettings settings) {
		Times times = Times.of(newsletter, this.clock.instant());
		Slot slot = PublicationCalendar.next(newsletter, times.now());
		Optional<Edition> edition = this.editions.find(newsletter.id(), slot.date(), 1)
			.filter((found) -> found.status().isEditable());
		return Compared
			.of(times.moment(slot.dueAt()), edition.map((found) -> "/desk/editions/" + found.id()).orElse(""),
					next(newsletter, edition, slot,
							new PickingSettings(newsletter.storyCount(), newsletter.storyWindow(),
									this.newsletters.rules(newsletter.id()))),
					next(newsletter, edition, slot, settings));
	}

	private List<Story> next(Newsletter newsletter, Optional<Edition> edition, Slot slot, PickingSettings settings) {
		Newsletter tried = settings.in(newsletter);
		return stories(edition.map((found) -> this.rankings.of(found, tried, settings.rules()))
			.orElseGet(() -> this.rankings.of(tried, settings.rules(), slot.dueAt())));
	}

	/**
	 * What would have been picked on past days beside what was sent, oldest first; days
	 * on which the newsletter does not come out and has no edition are passed over.
	 */
	List<Compared> replay(Newsletter newsletter, PickingSettings settings, LocalDate from, LocalDate to) {
		Times times = Times.of(newsletter, this.clock.instant());
		Newsletter tried = settings.in(newsletter);
		List<Compared> days = new ArrayList<>();
		for (LocalDate date = from; !date.isAfter(to); date = date.plusDays(1)) {
			Optional<Edition> edition = this.editions.find(newsletter.id(), date, 1);
			Slot slot = PublicationCalendar.slot(newsletter, date);
			if (edition.isPresent()) {
				Edition sent = edition.get();
				boolean wentOut = sent.startedAt() != null;
				days.add(Compared.of(times.day(date) + (wentOut ? "" : ", not sent"), "/desk/editions/" + sent.id(),
						wentOut ? sent.picks().stream().map(Edition.Pick::story).toList() : List.of(),
						stories(this.rankings.replay(sent, tried, settings.rules()))));
			}
			else if (newsletter.days().contains(date.getDayOfWeek()) && !slot.dueAt().isAfter(times.now())) {
				days.add(Compared.of(times.day(date) + ", no edition", "", List.of(),
						stories(this.rankings.replay(tried, settings.rules(), slot.dueAt()))));
			}
		}
		return days;
	}

	private static List<Story> stories(Picking picking) {
		return picking.picks().stream().map(Pick::story).toList();
	}

}
