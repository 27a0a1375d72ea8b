package dev.postrider.desk.web;

import java.time.Clock;

import dev.postrider.edition.Edition;
import dev.postrider.edition.GateFinding;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * What the gate finds in an edition, and accepting its warnings one by one.
 */
@Controller
@RequestMapping("/desk/editions/{id}/findings")
class FindingsController {

	private final Editing editing;

	private final Clock clock;

	FindingsController(Editing editing, Clock clock) {
		this.editing = editing;
		this.clock = clock;
	}

	/** The list by itself, fetched again whenever words were saved. */
	@GetMapping
	String findings(@PathVariable long id, Model model) {
		Edition edition = this.editing.edition(id);
		Times times = Times.of(this.editing.newsletterOf(edition), this.clock.instant());
		model.addAttribute("id", id);
		model.addAttribute("findings", FindingView.of(this.editing.findings(edition), times));
		model.addAttribute("acceptable", edition.frozenAt() == null);
		return "desk/findings";
	}

	@PostMapping("/{key}/accept")
	String accept(@PathVariable long id, @PathVariable String key, RedirectAttributes redirect) {
		GateFinding accepted = this.editing.accept(this.editing.edition(id), key);
		redirect.addFlashAttribute("notice", "Accepted for this edition: " + accepted.where() + ".");
		return "redirect:/desk/editions/" + id + "#findings";
	}

}
