package dev.postrider.desk.web;

import java.time.Clock;

import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionStatus;
import dev.postrider.newsletter.Newsletter;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * The page of one edition and what is done with the whole of it.
 */
@Controller
@RequestMapping("/desk/editions/{id}")
class EditionController {

	private final Editing editing;

	private final EditionPage page;

	private final Clock clock;

	EditionController(Editing editing, EditionPage page, Clock clock) {
		this.editing = editing;
		this.page = page;
		this.clock = clock;
	}

	@GetMapping
	String edition(@PathVariable long id, Model model) {
		return this.page.show(id, model);
	}

	@PostMapping("/compose")
	String compose(@PathVariable long id, RedirectAttributes redirect) {
		Edition edition = this.editing.edition(id);
		edition = this.editing.compose(edition, this.editing.newsletterOf(edition));
		return done(id, "Composed anew: " + Times.counted(edition.picks().size(), "story") + ".", redirect);
	}

	@PostMapping("/approve")
	String approve(@PathVariable long id, RedirectAttributes redirect) {
		Edition edition = this.editing.approve(this.editing.edition(id));
		return done(id,
				(edition.number() > 1) ? "Approved. It goes out when you send it."
						: edition.dueAt().isBefore(this.clock.instant())
								? "Approved. Its hour has passed, so it goes out when you send it."
								: "Approved. It goes out at its hour by itself.",
				redirect);
	}

	@PostMapping("/draft")
	String draft(@PathVariable long id, RedirectAttributes redirect) {
		this.editing.changeStatus(this.editing.edition(id), EditionStatus.DRAFT, null);
		return done(id, "A draft again.", redirect);
	}

	@PostMapping("/skip")
	String skip(@PathVariable long id, @RequestParam(defaultValue = "") String reason, RedirectAttributes redirect) {
		this.editing.changeStatus(this.editing.edition(id), EditionStatus.SKIPPED, orNull(reason));
		return done(id, "Skipped: no mail goes out for this date. You can take it up again.", redirect);
	}

	@PostMapping("/cancel")
	String cancel(@PathVariable long id, @RequestParam(defaultValue = "") String reason, RedirectAttributes redirect) {
		this.editing.changeStatus(this.editing.edition(id), EditionStatus.CANCELLED, orNull(reason));
		return done(id, "Cancelled for good. An extra edition of the day is still possible.", redirect);
	}

	/** Asks before sending, for browsers that open no dialog. */
	@GetMapping("/send")
	String ask(@PathVariable long id, Model model) {
		Edition edition = this.editing.edition(id);
		Newsletter newsletter = this.editing.newsletterOf(edition);
		this.page.describe(edition, newsletter, Times.of(newsletter, this.clock.instant()), model);
		return "desk/send";
	}

	@PostMapping("/send")
	String send(@PathVariable long id, RedirectAttributes redirect) {
		long run = this.editing.send(this.editing.edition(id));
		return done(id, "Sending has begun (run " + run + ").", redirect);
	}

	private static String done(long id, String notice, RedirectAttributes redirect) {
		redirect.addFlashAttribute("notice", notice);
		return "redirect:/desk/editions/" + id;
	}

	private static @Nullable String orNull(String reason) {
		String line = RewriteForm.oneLine(reason);
		return line.isEmpty() ? null : line.substring(0, Math.min(line.length(), 300));
	}

}
