package dev.postrider.story.feed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.postrider.story.StoryKind;
import dev.postrider.story.ingest.FeedStories;
import dev.postrider.story.ingest.IncomingStory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Real feeds of news sites become stories.
 */
class NewsroomFeedsTests {

	private static final Instant NOW = Instant.parse("2020-01-01T00:00:00Z");

	@ParameterizedTest
	@CsvSource({ "encoding.rss, 40", "feedburner.atom, 25", "giantbomb-podcast.rss, 730", "guardian.rss, 55",
			"heise.atom, 15", "reddit.rss, 24", "rss-1.rss, 69", "uolNoticias.rss, 15" })
	void everyItemHasHeadlineLinkAndDate(String file, int items) throws IOException {
		List<IncomingStory> stories = stories(file);
		assertThat(stories.size()).isEqualTo(items);
		for (IncomingStory story : stories) {
			assertThat(story.headline()).isNotBlank().doesNotContain("\uFFFD", "&amp;", "<");
			assertThat(story.summary()).doesNotContain("\uFFFD", "&amp;", "<p", "<img").hasSizeLessThanOrEqualTo(400);
			assertThat(story.url()).startsWith("http").doesNotContain("utm_", "wt_mc");
			assertThat(story.publishedAt()).isBetween(Instant.parse("2008-01-01T00:00:00Z"), NOW);
		}
	}

	@Test
	void latin1ThatSaysSo() throws IOException {
		assertThat(stories("encoding.rss")).extracting(IncomingStory::headline)
			.contains("Reações dos partidos ao veto de Marcelo",
					"Tempestade Eleanor atinge França, Alemanha, Suíça e Reino Unido");
	}

	@Test
	void latin1ThatSaysNothingAndDatesInPortuguese() throws IOException {
		IncomingStory first = stories("uolNoticias.rss").get(0);
		assertThat(first.headline())
			.isEqualTo("Ibope: Bolsonaro perde de Haddad, Ciro e Alckmin em simulações de 2º turno");
		assertThat(first.publishedAt()).isEqualTo("2018-09-24T22:42:40Z");
		assertThat(first.image()).isNotNull();
	}

	@Test
	void sectionTagsCreditAndTheWidestPicture() throws IOException {
		IncomingStory story = stories("guardian.rss").stream()
			.filter((each) -> each.headline().startsWith("'His death kills me each day'"))
			.findFirst()
			.orElseThrow();
		assertThat(story.section()).isEqualTo("Cities");
		assertThat(story.tags()).contains("Iraq", "Mosul");
		assertThat(story.image().width()).isEqualTo(460);
		assertThat(story.image().credit()).startsWith("Photograph:");
		assertThat(story.language()).isEqualTo("en-GB");
		assertThat(story.summary()).endsWith("their harrowing stories");
		assertThat(stories("guardian.rss")).noneMatch((each) -> each.summary().contains("Continue reading"));
	}

	@Test
	void podcastWithItsLength() throws IOException {
		IncomingStory story = stories("giantbomb-podcast.rss").get(0);
		assertThat(story.kind()).isEqualTo(StoryKind.PODCAST);
		assertThat(story.audio().url()).contains(".mp3");
		assertThat(story.audio().length()).isGreaterThan(Duration.ofMinutes(10));
	}

	@Test
	void addressesOfTheNewsSiteInsteadOfItsCounter() throws IOException {
		assertThat(stories("encoding.rss"))
			.allSatisfy((story) -> assertThat(story.url()).startsWith("https://www.jn.pt/"));
	}

	@Test
	void picturesInTheText() throws IOException {
		assertThat(stories("heise.atom").get(0).image().alt()).isEqualTo("WildFly 10");
	}

	static List<IncomingStory> stories(String file) throws IOException {
		Path path = Corpus.folder("feeds/newsroom").resolve(file);
		Feed feed = new FeedReader().read(Fetched.of(path.toUri(), Files.readAllBytes(path)));
		return FeedStories.of(feed, null, NOW);
	}

}
