package dev.postrider.edition;

import java.time.Instant;
import java.util.List;
import java.util.Map;
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
		return whole(this.picker.pick(request).picks());
	}

	/**
	 * For an edition that is being sent.
	 * @param begun when its sending was begun: what it carries is not yet mailed
	 */
	List<Pick> choose(StoryPicker.Request request, Instant begun) {
		return whole(this.picker.pick(request, begun).picks());
	}

	private List<Pick> whole(List<StoryPicker.Pick> picks) {
		Map<Long, Story> whole = this.stories
			.findAll(picks.stream()
				.flatMap((pick) -> Stream.concat(Stream.of(pick.story()), pick.also().stream()))
				.map(Story::id)
				.distinct()
				.toList())
			.stream()
			.collect(Collectors.toMap(Story::id, Function.identity()));
		return picks.stream()
			.map((pick) -> new Pick(whole.getOrDefault(pick.story().id(), pick.story()), 0, pick.reason(), false, null,
					null, pick.score(),
					pick.also().stream().map((other) -> whole.getOrDefault(other.id(), other)).toList()))
			.toList();
	}

}
