package dev.postrider.desk.web;

import java.util.Objects;
import java.util.Optional;

import dev.postrider.edition.Corrections;
import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionException;
import dev.postrider.staff.StaffDirectory;

import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * Puts right what was mailed wrong: a note in the archive, and if wanted a mail to those
 * who had it.
 */
@Controller
class CorrectionController {

	private final Editing editing;

	private final Corrections corrections;

	private final StaffDirectory staff;

	private final TransactionTemplate transactions;

	CorrectionController(Editing editing, Corrections corrections, StaffDirectory staff,
			TransactionTemplate transactions) {
		this.editing = editing;
		this.corrections = corrections;
		this.staff = staff;
		this.transactions = transactions;
	}

	@PostMapping("/desk/editions/{id}/stories/{storyId}/correct")
	String correct(@PathVariable long id, @PathVariable long storyId, @RequestParam(defaultValue = "") String words,
			@RequestParam(defaultValue = "note") String then, RedirectAttributes redirect) {
		Edition mailed = this.editing.edition(id);
		String headline = this.corrections.carried(mailed)
			.stream()
			.filter((pick) -> pick.story().id() == storyId)
			.findFirst()
			.orElseThrow(() -> new EditionException("No reader of edition " + mailed.label() + " had that story."))
			.headline();
		String back = "redirect:/desk/editions/" + id + (isOwn(mailed, storyId) ? "" : "/topics") + "#story-" + storyId;
		try {
			Optional<Edition> draft = Objects.requireNonNull(this.transactions.execute((status) -> {
				this.corrections.mark(storyId, words, this.staff.currentActor());
				this.editing.record("story.correct", mailed, "story " + storyId);
				return then.equals("mail") ? Optional.of(draft(mailed, storyId)) : Optional.empty();
			}));
			if (draft.isPresent()) {
				redirect.addFlashAttribute("notice", "The archive says so, and a correction is drafted: look it over, "
						+ "then send it to those who had the story.");
				return "redirect:/desk/editions/" + draft.get().id();
			}
		}
		catch (EditionException ex) {
			redirect.addFlashAttribute("failure", String.valueOf(ex.getMessage()));
			redirect.addFlashAttribute("correcting", storyId);
			redirect.addFlashAttribute("typed", words);
			return back;
		}
		redirect.addFlashAttribute("notice", "The archive now says what was wrong in “" + headline + "”.");
		return back;
	}

	/** Others stand on the page of what readers of topics got. */
	private static boolean isOwn(Edition mailed, long storyId) {
		return mailed.picks().stream().anyMatch((pick) -> pick.story().id() == storyId);
	}

	private Edition draft(Edition mailed, long storyId) {
		Edition draft = this.corrections.draft(mailed, this.editing.newsletterOf(mailed), storyId);
		this.editing.record("edition.correct", draft, "of " + mailed.label());
		return draft;
	}

}
