package dev.postrider.edition;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import dev.postrider.mail.Letter;
import dev.postrider.mail.LetterRenderer;
import dev.postrider.newsletter.Newsletter;

import org.springframework.stereotype.Component;

/**
 * The pages of what readers of a variant got. Few are ever looked at, so they are
 * rendered when somebody asks, and kept for a moment.
 */
@Component
class VariantWebCopies {

	private static final int KEPT = 64;

	/** As long as the page itself may be kept by those who ask. */
	private static final Duration FRESH = Duration.ofMinutes(5);

	private final Map<Page, Rendered> pages = new LinkedHashMap<>(16, 0.75F, true) {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<Page, Rendered> eldest) {
			return size() > KEPT;
		}

	};

	private final RenderedVariants rendered;

	private final VariantRows selections;

	private final EditionModel model;

	private final LetterRenderer letters;

	private final Clock clock;

	VariantWebCopies(RenderedVariants rendered, VariantRows selections, EditionModel model, LetterRenderer letters,
			Clock clock) {
		this.rendered = rendered;
		this.selections = selections;
		this.model = model;
		this.letters = letters;
		this.clock = clock;
	}

	/** The page of a variant that was mailed; empty when there is none. */
	Optional<Letter> of(Edition edition, Newsletter newsletter, int variant) {
		Page page = new Page(edition.id(), variant);
		Instant now = this.clock.instant();
		synchronized (this.pages) {
			Rendered known = this.pages.get(page);
			if (known != null && known.at().plus(FRESH).isAfter(now)) {
				return Optional.of(known.letter());
			}
		}
		Optional<Letter> letter = render(edition, newsletter, variant);
		letter.ifPresent((made) -> {
			synchronized (this.pages) {
				this.pages.put(page, new Rendered(made, now));
			}
		});
		return letter;
	}

	private Optional<Letter> render(Edition edition, Newsletter newsletter, int variant) {
		return this.rendered.one(edition.id(), variant).flatMap((mailed) -> {
			Newsletter theirs = newsletter.in(mailed.language(), mailed.design());
			return selection(edition, mailed.selection())
				.map((selected) -> this.letters.render(theirs.design() + "/edition", this.model.web(selected, theirs)));
		});
	}

	private Optional<Edition> selection(Edition edition, int selection) {
		return (selection == TopicVariants.EDITION) ? Optional.of(edition)
				: this.selections.editions(edition)
					.stream()
					.filter((each) -> each.variant() == selection)
					.map(VariantRows.VariantEdition::edition)
					.findFirst();
	}

	private record Page(long editionId, int variant) {
	}

	private record Rendered(Letter letter, Instant at) {
	}

}
