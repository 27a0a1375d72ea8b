package dev.postrider.desk.web;

import dev.postrider.delivery.Deliveries;
import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionStatus;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The parts of an edition's page that htmx fetches by themselves.
 */
@Controller
@RequestMapping("/desk/editions/{id}")
class EditionFragmentsController {

	private final Editing editing;

	private final EditionPage page;

	private final Deliveries deliveries;

	EditionFragmentsController(Editing editing, EditionPage page, Deliveries deliveries) {
		this.editing = editing;
		this.page = page;
		this.deliveries = deliveries;
	}

	/** Stories that may be added; a page of its own without JavaScript. */
	@GetMapping("/stories")
	String stories(@PathVariable long id, @RequestParam(defaultValue = "") String query,
			@RequestHeader(name = "HX-Request", defaultValue = "false") boolean fragment, Model model) {
		model.addAttribute("fragment", fragment);
		Edition edition = this.editing.edition(id);
		this.page.find(edition, this.editing.newsletterOf(edition), query.strip(), model);
		return "desk/stories";
	}

	/** How far sending is; once it has ended the whole page is to be loaded anew. */
	@GetMapping("/progress")
	String progress(@PathVariable long id, Model model, HttpServletResponse response) {
		Edition edition = this.editing.edition(id);
		if (edition.status() != EditionStatus.SENDING || this.editing.isStalled(edition)) {
			response.setHeader("HX-Refresh", "true");
		}
		model.addAttribute("id", id);
		model.addAttribute("progress", Progress.of(this.deliveries.counts(id)));
		return "desk/progress";
	}

}
