package dev.postrider.edition;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.postrider.edition.Edition.Pick;
import dev.postrider.story.Stories;
import dev.postrider.story.Story;
import dev.postrider.story.StoryPicker;

import org.springframework.stereotype.Component;

/**
 * Has stories picked and fetches all that is stored of them, which the picker does not
 * need.
 */
@Component
class StoryChooser {

	private final StoryPicker picker;

	private final Stories stories;

	StoryChooser(StoryPicker picker, Stories stories) {
		this.picker = picker;
		this.stories = stories;
	}

	/** As of now. */
	List<Pick> choose(StoryPicker.Request request) {
		return whole(List.of(this.picker.pick(request).picks())).get(0);
	}

	/**
	 * For readers of an edition that is being sent.
	 * @param request what holds for all of them
	 * @param begun when its sending was begun: what it carries is not yet mailed
	 * @param topics those of each group
	 * @return the picks for each group
	 */
	List<List<Pick>> chooseAll(StoryPicker.Request request, Instant begun, List<Set<String>> topics) {
		return whole(this.picker.pickAll(request, begun, topics));
	}

	private List<List<Pick>> whole(List<List<StoryPicker.Pick>> pickings) {
		Map<Long, Story> whole = this.stories
			.findAll(pickings.stream()
				.flatMap(List::stream)
				.flatMap((pick) -> Stream.concat(Stream.of(pick.story()), pick.also().stream()))
				.map(Story::id)
				.distinct()
				.toList())
			.stream()
			.collect(Collectors.toMap(Story::id, Function.identity()));
		return pickings.stream().map((picking) -> picking.stream().map((pick) -> whole(pick, whole)).toList()).toList();
	}

	private static Pick whole(StoryPicker.Pick pick, Map<Long, Story> whole) {
		return new Pick(whole.getOrDefault(pick.story().id(), pick.story()), 0, pick.reason(), false, null, null,
				pick.score(), pick.also().stream().map((other) -> whole.getOrDefault(other.id(), other)).toList());
	}

}
