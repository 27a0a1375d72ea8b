package dev.postrider.edition;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.postrider.edition.Edition.Pick;
import dev.postrider.mail.Designs;
import dev.postrider.mail.LetterRenderer;
import dev.postrider.mail.TemplateException;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.story.Score;
import dev.postrider.story.Story;
import dev.postrider.story.Story.Link;
import dev.postrider.story.StoryKind;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Tries the newsroom's own designs on stories made up for it, so that a wrong template is
 * known when it is dropped in, and not when the morning's edition is due.
 */
@Component
public class DesignTrials {

	private static final Logger logger = LoggerFactory.getLogger(DesignTrials.class);

	private final Designs designs;

	private final LetterRenderer letters;

	private final EditionModel model;

	private final Newsletters newsletters;

	DesignTrials(Designs designs, LetterRenderer letters, EditionModel model, Newsletters newsletters) {
		this.designs = designs;
		this.letters = letters;
		this.model = model;
		this.newsletters = newsletters;
	}

	/** Says in the log what is wrong; everything else starts as ever. */
	@EventListener(ApplicationReadyEvent.class)
	void atStart() {
		failures().forEach((name, why) -> logger.error("The design {} cannot be used: {}", name, why));
	}

	/**
	 * The newsroom's designs that do not render, and those that newsletters have and
	 * nobody made.
	 * @return by the design's name: file, line and reason
	 */
	public Map<String, String> failures() {
		Map<String, String> failures = new TreeMap<>(this.designs.faults());
		List<Newsletter> all = this.newsletters.all();
		all.stream()
			.filter((newsletter) -> !this.designs.exists(newsletter.design()))
			.forEach((newsletter) -> failures.putIfAbsent(newsletter.design(), "The newsletter " + newsletter.slug()
					+ " has it, but there is no such design; there are " + String.join(", ", this.designs.all())));
		if (!all.isEmpty()) {
			this.designs.own().stream().filter((name) -> !failures.containsKey(name)).forEach((name) -> {
				// Best by a newsletter that has it: a design may name that one's
				// attributes.
				Newsletter theirs = all.stream()
					.filter((newsletter) -> newsletter.design().equals(name))
					.findFirst()
					.orElse(all.get(0));
				String why = failure(theirs.in(theirs.language(), name));
				if (why != null) {
					failures.put(name, why);
				}
			});
		}
		return failures;
	}

	private @Nullable String failure(Newsletter newsletter) {
		String template = newsletter.design() + "/edition";
		try {
			for (Edition edition : List.of(edition(List.of(bare(1))), edition(List.of(full(), bare(2), bare(3))))) {
				this.letters.render(template, this.model.mail(edition, newsletter));
				this.letters.render(template, this.model.web(edition, newsletter));
			}
			return null;
		}
		catch (TemplateException ex) {
			return ex.getMessage();
		}
	}

	private static Edition edition(List<Pick> picks) {
		Instant due = Instant.EPOCH;
		return new Edition(-1, -1, LocalDate.ofInstant(due, ZoneOffset.UTC), 1, EditionStatus.DRAFT, null,
				picks.get(0).headline(), "What else there is", null, due, due, null, null, null, null, null, 1, picks);
	}

	private static Pick full() {
		Story story = story(-1, "A trial’s first story", "What it says in a sentence.", "<p>What it says.</p>",
				"Business", StoryKind.PODCAST);
		return new Pick(
				new Story(story.id(), null, story.url(), story.headline(), story.summary(), story.summaryHtml(),
						story.section(), List.of("Trade"), "A. Writer", story.kind(), "en",
						new Story.Image("https://news.example/1.jpg", "A harbour", "A. Photographer", 1200, 675, false),
						new Story.Audio("https://news.example/1.mp3", Duration.ofMinutes(34)),
						List.of(new Link("https://news.example/map", "A map")), 1, story.publishedAt(), null, null,
						story.publishedAt(), story.publishedAt()),
				1, "trial", false, null, null, Score.NONE, List.of(bare(4).story()));
	}

	private static Pick bare(int position) {
		Story story = story(-1 - position, "A trial’s story " + position, "", "", null, StoryKind.NEWS);
		return new Pick(story, position, "trial", false, null, null, Score.NONE, List.of());
	}

	private static Story story(long id, String headline, String summary, String html, @Nullable String section,
			StoryKind kind) {
		return new Story(id, null, "https://news.example/" + -id, headline, summary, html, section, List.of(), null,
				kind, null, null, null, List.of(), null, Instant.EPOCH, null, null, Instant.EPOCH, Instant.EPOCH);
	}

}
