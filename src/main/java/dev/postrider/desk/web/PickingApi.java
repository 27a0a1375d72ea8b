package dev.postrider.desk.web;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.postrider.PageLimit;
import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionRankings;
import dev.postrider.edition.Editions;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * How stories are picked, and why, for programs.
 */
@RestController
@RequestMapping("/api/v1/newsletters/{slug}")
class PickingApi {

	private static final int MOST = 500;

	private final Editing editing;

	private final Editions editions;

	private final EditionRankings rankings;

	private final Newsletters newsletters;

	private final Tuning tuning;

	private final Clock clock;

	PickingApi(Editing editing, Editions editions, EditionRankings rankings, Newsletters newsletters, Tuning tuning,
			Clock clock) {
		this.editing = editing;
		this.editions = editions;
		this.rankings = rankings;
		this.newsletters = newsletters;
		this.tuning = tuning;
		this.clock = clock;
	}

	/** All that was looked at for an edition, best first; {@code after} is a rank. */
	@GetMapping("/editions/{date}/ranking")
	RankingPage ranking(@PathVariable String slug, @PathVariable String date,
			@RequestParam(defaultValue = "0") int after, @RequestParam(defaultValue = "100") int limit) {
		int size = PageLimit.checked(limit, MOST);
		Newsletter newsletter = this.editing.newsletter(slug);
		Edition edition = this.editions.find(newsletter.id(), date)
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no edition \"" + date
					+ "\" of " + slug + ". Name one as 2026-11-23, 2026-11-23-2 or latest."));
		List<RankedStory> all = RankedStory.of(
				this.rankings.of(edition, newsletter, this.newsletters.rules(newsletter.id())), edition,
				Times.of(newsletter, this.clock.instant()));
		List<RankedStory> rest = all.subList(Math.max(0, Math.min(after, all.size())), all.size());
		List<Item> items = rest.stream().limit(size).map(Item::of).toList();
		return new RankingPage(items, (rest.size() > size) ? items.get(size - 1).rank() : null);
	}

	/** How stories are picked, every field by its name on the desk. */
	@GetMapping("/picking")
	Map<String, String> picking(@PathVariable String slug) {
		return this.tuning.form(this.editing.newsletter(slug)).stored();
	}

	/** Changes the fields that are named; the others stay. */
	@PutMapping("/picking")
	Map<String, String> change(@PathVariable String slug, @RequestBody Map<String, Object> fields) {
		Newsletter newsletter = this.editing.newsletter(slug);
		Map<String, String> all = new HashMap<>(this.tuning.form(newsletter).stored());
		fields.forEach((name, value) -> all.put(name, (value != null) ? String.valueOf(value) : ""));
		PickingReading reading = new PickingReading(PickingForm.typed(all));
		this.tuning.save(newsletter, reading.settings().orElseThrow(() -> new WrongFieldsException(reading.errors())));
		return picking(slug);
	}

	@ExceptionHandler
	ProblemDetail wrong(WrongFieldsException ex) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.UNPROCESSABLE_CONTENT, ex.getMessage());
		problem.setTitle("These cannot be picking rules");
		problem.setProperty("errors", ex.errors);
		return problem;
	}

	/** Fields that cannot be read. */
	private static final class WrongFieldsException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		private final transient Map<String, String> errors;

		WrongFieldsException(Map<String, String> errors) {
			super("Nothing was changed. " + errors);
			this.errors = errors;
		}

	}

	/**
	 * A page of a ranking.
	 *
	 * @param items best first
	 * @param next what to give as {@code after} for the next page, or {@code null} when
	 * there is none
	 */
	@JsonInclude(JsonInclude.Include.ALWAYS)
	record RankingPage(List<Item> items, @Nullable Integer next) {
	}

	/**
	 * A story that was looked at.
	 *
	 * @param rank from 1
	 * @param storyId its key
	 * @param headline its headline
	 * @param url the article
	 * @param section its section, if it has one
	 * @param points its score
	 * @param parts what the score is made of
	 * @param picked whether composing would choose it
	 * @param place where it stands in the edition; 0 when it is not in it
	 * @param sentence why it was chosen, or why not
	 * @param also headlines of others of the same event
	 */
	@JsonInclude(JsonInclude.Include.ALWAYS)
	record Item(int rank, long storyId, String headline, String url, @Nullable String section, String points,
			List<PartBody> parts, boolean picked, int place, String sentence, List<String> also) {

		static Item of(RankedStory story) {
			return new Item(story.rank(), story.id(), story.headline(), story.url(), story.section(), story.points(),
					story.parts()
						.stream()
						.map((part) -> new PartBody(part.word(), part.words(), part.value(), part.weight(),
								part.points()))
						.toList(),
					story.picked(), story.place(), story.sentence(), story.also());
		}

	}

	/**
	 * A part of a score.
	 *
	 * @param name what it measures
	 * @param words the measure in words
	 * @param value what was measured
	 * @param weight how much that counts
	 * @param points what it adds
	 */
	record PartBody(String name, String words, String value, String weight, String points) {
	}

}
