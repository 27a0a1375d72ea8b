package dev.postrider.desk.web;

import java.util.List;
import java.util.Map;

import dev.postrider.edition.Edition;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * What is done with the stories of an edition. The page that follows opens at the story,
 * so that the keyboard goes on where it was.
 */
@Controller
@RequestMapping("/desk/editions/{id}/stories")
class PicksController {

	private final Editing editing;

	private final Curating curating;

	private final EditionPage page;

	PicksController(Editing editing, Curating curating, EditionPage page) {
		this.editing = editing;
		this.curating = curating;
		this.page = page;
	}

	@PostMapping
	String add(@PathVariable long id, @RequestParam long storyId, RedirectAttributes redirect) {
		Edition edition = this.curating.add(id, storyId);
		redirect.addFlashAttribute("notice", "Added \"" + Curating.pick(edition, storyId).headline() + "\".");
		return at(id, "story-" + storyId);
	}

	@PostMapping("/order")
	String reorder(@PathVariable long id, @RequestParam List<Long> storyIds,
			@RequestParam(defaultValue = "0") long moved) {
		this.curating.reorder(id, storyIds);
		return at(id, "story-" + moved);
	}

	@PostMapping("/{storyId}/up")
	String up(@PathVariable long id, @PathVariable long storyId) {
		Edition edition = this.curating.move(id, storyId, -1);
		return at(id, ((Curating.pick(edition, storyId).position() == 1) ? "down-" : "up-") + storyId);
	}

	@PostMapping("/{storyId}/down")
	String down(@PathVariable long id, @PathVariable long storyId) {
		Edition edition = this.curating.move(id, storyId, 1);
		boolean last = Curating.pick(edition, storyId).position() == edition.picks().size();
		return at(id, (last ? "up-" : "down-") + storyId);
	}

	@PostMapping("/{storyId}/pin")
	String pin(@PathVariable long id, @PathVariable long storyId) {
		this.curating.pin(id, storyId, true);
		return at(id, "pin-" + storyId);
	}

	@PostMapping("/{storyId}/unpin")
	String unpin(@PathVariable long id, @PathVariable long storyId) {
		this.curating.pin(id, storyId, false);
		return at(id, "pin-" + storyId);
	}

	@PostMapping("/{storyId}/drop")
	String drop(@PathVariable long id, @PathVariable long storyId, RedirectAttributes redirect) {
		Edition.Pick was = Curating.pick(this.editing.edition(id), storyId);
		this.curating.drop(id, storyId);
		offerBack(was, "Dropped \"" + was.headline() + "\" from this edition.", redirect);
		return at(id, "stories");
	}

	@PostMapping("/{storyId}/ban")
	String ban(@PathVariable long id, @PathVariable long storyId, RedirectAttributes redirect) {
		Edition.Pick was = Curating.pick(this.editing.edition(id), storyId);
		this.curating.ban(id, storyId);
		offerBack(was, "Banned \"" + was.headline() + "\": no edition of this newsletter will pick it.", redirect);
		return at(id, "stories");
	}

	@PostMapping("/{storyId}/restore")
	String restore(@PathVariable long id, @PathVariable long storyId, @RequestParam(defaultValue = "1") int position,
			@RequestParam(defaultValue = "false") boolean pinned) {
		this.curating.restore(id, storyId, position, pinned);
		return at(id, "story-" + storyId);
	}

	@PostMapping("/{storyId}/rewrite")
	String rewrite(@PathVariable long id, @PathVariable long storyId, @RequestParam(defaultValue = "") String headline,
			@RequestParam(defaultValue = "") String summary, @RequestParam(defaultValue = "") String seen, Model model,
			HttpServletResponse response) {
		RewriteForm form = new RewriteForm(storyId, headline, summary, seen);
		Map<String, String> errors = form.errors();
		if (!errors.isEmpty()) {
			response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
			return this.page.show(this.editing.edition(id), null, form, errors, model);
		}
		try {
			this.curating.rewrite(id, form);
			return at(id, "story-" + storyId);
		}
		catch (OverwriteException ex) {
			response.setStatus(HttpServletResponse.SC_CONFLICT);
			Edition edition = this.editing.edition(id);
			RewriteForm again = new RewriteForm(storyId, form.headline(), form.summary(),
					Fingerprint.words(Curating.pick(edition, storyId)));
			return this.page.show(edition, null, again, Map.of("rewrite", String.valueOf(ex.getMessage())), model);
		}
	}

	private static void offerBack(Edition.Pick was, String notice, RedirectAttributes redirect) {
		redirect.addFlashAttribute("undo", notice);
		redirect.addFlashAttribute("undoStory", was.story().id());
		redirect.addFlashAttribute("undoPosition", was.position());
		redirect.addFlashAttribute("undoPinned", was.pinned());
	}

	private static String at(long id, String place) {
		return "redirect:/desk/editions/" + id + "#" + place;
	}

}
