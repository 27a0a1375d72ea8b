package dev.postrider.edition;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import dev.postrider.edition.Edition.Pick;
import dev.postrider.mail.Writing;
import dev.postrider.story.Story;
import dev.postrider.story.StoryPictures;
import org.jspecify.annotations.Nullable;

/**
 * A story as templates see it. Only http and https addresses get through: a feed's
 * {@code javascript:} link becomes no link.
 */
final class StoryModel {

	/** The lead is told at more length than the rest. */
	private static final int LEAD_SUMMARY = 280;

	/** About two lines at 600 pixels. */
	private static final int SUMMARY = 170;

	/** For a list that is read in two minutes. */
	private static final int BRIEF = 120;

	private static final int TAGS = 3;

	/** Of each sort. */
	private static final int LINKS = 3;

	private static final int LINK_TITLE = 120;

	private final KindWords kinds;

	private final Locale language;

	/** For letters in one language. */
	StoryModel(Writing writing) {
		this.kinds = new KindWords(writing);
		this.language = writing.locale();
	}

	List<Map<String, Object>> all(List<Pick> picks, Map<Long, StoryPictures.Pictures> pictures) {
		List<Map<String, Object>> stories = new ArrayList<>();
		for (Pick pick : picks) {
			stories.add(of(pick, pictures.get(pick.story().id()), stories.isEmpty()));
		}
		return stories;
	}

	private Map<String, Object> of(Pick pick, StoryPictures.@Nullable Pictures pictures, boolean first) {
		Story story = pick.story();
		Map<String, Object> model = new HashMap<>();
		model.put("headline", Lines.clean(pick.headline()));
		model.put("summary", Lines.shorten(pick.summary(), first ? LEAD_SUMMARY : SUMMARY));
		model.put("brief", Lines.sentences(pick.summary(), BRIEF, this.language));
		model.put("body",
				StoryBody.blocks((pick.rewrittenSummary() != null) ? "" : story.summaryHtml(), pick.summary()));
		model.put("kind", story.kind().name().toLowerCase(Locale.ROOT));
		put(model, "url", link(story.url()));
		put(model, "author", story.author());
		String badge = this.kinds.badge(story);
		put(model, "badge", badge);
		String section = story.section();
		if (section != null && (badge == null
				|| !badge.toLowerCase(Locale.ROOT).startsWith(section.toLowerCase(Locale.ROOT).replaceAll("s$", "")))) {
			put(model, "section", section);
		}
		image(model, story.image(), pictures, first);
		Story.Audio audio = story.audio();
		if (audio != null) {
			put(model, "audio", link(audio.url()));
			put(model, "audioWords", this.kinds.listen(story.kind(), audio));
		}
		List<String> tags = tags(story);
		if (!tags.isEmpty()) {
			model.put("tags", tags);
		}
		model.put("related", links(story.related()));
		model.put("also", also(pick));
		foreign(model, story);
		return model;
	}

	/** Said only where a story is in another language than the letter around it. */
	private void foreign(Map<String, Object> model, Story story) {
		Locale own = (story.language() != null) ? Locale.forLanguageTag(story.language()) : this.language;
		if (!own.getLanguage().isEmpty() && !own.getLanguage().equals(this.language.getLanguage())) {
			model.put("lang", own.toLanguageTag());
			model.put("dir", Writing.direction(own));
		}
	}

	/** What the label above the headline says already is not said again, nor twice. */
	private static List<String> tags(Story story) {
		Set<String> said = new HashSet<>(Set.of(key(story.kind().name())));
		if (story.section() != null) {
			said.add(key(story.section()));
		}
		return story.tags()
			.stream()
			.map(Lines::clean)
			.filter((tag) -> !tag.isEmpty() && said.add(key(tag)))
			.limit(TAGS)
			.toList();
	}

	/** An agency's story under the same headline elsewhere is nothing to read. */
	private static List<Map<String, Object>> also(Pick pick) {
		Set<String> told = new HashSet<>(List.of(key(pick.headline()), key(pick.story().headline())));
		return links(pick.also()
			.stream()
			.filter((other) -> told.add(key(other.headline())))
			.map((other) -> new Story.Link(other.url(), other.headline()))
			.toList());
	}

	private static String key(String headline) {
		return Lines.clean(headline).toLowerCase(Locale.ROOT);
	}

	private static List<Map<String, Object>> links(List<Story.Link> links) {
		List<Map<String, Object>> models = new ArrayList<>();
		for (Story.Link each : links) {
			String url = link(each.url());
			String title = Lines.shorten(each.title(), LINK_TITLE);
			if (url != null && !title.isEmpty() && models.size() < LINKS) {
				models.add(Map.of("url", url, "title", title));
			}
		}
		return models;
	}

	/**
	 * {@code image} is the cut for the story's place: the lead's wide, the others' small.
	 * Its {@code wide} is the wide one, where there is one.
	 */
	private static void image(Map<String, Object> story, Story.@Nullable Image image,
			StoryPictures.@Nullable Pictures pictures, boolean first) {
		if (image == null || pictures == null) {
			return;
		}
		Map<String, Object> model = cut(first ? pictures.lead() : pictures.side());
		if (!model.isEmpty()) {
			model.put("alt", Lines.clean(image.alt()));
			put(model, "credit", image.credit());
			Map<String, Object> wide = cut(pictures.lead());
			if (!wide.isEmpty()) {
				model.put("wide", wide);
			}
			story.put("image", model);
		}
	}

	private static Map<String, Object> cut(StoryPictures.@Nullable Shown shown) {
		Map<String, Object> model = new HashMap<>();
		String url = (shown != null) ? link(shown.url()) : null;
		if (shown != null && url != null) {
			model.put("url", url);
			Integer width = shown.width();
			Integer height = shown.height();
			if (width != null && height != null && width > 0 && height > 0) {
				model.put("ratio", (double) height / width);
			}
		}
		return model;
	}

	private static void put(Map<String, Object> model, String key, @Nullable String value) {
		if (value != null && !Lines.clean(value).isEmpty()) {
			model.put(key, Lines.clean(value));
		}
	}

	private static @Nullable String link(String address) {
		try {
			URI uri = new URI(address.strip());
			String scheme = uri.getScheme();
			boolean web = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
			return (web && uri.getHost() != null) ? uri.toASCIIString() : null;
		}
		catch (URISyntaxException ex) {
			// No address at all: the story stands without a link.
			return null;
		}
	}

}
