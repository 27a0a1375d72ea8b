package dev.postrider.desk.web;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.postrider.edition.Edition;
import dev.postrider.story.Score;
import dev.postrider.story.Story;
import dev.postrider.story.StoryPicker.Candidate;
import dev.postrider.story.StoryPicker.Pick;
import dev.postrider.story.StoryPicker.Picking;
import org.jspecify.annotations.Nullable;

/**
 * A story of a ranking, with what its points are made of.
 *
 * @param rank from 1
 * @param id the story's key
 * @param headline its headline
 * @param url the article
 * @param section its section, if it has one
 * @param label section and kind
 * @param published when the newsroom published it
 * @param points its score in words
 * @param parts what the score is made of
 * @param sentence why it was chosen, or why not
 * @param place where it stands in the edition; 0 when it is not in it
 * @param picked whether the ranking chooses it
 * @param also headlines of other stories of the same event
 */
public record RankedStory(int rank, long id, String headline, String url, @Nullable String section, String label,
		String published, String points, List<Part> parts, String sentence, int place, boolean picked,
		List<String> also) {

	private static final double BAR = 100;

	/** A ranking beside what an edition has. */
	static List<RankedStory> of(Picking picking, Edition edition, Times times) {
		Map<Long, Edition.Pick> has = new HashMap<>();
		edition.picks().forEach((pick) -> has.put(pick.story().id(), pick));
		Map<Long, Pick> chosen = new HashMap<>();
		picking.picks().forEach((pick) -> chosen.put(pick.story().id(), pick));
		double most = picking.ranked().stream().mapToDouble((ranked) -> ranked.score().total()).max().orElse(1);
		List<RankedStory> stories = new ArrayList<>();
		for (Candidate candidate : picking.ranked()) {
			long id = candidate.story().id();
			stories.add(of(stories.size() + 1, candidate, has.get(id), chosen.get(id), Math.max(most, 1), times));
		}
		return stories;
	}

	private static RankedStory of(int rank, Candidate candidate, Edition.@Nullable Pick has, @Nullable Pick chosen,
			double most, Times times) {
		Story story = candidate.story();
		Score score = candidate.score();
		String sentence = candidate.verdict();
		List<Story> also = List.of();
		if (has != null) {
			sentence = has.reason();
			also = has.also();
			score = has.score().parts().isEmpty() ? score : has.score();
		}
		else if (chosen != null) {
			sentence = candidate.verdict() + ": " + chosen.reason();
			also = chosen.also();
		}
		return new RankedStory(rank, story.id(), story.headline(), story.url(), story.section(), PickView.label(story),
				times.brief(story.publishedAt()), number(score.total()), parts(score, most), sentence,
				(has != null) ? has.position() : 0, candidate.picked(), also.stream().map(Story::headline).toList());
	}

	private static List<Part> parts(Score score, double most) {
		double from = 0;
		List<Part> parts = new ArrayList<>();
		for (Score.Part part : score.parts()) {
			double width = Math.max(0, part.points()) / most * BAR;
			parts.add(new Part(word(part.name()), number(part.value()), number(part.weight()), number(part.points()),
					part.words(), from, Math.max(0, Math.min(width - 0.5, BAR - from))));
			from += width;
		}
		return parts;
	}

	/** The editors' word for a part of a score. */
	static String word(String name) {
		return switch (name) {
			case "position" -> "Place in its feed";
			case "section" -> "Section";
			case "recency" -> "How new";
			case "boost" -> "Editors’ push";
			case "engagement" -> "What readers did";
			case "sources" -> "Number of sources";
			case "image" -> "Picture";
			default -> name;
		};
	}

	static String number(double value) {
		return String.format(Locale.ENGLISH, "%.2f", value).replace("-0.00", "0.00");
	}

	/**
	 * A part of a score.
	 *
	 * @param word what it measures
	 * @param value what was measured
	 * @param weight how much that counts
	 * @param points what it adds
	 * @param words the measure in words
	 * @param from where its piece of the bar begins, of 100
	 * @param width how long its piece is
	 */
	public record Part(String word, String value, String weight, String points, String words, double from,
			double width) {
	}

}
