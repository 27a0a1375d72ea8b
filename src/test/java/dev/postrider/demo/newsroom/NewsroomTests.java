package dev.postrider.demo.newsroom;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import javax.imageio.ImageIO;

import com.rometools.rome.feed.synd.SyndEntry;
import com.rometools.rome.feed.synd.SyndFeed;
import com.rometools.rome.io.SyndFeedInput;
import dev.postrider.mail.PublicUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The sample newsroom, without the demo around it.
 */
class NewsroomTests {

	private static final List<NewsroomStory> STORIES = StoryFile.readAll();

	private static final Issue ISSUE = new Issue(Instant.parse("2026-11-23T06:00:00Z"));

	static List<NewsroomStory> stories() {
		return STORIES;
	}

	@Test
	void hasThirtyDifferentStoriesInSections() {
		assertThat(STORIES).hasSize(30).extracting(NewsroomStory::slug).doesNotHaveDuplicates();
		assertThat(STORIES).extracting(NewsroomStory::headline).doesNotHaveDuplicates();
		assertThat(STORIES).extracting(NewsroomStory::section)
			.contains("City", "Politics", "Business", "Culture", "Science", "Sport", "Opinion");
		Map<String, Long> kinds = STORIES.stream()
			.collect(Collectors.groupingBy(NewsroomStory::kind, Collectors.counting()));
		assertThat(kinds).containsKeys("NEWS", "FEATURE", "PODCAST", "OPINION");
		assertThat(STORIES).allSatisfy((story) -> {
			assertThat(story.body()).hasSizeGreaterThanOrEqualTo(3);
			assertThat(story.summary()).hasSizeBetween(80, 320);
		});
	}

	@Test
	void writesAFeedThatRomeReads() throws Exception {
		String xml = NewsroomFeed.write(new Newsroom.Front(ISSUE, ISSUE.items(STORIES, 0)),
				new PublicUrl(URI.create("http://localhost:8080")));

		SyndFeed feed = new SyndFeedInput().build(new StringReader(xml));

		assertThat(feed.getEntries()).hasSize(30);
		SyndEntry first = feed.getEntries().get(0);
		assertThat(first.getLink()).isEqualTo("http://localhost:8080/demo/20261123-060000/night-ferry");
		assertThat(first.getPublishedDate().toInstant()).isEqualTo(ISSUE.at());
		assertThat(first.getAuthor()).isEqualTo("Mara Lindqvist");
		assertThat(first.getCategories().get(0).getName()).isEqualTo("City");
		assertThat(first.getForeignMarkup()).filteredOn((element) -> element.getName().equals("content"))
			.singleElement()
			.satisfies((media) -> {
				assertThat(media.getAttributeValue("url"))
					.isEqualTo("http://localhost:8080/demo/pictures/night-ferry.jpg");
				assertThat(media.getChildText("credit", media.getNamespace())).isEqualTo("Joan Petty");
				assertThat(media.getChildText("description", media.getNamespace())).startsWith("A ferry lies");
			});
		assertThat(feed.getEntries()).filteredOn((entry) -> !entry.getEnclosures().isEmpty())
			.hasSize(2)
			.allSatisfy((entry) -> assertThat(entry.getEnclosures().get(0).getLength()).isGreaterThan(400_000));
	}

	@ParameterizedTest
	@MethodSource("stories")
	void paintsASmallPicture(NewsroomStory story) throws IOException {
		byte[] jpeg = Picture.jpeg(story);

		assertThat(jpeg.length).isBetween(8_000, 100_000);
		assertThat(ImageIO.read(new ByteArrayInputStream(jpeg))).satisfies((image) -> {
			assertThat(image.getWidth()).isEqualTo(1200);
			assertThat(image.getHeight()).isEqualTo(675);
		});
		Path folder = Path.of("target/demo-pictures");
		Files.createDirectories(folder);
		Files.write(folder.resolve(story.slug() + ".jpg"), jpeg);
	}

	@Test
	void opensEachIssueWithOtherStoriesAtNewAddresses() {
		Set<String> seen = new HashSet<>();
		for (int i = 0; i < 4; i++) {
			ISSUE.items(STORIES, i).stream().limit(7).forEach((item) -> seen.add(item.story().slug()));
		}
		assertThat(seen).hasSize(28);
		assertThat(Issue.byId("20261123-060000")).contains(ISSUE);
		assertThat(Issue.byId("yesterday")).isEmpty();
	}

	@Test
	void makesASoundOfAMinute() throws Exception {
		try (var audio = javax.sound.sampled.AudioSystem
			.getAudioInputStream(new ByteArrayInputStream(Sound.of("courier-minute")))) {
			assertThat(audio.getFrameLength() / audio.getFormat().getFrameRate()).isEqualTo(60f);
		}
	}

}
