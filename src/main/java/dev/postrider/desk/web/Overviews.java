package dev.postrider.desk.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.postrider.delivery.Deliveries;
import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionStatus;
import dev.postrider.edition.Editions;
import dev.postrider.edition.GateReport;
import dev.postrider.edition.SlowDay;
import dev.postrider.edition.SlowDays;
import dev.postrider.mail.PublicUrl;
import dev.postrider.mail.Writings;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.PublicationCalendar;
import dev.postrider.newsletter.Slot;
import dev.postrider.story.Source;
import dev.postrider.story.Sources;
import dev.postrider.subscription.SignUpForms;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Looks at a newsletter as it stands now.
 */
@Component
class Overviews {

	private static final int RECENT = 15;

	/** Older trouble is history, not something that needs anybody. */
	private static final Duration TROUBLE = Duration.ofDays(3);

	private static final Set<EditionStatus> OVER = Set.of(EditionStatus.SENT, EditionStatus.SENDING, EditionStatus.HELD,
			EditionStatus.SKIPPED, EditionStatus.CANCELLED);

	private final Editions editions;

	private final Editing editing;

	private final Deliveries deliveries;

	private final SlowDays slowDays;

	private final Sources sources;

	private final PublicUrl url;

	private final SignUpForms forms;

	private final Writings writings;

	private final Clock clock;

	Overviews(Editions editions, Editing editing, Deliveries deliveries, SlowDays slowDays, Sources sources,
			PublicUrl url, SignUpForms forms, Writings writings, Clock clock) {
		this.editions = editions;
		this.editing = editing;
		this.deliveries = deliveries;
		this.slowDays = slowDays;
		this.sources = sources;
		this.url = url;
		this.forms = forms;
		this.writings = writings;
		this.clock = clock;
	}

	Overview of(Newsletter newsletter) {
		Times times = Times.of(newsletter, this.clock.instant());
		Slot slot = nextSlot(newsletter, times.now());
		Edition next = this.editions.find(newsletter.id(), slot.date(), 1).orElse(null);
		List<Edition> recent = this.editions.newest(newsletter.id(), RECENT);
		int readers = this.deliveries.audience(newsletter.id(), slot.date());
		return new Overview(newsletter.slug(), newsletter.name(), times.moment(slot.dueAt()), slot.dueAt().toString(),
				times.distance(slot.dueAt()), slot.date().toString(), times.day(slot.date()), times.today().toString(),
				Times.counted(readers, "reader"), (next != null) ? EditionCard.of(next, times) : null,
				needs(newsletter, next, recent, readers, times), outgoing(recent, times),
				recent.stream().map((edition) -> EditionCard.of(edition, times)).toList(), last(recent, times),
				EmbedCode.of(newsletter, this.url, this.forms, this.writings.letter(newsletter.language())));
	}

	/** The first slot ahead whose edition has not gone out or been called off already. */
	private Slot nextSlot(Newsletter newsletter, Instant now) {
		Slot first = PublicationCalendar.next(newsletter, now);
		Slot slot = first;
		for (int i = 0; i < RECENT; i++) {
			Optional<Edition> edition = this.editions.find(newsletter.id(), slot.date(), 1);
			if (edition.isEmpty() || !OVER.contains(edition.get().status())) {
				return slot;
			}
			slot = PublicationCalendar.next(newsletter, slot.dueAt());
		}
		return first;
	}

	private List<Overview.Need> needs(Newsletter newsletter, @Nullable Edition next, List<Edition> recent, int readers,
			Times times) {
		List<Overview.Need> needs = new ArrayList<>();
		recent.stream()
			.filter((edition) -> edition.dueAt().isAfter(times.now().minus(TROUBLE)))
			.forEach((edition) -> addTrouble(needs, edition, times));
		if (next != null) {
			addNext(needs, newsletter, next, times);
		}
		if (readers == 0) {
			needs.add(new Overview.Need("Nobody would get the next edition: no reader has signed up for that day yet.",
					"warn", "/", "Open the sign-up form"));
		}
		addSources(needs);
		// "bad" before "warn".
		needs.sort(Comparator.comparing(Overview.Need::mark));
		return needs;
	}

