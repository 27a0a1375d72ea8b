package dev.postrider.edition;

import java.util.Optional;
import java.util.stream.Stream;

import dev.postrider.mail.Letter;
import dev.postrider.newsletter.Newsletter;

/**
 * Renders editions, once a variant, never once a reader. Where a reader's own field goes,
 * the rendered body holds its token, see {@link dev.postrider.mail.ReaderField}.
 */
public interface EditionRenderer {

	/** Key of the web copy among the variants; mails begin at 1. */
	int WEB_COPY = 0;

	/**
	 * Renders the variants that somebody gets and the web copy, and keeps them in place
	 * of earlier ones. While nobody knows who gets it, the edition itself is rendered.
	 * @param edition what to render
	 * @param newsletter its newsletter
	 * @throws dev.postrider.mail.TemplateException when the template is wrong
	 */
	void render(Edition edition, Newsletter newsletter);

	/**
	 * Fetches the pictures of an edition's stories, so that what is looked at before the
	 * audience is frozen shows those that are mailed. Takes limited time and never fails
	 * because of a picture.
	 */
	void prepare(Edition edition);

	/**
	 * Renders the web copy alone and keeps it in place of the earlier one, where there
	 * was one.
	 * @param edition an edition that was rendered before
	 * @param newsletter its newsletter
	 */
	void renderWebCopy(Edition edition, Newsletter newsletter);

	/**
	 * The kept variants of an edition that are mailed, without the web copy, by their
	 * keys. There may be many: each is read when the stream comes to it.
	 */
	Stream<Variant> variants(long editionId);

	/** One of them; empty when it is not kept, or is the web copy. */
	Optional<Variant> variant(long editionId, int variant);

	/** The kept web copy, without personal links. */
	Optional<Letter> webCopy(long editionId);

	/**
	 * The page of what readers of a variant got, without personal links.
	 * @param edition an edition that was rendered
	 * @param newsletter its newsletter
	 * @param variant one of its mailed variants
	 * @return empty when there is no such variant
	 */
	Optional<Letter> webCopy(Edition edition, Newsletter newsletter, int variant);

	/**
	 * Renders without keeping: the mail with its tokens.
	 * @param edition what to render, may be a draft
	 * @param newsletter its newsletter
	 * @throws dev.postrider.mail.TemplateException when the template is wrong
	 */
	Letter letter(Edition edition, Newsletter newsletter);

	/**
	 * Renders without keeping: the mail as one example reader would get it, every token
	 * filled.
	 * @param edition what to render, may be a draft
	 * @param newsletter its newsletter
	 */
	Letter preview(Edition edition, Newsletter newsletter);

	/**
	 * A rendered body.
	 *
	 * @param variant its key, from 1
	 * @param selection which stories it has, see {@link TopicVariants}
	 * @param language it is written in
	 * @param design it is laid out in
	 * @param letter subject and bodies with tokens
	 */
	record Variant(int variant, int selection, String language, String design, Letter letter) {

		/** Whether it is the edition itself as its newsletter has it. */
		public boolean isOf(Newsletter newsletter) {
			return this.selection == TopicVariants.EDITION && this.language.equals(newsletter.language())
					&& this.design.equals(newsletter.design());
		}

	}

}
