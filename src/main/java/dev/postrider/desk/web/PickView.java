package dev.postrider.desk.web;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.postrider.edition.Edition;
import dev.postrider.story.Story;
import org.jspecify.annotations.Nullable;

/**
 * A story in the list of an edition.
 *
 * @param id the story's key
 * @param position from 1
 * @param first nothing is above it
 * @param last nothing is below it
 * @param headline as readers see it
 * @param summary as readers see it
 * @param label section and kind
 * @param published when the newsroom published it
 * @param reason why it was chosen
 * @param pinned stays when composed anew
 * @param rewritten an editor's words stand in place of its own
 * @param ownHeadline the source's headline
 * @param ownSummary the source's summary
 * @param url the article
 * @param warnings what an editor should know before it goes out
 * @param form the words to edit, as stored or as typed a moment ago
 */
public record PickView(long id, int position, boolean first, boolean last, String headline, String summary,
		String label, String published, String reason, boolean pinned, boolean rewritten, String ownHeadline,
		String ownSummary, String url, List<String> warnings, RewriteForm form) {

	static List<PickView> of(Edition edition, Times times) {
		int count = edition.picks().size();
		return edition.picks().stream().map((pick) -> of(pick, count, edition.dueAt(), times)).toList();
	}

	/** A story that stands in no list. */
	static PickView of(Edition.Pick pick, Times times) {
		return of(pick, 1, times.now(), times);
	}

	private static PickView of(Edition.Pick pick, int count, Instant dueAt, Times times) {
		Story story = pick.story();
		return new PickView(story.id(), pick.position(), pick.position() == 1, pick.position() == count,
				pick.headline(), pick.summary(), label(story), times.brief(story.publishedAt()), pick.reason(),
				pick.pinned(), pick.rewrittenHeadline() != null || pick.rewrittenSummary() != null, story.headline(),
				story.summary(), story.url(), warnings(story, dueAt, times),
				new RewriteForm(story.id(), pick.headline(), pick.summary(), Fingerprint.words(pick)));
	}

	/** {@code Business · Podcast}. */
	static String label(Story story) {
		String section = story.section();
		String kind = StatusWords.of(story.kind());
		String first = (section != null && !section.isBlank()) ? section : "No section";
		return (kind != null) ? first + " · " + kind : first;
	}

	private static List<String> warnings(Story story, Instant dueAt, Times times) {
		List<String> warnings = new ArrayList<>();
		if (story.withdrawnAt() != null) {
			warnings.add("The newsroom has taken this story back. Drop it unless you know better.");
		}
		Instant embargo = story.embargoUntil();
		if (embargo != null && embargo.isAfter(dueAt)) {
			warnings.add("Under embargo until " + times.moment(embargo) + ", which is after this edition is due.");
		}
		return warnings;
	}

	PickView with(@Nullable RewriteForm typed) {
		return (typed == null || typed.storyId() != this.id) ? this
				: new PickView(this.id, this.position, this.first, this.last, this.headline, this.summary, this.label,
						this.published, this.reason, this.pinned, this.rewritten, this.ownHeadline, this.ownSummary,
						this.url, this.warnings, typed);
	}

}
