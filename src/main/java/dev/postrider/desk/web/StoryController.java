package dev.postrider.desk.web;

import java.time.Clock;
import java.time.ZoneId;
import java.time.ZoneOffset;

import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.staff.Audit;
import dev.postrider.staff.StaffDirectory;
import dev.postrider.story.Stories;
import dev.postrider.story.Story;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * One story: what it is, where it was seen, what it was before, and how it stands with
 * each newsletter.
 */
@Controller
class StoryController {

	private final Stories stories;

	private final Newsletters newsletters;

	private final StaffDirectory staff;

	private final Audit audit;

	private final TransactionTemplate transactions;

	private final Clock clock;

	StoryController(Stories stories, Newsletters newsletters, StaffDirectory staff, Audit audit,
			TransactionTemplate transactions, Clock clock) {
		this.stories = stories;
		this.newsletters = newsletters;
		this.staff = staff;
		this.audit = audit;
		this.transactions = transactions;
		this.clock = clock;
	}

	@GetMapping("/desk/stories/{id}")
	String story(@PathVariable long id, Model model) {
		Story story = story(id);
		ZoneId zone = this.newsletters.all().stream().findFirst().map((each) -> each.zone()).orElse(ZoneOffset.UTC);
		Times times = new Times(this.clock.instant(), zone);
		model.addAttribute("id", id);
		model.addAttribute("story", StoryView.of(story, this.stories.trail(id), times));
		model.addAttribute("standings",
				this.newsletters.all()
					.stream()
					.map((newsletter) -> StoryStanding.of(newsletter, id, this.stories))
					.toList());
		return "desk/story";
	}

	@PostMapping("/desk/stories/{id}/boost")
	String boost(@PathVariable long id, @RequestParam String newsletter, @RequestParam double value,
			RedirectAttributes redirect) {
		Story story = story(id);
		Newsletter pushed = newsletter(newsletter);
		if (!(value >= Stories.LEAST_BOOST && value <= Stories.MOST_BOOST)) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "A push lies between " + Stories.LEAST_BOOST
					+ " and " + Stories.MOST_BOOST + "; " + value + " does not");
		}
		this.transactions.executeWithoutResult((status) -> {
			this.stories.boost(pushed.id(), id, value, this.staff.currentActor());
			this.audit.record("story.boost", "story " + id, pushed.slug() + ": " + value);
		});
		redirect.addFlashAttribute("notice",
				(value == 0) ? "\"%s\" is ranked by its own merits in %s.".formatted(story.headline(), pushed.name())
						: "\"%s\" is pushed %s in the ranking of %s. Editions composed from now on follow that."
							.formatted(story.headline(), (value > 0) ? "up" : "down", pushed.name()));
		return "redirect:/desk/stories/" + id;
	}

	@PostMapping("/desk/stories/{id}/ban")
	String ban(@PathVariable long id, @RequestParam String newsletter, RedirectAttributes redirect) {
		Story story = story(id);
		Newsletter banning = newsletter(newsletter);
		this.transactions.executeWithoutResult((status) -> {
			this.stories.ban(banning.id(), id, this.staff.currentActor());
			this.audit.record("story.ban", "story " + id, banning.slug());
		});
		redirect.addFlashAttribute("notice",
				"Banned \"%s\": no edition of %s will pick it.".formatted(story.headline(), banning.name()));
		return "redirect:/desk/stories/" + id;
	}

	@PostMapping("/desk/stories/{id}/unban")
	String unban(@PathVariable long id, @RequestParam String newsletter, RedirectAttributes redirect) {
		Story story = story(id);
		Newsletter banning = newsletter(newsletter);
		this.transactions.executeWithoutResult((status) -> {
			this.stories.unban(banning.id(), id);
			this.audit.record("story.unban", "story " + id, banning.slug());
		});
		redirect.addFlashAttribute("notice", "%s may pick \"%s\" again.".formatted(banning.name(), story.headline()));
		return "redirect:/desk/stories/" + id;
	}

	private Story story(long id) {
		return this.stories.find(id)
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no story " + id));
	}

	private Newsletter newsletter(String slug) {
		return this.newsletters.find(slug)
			.orElseThrow(
					() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no newsletter \"" + slug + "\""));
	}

}
