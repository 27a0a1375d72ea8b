package dev.postrider.desk.web;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.postrider.delivery.Deliveries;
import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionNotes;
import dev.postrider.edition.EditionStatus;
import dev.postrider.edition.EditionVariants;
import dev.postrider.edition.SlowDays;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.story.Stories;
import dev.postrider.story.Story;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/**
 * Fills the page of one edition.
 */
@Component
class EditionPage {

	private static final int FOUND = 20;

	private final Editing editing;

	private final Deliveries deliveries;

	private final Stories stories;

	private final SlowDays slowDays;

	private final EditionNotes notes;

	private final CorrectedStories corrected;

	private final EditionVariants variants;

	private final Clock clock;

	EditionPage(Editing editing, Deliveries deliveries, SlowDays slowDays, EditionNotes notes,
			CorrectedStories corrected, EditionVariants variants, Stories stories, Clock clock) {
		this.editing = editing;
		this.deliveries = deliveries;
		this.stories = stories;
		this.slowDays = slowDays;
		this.notes = notes;
		this.corrected = corrected;
		this.variants = variants;
		this.clock = clock;
	}

	/** The page as the edition is stored. */
	String show(long id, Model model) {
		return show(this.editing.edition(id), null, null, Map.of(), model);
	}

	/** The page with words as they were typed and what is wrong with them. */
	String show(Edition edition, @Nullable WordsForm words, @Nullable RewriteForm rewrite, Map<String, String> errors,
			Model model) {
		Newsletter newsletter = this.editing.newsletterOf(edition);
		Times times = Times.of(newsletter, this.clock.instant());
		describe(edition, newsletter, times, model);
		model.addAttribute("picks", PickView.of(edition, times).stream().map((pick) -> pick.with(rewrite)).toList());
		model.addAttribute("words", (words != null) ? words : WordsForm.of(edition));
		model.addAttribute("errors", errors);
		model.addAttribute("rewriting", (rewrite != null) ? rewrite.storyId() : 0L);
		model.addAttribute("notes",
				this.notes.of(edition.id())
					.stream()
					.map((note) -> new Note(times.moment(note.at()), note.words()))
					.toList());
		model.addAttribute("corrected", this.corrected.notes(edition.picks(), times));
		boolean editable = edition.status().isEditable();
		if (editable) {
			find(edition, newsletter, "", model);
		}
		if (edition.frozenAt() == null && (editable || edition.status() == EditionStatus.HELD)) {
			model.addAttribute("findings", FindingView.of(this.editing.findings(edition), times));
			model.addAttribute("acceptable", true);
		}
		if (edition.frozenAt() != null) {
			model.addAttribute("progress", Progress.of(this.deliveries.counts(edition.id())));
			model.addAttribute("exclusions", exclusions(edition));
			model.addAttribute("cost", VariantCost.of(this.variants.costs(edition.id())));
			boolean topical = this.deliveries.isTopical(edition.id());
			model.addAttribute("topical", topical);
			model.addAttribute("others",
					topical && edition.startedAt() != null && !this.corrected.ofTopics(edition).isEmpty());
		}
		return "desk/edition";
	}

	/** What is needed to say what the edition is and what may be done with it. */
	void describe(Edition edition, Newsletter newsletter, Times times, Model model) {
		EditionStatus status = edition.status();
		boolean stale = !times.now().isBefore(edition.uselessAfter());
		boolean stalled = this.editing.isStalled(edition);
		boolean broken = stalled || status == EditionStatus.HELD || status == EditionStatus.FAILED;
		model.addAttribute("id", edition.id());
		model.addAttribute("newsletter", newsletter.name());
		model.addAttribute("slug", newsletter.slug());
		model.addAttribute("label", edition.label());
		model.addAttribute("title", EditionCard.title(edition, times));
		model.addAttribute("status", stalled ? StatusWords.STALLED : StatusWords.of(status));
		model.addAttribute("state", status.name());
		model.addAttribute("stalled", stalled);
		model.addAttribute("broken", broken);
		model.addAttribute("mailed", edition.startedAt() != null);
		model.addAttribute("correction", edition.corrects() != null);
		model.addAttribute("sentence", sentence(edition, stalled, times));
		model.addAttribute("subject", edition.subject());
		model.addAttribute("storyCount", edition.picks().size());
		model.addAttribute("wanted", newsletter.storyCount());
		model.addAttribute("editable", status.isEditable());
		model.addAttribute("stale", stale);
		model.addAttribute("useless", times.moment(edition.uselessAfter()));
		boolean forAdmins = this.editing.isForAdmins(edition);
		model.addAttribute("forAdmins", forAdmins && !stale);
		model.addAttribute("sendable",
				!edition.picks().isEmpty() && (status.isEditable() || (broken && !stale && !forAdmins)));
		model.addAttribute("reopenable", !status.isEditable() && this.editing.isReopenable(edition));
		this.slowDays.of(edition).filter((day) -> edition.dueAt().isAfter(times.now())).ifPresent((day) -> {
			model.addAttribute("slow", times.edition(edition.date()) + " " + day.words());
			model.addAttribute("calledOff", day.isCalledOff());
			if (day.isCalledOff()) {
				model.addAttribute("sentence", "Due " + times.moment(edition.dueAt()) + ", "
						+ times.distance(edition.dueAt()) + ". At its hour its unpinned stories are chosen anew.");
			}
		});
		model.addAttribute("readers", readers(edition));
	}

