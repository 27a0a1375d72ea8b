package dev.postrider.desk.web;

import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.subscription.DepartureReason;
import dev.postrider.subscription.DepartureReasons;
import dev.postrider.subscription.Readers;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * How a newsletter's readers come and go: what they are mailed at first, and why they
 * left.
 */
@Controller
@RequestMapping("/desk/newsletters/{slug}/readers")
class ReadersController {

	private static final Duration LATELY = Duration.ofDays(30);

	private final Editing editing;

	private final Newsletters newsletters;

	private final Readers readers;

	private final DepartureReasons reasons;

	private final WelcomeSwitch welcome;

	private final Clock clock;

	ReadersController(Editing editing, Newsletters newsletters, Readers readers, DepartureReasons reasons,
			WelcomeSwitch welcome, Clock clock) {
		this.editing = editing;
		this.newsletters = newsletters;
		this.readers = readers;
		this.reasons = reasons;
		this.welcome = welcome;
		this.clock = clock;
	}

	@GetMapping
	String show(@PathVariable String slug, Model model) {
		Newsletter newsletter = this.editing.newsletter(slug);
		Map<DepartureReason, Integer> counts = this.reasons.counts(newsletter.id(), this.clock.instant().minus(LATELY));
		model.addAttribute("slug", slug);
		model.addAttribute("newsletter", newsletter.name());
		model.addAttribute("readers", Times.counted(this.readers.countActive(newsletter.id()), "reader"));
		model.addAttribute("welcome", this.newsletters.welcomes(newsletter.id()));
		model.addAttribute("days", LATELY.toDays());
		model.addAttribute("reasons", told(counts));
		return "desk/readers";
	}

	@PostMapping
	String save(@PathVariable String slug, @RequestParam(defaultValue = "false") boolean welcome,
			RedirectAttributes redirect) {
		this.welcome.change(this.editing.newsletter(slug), welcome);
		redirect.addFlashAttribute("notice", welcome ? "Saved. New readers get the latest edition."
				: "Saved. New readers wait for the next edition.");
		return "redirect:/desk/newsletters/" + slug + "/readers";
	}

	/** Those that somebody gave, the commonest first. */
	private static List<Told> told(Map<DepartureReason, Integer> counts) {
		return counts.entrySet()
			.stream()
			.filter((it) -> it.getValue() > 0)
			.sorted(Map.Entry.<DepartureReason, Integer>comparingByValue(Comparator.reverseOrder()))
			.map((it) -> new Told(it.getKey().words(), Times.number(it.getValue())))
			.toList();
	}

	/**
	 * A reason and how many gave it.
	 *
	 * @param reason in a reader's words
	 * @param readers how many
	 */
	public record Told(String reason, String readers) {
	}

}
