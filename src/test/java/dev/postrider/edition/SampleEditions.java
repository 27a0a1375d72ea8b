package dev.postrider.edition;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import dev.postrider.demo.newsroom.NewsroomStory;
import dev.postrider.demo.newsroom.SamplePictures;
import dev.postrider.edition.Edition.Pick;
import dev.postrider.mail.ReaderField;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.story.Score;
import dev.postrider.story.Story;
import dev.postrider.story.Story.Link;
import dev.postrider.story.StoryKind;
import org.jspecify.annotations.Nullable;

import org.springframework.core.io.ClassPathResource;

/**
 * Editions to render, made in memory: as little as there can be, a full one of the sample
 * newsroom, one with all there can be, one whose every field attacks.
 */
final class SampleEditions {

	/** The built-in designs. */
	static final List<String> DESIGNS = List.of("front-page", "list", "long-read");

	static final List<String> HOSTILE = List.of("<script>alert(1)</script> & \"quotes\" 'n' more",
			"Storm\r\nBcc: x@y.example", "${7*7} <#assign x=1> ${subject} {0} {1}",
			"</mj-text></mj-column><mj-raw><b>out</b></mj-raw>", "\" onmouseover=\"alert(1)",
			"&lt;img src=x onerror=alert(1)&gt;", "]]> --> <!-- <![endif]-->", "\uE000unsubscribeUrl\uE001",
			"العاصفة فوق الميناء", "港口上空的風暴", "🌊".repeat(40), "W".repeat(300));

	private static final LocalDate DAY = LocalDate.of(2026, 11, 23);

	private static final Instant DUE = Instant.parse("2026-11-23T06:00:00Z");

	private static final List<String> FULL = List.of("night-ferry", "car-free-weekends", "ropeworks-climbing",
			"last-projectionist", "seagrass-doubles", "courier-minute", "rovers-derby", "by-election",
			"library-sundays", "winter-reading");

	private SampleEditions() {
	}

	static Newsletter newsletter(String design, String language) {
		boolean arabic = language.equals("ar");
		return new Newsletter(1, "highlights", arabic ? "أبرز الأخبار" : "News highlights",
				arabic ? "أهم أخبار اليوم، يختارها محررونا."
						: "The day's most important stories, chosen by our editors.",
				arabic ? "أفرلي كورير" : "The Averley Courier", "highlights@averley-courier.example", null,
				arabic ? "أفرلي كورير، 4 شارع الحبال، ميناء أفرلي" : "The Averley Courier, 4 Ropewalk, Port Averley",
				Set.of(DayOfWeek.MONDAY, DayOfWeek.WEDNESDAY, DayOfWeek.FRIDAY), LocalTime.of(7, 0),
				ZoneId.of("Europe/Berlin"), language, design, 10, Duration.ofHours(72), Duration.ofHours(12));
	}

	/** A rendered body as one reader gets it. */
	static String filled(String body) {
		String filled = body;
		for (ReaderField field : ReaderField.BUILT_IN) {
			String value = switch (field.key()) {
				case "email" -> "ada@example.org";
				case "name" -> "Ada";
				case "topics" -> "all topics";
				default -> "https://news.example/" + field.key().replace("Url", "") + "/token";
			};
			filled = filled.replace(field.token(), value);
		}
		return filled;
	}

	/** One story of which only headline and address are known. */
	static Edition minimal() {
		return edition(List.of(pick(story(1, "Council sits", "", StoryKind.NEWS, null), List.of())), null);
	}

	/** Ten stories as a newsroom has them. */
	static Edition full() {
		List<Pick> picks = new ArrayList<>();
		for (String slug : FULL) {
			NewsroomStory source = SamplePictures.story(slug);
			Story story = sample(picks.size() + 1, source, "en");
			picks.add(pick(story.with(switch (slug) {
				case "night-ferry" ->
					List.of(new Link("https://courier.example/timetable", "The timetable until summer"),
							new Link("https://courier.example/pier", "How the new pier was built, in pictures"));
				case "car-free-weekends" -> List.of(new Link("https://courier.example/map", "Map: the eleven streets"));
				default -> List.of();
			}), slug.equals("seagrass-doubles")
					? List.of(story(90, "Divers count more seagrass than ever", "", StoryKind.NEWS, null))
					: List.of()));
		}
		return edition(picks,
				"Good morning. A ship comes back, a street goes quiet, and Averley has a goal to talk about.");
	}

	/** The sample newsroom in Arabic. */
	static Edition arabic() {
		List<Pick> picks = new ArrayList<>();
		for (Map<String, String> source : read("designs/stories-ar.txt")) {
			picks.add(pick(new Story(picks.size() + 1, 1L, "https://courier.example/ar/" + source.get("Slug"),
					source.get("Headline"), source.get("Summary"), "", source.get("Section"),
					List.of(source.get("Tags").split("، ")), source.get("By"), StoryKind.valueOf(source.get("Kind")),
					"ar", image(source.get("Slug"), source.get("Alt"), source.get("Credit")),
					source.get("Kind").equals("PODCAST")
							? new Story.Audio("https://courier.example/a.mp3", Duration.ofMinutes(34)) : null,
					picks.isEmpty() ? List.of(new Link("https://courier.example/timetable", "جدول الرحلات حتى الصيف"))
							: List.of(),
					1, DUE, null, null, DUE, DUE), List.of()));
		}
		return edition(picks, "صباح الخير. تعود سفينة، ويهدأ شارع، وفي المدينة هدف يتحدث عنه الجميع.");
	}