	/** Stories an editor may add, without those the edition has. */
	void find(Edition edition, Newsletter newsletter, String query, Model model) {
		Set<Long> has = edition.picks().stream().map((pick) -> pick.story().id()).collect(Collectors.toSet());
		Times times = Times.of(newsletter, this.clock.instant());
		List<Found> found = this.stories.search(newsletter, query, FOUND + has.size())
			.stream()
			.filter((story) -> !has.contains(story.id()))
			.limit(FOUND)
			.map((story) -> Found.of(story, times))
			.toList();
		model.addAttribute("id", edition.id());
		model.addAttribute("query", query);
		model.addAttribute("found", found);
	}

	/**
	 * Those it goes to: before the freeze an estimate, after it those not settled yet.
	 */
	private String readers(Edition edition) {
		if (edition.frozenAt() == null) {
			return Times.counted(this.deliveries.audience(edition), "reader");
		}
		Progress progress = Progress.of(this.deliveries.counts(edition.id()));
		return Times.counted(progress.total() - progress.done(), "reader");
	}

	private List<Progress.Row> exclusions(Edition edition) {
		return this.deliveries.exclusions(edition.id())
			.entrySet()
			.stream()
			.map((entry) -> new Progress.Row(words(entry.getKey()), Times.number(entry.getValue())))
			.toList();
	}

	private static String words(String reason) {
		String words = reason.toLowerCase(java.util.Locale.ROOT).replace('_', ' ').replace('-', ' ');
		return Character.toUpperCase(words.charAt(0)) + words.substring(1);
	}

	private static String sentence(Edition edition, boolean stalled, Times times) {
		String due = times.moment(edition.dueAt()) + ", " + times.distance(edition.dueAt());
		boolean ahead = edition.dueAt().isAfter(times.now());
		String reason = (edition.statusReason() != null) ? " " + edition.statusReason() : "";
		return switch (edition.status()) {
			case DRAFT -> (edition.corrects() != null)
					? "A correction: it goes to those who were sent the story it corrects, when you send it."
					: (edition.number() > 1) ? "An extra edition: it goes out when you send it." : ahead ? "Goes out "
							+ due
							+ ". If nobody approves it by then, its unpinned stories are chosen anew and it goes out."
							: "Was due " + due + ".";
			case APPROVED -> approved(edition) + ((edition.number() > 1) ? " It goes out when you send it."
					: ahead ? " Goes out " + due + "." : " Was due " + due + ".");
			case SENDING -> "Begun" + at(edition.startedAt(), times) + (stalled
					? ", then its run was stopped or broke off. Nobody is mailed until you go on sending." : ".");
			case HELD -> reason.isEmpty() ? "Sending is on hold." : reason.strip();
			case SENT -> "Begun" + at(edition.startedAt(), times) + ", closed" + at(edition.closedAt(), times) + ".";
			case SKIPPED -> "No mail goes out for this date." + reason;
			case MISSED -> "Its hour passed without a mail." + reason;
			case CANCELLED -> "It is given up for good." + reason;
			case FAILED -> reason.isEmpty() ? "Sending broke off." : reason.strip();
		};
	}

	/** Goes on after the word for its status. */
	private static String approved(Edition edition) {
		String by = edition.approvedBy();
		return (by == null) ? "" : "by " + ("schedule".equals(by) ? "the schedule" : by) + ".";
	}

	private static String at(@Nullable Instant at, Times times) {
		return (at != null) ? " " + times.moment(at) : "";
	}

	/**
	 * What became of its stories just before it was sent.
	 *
	 * @param at when
	 * @param words in a sentence or two
	 */
	public record Note(String at, String words) {
	}

	/**
	 * A story that may be added.
	 *
	 * @param id its key
	 * @param headline as its source has it
	 * @param label section and kind
	 * @param published when
	 */
	public record Found(long id, String headline, String label, String published) {

		static Found of(Story story, Times times) {
			return new Found(story.id(), story.headline(), PickView.label(story), times.brief(story.publishedAt()));
		}

	}

}
