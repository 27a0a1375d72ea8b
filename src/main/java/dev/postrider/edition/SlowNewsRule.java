package dev.postrider.edition;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.postrider.edition.Edition.Pick;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.PickingRules;
import dev.postrider.newsletter.SlowNews;
import dev.postrider.story.EvergreenStories;
import dev.postrider.story.Score;
import dev.postrider.story.Story;
import dev.postrider.story.StoryPicker;

import org.springframework.stereotype.Component;

/**
 * Has an edition's stories chosen, and does what the newsletter's rule says when there
 * are fewer than its minimum. Extra editions are as short as their editor wants.
 */
@Component
class SlowNewsRule {

	private final StoryChooser chooser;

	private final EvergreenStories evergreen;

	private final Reach reach;

	private final SlowDays slowDays;

	private final Clock clock;

	SlowNewsRule(StoryChooser chooser, EvergreenStories evergreen, Reach reach, SlowDays slowDays, Clock clock) {
		this.chooser = chooser;
		this.evergreen = evergreen;
		this.reach = reach;
		this.slowDays = slowDays;
		this.clock = clock;
	}

	/**
	 * Chooses.
	 * @param edition which edition
	 * @param request what is wanted, with the newsletter's own window
	 * @return at most as many as were asked for
	 */
	List<Pick> choose(Edition edition, StoryPicker.Request request) {
		PickingRules rules = request.rules();
		Newsletter newsletter = this.reach.beforeNews(edition, request.newsletter(), rules.slowNews());
		List<Pick> chosen = choose(request, newsletter);
		int kept = request.kept().size();
		int minimum = Math.max(1, Math.min(rules.minimum(), request.newsletter().storyCount()));
		if (edition.number() > 1 || kept + chosen.size() >= minimum) {
			this.slowDays.forget(edition.id());
			return chosen;
		}
		int found = kept + chosen.size();
		if (rules.slowNews() == SlowNews.WIDEN) {
			for (Newsletter wider = this.reach.wider(newsletter); !wider.equals(newsletter)
					&& kept + chosen.size() < minimum; wider = this.reach.wider(newsletter)) {
				newsletter = wider;
				chosen = choose(request, newsletter);
			}
		}
		else if (rules.slowNews() == SlowNews.EVERGREEN) {
			chosen = filled(request, chosen, minimum - kept);
		}
		this.slowDays.store(edition.id(), new SlowDay(this.clock.instant(), found, minimum, rules.slowNews(),
				kept + chosen.size(), newsletter.storyWindow()));
		return chosen;
	}

	private List<Pick> choose(StoryPicker.Request request, Newsletter newsletter) {
		return (request.count() <= 0) ? List.of() : this.chooser.choose(new StoryPicker.Request(newsletter,
				request.rules(), request.at(), request.count(), request.without(), request.kept(), request.topics()));
	}

	private List<Pick> filled(StoryPicker.Request request, List<Pick> chosen, int wanted) {
		Set<Long> without = new HashSet<>(request.without());
		request.kept().forEach((story) -> without.add(story.id()));
		for (Pick pick : chosen) {
			without.add(pick.story().id());
			pick.also().forEach((other) -> without.add(other.id()));
		}
		List<Pick> filled = new ArrayList<>(chosen);
		for (Story story : this.evergreen.newest(request.newsletter().id(), request.at(), without,
				Math.max(0, wanted - chosen.size()))) {
			filled.add(new Pick(story, 0, "Does not age: fills a day with little news", false, null, null, Score.NONE,
					List.of()));
		}
		return filled;
	}

}
