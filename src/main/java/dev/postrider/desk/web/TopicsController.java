package dev.postrider.desk.web;

import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.postrider.delivery.Deliveries;
import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionVariants;
import dev.postrider.edition.TopicVariants;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/**
 * What readers of an edition get: its variants and what they cost, and the stories of
 * those who chose topics.
 */
@Controller
class TopicsController {

	/** Eight topics can be chosen in 255 ways; most readers share a few of them. */
	private static final int SHOWN = 50;

	private static final int CHOICES = 5;

	private final Editing editing;

	private final TopicVariants variants;

	private final EditionVariants rendered;

	private final Deliveries deliveries;

	private final CorrectedStories corrected;

	private final Clock clock;

	TopicsController(Editing editing, TopicVariants variants, EditionVariants rendered, Deliveries deliveries,
			CorrectedStories corrected, Clock clock) {
		this.editing = editing;
		this.variants = variants;
		this.rendered = rendered;
		this.deliveries = deliveries;
		this.corrected = corrected;
		this.clock = clock;
	}

	@GetMapping("/desk/editions/{id}/topics")
	String topics(@PathVariable long id, Model model) {
		Edition edition = this.editing.edition(id);
		List<EditionVariants.Cost> costs = this.rendered.costs(id);
		Map<Integer, Integer> byVariant = this.deliveries.readersByVariant(id);
		Map<Integer, Integer> readers = new HashMap<>();
		costs.forEach(
				(each) -> readers.merge(each.selection(), byVariant.getOrDefault(each.variant(), 0), Integer::sum));
		List<Row> rows = this.variants.groups(edition)
			.stream()
			.map((group) -> Row.of(group, readers.getOrDefault(group.variant(), 0)))
			.sorted(Comparator.comparingInt(Row::count).reversed().thenComparing(Row::topics))
			.toList();
		Times times = Times.of(this.editing.newsletterOf(edition), this.clock.instant());
		List<Edition.Pick> others = (edition.startedAt() != null) ? this.corrected.ofTopics(edition) : List.of();
		model.addAttribute("id", id);
		model.addAttribute("title", EditionCard.title(edition, times));
		model.addAttribute("others", others.stream().map((pick) -> PickView.of(pick, times)).toList());
		model.addAttribute("corrected", this.corrected.notes(others, times));
		model.addAttribute("cost", VariantCost.of(costs));
		model.addAttribute("variants",
				costs.stream()
					.limit(SHOWN)
					.map((each) -> VariantCost.Row.of(each, byVariant.getOrDefault(each.variant(), 0)))
					.toList());
		model.addAttribute("moreVariants", Math.max(0, costs.size() - SHOWN));
		model.addAttribute("rows", rows.stream().limit(SHOWN).toList());
		model.addAttribute("more", Math.max(0, rows.size() - SHOWN));
		return "desk/topics";
	}

	/**
	 * Readers who get the same stories.
	 *
	 * @param selection which stories they get
	 * @param topics what they chose, in words
	 * @param readers how many there are, in words
	 * @param count how many there are
	 * @param own whether these are the edition's own stories
	 * @param headlines of their stories, as they read them
	 */
	public record Row(int selection, String topics, String readers, int count, boolean own, List<String> headlines) {

		static Row of(TopicVariants.Group group, int count) {
			List<String> choices = group.choices()
				.stream()
				.limit(CHOICES)
				.map((topics) -> String.join(", ", topics.names()))
				.toList();
			int more = group.choices().size() - choices.size();
			boolean own = group.variant() == TopicVariants.EDITION;
			// Readers who chose nothing get the same: nobody can tell them apart.
			return new Row(group.variant(),
					String.join(" · ", choices) + ((more > 0) ? " and " + Times.number(more) + " more" : ""),
					own ? "with those who chose none" : Times.counted(count, "reader"), own ? 0 : count, own,
					group.picks().stream().map((pick) -> pick.headline()).toList());
		}

	}

}