	private void addTrouble(List<Overview.Need> needs, Edition edition, Times times) {
		String title = EditionCard.title(edition, times);
		String reason = (edition.statusReason() != null) ? ": " + edition.statusReason() : ".";
		String href = "/desk/editions/" + edition.id();
		switch (edition.status()) {
			case HELD -> needs.add(new Overview.Need(title + " is held" + reason, "bad", href, "Look at it"));
			case FAILED -> needs.add(new Overview.Need(title + " failed" + reason, "bad", href, "Look at it"));
			case SENDING -> {
				if (this.editing.isStalled(edition)) {
					needs.add(new Overview.Need(title + " is half sent, and nobody is sending it.", "bad", href,
							"Go on or stop it"));
				}
			}
			case MISSED -> needs.add(new Overview.Need(title + " was missed" + reason, "bad", href, "Look at it"));
			case DRAFT, APPROVED -> {
				if (edition.number() > 1) {
					needs.add(new Overview.Need(title + " waits: it goes out when you send it.", "warn", href,
							"Open it"));
				}
			}
			default -> {
				// Nothing for an editor to do.
			}
		}
	}

	private void addNext(List<Overview.Need> needs, Newsletter newsletter, Edition next, Times times) {
		String href = "/desk/editions/" + next.id();
		SlowDay slow = this.slowDays.of(next).orElse(null);
		if (slow != null) {
			needs.add(new Overview.Need(
					times.edition(next.date()) + " " + slow.words()
							+ (slow.isCalledOff() ? ", unless you add stories or approve it as it is." : "."),
					slow.isCalledOff() ? "bad" : "warn", href, "Add stories"));
		}
		else if (next.picks().size() < newsletter.storyCount()) {
			needs.add(new Overview.Need(times.day(next.date()) + " has " + next.picks().size() + " of "
					+ Times.counted(newsletter.storyCount(), "story") + ".", "warn", href, "Add stories"));
		}
		addFindings(needs, next, times);
		if (next.status() == EditionStatus.DRAFT && (slow == null || !slow.isCalledOff())) {
			needs.add(new Overview.Need(
					times.day(next.date())
							+ " is not approved: at its hour its unpinned stories are chosen anew, and it goes out.",
					"warn", href, "Read and approve"));
		}
	}

	private void addFindings(List<Overview.Need> needs, Edition next, Times times) {
		GateReport report = this.editing.findings(next);
		String href = "/desk/editions/" + next.id() + "#findings";
		if (!report.errors().isEmpty()) {
			needs.add(new Overview.Need(
					times.edition(next.date()) + " cannot go out like this: " + GateReport.told(report.errors()), "bad",
					href, "Mend it"));
		}
		else if (!report.open().isEmpty()) {
			needs.add(new Overview.Need(
					times.edition(next.date()) + " has " + Times.counted(report.open().size(), "warning") + ".", "warn",
					href, "Look at them"));
		}
	}

	private void addSources(List<Overview.Need> needs) {
		List<Source> all = this.sources.all();
		if (all.isEmpty()) {
			needs.add(new Overview.Need("No source is set up, so no stories come in.", "bad", "/desk/sources",
					"Add a source"));
		}
		List<Source> broken = all.stream().filter((source) -> source.lastError() != null).toList();
		if (!broken.isEmpty()) {
			needs.add(new Overview.Need(
					(broken.size() == 1) ? SourceView.name(broken.get(0)) + " could not be read."
							: Times.counted(broken.size(), "source") + " could not be read.",
					"bad", "/desk/sources", "Look at the sources"));
		}
	}

	private List<Overview.Outgoing> outgoing(List<Edition> recent, Times times) {
		return recent.stream()
			.filter((edition) -> edition.status() == EditionStatus.SENDING && !this.editing.isStalled(edition))
			.map((edition) -> new Overview.Outgoing(EditionCard.of(edition, times),
					Progress.of(this.deliveries.counts(edition.id()))))
			.toList();
	}

	private @Nullable String last(List<Edition> recent, Times times) {
		return recent.stream()
			.filter((edition) -> edition.status() == EditionStatus.SENT)
			.findFirst()
			.map((edition) -> EditionCard.title(edition, times) + ": "
					+ Progress.of(this.deliveries.counts(edition.id())).sentence() + ".")
			.orElse(null);
	}

}
