package dev.postrider.edition;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.PickingRules;
import dev.postrider.story.Story;
import dev.postrider.story.StoryPicker;
import dev.postrider.story.StoryPicker.Picking;
import dev.postrider.story.StoryPicker.Request;

import org.springframework.stereotype.Component;

/**
 * What composing would choose, and why: it looks and changes nothing.
 */
@Component
public class EditionRankings {

	private final DraftRows rows;

	private final StoryPicker picker;

	EditionRankings(DraftRows rows, StoryPicker picker) {
		this.rows = rows;
		this.picker = picker;
	}

	/**
	 * The ranking of an edition: of one that can still be changed as composing it now
	 * would see it, of any other as it stood when it was due. What a slow day's rule adds
	 * is not in it.
	 * @param edition which
	 * @param newsletter its newsletter, with the number of stories and the window to try
	 * @param rules its rules, or others to try
	 */
	public Picking of(Edition edition, Newsletter newsletter, PickingRules rules) {
		if (!edition.status().isEditable()) {
			return replay(edition, newsletter, rules);
		}
		Set<Long> without = new HashSet<>(this.rows.carriedBefore(edition));
		without.addAll(this.rows.dropped(edition.id()));
		List<Story> kept = edition.picks().stream().filter(Edition.Pick::isEditors).map(Edition.Pick::story).toList();
		return this.picker.pick(new Request(newsletter, rules, edition.dueAt(),
				Math.max(0, newsletter.storyCount() - kept.size()), without, kept, Set.of()));
	}

	/**
	 * What a newsletter without an edition yet would carry.
	 * @param newsletter which, with the number of stories and the window to try
	 * @param rules its rules, or others to try
	 * @param at when the edition is due
	 */
	public Picking of(Newsletter newsletter, PickingRules rules, Instant at) {
		return this.picker
			.pick(new Request(newsletter, rules, at, newsletter.storyCount(), Set.of(), List.of(), Set.of()));
	}

	/**
	 * What a machine alone would have chosen for a past edition, from what was known when
	 * it was due. What editors pinned counts for nothing; what they dropped stays out.
	 * @param edition which
	 * @param newsletter its newsletter, with the number of stories and the window to try
	 * @param rules the rules to try
	 */
	public Picking replay(Edition edition, Newsletter newsletter, PickingRules rules) {
		return replay(newsletter, rules, edition.dueAt(), this.rows.dropped(edition.id()));
	}

	/**
	 * The same for a day on which there was no edition.
	 * @param newsletter which, with the number of stories and the window to try
	 * @param rules the rules to try
	 * @param at the past moment
	 */
	public Picking replay(Newsletter newsletter, PickingRules rules, Instant at) {
		return replay(newsletter, rules, at, Set.of());
	}

	private Picking replay(Newsletter newsletter, PickingRules rules, Instant at, Set<Long> without) {
		return this.picker
			.replay(new Request(newsletter, rules, at, newsletter.storyCount(), without, List.of(), Set.of()));
	}

}
