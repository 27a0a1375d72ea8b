package dev.postrider.delivery.batch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionRenderer;
import dev.postrider.edition.EditionRenderer.Variant;
import dev.postrider.edition.TopicVariants;
import dev.postrider.edition.Topics;
import dev.postrider.mail.Designs;
import dev.postrider.mail.Letter;
import dev.postrider.mail.MailWords;
import dev.postrider.mail.TemplateException;
import dev.postrider.newsletter.Newsletter;
import org.jspecify.annotations.Nullable;

/**
 * The variants that an edition's readers would get, picked and rendered as their own run
 * would, and kept nowhere. Readers whose stories, language and design are the same share
 * one.
 */
final class RehearsedVariants {

	/** Of readers whose topics have no story. */
	static final int NOTHING = 0;

	private final Edition edition;

	private final Newsletter newsletter;

	private final Parts parts;

	private final Map<Topics, Edition> stories = new HashMap<>();

	private final Map<Choice, Integer> byChoice = new HashMap<>();

	private final Map<List<Object>, Integer> byContent = new HashMap<>();

	private final List<Variant> variants = new ArrayList<>();

	RehearsedVariants(Edition edition, Newsletter newsletter, Collection<Topics> choices, Parts parts) {
		this.edition = edition;
		this.newsletter = newsletter;
		this.parts = parts;
		this.stories.putAll(parts.topics().previews(edition, choices));
		this.stories.put(Topics.ALL, edition);
	}

	/** The variant of a choice, from 1, or {@link #NOTHING}. */
	int of(Choice choice) {
		Integer known = this.byChoice.get(choice);
		if (known == null) {
			known = find(choice);
			this.byChoice.put(choice, known);
		}
		return known;
	}

	private int find(Choice choice) {
		Topics topics = Topics.of(choice.topics());
		if (!this.stories.containsKey(topics)) {
			// Chosen since this rehearsal began.
			this.parts.topics().preview(this.edition, topics).ifPresent((theirs) -> this.stories.put(topics, theirs));
		}
		Edition theirs = this.stories.get(topics);
		if (theirs == null) {
			return NOTHING;
		}
		String language = choice.language();
		String design = choice.design();
		Newsletter as = this.newsletter.in(
				(language != null && this.parts.words().languages().contains(language.toLowerCase(Locale.ROOT)))
						? language : this.newsletter.language(),
				(design != null && this.parts.designs().exists(design)) ? design : this.newsletter.design());
		List<Object> content = List.of(
				theirs.picks().stream().map((pick) -> pick.story().id()).collect(Collectors.toSet()), as.language(),
				as.design());
		return this.byContent.computeIfAbsent(content, (key) -> {
			int number = this.variants.size() + 1;
			this.variants.add(new Variant(number, selection(theirs), as.language(), as.design(), letter(theirs, as)));
			return number;
		});
	}

	private int selection(Edition theirs) {
		boolean own = theirs.picks().size() == this.edition.picks().size() && theirs.picks()
			.stream()
			.allMatch((pick) -> this.edition.picks().stream().anyMatch((its) -> its.story().id() == pick.story().id()));
		return own ? TopicVariants.EDITION : TopicVariants.EDITION + 1;
	}

	/** A reader's design that does not render costs the design, not the mail. */
	private Letter letter(Edition theirs, Newsletter as) {
		try {
			return this.parts.renderer().letter(theirs, as);
		}
		catch (TemplateException ex) {
			if (as.language().equals(this.newsletter.language()) && as.design().equals(this.newsletter.design())) {
				throw ex;
			}
			return this.parts.renderer().letter(theirs, this.newsletter);
		}
	}

	/** One by its number. */
	Optional<Variant> variant(int number) {
		return (number > 0 && number <= this.variants.size()) ? Optional.of(this.variants.get(number - 1))
				: Optional.empty();
	}

	/** What a variant is called. */
	String name(int number) {
		Variant variant = this.variants.get(number - 1);
		return (variant.selection() == TopicVariants.EDITION ? "The edition" : "Stories of topics") + ", "
				+ variant.language() + ", " + variant.design();
	}

	/**
	 * What a reader chose, as it is stored.
	 */
	record Choice(@Nullable String topics, @Nullable String language, @Nullable String design) {
	}

	/**
	 * What picks and renders.
	 */
	record Parts(TopicVariants topics, EditionRenderer renderer, Designs designs, MailWords words) {
	}

}
