package dev.postrider.desk.web;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.postrider.edition.Corrections;
import dev.postrider.edition.Edition;

import org.springframework.stereotype.Component;

/**
 * Mailed stories, for an editor who puts one right.
 */
@Component
class CorrectedStories {

	private final Corrections corrections;

	CorrectedStories(Corrections corrections) {
		this.corrections = corrections;
	}

	/** What was said of stories so far, by the story's key as text. */
	Map<String, List<EditionPage.Note>> notes(Collection<Edition.Pick> picks, Times times) {
		Map<String, List<EditionPage.Note>> notes = new HashMap<>();
		this.corrections.of(picks.stream().map((pick) -> pick.story().id()).toList())
			.forEach((story, corrections) -> notes.put(String.valueOf(story),
					corrections.stream()
						.map((each) -> new EditionPage.Note(times.moment(each.at()), each.words()))
						.toList()));
		return notes;
	}

	/** The stories of a mailed edition that only readers of some topics had. */
	List<Edition.Pick> ofTopics(Edition mailed) {
		Set<Long> own = mailed.picks().stream().map((pick) -> pick.story().id()).collect(Collectors.toSet());
		return this.corrections.carried(mailed).stream().filter((pick) -> !own.contains(pick.story().id())).toList();
	}

}
