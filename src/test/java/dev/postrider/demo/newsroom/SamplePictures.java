package dev.postrider.demo.newsroom;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The sample newsroom's stories and pictures, for tests that want to see a real letter.
 */
public final class SamplePictures {

	private static final List<NewsroomStory> STORIES = StoryFile.readAll();

	private static final Map<String, byte[]> PAINTED = new ConcurrentHashMap<>();

	private SamplePictures() {
	}

	/** All stories in the order of the front page. */
	public static List<NewsroomStory> stories() {
		return STORIES;
	}

	/** A story by its slug. */
	public static NewsroomStory story(String slug) {
		return STORIES.stream().filter((story) -> story.slug().equals(slug)).findFirst().orElseThrow();
	}

	/** The picture of a story as a JPEG of 1200 by 675. */
	public static byte[] jpeg(String slug) {
		return PAINTED.computeIfAbsent(slug, (key) -> Picture.jpeg(story(key)));
	}

}