	/** Ten stories with everything there can be. */
	static Edition maximal() {
		List<Link> links = IntStream.rangeClosed(1, 3)
			.mapToObj((nth) -> new Link("https://courier.example/more/" + nth, "Background, part " + nth + " of three"))
			.toList();
		List<Story> also = IntStream.rangeClosed(1, 3)
			.mapToObj((nth) -> story(90 + nth, "The same told elsewhere, " + nth, "", StoryKind.NEWS, null))
			.toList();
		List<Pick> picks = new ArrayList<>();
		StoryKind[] kinds = StoryKind.values();
		for (NewsroomStory source : SamplePictures.stories().subList(0, 10)) {
			Story plain = sample(picks.size() + 1, source, "en");
			picks.add(pick(new Story(plain.id(), 1L, plain.url(), plain.headline(), plain.summary(),
					plain.summaryHtml(), plain.section(), List.of("one", "two", "three", "four"), plain.author(),
					kinds[picks.size() % kinds.length], picks.size() == 3 ? "fr" : "en", plain.image(),
					new Story.Audio("https://courier.example/audio/" + picks.size() + ".mp3", Duration.ofMinutes(65)),
					links, 1, DUE, null, null, DUE, DUE), also));
		}
		return edition(picks, "One paragraph.\n\nAnd another, as long as it must be to fill the line.");
	}

	/** Every field attacks. */
	static Edition hostile() {
		List<Pick> picks = new ArrayList<>();
		for (String text : HOSTILE) {
			Story evil = new Story(picks.size() + 1, 1L, "https://news.example/" + picks.size(), text, text,
					"<p>" + text
							+ "</p><script>alert(1)</script><p onclick=alert(1)>x <a href='javascript:alert(1)'>y</a>"
							+ "<blockquote>" + text + "</blockquote>",
					text, List.of(text, text), text, StoryKind.values()[picks.size() % StoryKind.values().length],
					"\"><script>",
					new Story.Image("https://news.example/\"><script>alert(1)</script>.png", text, text, 1200, 675,
							false),
					new Story.Audio("javascript:alert(1)", Duration.ofSeconds(1)),
					List.of(new Link("javascript:alert(1)", text), new Link("https://news.example/?q=a&b=\"c", text)),
					1, DUE, null, null, DUE, DUE);
			picks.add(pick(evil, List.of(story(99, text + " again", "", StoryKind.NEWS, null))));
		}
		Story script = new Story(80, 1L, "javascript:alert(1)", "A link that runs", "", "", null, List.of(), null,
				StoryKind.PODCAST, null, null, new Story.Audio("data:text/html,<script>alert(1)</script>", null),
				List.of(), 1, DUE, null, null, DUE, DUE);
		picks.add(pick(script, List.of()));
		return edition(picks, String.join("\n\n", HOSTILE));
	}

	private static Edition edition(List<Pick> picks, @Nullable String intro) {
		List<Pick> placed = IntStream.range(0, picks.size()).mapToObj((i) -> picks.get(i).at(i + 1)).toList();
		Words words = new Words("", false, "", false, intro).following(placed);
		return new Edition(1, 1, DAY, 1, EditionStatus.DRAFT, null, words.subject(), words.preheader(), intro, DUE, DUE,
				null, null, null, null, null, 1, placed);
	}

	private static Pick pick(Story story, List<Story> also) {
		return new Pick(story, 1, "test", false, null, null, Score.NONE, also);
	}

	private static Story story(long id, String headline, String summary, StoryKind kind, @Nullable String section) {
		return new Story(id, 1L, "https://news.example/" + id, headline, summary, "", section, List.of(), null, kind,
				null, null, null, List.of(), 1, DUE, null, null, DUE, DUE);
	}

	private static Story sample(long id, NewsroomStory source, String language) {
		StoryKind kind = source.slug().equals("by-election") ? StoryKind.LIVE : StoryKind.valueOf(source.kind());
		return new Story(id, 1L, "https://courier.example/2026/11/" + source.slug(), source.headline(),
				source.summary(), "<p>" + String.join("</p><p>", source.body()) + "</p>", source.section(),
				source.tags(), source.author(), kind, language, image(source.slug(), source.alt(), source.credit()),
				source.isPodcast() ? new Story.Audio("https://courier.example/audio/" + source.slug() + ".mp3",
						Duration.ofMinutes(34)) : null,
				List.of(), 1, DUE, null, null, DUE, DUE);
	}

	private static Story.Image image(@Nullable String slug, @Nullable String alt, @Nullable String credit) {
		return new Story.Image("https://courier.example/pictures/" + slug + ".jpg", (alt != null) ? alt : "", credit,
				1200, 675, false);
	}

	private static List<Map<String, String>> read(String file) {
		try {
			String text = new ClassPathResource(file).getContentAsString(StandardCharsets.UTF_8);
			return Arrays.stream(text.split("(?m)^===\n")).map((block) -> {
				Map<String, String> head = new HashMap<>();
				block.strip()
					.lines()
					.forEach((line) -> head.put(line.substring(0, line.indexOf(": ")),
							line.substring(line.indexOf(": ") + 2).strip()));
				return head;
			}).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
