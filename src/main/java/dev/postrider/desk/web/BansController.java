package dev.postrider.desk.web;

import java.time.Clock;
import java.util.List;

import dev.postrider.newsletter.Newsletter;
import dev.postrider.staff.Audit;
import dev.postrider.story.Stories;
import dev.postrider.story.StoryBans;

import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * What a newsletter never picks, who said so, and taking it back.
 */
@Controller
@RequestMapping("/desk/newsletters/{slug}/bans")
class BansController {

	private static final int PAGE = 50;

	private final Editing editing;

	private final StoryBans bans;

	private final Stories stories;

	private final Audit audit;

	private final TransactionTemplate transactions;

	private final Clock clock;

	BansController(Editing editing, StoryBans bans, Stories stories, Audit audit, TransactionTemplate transactions,
			Clock clock) {
		this.editing = editing;
		this.bans = bans;
		this.stories = stories;
		this.audit = audit;
		this.transactions = transactions;
		this.clock = clock;
	}

	@GetMapping
	String bans(@PathVariable String slug, @RequestParam(defaultValue = "0") int skip, Model model) {
		Newsletter newsletter = this.editing.newsletter(slug);
		Times times = Times.of(newsletter, this.clock.instant());
		int from = Math.max(0, skip);
		List<StoryBans.Ban> found = this.bans.of(newsletter.id(), from, PAGE + 1);
		model.addAttribute("slug", slug);
		model.addAttribute("newsletter", newsletter.name());
		model.addAttribute("bans",
				found.stream()
					.limit(PAGE)
					.map((ban) -> new BanView(ban.storyId(), ban.headline(), times.brief(ban.publishedAt()),
							ban.actor(), times.brief(ban.at())))
					.toList());
		model.addAttribute("more", found.size() > PAGE);
		model.addAttribute("next", from + PAGE);
		return "desk/bans";
	}

	@PostMapping("/{storyId}/unban")
	String unban(@PathVariable String slug, @PathVariable long storyId, RedirectAttributes redirect) {
		Newsletter newsletter = this.editing.newsletter(slug);
		this.stories.find(storyId).ifPresent((story) -> {
			this.transactions.executeWithoutResult((status) -> {
				this.stories.unban(newsletter.id(), storyId);
				this.audit.record("story.unban", "story " + storyId, slug);
			});
			redirect.addFlashAttribute("notice",
					"%s may pick \"%s\" again.".formatted(newsletter.name(), story.headline()));
		});
		return "redirect:/desk/newsletters/" + slug + "/bans";
	}

	/**
	 * A ban in the list.
	 *
	 * @param id the story's key
	 * @param headline the story's
	 * @param published when the newsroom published it
	 * @param actor who banned it
	 * @param at when
	 */
	public record BanView(long id, String headline, String published, String actor, String at) {
	}

}
