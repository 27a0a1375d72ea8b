package dev.postrider.desk.web;

import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import dev.postrider.delivery.Deliveries;
import dev.postrider.edition.Edition;
import dev.postrider.edition.TopicVariants;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/**
 * What readers of an edition get who chose topics.
 */
@Controller
class TopicsController {

	/** Eight topics can be chosen in 255 ways; most readers share a few of them. */
	private static final int SHOWN = 50;

	private static final int CHOICES = 5;

	private final Editing editing;

	private final TopicVariants variants;

	private final Deliveries deliveries;

	private final Clock clock;

	TopicsController(Editing editing, TopicVariants variants, Deliveries deliveries, Clock clock) {
		this.editing = editing;
		this.variants = variants;
		this.deliveries = deliveries;
		this.clock = clock;
	}

	@GetMapping("/desk/editions/{id}/topics")
	String topics(@PathVariable long id, Model model) {
		Edition edition = this.editing.edition(id);
		Map<Integer, Integer> readers = this.deliveries.readersByVariant(id);
		List<Row> rows = this.variants.groups(edition)
			.stream()
			.map((group) -> Row.of(group, readers.getOrDefault(group.variant(), 0)))
			.sorted(Comparator.comparingInt(Row::count).reversed().thenComparing(Row::topics))
			.toList();
		model.addAttribute("id", id);
		model.addAttribute("title",
				EditionCard.title(edition, Times.of(this.editing.newsletterOf(edition), this.clock.instant())));
		model.addAttribute("rows", rows.stream().limit(SHOWN).toList());
		model.addAttribute("more", Math.max(0, rows.size() - SHOWN));
		return "desk/topics";
	}

	/**
	 * Readers who get the same stories.
	 *
	 * @param topics what they chose, in words
	 * @param readers how many there are, in words
	 * @param count how many there are
	 * @param own whether these are the edition's own stories
	 * @param headlines of their stories, as they read them
	 */
	public record Row(String topics, String readers, int count, boolean own, List<String> headlines) {

		static Row of(TopicVariants.Group group, int count) {
			List<String> choices = group.choices()
				.stream()
				.limit(CHOICES)
				.map((topics) -> String.join(", ", topics.names()))
				.toList();
			int more = group.choices().size() - choices.size();
			boolean own = group.variant() == TopicVariants.EDITION;
			// Readers who chose nothing get the same: nobody can tell them apart.
			return new Row(String.join(" · ", choices) + ((more > 0) ? " and " + Times.number(more) + " more" : ""),
					own ? "with those who chose none" : Times.counted(count, "reader"), own ? 0 : count, own,
					group.picks().stream().map((pick) -> pick.headline()).toList());
		}

	}

}
