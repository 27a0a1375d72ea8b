package dev.postrider.edition;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

import dev.postrider.edition.JdbcEditionVariants.Combination;
import dev.postrider.edition.RenderedVariants.Timed;
import dev.postrider.mail.Letter;
import dev.postrider.mail.LetterRenderer;
import dev.postrider.mail.PublicUrl;
import dev.postrider.mail.ReaderField;
import dev.postrider.mail.TemplateException;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.story.StoryPictures;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Component
class TemplateEditionRenderer implements EditionRenderer {

	private static final Logger logger = LoggerFactory.getLogger(TemplateEditionRenderer.class);

	private final LetterRenderer letters;

	private final EditionModel model;

	private final VariantRows variants;

	private final StoryPictures pictures;

	private final JdbcEditionNotes notes;

	private final Newsletters newsletters;

	private final PublicUrl publicUrl;

	private final JdbcEditionVariants settled;

	private final RenderedVariants rendered;

	private final VariantWebCopies webCopies;

	private final TransactionTemplate transaction;

	TemplateEditionRenderer(LetterRenderer letters, EditionModel model, VariantRows variants, StoryPictures pictures,
			JdbcEditionNotes notes, Newsletters newsletters, PublicUrl publicUrl, JdbcEditionVariants settled,
			RenderedVariants rendered, VariantWebCopies webCopies, PlatformTransactionManager transactions) {
		this.letters = letters;
		this.model = model;
		this.variants = variants;
		this.pictures = pictures;
		this.notes = notes;
		this.newsletters = newsletters;
		this.publicUrl = publicUrl;
		this.settled = settled;
		this.rendered = rendered;
		this.webCopies = webCopies;
		this.transaction = new TransactionTemplate(transactions);
	}

	@Override
	public void render(Edition edition, Newsletter newsletter) {
		List<VariantRows.VariantEdition> topical = this.variants.editions(edition);
		preparePictures(edition, topical);
		Combination own = new Combination(TopicVariants.EDITION, newsletter.language(), newsletter.design());
		Timed webCopy = timed(() -> webLetter(edition, newsletter));
		Map<Integer, Combination> settled = this.settled.settled(edition.id());
		this.transaction.executeWithoutResult((status) -> {
			this.rendered.clear(edition.id());
			this.rendered.keep(edition.id(), WEB_COPY, own, "web", webCopy);
		});
		Map<Integer, VariantRows.VariantEdition> selections = new HashMap<>();
		topical.forEach((each) -> selections.put(each.variant(), each));
		selections.put(TopicVariants.EDITION, new VariantRows.VariantEdition(TopicVariants.EDITION, "all", edition));
		// One by one: there may be many, and the step that asked is done again if it
		// dies.
		(settled.isEmpty() ? Map.of(TopicVariants.EDITION, own) : settled).forEach((variant, each) -> {
			VariantRows.VariantEdition selection = Objects.requireNonNull(selections.get(each.selection()),
					() -> "Edition " + edition.id() + " has no selection " + each.selection());
			this.rendered.keep(edition.id(), variant, each, selection.choices(),
					timed(() -> letter(selection.edition(), newsletter, each)));
		});
	}

	/**
	 * A design that some reader chose and that does not render costs those readers its
	 * look, and nobody the mail.
	 */
	private Letter letter(Edition edition, Newsletter newsletter, Combination wanted) {
		boolean own = wanted.language().equals(newsletter.language()) && wanted.design().equals(newsletter.design());
		try {
			return letter(edition, newsletter.in(wanted.language(), wanted.design()));
		}
		catch (TemplateException ex) {
			if (own) {
				throw ex;
			}
			logger.error("Edition {} goes to readers of the design {} in the newsletter's own: {}", edition.id(),
					wanted.design(), ex.getMessage());
			return letter(edition, newsletter);
		}
	}

	@Override
	public void prepare(Edition edition) {
		preparePictures(edition, List.of());
	}

	private static Timed timed(Supplier<Letter> work) {
		long from = System.nanoTime();
		Letter letter = work.get();
		return new Timed(letter, (System.nanoTime() - from) / 1000);
	}

	@Override
	public void renderWebCopy(Edition edition, Newsletter newsletter) {
		this.rendered.replace(edition.id(), WEB_COPY, webLetter(edition, newsletter));
	}

	private Letter webLetter(Edition edition, Newsletter newsletter) {
		return this.letters.render(template(newsletter), this.model.web(edition, newsletter));
	}

	/** Of all stories of all variants; a story that is in several, once. */
	private void preparePictures(Edition edition, List<VariantRows.VariantEdition> topical) {
		Map<Long, Edition.Pick> picks = new LinkedHashMap<>();
		edition.picks().forEach((pick) -> picks.put(pick.story().id(), pick));
		topical.forEach((each) -> each.edition().picks().forEach((pick) -> picks.putIfAbsent(pick.story().id(), pick)));
		this.pictures.prepare(picks.values().stream().map(Edition.Pick::story).toList())
			.forEach((missing) -> this.notes.aboutStory(edition.id(), EditionNotes.Kind.PICTURE, missing.storyId(),
					"“%s” goes out without its picture: %s."
						.formatted(Objects.requireNonNull(picks.get(missing.storyId())).headline(), missing.why())));
	}

	@Override
	public Stream<Variant> variants(long editionId) {
		return this.rendered.keys(editionId).stream().flatMap((key) -> variant(editionId, key).stream());
	}

	@Override
	public Optional<Variant> variant(long editionId, int variant) {
		return (variant == WEB_COPY) ? Optional.empty() : this.rendered.one(editionId, variant);
	}

	@Override
	public Optional<Letter> webCopy(long editionId) {
		return this.rendered.one(editionId, WEB_COPY).map(Variant::letter);
	}

	@Override
	public Optional<Letter> webCopy(Edition edition, Newsletter newsletter, int variant) {
		return (variant == WEB_COPY) ? Optional.empty() : this.webCopies.of(edition, newsletter, variant);
	}

	@Override
	public Letter letter(Edition edition, Newsletter newsletter) {
		return this.letters.render(template(newsletter), this.model.mail(edition, newsletter));
	}

	@Override
	public Letter preview(Edition edition, Newsletter newsletter) {
		Letter letter = letter(edition, newsletter);
		String page = this.publicUrl.of("/editions/{slug}/{label}", newsletter.slug(), edition.label());
		Map<ReaderField, String> example = new HashMap<>(
				Map.of(ReaderField.EMAIL, "reader@example.com", ReaderField.NAME, "Robin Reader",
						ReaderField.UNSUBSCRIBE_URL, this.publicUrl.of("/unsubscribe/{token}", "example"),
						ReaderField.PREFERENCES_URL, this.publicUrl.of("/preferences/{token}", "example"),
						ReaderField.ONLINE_URL, page, ReaderField.SHARE_URL, page, ReaderField.TOPICS, "all topics"));
		this.newsletters.attributes(newsletter.id())
			.forEach((it) -> example.put(ReaderField.attribute(it.name()), it.fallback()));
		return letter.filled(example);
	}

	private static String template(Newsletter newsletter) {
		return newsletter.design() + "/edition";
	}

}
