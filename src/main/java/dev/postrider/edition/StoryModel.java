package dev.postrider.edition;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import dev.postrider.edition.Edition.Pick;
import dev.postrider.story.Story;
import dev.postrider.story.StoryKind;
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

	private static final int TAGS = 3;

	/** Of each sort. */
	private static final int LINKS = 3;

	private static final int LINK_TITLE = 120;

	private StoryModel() {
	}

	static List<Map<String, Object>> all(List<Pick> picks, Map<Long, StoryPictures.Pictures> pictures) {
		List<Map<String, Object>> stories = new ArrayList<>();
		for (Pick pick : picks) {
			stories.add(of(pick, pictures.get(pick.story().id()), stories.isEmpty()));
		}
		return stories;
	}

	private static Map<String, Object> of(Pick pick, StoryPictures.@Nullable Pictures pictures, boolean first) {
		Story story = pick.story();
		Map<String, Object> model = new HashMap<>();
		model.put("headline", Lines.clean(pick.headline()));
		model.put("summary", Lines.shorten(pick.summary(), first ? LEAD_SUMMARY : SUMMARY));
		model.put("kind", story.kind().name().toLowerCase(Locale.ROOT));
		put(model, "url", link(story.url()));
		put(model, "author", story.author());
		String badge = badge(story);
		put(model, "badge", badge);
		String section = story.section();
		if (section != null && (badge == null
				|| !badge.toLowerCase(Locale.ROOT).startsWith(section.toLowerCase(Locale.ROOT).replaceAll("s$", "")))) {
			put(model, "section", section);
		}
		Story.Image image = story.image();
		StoryPictures.Shown shown = (pictures == null) ? null : first ? pictures.lead() : pictures.side();
		if (image != null && shown != null && link(shown.url()) != null) {
			model.put("image", image(image, shown));
		}
		Story.Audio audio = story.audio();
		if (audio != null) {
			put(model, "audio", link(audio.url()));
			put(model, "audioWords", listen(story.kind(), audio));
		}
		List<String> tags = tags(story);
		if (!tags.isEmpty()) {
			model.put("tags", tags);
		}
		model.put("related", links(story.related()));
		model.put("also", also(pick));
		return model;
	}

	/** What the section's label says already is not said again. */
	private static List<String> tags(Story story) {
		String section = (story.section() != null) ? Lines.clean(story.section()) : "";
		return story.tags()
			.stream()
			.map(Lines::clean)
			.filter((tag) -> !tag.isEmpty() && !tag.equalsIgnoreCase(section))
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

	private static Map<String, Object> image(Story.Image image, StoryPictures.Shown shown) {
		Map<String, Object> model = new HashMap<>();
		put(model, "url", link(shown.url()));
		model.put("alt", Lines.clean(image.alt()));
		put(model, "credit", image.credit());
		Integer width = shown.width();
		Integer height = shown.height();
		if (width != null && height != null && width > 0 && height > 0) {
			model.put("ratio", (double) height / width);
		}
		return model;
	}

	private static @Nullable String badge(Story story) {
		return switch (story.kind()) {
			case NEWS -> null;
			case FEATURE -> "Feature";
			case OPINION -> "Opinion";
			case LIVE -> "Live";
			case PODCAST -> podcast(story.audio());
		};
	}

	private static String podcast(Story.@Nullable Audio audio) {
		String length = (audio != null) ? length(audio) : null;
		return (length != null) ? "Podcast · " + length : "Podcast";
	}

	/** A podcast's badge tells its length; beside another story the link does. */
	private static String listen(StoryKind kind, Story.Audio audio) {
		String length = length(audio);
		return (kind == StoryKind.PODCAST) ? "Listen to the episode"
				: (length != null) ? "Listen (" + length + ")" : "Listen";
	}

	private static @Nullable String length(Story.Audio audio) {
		Duration length = audio.length();
		if (length == null || length.isZero() || length.isNegative()) {
			return null;
		}
		long minutes = Math.max(1, Math.round(length.toSeconds() / 60.0));
		return (minutes < 60) ? minutes + " min"
				: minutes / 60 + " h" + ((minutes % 60 > 0) ? " " + minutes % 60 + " min" : "");
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
