package dev.postrider.desk.web;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Stream;

import dev.postrider.delivery.EditionMail;
import dev.postrider.delivery.EditionReader;
import dev.postrider.delivery.EditionReaders;
import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionException;
import dev.postrider.edition.EditionRenderer;
import dev.postrider.edition.EditionRenderer.Variant;
import dev.postrider.edition.EditionVariants;
import dev.postrider.edition.TopicVariants;
import dev.postrider.edition.Topics;
import dev.postrider.mail.Designs;
import dev.postrider.mail.Letter;
import dev.postrider.mail.MailWords;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.staff.StaffDirectory;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;

/**
 * A mail as one reader gets it. Of an edition that has its readers, what was rendered for
 * them; of any other, what it would be now.
 */
@Component
class Looks {

	private final EditionRenderer renderer;

	private final TopicVariants variants;

	private final EditionVariants rendered;

	private final Designs designs;

	private final MailWords words;

	private final EditionMail mails;

	private final EditionReaders readers;

	private final StaffDirectory staff;

	Looks(EditionRenderer renderer, TopicVariants variants, EditionVariants rendered, Designs designs, MailWords words,
			EditionMail mails, EditionReaders readers, StaffDirectory staff) {
		this.renderer = renderer;
		this.variants = variants;
		this.rendered = rendered;
		this.designs = designs;
		this.words = words;
		this.mails = mails;
		this.readers = readers;
		this.staff = staff;
	}

	/**
	 * The mail.
	 * @throws EditionException when that reader gets none
	 */
	Look at(Edition edition, Newsletter newsletter, LookForm form) {
		if (edition.picks().isEmpty()) {
			throw new EditionException(
					"Edition " + edition.label() + " has no stories yet, so there is no mail to see.");
		}
		EditionReader reader = reader(newsletter, form);
		Letter letter = letter(edition, newsletter, reader, form);
		EditionMail.MimePreview message = this.mails.preview(edition, newsletter, letter, reader);
		return new Look(reader, letter, new String(message.bytes(), StandardCharsets.UTF_8), message.signed());
	}

	/** Sends it to whoever is signed in, and to nobody else. */
	String sendToMe(Edition edition, Newsletter newsletter, LookForm form) {
		Look look = at(edition, newsletter, form);
		String me = this.staff.currentActor();
		this.mails.sendTest(edition, newsletter, look.letter(), me);
		return me;
	}

	/** Languages that mails have words in. */
	SortedSet<String> languages() {
		return this.words.languages();
	}

	/** Designs to be offered: ours, and the newsletter's own. */
	List<String> designs(Newsletter newsletter) {
		return Stream.of("front-page", "list", "long-read", newsletter.design())
			.distinct()
			.filter(this.designs::exists)
			.toList();
	}

	private EditionReader reader(Newsletter newsletter, LookForm form) {
		Long id = form.reader();
		if (id != null) {
			return this.readers.find(newsletter.id(), id)
				.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND,
						newsletter.name() + " has no reader " + id + "."));
		}
		Topics topics = form.chosen();
		return new EditionReader(EditionReader.EXAMPLE, 0, this.staff.currentActor(), "Robin Reader",
				topics.equals(Topics.ALL) ? null : topics.text(), Map.of());
	}

	/** The newsletter in the language and design of the reader, or those asked for. */
	private Newsletter theirs(Newsletter newsletter, LookForm form) {
		Long id = form.reader();
		EditionReaders.Wishes wishes = (id == null) ? new EditionReaders.Wishes(form.language(), form.design())
				: this.readers.wishesOf(newsletter.id(), id).orElse(new EditionReaders.Wishes(null, null));
		String language = wishes.language();
		String design = wishes.design();
		boolean spoken = language != null && this.words.languages().contains(language.toLowerCase(Locale.ROOT));
		if (id == null && design != null && !design.isEmpty() && !this.designs.exists(design)) {
			throw new EditionException("There is no design \"" + design + "\".");
		}
		return newsletter.in((language != null && spoken) ? language : newsletter.language(),
				(design != null && !design.isEmpty() && this.designs.exists(design)) ? design : newsletter.design());
	}

	private Letter letter(Edition edition, Newsletter newsletter, EditionReader reader, LookForm form) {
		Topics topics = Topics.of(reader.topics());
		if (edition.frozenAt() != null) {
			Optional<Letter> kept = variant(edition, newsletter, reader, topics, form)
				.flatMap((variant) -> this.renderer.variant(edition.id(), variant))
				.map(Variant::letter);
			if (kept.isPresent()) {
				return kept.get();
			}
			if (reader.subscriberId() != EditionReader.EXAMPLE) {
				throw new EditionException("This reader is not among those that edition " + edition.label()
						+ " goes to, or who had it is no longer kept. Look at it as a reader of topics.");
			}
		}
		return this.variants.preview(edition, topics)
			.map((theirs) -> this.renderer.letter(theirs, theirs(newsletter, form)))
			.orElseThrow(() -> new EditionException("These topics have no story on that day, so readers of "
					+ String.join(", ", topics.names()) + " get no mail."));
	}

	/** Which of the variants that were rendered; what is kept for nobody is none. */
	private Optional<Integer> variant(Edition edition, Newsletter newsletter, EditionReader reader, Topics topics,
			LookForm form) {
		if (reader.subscriberId() != EditionReader.EXAMPLE) {
			return this.readers.variantOf(edition.id(), reader.subscriberId()).stream().boxed().findFirst();
		}
		Newsletter theirs = theirs(newsletter, form);
		Integer selection = this.variants.known(edition.id()).get(topics);
		return this.rendered.costs(edition.id())
			.stream()
			.filter((cost) -> selection != null && cost.selection() == selection
					&& cost.language().equals(theirs.language()) && cost.design().equals(theirs.design()))
			.map(EditionVariants.Cost::variant)
			.findFirst();
	}

	/**
	 * A mail and who gets it.
	 *
	 * @param reader who
	 * @param letter with tokens
	 * @param message all of it as it leaves, lines ended by CRLF
	 * @param signed whether it bears our DKIM signature
	 */
	record Look(EditionReader reader, Letter letter, String message, boolean signed) {

		/** Headers as they leave, folded. */
		String headers() {
			return this.message.substring(0, Math.max(0, this.message.indexOf("\r\n\r\n"))).replace("\r\n", "\n");
		}

	}

}
