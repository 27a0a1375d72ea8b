package dev.postrider.edition;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.postrider.edition.Edition.Pick;
import dev.postrider.edition.EditionNotes.Kind;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.story.Articles.Answer;
import dev.postrider.story.Stories;
import dev.postrider.story.Story;
import dev.postrider.story.StoryTrail;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Takes out and puts in, and notes why.
 */
@Component
class StoredEditionRefresh implements EditionRefresh {

	private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("d MMMM, HH:mm", Locale.ENGLISH);

	private final EditionRows rows;

	private final JdbcEditionComposer composer;

	private final DraftRows drafts;

	private final Stories stories;

	private final ArticleRound articles;

	private final JdbcEditionNotes notes;

	StoredEditionRefresh(EditionRows rows, JdbcEditionComposer composer, DraftRows drafts, Stories stories,
			ArticleRound articles, JdbcEditionNotes notes) {
		this.rows = rows;
		this.composer = composer;
		this.drafts = drafts;
		this.stories = stories;
		this.articles = articles;
		this.notes = notes;
	}

	@Override
	public Edition refresh(long editionId, Newsletter newsletter) {
		Edition before = this.rows.find(editionId).orElseThrow();
		Instant composedAt = this.drafts.composedAt(editionId);
		Edition edition = this.composer.compose(editionId, newsletter);
		if (edition.corrects() != null) {
			return edition;
		}
		noteDropped(before, edition, forbidden(before, newsletter.zone()));
		if (composedAt != null) {
			noteHeadlines(before, edition, composedAt);
		}
		Set<Long> asked = new HashSet<>();
		for (int round = 0; round < ArticleRound.MOST; round++) {
			List<Story> unasked = edition.picks()
				.stream()
				.map(Pick::story)
				.filter((story) -> asked.add(story.id()))
				.toList();
			Map<Long, Answer> gone = this.articles.gone(editionId, unasked, "");
			if (gone.isEmpty()) {
				break;
			}
			Edition without = this.composer.replace(editionId, newsletter, gone.keySet());
			Map<Long, String> reasons = new HashMap<>();
			gone.forEach((story, answer) -> reasons.put(story, "its article is gone, " + answer.words()));
			noteDropped(edition, without, reasons);
			edition = without;
		}
		return edition;
	}

	private static Map<Long, String> forbidden(Edition edition, ZoneId zone) {
		Map<Long, String> reasons = new HashMap<>();
		for (Pick pick : edition.picks()) {
			Instant embargo = pick.story().embargoUntil();
			if (pick.story().withdrawnAt() != null) {
				reasons.put(pick.story().id(), "its newsroom has withdrawn it");
			}
			else if (embargo != null && embargo.isAfter(edition.dueAt())) {
				reasons.put(pick.story().id(), "it is under embargo until " + MOMENT.format(embargo.atZone(zone)));
			}
		}
		return reasons;
	}

	private void noteDropped(Edition before, Edition after, Map<Long, String> reasons) {
		Set<Long> has = ids(after);
		Set<Long> had = ids(before);
		List<Pick> added = new ArrayList<>(
				after.picks().stream().filter((pick) -> !had.contains(pick.story().id())).toList());
		for (Pick pick : before.picks()) {
			String reason = reasons.get(pick.story().id());
			if (reason == null || has.contains(pick.story().id())) {
				continue;
			}
			String instead = added.isEmpty() ? "Nothing came in instead."
					: quoted(added.remove(0).headline()) + " came in instead.";
			this.notes.aboutStory(after.id(), Kind.DROPPED, pick.story().id(),
					quoted(pick.headline()) + " was dropped: " + reason + ". " + instead);
		}
	}

	private void noteHeadlines(Edition before, Edition after, Instant since) {
		Map<Long, Pick> had = before.picks()
			.stream()
			.collect(Collectors.toMap((pick) -> pick.story().id(), (pick) -> pick, (a, b) -> a, LinkedHashMap::new));
		for (Pick pick : after.picks()) {
			String earlier = had.containsKey(pick.story().id()) ? headlineAt(pick.story(), since) : null;
			if (earlier != null && !earlier.equals(pick.story().headline())) {
				String rewritten = pick.rewrittenHeadline();
				this.notes.aboutStory(after.id(), Kind.CHANGED, pick.story().id(),
						(rewritten != null)
								? "The source now says " + quoted(pick.story().headline()) + "; the editor's "
										+ quoted(rewritten) + " stands."
								: "The headline " + quoted(earlier) + " is now " + quoted(pick.story().headline())
										+ ", as its source has it.");
			}
		}
	}

	/** The headline as it was then, if it was changed since. */
	private @Nullable String headlineAt(Story story, Instant since) {
		String earlier = null;
		for (StoryTrail.Change change : this.stories.trail(story.id()).changes()) {
			if (change.at().isAfter(since) && change.fields().contains("headline")) {
				// The newest comes first, so the last one found is the oldest.
				earlier = change.headline();
			}
		}
		return earlier;
	}

	private static Set<Long> ids(Edition edition) {
		return edition.picks().stream().map((pick) -> pick.story().id()).collect(Collectors.toSet());
	}

	private static String quoted(String headline) {
		return "\u201c" + headline + "\u201d";
	}

}
