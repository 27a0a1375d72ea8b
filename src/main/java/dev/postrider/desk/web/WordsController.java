package dev.postrider.desk.web;

import java.time.Clock;
import java.util.Map;

import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionException;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * The words around the stories: saved by a button, and by themselves while one types.
 */
@Controller
@RequestMapping("/desk/editions/{id}/words")
class WordsController {

	private final Editing editing;

	private final Curating curating;

	private final EditionPage page;

	private final Clock clock;

	WordsController(Editing editing, Curating curating, EditionPage page, Clock clock) {
		this.editing = editing;
		this.curating = curating;
		this.page = page;
		this.clock = clock;
	}

	@PostMapping
	String save(@PathVariable long id, @RequestParam(defaultValue = "") String subject,
			@RequestParam(defaultValue = "") String preheader, @RequestParam(defaultValue = "") String intro,
			@RequestParam(defaultValue = "") String seen, Model model, RedirectAttributes redirect,
			HttpServletResponse response) {
		WordsForm form = new WordsForm(subject, preheader, intro, seen);
		Map<String, String> errors = form.errors();
		if (!errors.isEmpty()) {
			response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
			return this.page.show(this.editing.edition(id), form, null, errors, model);
		}
		try {
			this.curating.describe(id, form);
		}
		catch (OverwriteException ex) {
			response.setStatus(HttpServletResponse.SC_CONFLICT);
			Edition edition = this.editing.edition(id);
			WordsForm again = new WordsForm(form.subject(), form.preheader(), form.intro(), Fingerprint.words(edition));
			return this.page.show(edition, again, null, Map.of("words", String.valueOf(ex.getMessage())), model);
		}
		redirect.addFlashAttribute("notice", "Words saved.");
		return "redirect:/desk/editions/" + id;
	}

	@PostMapping("/autosave")
	ResponseEntity<Saved> autosave(@PathVariable long id, @RequestParam(defaultValue = "") String subject,
			@RequestParam(defaultValue = "") String preheader, @RequestParam(defaultValue = "") String intro,
			@RequestParam(defaultValue = "") String seen) {
		WordsForm form = new WordsForm(subject, preheader, intro, seen);
		Map<String, String> errors = form.errors();
		if (!errors.isEmpty()) {
			return ResponseEntity.unprocessableContent()
				.body(new Saved(null, "Not saved: " + errors.values().iterator().next()));
		}
		try {
			Edition edition = this.curating.describe(id, form);
			Times times = Times.of(this.editing.newsletterOf(edition), this.clock.instant());
			return ResponseEntity
				.ok(new Saved(Fingerprint.words(edition), "Saved at " + times.second(times.now()) + "."));
		}
		catch (OverwriteException | EditionException ex) {
			return ResponseEntity.status(HttpStatus.CONFLICT).body(new Saved(null, "Not saved. " + ex.getMessage()));
		}
	}

	/**
	 * What became of saving.
	 *
	 * @param seen the fingerprint of what is stored now, if it was saved
	 * @param message for the editor
	 */
	record Saved(@Nullable String seen, String message) {
	}

}
