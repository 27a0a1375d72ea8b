package dev.postrider.desk.web;

import java.time.Clock;
import java.util.List;
import java.util.Locale;

import dev.postrider.delivery.Rehearsals;
import dev.postrider.delivery.Rehearsals.Part;
import dev.postrider.delivery.Rehearsals.Rehearsal;
import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionStatus;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.staff.StaffDirectory;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * What a rehearsal of an edition found, and another one.
 */
@Controller
@RequestMapping("/desk/editions/{id}")
class RehearsalController {

	private final Editing editing;

	private final Rehearsals rehearsals;

	private final StaffDirectory staff;

	private final Clock clock;

	RehearsalController(Editing editing, Rehearsals rehearsals, StaffDirectory staff, Clock clock) {
		this.editing = editing;
		this.rehearsals = rehearsals;
		this.staff = staff;
		this.clock = clock;
	}

	@GetMapping("/rehearsal")
	String rehearsal(@PathVariable long id, Model model) {
		Edition edition = this.editing.edition(id);
		Newsletter newsletter = this.editing.newsletterOf(edition);
		Times times = Times.of(newsletter, this.clock.instant());
		model.addAttribute("id", id);
		model.addAttribute("title", EditionCard.title(edition, times));
		model.addAttribute("running", this.rehearsals.isRunning(edition));
		model.addAttribute("possible", edition.frozenAt() == null && !edition.picks().isEmpty()
				&& (edition.status().isEditable() || edition.status() == EditionStatus.HELD));
		model.addAttribute("found",
				this.rehearsals.newest(id).map((found) -> View.of(found, edition, times)).orElse(null));
		return "desk/rehearsal";
	}

	@PostMapping("/rehearse")
	String rehearse(@PathVariable long id, RedirectAttributes redirect) {
		Edition edition = this.editing.edition(id);
		long run = this.rehearsals.start(edition, this.staff.currentActor());
		this.editing.record("edition.rehearse", edition, "run " + run);
		return "redirect:/desk/editions/" + id + "/rehearsal";
	}

	/**
	 * A rehearsal as the page shows it.
	 *
	 * @param when it ended, and who wanted it
	 * @param stale whether the edition was changed since
	 * @param readers who would get it
	 * @param candidates everybody who was looked at
	 * @param size of all messages
	 * @param begins when sending would begin
	 * @param ends when it would be done
	 * @param pace how fast that is, and how it is known
	 * @param tooLate whether it would end when it is useless
	 * @param exclusions who would not get it
	 * @param variants what they would get
	 * @param providers where they have their mailboxes
	 */
	public record View(String when, boolean stale, String readers, String candidates, String size, String begins,
			String ends, String pace, boolean tooLate, List<Row> exclusions, List<Row> variants, List<Row> providers) {

		static View of(Rehearsal found, Edition edition, Times times) {
			return new View(times.moment(found.endedAt()) + " by " + found.askedBy(),
					found.version() != edition.version(), Times.counted(found.readers(), "reader"),
					Times.number(found.candidates()), size(found.bytes()), times.moment(found.forecast().beginsAt()),
					times.moment(found.forecast().endsAt()), pace(found.forecast()),
					found.forecast().endsAt().isAfter(edition.uselessAfter()), rows(found.exclusions(), true),
					rows(found.variants(), false), rows(found.providers(), false));
		}

		private static List<Row> rows(List<Part> parts, boolean reasons) {
			return parts.stream()
				.map((part) -> new Row(reasons ? words(part.name()) : part.name(), part.detail(),
						Times.number(part.readers())))
				.toList();
		}

		private static String words(String reason) {
			String words = reason.toLowerCase(Locale.ROOT).replace('_', ' ');
			return Character.toUpperCase(words.charAt(0)) + words.substring(1);
		}

		private static String size(long bytes) {
			return (bytes < 1_000_000) ? Times.number(Math.max(1, bytes / 1000)) + " KB"
					: Times.number(bytes / 1_000_000) + " MB";
		}

		private static String pace(Rehearsals.Forecast forecast) {
			String rate = (forecast.rate() >= 1) ? Times.number(Math.round(forecast.rate())) + " a second"
					: Times.number(Math.round(forecast.rate() * 60)) + " a minute";
			return rate + switch (forecast.from()) {
				case RECENT -> ", as fast as the best of the latest editions";
				case MADE ->
					", as fast as this machine makes them on one lane: no earlier edition tells how fast the relay is";
				case LIMITS -> ", what the relays’ limits allow";
				case WINDOW -> ", spread over the newsletter’s send window";
			};
		}

	}

	/**
	 * Some readers.
	 */
	public record Row(String name, @Nullable String detail, String readers) {
	}

}
