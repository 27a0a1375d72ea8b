package dev.postrider.edition;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import dev.postrider.mail.Letter;
import dev.postrider.mail.LetterRenderer;
import dev.postrider.mail.PublicUrl;
import dev.postrider.mail.ReaderField;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.story.StoryPictures;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.util.HtmlUtils;

@Component
class TemplateEditionRenderer implements EditionRenderer {

	private final LetterRenderer letters;

	private final EditionModel model;

	private final VariantRows variants;

	private final StoryPictures pictures;

	private final JdbcEditionNotes notes;

	private final PublicUrl publicUrl;

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	private final Clock clock;

	TemplateEditionRenderer(LetterRenderer letters, EditionModel model, VariantRows variants, StoryPictures pictures,
			JdbcEditionNotes notes, PublicUrl publicUrl, JdbcClient jdbc, PlatformTransactionManager transactions,
			Clock clock) {
		this.letters = letters;
		this.model = model;
		this.variants = variants;
		this.pictures = pictures;
		this.notes = notes;
		this.publicUrl = publicUrl;
		this.jdbc = jdbc;
		this.transaction = new TransactionTemplate(transactions);
		this.clock = clock;
	}

	@Override
	public void render(Edition edition, Newsletter newsletter) {
		List<VariantRows.VariantEdition> topical = this.variants.editions(edition);
		preparePictures(edition, topical);
		Letter webCopy = this.letters.render(template(newsletter), this.model.web(edition, newsletter));
		Letter mail = letter(edition, newsletter);
		this.transaction.executeWithoutResult((status) -> {
			this.jdbc.sql("DELETE FROM variant WHERE edition_id = :edition").param("edition", edition.id()).update();
			keep(edition.id(), WEB_COPY, "web", webCopy);
			keep(edition.id(), TopicVariants.EDITION, "all", mail);
		});
		// One by one: there may be many, and the step that asked is done again if it
		// dies.
		for (VariantRows.VariantEdition each : topical) {
			keep(edition.id(), each.variant(), each.choices(),
					this.letters.render(template(newsletter), this.model.mail(each.edition(), newsletter)));
		}
	}

	@Override
	public void renderWebCopy(Edition edition, Newsletter newsletter) {
		Letter webCopy = this.letters.render(template(newsletter), this.model.web(edition, newsletter));
		this.jdbc.sql("""
				UPDATE variant SET subject = :subject, html = :html, text = :text, rendered_at = :now
				WHERE edition_id = :edition AND variant = :variant
				""")
			.param("edition", edition.id())
			.param("variant", WEB_COPY)
			.param("subject", webCopy.subject())
			.param("html", webCopy.html())
			.param("text", webCopy.text())
			.param("now", this.clock.instant())
			.update();
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

	private void keep(long editionId, int variant, String choices, Letter letter) {
		this.jdbc.sql("""
				INSERT INTO variant (edition_id, variant, choices, subject, html, text, rendered_at)
				VALUES (:edition, :variant, :choices, :subject, :html, :text, :now)
				""")
			.param("edition", editionId)
			.param("variant", variant)
			.param("choices", choices)
			.param("subject", letter.subject())
			.param("html", letter.html())
			.param("text", letter.text())
			.param("now", this.clock.instant())
			.update();
	}

	@Override
	public List<Variant> variants(long editionId) {
		return kept(editionId).stream().filter((variant) -> variant.variant() != WEB_COPY).toList();
	}

	@Override
	public Optional<Variant> variant(long editionId, int variant) {
		return (variant == WEB_COPY) ? Optional.empty() : one(editionId, variant);
	}

	@Override
	public Optional<Letter> webCopy(long editionId) {
		return one(editionId, WEB_COPY).map(Variant::letter);
	}

	/** By the primary key. */
	private Optional<Variant> one(long editionId, int variant) {
		return this.jdbc
			.sql("SELECT variant, subject, html, text FROM variant WHERE edition_id = :edition AND variant = :variant")
			.param("edition", editionId)
			.param("variant", variant)
			.query(TemplateEditionRenderer::variant)
			.optional();
	}

	/** By the primary key. */
	private List<Variant> kept(long editionId) {
		return this.jdbc
			.sql("SELECT variant, subject, html, text FROM variant WHERE edition_id = :edition ORDER BY variant")
			.param("edition", editionId)
			.query(TemplateEditionRenderer::variant)
			.list();
	}

	private static Variant variant(ResultSet row, int number) throws SQLException {
		return new Variant(row.getInt("variant"),
				new Letter(row.getString("subject"), row.getString("html"), row.getString("text")));
	}

	@Override
	public Letter letter(Edition edition, Newsletter newsletter) {
		return this.letters.render(template(newsletter), this.model.mail(edition, newsletter));
	}

	@Override
	public Letter preview(Edition edition, Newsletter newsletter) {
		Letter letter = letter(edition, newsletter);
		String page = this.publicUrl.of("/editions/{slug}/{label}", newsletter.slug(), edition.label());
		Map<ReaderField, String> example = Map.of(ReaderField.EMAIL, "reader@example.com", ReaderField.NAME,
				"Robin Reader", ReaderField.UNSUBSCRIBE_URL, this.publicUrl.of("/unsubscribe/{token}", "example"),
				ReaderField.PREFERENCES_URL, this.publicUrl.of("/preferences/{token}", "example"),
				ReaderField.ONLINE_URL, page, ReaderField.SHARE_URL, page, ReaderField.TOPICS, "all topics");
		String html = letter.html();
		String text = letter.text();
		for (Map.Entry<ReaderField, String> field : example.entrySet()) {
			html = html.replace(field.getKey().token(), HtmlUtils.htmlEscape(field.getValue(), "UTF-8"));
			text = text.replace(field.getKey().token(), field.getValue());
		}
		return new Letter(letter.subject(), html, text);
	}

	private static String template(Newsletter newsletter) {
		return newsletter.design() + "/edition";
	}

}
