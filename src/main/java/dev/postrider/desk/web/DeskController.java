package dev.postrider.desk.web;

import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;

import dev.postrider.edition.Edition;
import dev.postrider.edition.Editions;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * The desk's first page.
 */
@Controller
class DeskController {

	private final Newsletters newsletters;

	private final Overviews overviews;

	private final Editing editing;

	private final Editions editions;

	private final Clock clock;

	DeskController(Newsletters newsletters, Overviews overviews, Editing editing, Editions editions, Clock clock) {
		this.newsletters = newsletters;
		this.overviews = overviews;
		this.editing = editing;
		this.editions = editions;
		this.clock = clock;
	}

	/** All newsletters, or the one of a slug. */
	@GetMapping("/desk")
	String desk(@RequestParam(required = false) @Nullable String newsletter, Model model) {
		List<Newsletter> shown = (newsletter != null) ? List.of(this.editing.newsletter(newsletter))
				: this.newsletters.all();
		model.addAttribute("overviews", shown.stream().map(this.overviews::of).toList());
		return "desk/desk";
	}

	/** Opens the edition of a date; one without stories is composed first. */
	@PostMapping("/desk/newsletters/{slug}/editions")
	String open(@PathVariable String slug, @RequestParam(defaultValue = "") String date, RedirectAttributes redirect) {
		Newsletter newsletter = this.editing.newsletter(slug);
		LocalDate today = Times.of(newsletter, this.clock.instant()).today();
		LocalDate chosen = parse(date);
		if (chosen == null || chosen.isBefore(today)) {
			redirect.addFlashAttribute("dateError", (chosen == null) ? "Choose a date, such as " + today + "."
					: "That day has passed. Choose today or a later day.");
			redirect.addFlashAttribute("date", date);
			redirect.addFlashAttribute("dateOf", slug);
			return "redirect:/desk";
		}
		Edition edition = this.editions.find(newsletter.id(), chosen, 1)
			.filter((existing) -> !existing.picks().isEmpty() || !existing.status().isEditable())
			.orElseGet(() -> this.editing.compose(newsletter, chosen, 1));
		return "redirect:/desk/editions/" + edition.id();
	}

	@PostMapping("/desk/newsletters/{slug}/extra")
	String extra(@PathVariable String slug) {
		return "redirect:/desk/editions/" + this.editing.composeExtra(this.editing.newsletter(slug)).id();
	}

	private static @Nullable LocalDate parse(String date) {
		try {
			return LocalDate.parse(date.strip());
		}
		catch (DateTimeParseException ex) {
			return null;
		}
	}

}
