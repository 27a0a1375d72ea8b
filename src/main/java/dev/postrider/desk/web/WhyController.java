package dev.postrider.desk.web;

import java.time.Clock;
import java.util.List;
import java.util.Objects;

import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionRankings;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.staff.StaffDirectory;
import dev.postrider.story.Stories;
import dev.postrider.story.Story;
import dev.postrider.story.StoryPicker.Picking;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Why an edition has the stories it has: all that was looked at, best first, what was
 * left out and why, and what an editor can do about it.
 */
@Controller
@RequestMapping("/desk/editions/{id}/why")
class WhyController {

	private static final int PAGE = 50;

	private final Editing editing;

	private final Curating curating;

	private final EditionRankings rankings;

	private final Newsletters newsletters;

	private final Stories stories;

	private final StaffDirectory staff;

	private final TransactionTemplate transactions;

	private final Clock clock;

	WhyController(Editing editing, Curating curating, EditionRankings rankings, Newsletters newsletters,
			Stories stories, StaffDirectory staff, TransactionTemplate transactions, Clock clock) {
		this.editing = editing;
		this.curating = curating;
		this.rankings = rankings;
		this.newsletters = newsletters;
		this.stories = stories;
		this.staff = staff;
		this.transactions = transactions;
		this.clock = clock;
	}

	@GetMapping
	String why(@PathVariable long id, @RequestParam(defaultValue = "") String section,
			@RequestParam(defaultValue = "0") int skip, Model model) {
		Edition edition = this.editing.edition(id);
		Newsletter newsletter = this.editing.newsletterOf(edition);
		Times times = Times.of(newsletter, this.clock.instant());
		Picking picking = this.rankings.of(edition, newsletter, this.newsletters.rules(newsletter.id()));
		List<RankedStory> all = RankedStory.of(picking, edition, times);
		List<RankedStory> shown = all.stream()
			.filter((story) -> section.isBlank() || section.equalsIgnoreCase(story.section()))
			.toList();
		int from = Math.max(0, Math.min(skip, shown.size()));
		model.addAttribute("id", id);
		model.addAttribute("slug", newsletter.slug());
		model.addAttribute("title", EditionCard.title(edition, times));
		model.addAttribute("editable", edition.status().isEditable());
		model.addAttribute("due", times.moment(edition.dueAt()));
		model.addAttribute("added",
				edition.picks()
					.stream()
					.filter((pick) -> all.stream().noneMatch((story) -> story.id() == pick.story().id()))
					.map((pick) -> pick.position() + ". " + pick.headline() + ": " + pick.reason())
					.toList());
		model.addAttribute("sections",
				all.stream().map(RankedStory::section).filter(Objects::nonNull).distinct().sorted().toList());
		model.addAttribute("section", section);
		model.addAttribute("shortage", picking.shortage().orElse(""));
		model.addAttribute("count", Times.counted(shown.size(), "story"));
		model.addAttribute("ranked", shown.subList(from, Math.min(shown.size(), from + PAGE)));
		model.addAttribute("skip", from);
		model.addAttribute("more", Math.max(0, shown.size() - from - PAGE));
		model.addAttribute("next", from + PAGE);
		return "desk/why";
	}

	@PostMapping("/{storyId}/add")
	String add(@PathVariable long id, @PathVariable long storyId, @RequestParam(defaultValue = "") String section,
			RedirectAttributes redirect) {
		this.curating.add(id, storyId);
		return done(id, section, "Added \"" + story(storyId).headline() + "\" at the end, pinned.", redirect);
	}

	/** Out of this edition if it is in it, and never again into the newsletter. */
	@PostMapping("/{storyId}/ban")
	String ban(@PathVariable long id, @PathVariable long storyId, @RequestParam(defaultValue = "") String section,
			RedirectAttributes redirect) {
		Story story = story(storyId);
		Edition edition = this.editing.edition(id);
		if (edition.status().isEditable()
				&& edition.picks().stream().anyMatch((pick) -> pick.story().id() == storyId)) {
			this.curating.ban(id, storyId);
		}
		else {
			this.transactions.executeWithoutResult((status) -> {
				this.stories.ban(edition.newsletterId(), storyId, this.staff.currentActor());
				this.editing.record("story.ban", edition, "story " + storyId);
			});
		}
		return done(id, section, "Banned \"" + story.headline()
				+ "\": no edition of this newsletter will pick it. The list of bans takes it back.", redirect);
	}

	/** Pushes a story one step up or down, as far as that goes. */
	@PostMapping("/{storyId}/{direction:up|down}")
	String push(@PathVariable long id, @PathVariable long storyId, @PathVariable String direction,
			@RequestParam(defaultValue = "") String section, RedirectAttributes redirect) {
		Story story = story(storyId);
		Edition edition = this.editing.edition(id);
		double now = this.stories.boost(edition.newsletterId(), storyId) + (direction.equals("up") ? 1 : -1);
		double value = Math.min(Stories.MOST_BOOST, Math.max(Stories.LEAST_BOOST, now));
		this.transactions.executeWithoutResult((status) -> {
			this.stories.boost(edition.newsletterId(), storyId, value, this.staff.currentActor());
			this.editing.record("story.boost", edition, "story " + storyId + ": " + value);
		});
		return done(id, section, "Pushed \"" + story.headline() + "\" " + direction + ": its push is now "
				+ RankedStory.number(value) + ". Composing anew follows that.", redirect);
	}

	private Story story(long storyId) {
		return this.stories.find(storyId)
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no story " + storyId + "."));
	}

	private static String done(long id, String section, String notice, RedirectAttributes redirect) {
		redirect.addFlashAttribute("notice", notice);
		UriComponentsBuilder page = UriComponentsBuilder.fromPath("/desk/editions/" + id + "/why");
		return "redirect:"
				+ (section.isBlank() ? page : page.queryParam("section", "{section}")).encode().build(section);
	}

}
