package dev.postrider.edition;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.postrider.edition.Corrections.Correction;
import dev.postrider.mail.MailWords;
import dev.postrider.mail.PublicUrl;
import dev.postrider.mail.ReaderField;
import dev.postrider.mail.Writing;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.story.StoryPictures;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * What an edition's templates may use. Plain maps, lists and strings: a template reaches
 * no Java object. All text is clean lines; a key whose value is unknown is absent.
 */
@Component
class EditionModel {

	private final PublicUrl publicUrl;

	private final StoryPictures pictures;

	private final CorrectionRows corrections;

	private final MailWords words;

	private final EditionSettings settings;

	private final Newsletters newsletters;

	EditionModel(PublicUrl publicUrl, StoryPictures pictures, CorrectionRows corrections, MailWords words,
			EditionSettings settings, Newsletters newsletters) {
		this.publicUrl = publicUrl;
		this.pictures = pictures;
		this.corrections = corrections;
		this.words = words;
		this.settings = settings;
		this.newsletters = newsletters;
	}

	/** For mails: a reader's own fields are tokens. */
	Map<String, Object> mail(Edition edition, Newsletter newsletter) {
		Map<String, Object> model = common(edition, newsletter);
		model.put("web", false);
		model.put("stories", stories(edition, writing(newsletter)));
		Map<String, ReaderField> reader = new HashMap<>();
		ReaderField.BUILT_IN.forEach((field) -> reader.put(field.key(), field));
		this.newsletters.attributes(newsletter.id())
			.forEach((attribute) -> reader.put(attribute.name(), ReaderField.attribute(attribute.name())));
		model.put("reader", reader);
		return model;
	}

	/** For the archive: no reader, so a template that names one fails. */
	Map<String, Object> web(Edition edition, Newsletter newsletter) {
		Map<String, Object> model = common(edition, newsletter);
		model.put("web", true);
		List<Map<String, Object>> stories = stories(edition, writing(newsletter));
		addCorrections(stories, edition, newsletter);
		model.put("stories", stories);
		return model;
	}

	private Map<String, Object> common(Edition edition, Newsletter newsletter) {
		Writing writing = writing(newsletter);
		Map<String, Object> model = new HashMap<>();
		model.put("lang", newsletter.language());
		model.put("dir", Writing.direction(writing.locale()));
		model.put("subject", Lines.clean(edition.subject()));
		model.put("preheader", Lines.clean(edition.preheader()));
		model.put("intro", paragraphs(edition.intro()));
		model.put("date", writing.date(edition.date()));
		model.put("number", edition.number());
		model.put("newsletter", newsletter(newsletter, writing));
		model.put("links", links(edition, newsletter));
		return model;
	}

	private Writing writing(Newsletter newsletter) {
		return new Writing(this.words, newsletter.language());
	}

	private List<Map<String, Object>> stories(Edition edition, Writing writing) {
		return new StoryModel(writing).all(edition.picks(),
				this.pictures.of(edition.picks().stream().map(Edition.Pick::story).toList()));
	}

	/** What was wrong in stories, with its date: the archive says so beside them. */
	private void addCorrections(List<Map<String, Object>> stories, Edition edition, Newsletter newsletter) {
		Writing writing = writing(newsletter);
		List<Long> ids = edition.picks().stream().map((pick) -> pick.story().id()).toList();
		Map<Long, List<Correction>> known = this.corrections.of(ids);
		for (int i = 0; i < ids.size(); i++) {
			List<Correction> corrections = known.getOrDefault(ids.get(i), List.of());
			if (!corrections.isEmpty()) {
				stories.get(i)
					.put("corrections", corrections.stream()
						.map((each) -> Map.of("date", writing.date(each.at().atZone(newsletter.zone()).toLocalDate()),
								"words", Lines.clean(each.words())))
						.toList());
			}
		}
	}

	private Map<String, Object> links(Edition edition, Newsletter newsletter) {
		String slug = newsletter.slug();
		List<Map<String, String>> follow = this.settings.follow()
			.stream()
			.map((each) -> Map.of("name", Lines.clean(each.name()), "url", each.url().toString()))
			.toList();
		return Map.of("follow", follow, "online", this.publicUrl.of("/editions/{slug}/{label}", slug, edition.label()),
				"archive", this.publicUrl.of("/editions"), "feed", this.publicUrl.of("/editions/{slug}.xml", slug),
				"subscribe", this.publicUrl.of("/") + "?newsletter=" + slug);
	}

	private static Map<String, Object> newsletter(Newsletter newsletter, Writing writing) {
		return Map.of("slug", newsletter.slug(), "name", Lines.clean(newsletter.name()), "description",
				Lines.clean(newsletter.description()), "sender", Lines.clean(newsletter.senderName()), "postalAddress",
				Lines.clean(newsletter.postalAddress()), "days", writing.days(newsletter.days()), "time",
				newsletter.sendTime().toString(), "zone", newsletter.zone().getId());
	}

	private static List<String> paragraphs(@Nullable String text) {
		return (text == null) ? List.of()
				: Arrays.stream(text.replace("\r\n", "\n").split("\\R\\s*\\R"))
					.map(Lines::clean)
					.filter((line) -> !line.isEmpty())
					.toList();
	}

}
