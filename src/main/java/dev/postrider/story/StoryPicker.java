package dev.postrider.story;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.PickingRules;

/**
 * Chooses the stories of an edition, and says why. The same request on the same stories
 * gives the same answer.
 */
public interface StoryPicker {

	/**
	 * Picks stories as everything stands now.
	 * @param request for whom, when, and what is fixed already
	 * @return at most {@code request.count()} picks, best first; fewer when there are
	 * fewer
	 */
	Picking pick(Request request);

	/**
	 * Picks as everything stands now, for several groups of readers of an edition that is
	 * being sent. The stories are read, and those of one event found, once for all.
	 * @param request what holds for every group
	 * @param begun when its sending was begun: what was mailed since counts as not mailed
	 * @param topics those of each group
	 * @return the picks of each group, in the same order
	 */
	List<List<Pick>> pickAll(Request request, Instant begun, List<Set<String>> topics);

	/**
	 * Picks as it would have been done at a past moment: without stories, bans, boosts,
	 * engagement and editions that came later, as far as is stored when they came.
	 * @param request for whom, and {@code at} the past moment
	 */
	Picking replay(Request request);

	/**
	 * What to pick for.
	 *
	 * @param newsletter whose window, bans and past editions count
	 * @param rules how to rank and choose: the newsletter's own, or others to try
	 * @param at the moment the edition is due; stories under embargo then are left out
	 * @param count how many to pick
	 * @param without keys of stories not to pick: dropped from this edition, or carried
	 * by another one
	 * @param kept stories the edition has already: not picked again, and counted in
	 * quotas and same events
	 * @param topics names of the sections wanted; none means all
	 */
	record Request(Newsletter newsletter, PickingRules rules, Instant at, int count, Set<Long> without,
			List<Story> kept, Set<String> topics) {

		public Request {
			without = Set.copyOf(without);
			kept = List.copyOf(kept);
			topics = Set.copyOf(topics);
		}

		/** The same for readers of other topics. */
		public Request of(Set<String> others) {
			return new Request(this.newsletter, this.rules, this.at, this.count, this.without, this.kept, others);
		}

	}

	/**
	 * The answer.
	 *
	 * @param picks what was chosen, best first
	 * @param ranked all that was looked at, best first, chosen or not
	 * @param shortage one sentence where there are fewer picks than wanted
	 */
	record Picking(List<Pick> picks, List<Candidate> ranked, Optional<String> shortage) {

		public Picking {
			picks = List.copyOf(picks);
			ranked = List.copyOf(ranked);
		}

	}

	/**
	 * A story that was chosen.
	 *
	 * @param story the story
	 * @param score what it is worth
	 * @param reason why, in one plain sentence for the editor
	 * @param also other stories of the same event, best first
	 */
	record Pick(Story story, Score score, String reason, List<Story> also) {

		public Pick {
			also = List.copyOf(also);
		}

	}

	/**
	 * A story that was looked at.
	 *
	 * @param story the story
	 * @param score what it is worth
	 * @param verdict what became of it, in plain words: {@code Picked 2nd},
	 * {@code Politics has its 3 already}
	 * @param picked whether it was chosen
	 */
	record Candidate(Story story, Score score, String verdict, boolean picked) {
	}

}
