package dev.postrider.edition.gate;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.postrider.edition.GateFinding;
import dev.postrider.story.StoryPictures;

import org.springframework.stereotype.Component;

/**
 * All pictures of a mail together stay small enough for a telephone on the road. Counted
 * are those that we serve; what others serve weighs what it weighs.
 */
@Component
class ImageWeightRule implements GateRule {

	/** In bytes. */
	static final long MUCH = 1_000_000;

	static final long TOO_MUCH = 3_000_000;

	private static final String WHERE = "All pictures together";

	private final StoryPictures pictures;

	ImageWeightRule(StoryPictures pictures) {
		this.pictures = pictures;
	}

	@Override
	public String name() {
		return "image-weight";
	}

	@Override
	public List<GateFinding> check(GateLetter letter) {
		Set<String> addresses = letter.html()
			.select("img[src]")
			.stream()
			.map((image) -> image.attr("src").strip())
			.collect(Collectors.toSet());
		Map<String, Integer> weights = this.pictures.weights(addresses);
		long bytes = weights.values().stream().mapToLong(Integer::longValue).sum();
		String has = "%s weigh %d KB; ".formatted((weights.size() == 1) ? "They" : "The " + weights.size(),
				bytes / 1000);
		if (bytes >= TOO_MUCH) {
			return List.of(GateFinding.error(name(),
					has + "3,000 KB are the most. Drop a story, or the source's largest pictures.", WHERE));
		}
		return (bytes < MUCH) ? List.of()
				: List.of(GateFinding.warning(name(), has + "1,000 KB are plenty for a telephone.", WHERE));
	}

}
