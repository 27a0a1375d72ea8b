package dev.postrider.monitor.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import dev.postrider.delivery.DigestRuns;
import dev.postrider.delivery.EditionPauses;
import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionStatus;
import dev.postrider.edition.Editions;
import dev.postrider.Masked;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.newsletter.PublicationCalendar;
import dev.postrider.newsletter.Slot;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * The state of each newsletter in a sentence: what goes out now or went out last, and
 * what is next.
 */
@Component
class Headlines {

	private static final Set<EditionStatus> URGENT = Set.of(EditionStatus.SENDING, EditionStatus.HELD,
			EditionStatus.FAILED);

	private static final Set<EditionStatus> PAST = Set.of(EditionStatus.SENT, EditionStatus.MISSED);

	private static final Set<EditionStatus> NOT_NEXT = Set.of(EditionStatus.SENT, EditionStatus.SENDING,
			EditionStatus.SKIPPED, EditionStatus.CANCELLED);

	private static final int EDITIONS = 10;

	private static final int SLOTS = 14;

	private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE d MMMM", Locale.UK);

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.UK);

	private final Newsletters newsletters;

	private final Editions editions;

	private final SendingProgress sending;

	private final EditionPauses pauses;

	private final DigestRuns digests;

	private final Clock clock;

	Headlines(Newsletters newsletters, Editions editions, SendingProgress sending, EditionPauses pauses,
			DigestRuns digests, Clock clock) {
		this.newsletters = newsletters;
		this.editions = editions;
		this.sending = sending;
		this.pauses = pauses;
		this.digests = digests;
		this.clock = clock;
	}

	List<Headline> all() {
		return this.newsletters.all().stream().map(this::of).toList();
	}

	private Headline of(Newsletter newsletter) {
		Optional<Edition> edition = current(newsletter);
		SendingProgress.Progress progress = edition.map(this.sending::of).orElse(null);
		String sentence = (edition.isPresent() && progress != null) ? sentence(newsletter, edition.get(), progress)
				: "No edition has gone out yet.";
		boolean live = edition.filter((found) -> found.status() == EditionStatus.SENDING).isPresent();
		return new Headline(newsletter.name(), sentence, tone(edition.map(Edition::status).orElse(null)), live,
				progress,
				(progress != null && progress.doneAt() != null)
						? Moment.words(Duration.between(this.clock.instant(), progress.doneAt())) : null,
				next(newsletter), newsletter.zone().getId(), edition.map(Edition::id).orElse(null),
				edition.filter((found) -> found.status() == EditionStatus.HELD).isPresent());
	}

	/**
	 * The edition that matters now: a moving or broken one, else the last that is over.
	 */
	Optional<Edition> current(Newsletter newsletter) {
		List<Edition> newest = this.editions.newest(newsletter.id(), EDITIONS);
		return newest.stream()
			.filter((edition) -> URGENT.contains(edition.status()))
			.findFirst()
			.or(() -> newest.stream().filter((edition) -> PAST.contains(edition.status())).findFirst());
	}

	private String sentence(Newsletter newsletter, Edition edition, SendingProgress.Progress progress) {
		String name = name(newsletter, edition);
		String count = String.format(Locale.UK, "%,d of %,d sent", progress.sent(), progress.total());
		String reason = (edition.statusReason() != null) ? " " + Masked.in(edition.statusReason()) : "";
		return switch (edition.status()) {
			case SENDING -> (progress.total() == 0) ? name + " is being prepared."
					: name + ": " + count + (this.digests.isRunning(edition) ? done(newsletter, progress.doneAt()) + "."
							: ". Nobody is sending it: its run was stopped or broke off.");
			case HELD -> name + this.pauses.of(edition.id())
				.map((pause) -> " is paused by " + pause.by() + " since "
						+ TIME.format(pause.at().atZone(newsletter.zone())) + ": " + count + ".")
				.orElse(" is held: " + count + "." + reason);
			case FAILED -> name + " has failed: " + count + "." + reason;
			case MISSED -> name + " was missed." + reason;
			default -> name + ": " + count + done(newsletter, edition.closedAt()) + ".";
		};
	}

	private String name(Newsletter newsletter, Edition edition) {
		LocalDate today = this.clock.instant().atZone(newsletter.zone()).toLocalDate();
		boolean thisWeek = edition.date().isAfter(today.minusDays(7)) && !edition.date().isAfter(today.plusDays(6));
		String number = (edition.number() > 1) ? " edition no. " + edition.number() : " edition";
		return thisWeek ? edition.date().getDayOfWeek().getDisplayName(java.time.format.TextStyle.FULL, Locale.UK)
				+ "’s" + number : "The" + number + " of " + DATE.format(edition.date());
	}

	private static String done(Newsletter newsletter, @Nullable Instant at) {
		return (at != null) ? ", done at " + TIME.format(at.atZone(newsletter.zone())) : "";
	}

	private static String tone(@Nullable EditionStatus status) {
		if (status == null) {
			return "";
		}
		return switch (status) {
			case SENDING -> "busy";
			case HELD, MISSED -> "warn";
			case FAILED -> "bad";
			default -> "good";
		};
	}

	private @Nullable Next next(Newsletter newsletter) {
		Instant now = this.clock.instant();
		Slot slot = PublicationCalendar.next(newsletter, now);
		for (int i = 0; i < SLOTS; i++) {
			Optional<Edition> edition = this.editions.find(newsletter.id(), slot.date(), 1);
			if (edition.filter((found) -> NOT_NEXT.contains(found.status())).isEmpty()) {
				return new Next(Moment.of(slot.dueAt(), newsletter.zone()),
						Moment.words(Duration.between(now, slot.dueAt())),
						edition.map((found) -> found.status().name().toLowerCase(Locale.ROOT))
							.orElse("not composed yet"));
			}
			slot = PublicationCalendar.next(newsletter, slot.dueAt());
		}
		return null;
	}

	/**
	 * One newsletter's state.
	 *
	 * @param newsletter its name
	 * @param sentence what goes on
	 * @param tone good, busy, warn, bad or nothing
	 * @param live whether it changes from second to second
	 * @param progress of the edition in the sentence, if there is one
	 * @param left how long until it is done
	 * @param next what comes then
	 * @param zone of all times here
	 * @param editionId the edition in the sentence, if there is one
	 * @param held whether that one waits for somebody
	 */
	public record Headline(String newsletter, String sentence, String tone, boolean live,
			SendingProgress.@Nullable Progress progress, @Nullable String left, @Nullable Next next, String zone,
			@Nullable Long editionId, boolean held) {
	}

	/**
	 * The next edition.
	 *
	 * @param due when
	 * @param in how long until then
	 * @param state how far it is
	 */
	public record Next(Moment due, String in, String state) {
	}

}
