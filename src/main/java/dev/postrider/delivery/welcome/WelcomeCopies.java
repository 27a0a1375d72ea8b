package dev.postrider.delivery.welcome;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

import dev.postrider.delivery.EditionMail;
import dev.postrider.delivery.EditionMessages;
import dev.postrider.delivery.EditionReader;
import dev.postrider.delivery.EditionReaders;
import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionRenderer;
import dev.postrider.edition.EditionRenderer.Variant;
import dev.postrider.edition.EditionVariants;
import dev.postrider.edition.EditionVariants.Cost;
import dev.postrider.edition.Editions;
import dev.postrider.edition.TopicVariants;
import dev.postrider.edition.Topics;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;

import org.springframework.stereotype.Component;

/**
 * Which of a sent edition's bodies suits a reader who was not in its audience.
 */
@Component
class WelcomeCopies {

	/** The reader's topics have no story in it. */
	static final int NONE = TopicVariants.NOTHING;

	private final Editions editions;

	private final Newsletters newsletters;

	private final EditionMail mail;

	private final EditionRenderer renderer;

	private final EditionVariants rendered;

	private final TopicVariants topics;

	private final EditionReaders readers;

	WelcomeCopies(Editions editions, Newsletters newsletters, EditionMail mail, EditionRenderer renderer,
			EditionVariants rendered, TopicVariants topics, EditionReaders readers) {
		this.editions = editions;
		this.newsletters = newsletters;
		this.mail = mail;
		this.renderer = renderer;
		this.rendered = rendered;
		this.topics = topics;
		this.readers = readers;
	}

	/**
	 * An edition's mails. The edition itself is rendered anew where nobody got it as the
	 * newsletter has it.
	 */
	Optional<EditionMessages> messages(long editionId) {
		return this.editions.find(editionId)
			.flatMap(
					(edition) -> this.newsletters.find(edition.newsletterId())
						.map((newsletter) -> this.mail
							.messages(edition, newsletter,
									(variant) -> Optional.of(this.renderer.variant(editionId, variant)
										.orElseGet(() -> new Variant(variant, TopicVariants.EDITION,
												newsletter.language(), newsletter.design(),
												this.renderer.letter(edition, newsletter)))))));
	}

	/**
	 * The variant that fits the reader's topics, language and design; where nobody else
	 * had these, the edition as the newsletter has it.
	 */
	int variantFor(Edition edition, Newsletter newsletter, EditionReader reader) {
		int selection = Objects.requireNonNullElse(this.topics.known(edition.id()).get(Topics.of(reader.topics())),
				TopicVariants.EDITION);
		if (selection == TopicVariants.NOTHING) {
			return NONE;
		}
		EditionReaders.Wishes wishes = this.readers.wishesOf(newsletter.id(), reader.subscriberId())
			.orElse(new EditionReaders.Wishes(null, null));
		String language = Objects.requireNonNullElse(wishes.language(), newsletter.language());
		String design = Objects.requireNonNullElse(wishes.design(), newsletter.design());
		List<Cost> variants = this.rendered.costs(edition.id());
		return find(variants, selection, language, design)
			.or(() -> find(variants, selection, newsletter.language(), newsletter.design()))
			.or(() -> find(variants, TopicVariants.EDITION, newsletter.language(), newsletter.design()))
			.orElse(unused(variants));
	}

	private static Optional<Integer> find(List<Cost> variants, int selection, String language, String design) {
		return variants.stream()
			.filter((it) -> it.selection() == selection && it.language().equals(language) && it.design().equals(design))
			.map(Cost::variant)
			.findFirst();
	}

	/** The key of none of them: the edition itself, rendered for this. */
	private static int unused(List<Cost> variants) {
		return 1 + variants.stream().mapToInt(Cost::variant).max().orElse(0);
	}

}
